"""HTML pages: trafilatura finds the text; what the page says of itself is read from the same tree (`head.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.errors import UnreadableReport
from onrecord.reports.draft import Draft
from onrecord.reports.head import Head
from onrecord.reports.limits import check_entities, check_markup
from onrecord.reports.source import LARGEST_INSIDE, Source
from onrecord.text.encodings import decode

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
CHARSET = re.compile(rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,800}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
HEADER = re.compile(r"\s*<\?xml[^>]{0,200}>")  # lxml takes no text that names an encoding
AS_TEXT = "save the article's text as .txt"


def knows(start: bytes, source: Source) -> bool:
    """A page's first tag, or a carrier that calls it one."""
    return bool(PAGE.match(start)) or source.kind in ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[Draft]:
    """One draft: the page's article.

    Raises:
        UnreadableReport: the page is no page, nests too deep, or no article text is found in it.
    """
    raw = source.raw(LARGEST_INSIDE)
    told = CHARSET.search(raw[:4096])
    made = decode(raw, source.where, source.charset or (told.group(1).decode("ascii", "replace") if told else None))
    check_markup(made.text, source.where)
    check_entities(made.text[:100_000], source.where)
    tree = parsed(made.text)
    if tree is None:
        raise UnreadableReport("no HTML in it", where=source.where, hint=AS_TEXT)
    head = Head(tree)
    text = _article(tree)
    if not text:
        raise UnreadableReport("no article text found in the page", where=source.where, hint=AS_TEXT)
    yield Draft(text, raw, head.facts, head.why, encoding=made.encoding)


def parsed(page: str) -> Any:
    """The tree of a page, parsed once for all that is asked of it; None when it holds no tag."""
    from trafilatura.utils import (
        load_html,  # here, because it costs a quarter of a second that a pile of text need not pay
    )

    return load_html(page[header.end() if (header := HEADER.match(page)) else 0 :])


def _article(tree: Any) -> str | None:
    import trafilatura

    found: str | None = trafilatura.extract(
        tree, include_comments=False, include_tables=False, deduplicate=False, favor_precision=False
    )
    return found
