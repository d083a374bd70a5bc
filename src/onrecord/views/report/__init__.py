"""The static site: pages that open from file:// with no network, made from one ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.errors import CannotWrite
from onrecord.ledger.store import Ledger
from onrecord.views.report import atlas, events, lineage, matters, people, reader
from onrecord.views.report.book import Book
from onrecord.views.wording import chain_names, day, number

STATIC = ("style.css", "pages.js")
Page = tuple[str, str, Mapping[str, Any]]  # file, template, what the template sees


def write(ledger: Path, out: Path) -> Path:
    """Writes all pages into a folder and returns the first one.

    Raises:
        BadLedger: the ledger is missing or is none.
        CannotWrite: the folder cannot be written to.
    """
    with Ledger(ledger) as opened:
        book = Book(opened)
    env = _environment()
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear(out)
        for name in STATIC:
            source = files("onrecord.views.report") / "static" / name
            (out / name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
        for file, template, seen in pages(book):
            target = out / file
            target.parent.mkdir(parents=True, exist_ok=True)
            up = "../" * file.count("/")
            target.write_text(env.get_template(template).render(book=book, up=up, here=file, **seen), encoding="utf-8")
    except OSError as error:
        raise CannotWrite(str(error), where=str(out), hint="give a folder you may write to") from error
    return out / "index.html"


def _clear(out: Path) -> None:
    """Takes away pages of an older ledger: those in our folders that are named by an id of ours, nothing else."""
    for folder, names in (("matter", "x-*.html"), ("report", "r-*.html"), ("who", "e-*.html")):
        for old in (out / folder).glob(names):
            old.unlink()


def pages(book: Book) -> Iterator[Page]:
    """Every page of the site."""
    yield "index.html", "index.html", matters.overview(book)
    for row in book.matters:
        yield f"matter/{row['matter_id']}.html", "matter.html", matters.page(book, row)
    for report in book.reports:
        yield f"report/{report['report_id']}.html", "report.html", reader.page(book, report)
    yield "reports.html", "reports.html", reader.index(book)
    yield "who/index.html", "people.html", people.index(book)
    for entity in people.listed(book):
        yield f"who/{entity['entity_id']}.html", "person.html", people.page(book, entity)
    yield "places.html", "places.html", atlas.page(book)
    yield "events.html", "events.html", events.page(book)
    yield "lineage.html", "lineage.html", lineage.page(book)
    yield "skipped.html", "skipped.html", {}


def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("onrecord.views.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"day": day, "number": number, "chain": chain_names}
    return env
