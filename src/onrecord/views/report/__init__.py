"""The static site: pages that open from file:// with no network, made from one ledger."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from onrecord.errors import CannotWrite
from onrecord.ledger.store import Ledger
from onrecord.views.pages import PAGES, Page
from onrecord.views.pages.asked import Asked, file_of, static
from onrecord.views.pages.catalogue import catalogue
from onrecord.views.pages.draw import html
from onrecord.views.pages.shelf import Row, Shelf

STATIC = ("style.css", "pages.js")


def write(ledger: Path, out: Path, language: str = "en") -> Path:
    """Writes all pages into a folder and returns the first one.

    Raises:
        BadLedger: the ledger is missing or is none.
        CannotWrite: the folder cannot be written to.
    """
    with Ledger(ledger) as opened:
        try:
            out.mkdir(parents=True, exist_ok=True)
            _clear(out)
            for name in STATIC:
                source = files("onrecord.views.pages") / "static" / name
                (out / name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
            for file, text in drawn(Shelf(opened), language):
                target = out / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CannotWrite(str(error), where=str(out), hint="give a folder you may write to") from error
    return out / "index.html"


def _clear(out: Path) -> None:
    """Takes away pages of an older ledger: those in our folders that are named by an id of ours, nothing else."""
    for folder, names in (("matter", "x-*.html"), ("report", "r-*.html"), ("who", "e-*.html")):
        for old in (out / folder).glob(names):
            old.unlink()


def drawn(shelf: Shelf, language: str = "en") -> Iterator[tuple[str, str]]:
    """Every page of the site: file and HTML."""
    words = catalogue(language)
    for page in PAGES:
        for asked, data in _asked(shelf, page):
            file = file_of(page.name, asked.row, asked.leaf)
            yield (
                file,
                html(
                    f"{page.name}.html",
                    shelf,
                    asked,
                    static(file),
                    words,
                    data | {"root": "../" * file.count("/"), "table": page.table},
                ),
            )


def _asked(shelf: Shelf, page: Page) -> Iterator[tuple[Asked, Row]]:
    """What can be asked of a page where nobody answers: every row, every leaf."""
    if page.live:
        return
    if page.ids:
        for found in shelf.ledger.db.execute(page.ids).fetchall():
            asked = Asked(row=found[0], whole=True)
            yield asked, page.data(shelf, asked) or {}
        return
    data = page.data(shelf, Asked(whole=True)) or {}
    yield Asked(whole=True), data
    for leaf in range(2, data.get("leaf", {}).get("leaves", 1) + 1):
        asked = Asked(pairs=(("page", str(leaf)),), whole=True)
        yield asked, page.data(shelf, asked) or {}
