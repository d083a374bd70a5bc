"""Plain text and Markdown: the file is the report."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.reports.draft import Draft, decode

SUFFIXES = (".txt", ".text", ".md", ".markdown")


def read(raw: bytes, where: str) -> Iterator[Draft]:
    """One draft: the whole file."""
    yield Draft(decode(raw, where), raw)
