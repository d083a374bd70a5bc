"""The words of the screens: all in one table, and nothing on a screen that is neither in it nor in the ledger."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger
from onrecord.views.pages import PAGES
from onrecord.views.pages.asked import Asked, live
from onrecord.views.pages.catalogue import CLOSE, OPEN, PSEUDO, catalogue
from onrecord.views.pages.draw import html
from onrecord.views.pages.shelf import Shelf
from onrecord.views.pages.texts import texts

WORDS = Path(__file__).parents[2] / "src/onrecord/views/pages/words"
# Not words: numbers, days, signs, and what stands for an absent name in rows (views/wording.py).
PLAIN = re.compile(
    r"(onrecord|\d+ [A-Z][a-z]{2}( \d{4})?|[A-Z][a-z]{2} \d{4}|no date|unknown outlet|unknown|unnamed|and more|until|[\W\d_①]+)"
)


class Texts(HTMLParser):
    """Texts of a page that a person reads, and of attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "kbd", "code") or ("translate", "no") in attrs:
            self.silent.append(tag)
        self.found += [v for k, v in attrs if v and k in ("aria-label", "placeholder", "data-label")]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.silent:
            self.found.append(" ".join(data.split()))


def test_the_table_holds_every_text_and_no_other() -> None:
    rows = (WORDS / "en.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "text\ttranslation\tnote"
    listed = [row.split("\t")[0] for row in rows[1:]]
    assert listed == texts(), "python -m onrecord.views.pages.texts > src/onrecord/views/pages/words/en.tsv"


def test_a_text_that_is_in_no_table_is_shown_in_english() -> None:
    assert catalogue("tlh").say("Search") == "Search"


def test_in_the_pseudo_locale_every_word_is_of_the_table_or_of_the_ledger(ledger: Path) -> None:
    with Ledger(ledger) as opened:
        rows = [row for table in (*TABLES, "runs") for row in opened.rows(table)]
        held = " ".join(" ".join(str(v) for row in rows for v in row.values()).split()).lower()
        held += " ".join((*TABLES, *opened.meta().values())).lower()
        shelf, strange = Shelf(opened), []
        for page in PAGES:
            row = opened.db.execute(page.ids).fetchone()[0] if page.ids else None
            asked = Asked(row=row, pairs=(("q", "fighters"),) if page.name in ("search", "matters") else ())
            data = page.data(shelf, asked) or {}
            read = Texts()
            seen = data | {"live": True, "table": page.table}
            read.feed(html(f"{page.name}.html", shelf, asked, live, catalogue(PSEUDO), seen))
            for text in read.found:
                rest = re.sub(f"{OPEN}[^{OPEN}]*?{CLOSE}", "", re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text))
                rest = re.sub(f"[{OPEN}{CLOSE}]", "", rest)
                parts = [p.strip(" …") for p in re.split(r"[;·‹›:,()/]| – |▸", rest)]
                strange += [
                    (page.name, text, p) for p in parts if p and not PLAIN.fullmatch(p) and p.lower() not in held
                ]
    assert strange == []
