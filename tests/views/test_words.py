"""The words of the screens: all in one table, and nothing on a screen that is neither in it nor in the ledger."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger.decisions.drafts import Wanted, drafts
from onrecord.ledger.decisions.log import Log, beside
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.records import Judgement
from onrecord.views.pages import PAGES
from onrecord.views.pages.asked import Asked, live
from onrecord.views.pages.catalogue import CLOSE, OPEN, PSEUDO, catalogue
from onrecord.views.pages.draw import html
from onrecord.views.pages.review import KINDS, worded
from onrecord.views.pages.shelf import Shelf
from onrecord.views.pages.texts import texts
from onrecord.views.web import app
from onrecord.views.web.ask import ask
from tests.conftest import report_of
from tests.views.test_review import NAMES, ROAD

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
            strange += [(page.name, *found) for found in bare(read, held)]
    assert strange == []


def bare(read: Texts, held: str) -> list[tuple[str, str]]:
    """Texts with a part that is neither of the table nor of the ledger."""
    found = []
    for text in read.found:
        rest = re.sub(f"{OPEN}[^{OPEN}]*?{CLOSE}", "", re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text))
        rest = re.sub(f"[{OPEN}{CLOSE}]", "", rest)
        parts = [p.strip(" …") for p in re.split(r"[;·‹›:,()/]| – |▸", rest)]
        found += [(text, p) for p in parts if p and not PLAIN.fullmatch(p) and p.lower() not in held]
    return found


@pytest.mark.parametrize(
    "options", [{"who": "ana"}, {}, {"who": "ana", "read_only": True}, {"who": "ana", "blind": True}]
)
def test_in_the_pseudo_locale_no_live_page_has_a_word_of_its_own(tmp_path: Path, options: dict[str, Any]) -> None:
    path = tmp_path / "ledger.db"
    pile = [report_of(text, outlet, name=f"r-{k}") for k, (outlet, text) in enumerate(NAMES)]
    publish(path, build([*pile, report_of(ROAD, name="r-road")]))
    with Ledger(path) as opened:
        rows = [row for table in (*TABLES, "runs") for row in opened.rows(table)]
        held = " ".join(" ".join(str(v) for row in rows for v in row.values()).split()).lower()
        held += " ".join(
            (*TABLES, *opened.meta().values(), "ana", "ben", "France Afghanistan")
        ).lower()  # names of maps
        one, two = (row["statement_id"] for row in list(opened.rows("statements"))[:2])
        log = Log(beside(path))
        for wanted in (
            Wanted("ana", "reject", one),
            Wanted("ben", "accept", one),
            Wanted("ana", "correct", two, "speaker", "Sorrel"),
        ):
            log.write(drafts(opened, wanted, log.acts()))
    made, strange = app(path, language=PSEUDO, **options), []
    queues = [f"/review?table={table}&state=all" for table in KINDS]
    for address in (
        *queues,
        "/review",
        "/export?table=events",
        "/export?speaker=Sorrel",
        "/api",
        "/search?q=bridge",
        "/places",
        "/run",
    ):
        read = Texts()
        read.feed(ask(made, address).text)
        assert len(read.found) > 10, address
        strange += [(address, *found) for found in bare(read, held)]
    assert strange == []


def test_what_a_script_shows_of_a_decision_is_worded_by_the_server() -> None:
    act = Judgement(who="ana", act="correct", field="date", new="2024-03-05")
    assert worded(act, catalogue(PSEUDO)) == {
        "says": f"{OPEN}correct{CLOSE} {OPEN}date{CLOSE}: 2024-03-05",
        "by": f"{OPEN}by ana{CLOSE}",
    }
    assert worded(Judgement(who="ana", act="merge", field="names", old="A", new="B"), catalogue())["says"] == "merge"
