"""HTML pages: trafilatura finds the text; what the page says of itself we read ourselves (`head.py`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from onrecord.errors import UnreadableReport
from onrecord.reports.draft import Draft
from onrecord.reports.head import Head, telling
from onrecord.reports.limits import check_entities, check_markup
from onrecord.reports.source import LARGEST_INSIDE, Source
from onrecord.text.encodings import decode

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
CHARSET = re.compile(rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?>(?:<!--(?:(?!-->).){0,800}-->\s*)*)<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
# What a browser puts beside a saved page: "Bridge shut_files" beside "Bridge shut.html", in the browser's language.
BESIDE = re.compile(r"(?:_files|\.files|-Dateien|_fichiers|_archivos|-filer|_bestanden)(?=/|\Z)")
LONGEST_NAME = 1_000  # no system makes longer ones, and a name of a thousand folders would take a while
AS_TEXT = "save the article's text as .txt"


def knows(start: bytes, source: Source) -> bool:
    """A page's first tag, or a carrier that calls it one."""
    return bool(PAGE.match(start)) or source.kind in ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[Draft]:
    """One draft: the page's article.

    Raises:
        UnreadableReport: the page nests too deep, or no article text is found in it.
    """
    raw = source.raw(LARGEST_INSIDE)
    told = CHARSET.search(raw[:4096])
    made = decode(raw, source.where, source.charset or (told.group(1).decode("ascii", "replace") if told else None))
    check_markup(made.text, source.where)
    check_entities(made.text[:100_000], source.where)
    head = Head(telling(made.text))
    text = _article(made.text)
    if not text:
        raise UnreadableReport("no article text found in the page", where=source.where, hint=AS_TEXT)
    yield Draft(text, raw, head.facts, head.why, encoding=made.encoding)


def _article(page: str) -> str | None:
    import trafilatura  # here, because it costs a quarter of a second that a pile of plain text need not pay

    found: str | None = trafilatura.extract(page, options=_options())
    return found


@cache
def _options() -> Any:
    """What trafilatura would else make anew for each page from its file of settings; it changes nothing in it."""
    from trafilatura.settings import Extractor

    return Extractor(comments=False, tables=False)


def beside(path: str, names: Collection[str]) -> bool:
    """Whether a path is, or lies in, the folder of pictures and scripts of a saved page that is one of the names.

    >>> beside("Bridge shut_files", ["Bridge shut.html"]), beside("in/a_files/b.js", ["in/a.htm"]), beside("a_files", [])
    (True, True, False)
    """
    stems = (path[: match.start()] for match in BESIDE.finditer(path[:LONGEST_NAME]))
    return any(stem + ending in names for stem in stems for ending in SUFFIXES)
