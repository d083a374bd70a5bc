"""Plain text and Markdown: the file is the report."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.reports.draft import Draft
from onrecord.reports.source import Source
from onrecord.text.encodings import decode

SUFFIXES = (".txt", ".text", ".md", ".markdown")


def knows(start: bytes, source: Source) -> bool:
    """Never by its first bytes: any text could be anything."""
    return False


def read(source: Source) -> Iterator[Draft]:
    """One draft: the whole file."""
    raw = source.raw()
    made = decode(raw, source.where, source.charset)
    yield Draft(made.text, raw, encoding=made.encoding)
