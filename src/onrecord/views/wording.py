"""Words and marks that all views share: chains as names, spans marked in a stretch of text, dates as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any


def chain_names(chain: Sequence[Mapping[str, Any]]) -> list[str]:
    """The mouths of a chain, outermost first, each with its channel; a mouth nobody names says so.

    >>> chain_names([{"role": "outlet", "name": None, "channel": None}, {"role": "speaker", "name": "Ann", "channel": "Twitter"}])
    ['outlet unknown', 'Ann (Twitter)']
    """
    names = []
    for link in chain:
        name = link["name"] or ("outlet unknown" if link["role"] == "outlet" else "nobody named")
        names.append(f"{name} ({link['channel']})" if link.get("channel") else name)
    return names


def stand_names(stands: Sequence[Mapping[str, Any]]) -> list[str]:
    """The mouths behind an event, outermost first, each with how far it stands behind it.

    >>> stand_names([{"role": "outlet", "name": "Post", "assertion": "passed on"}, {"role": "speaker", "name": "Ann", "assertion": "claimed"}])
    ['Post (passed on)', 'Ann (claimed)']
    """
    return [
        f"{s['name'] or ('outlet unknown' if s['role'] == 'outlet' else 'nobody named')} ({s['assertion']})"
        for s in stands
    ]


def marked(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str, str]]) -> str:
    """text[start:end] on one line with marks around spans, and "…" where it is cut inside a line."""
    inserts: list[tuple[int, int, str]] = []
    for first, last, opening, closing in spans:
        inserts += [(first, 1, opening), (last, 0, closing)]
    parts, at = [], start
    for where, _, mark in sorted(inserts):
        parts += [text[at:where], mark]
        at = where
    parts.append(text[at:end])
    line = " ".join("".join(parts).split())
    before = "… " if start > 0 and text[start - 1] != "\n" else ""
    return before + line + (" …" if end < len(text) and text[end] != "\n" else "")


def day(published: str | None) -> str:
    """An ISO date as people write it.

    >>> day("2021-08-22T10:00:00+04:30"), day(None)
    ('22 Aug 2021', 'no date')
    """
    try:
        parsed = date.fromisoformat((published or "")[:10])
    except ValueError:
        return published or "no date"
    return f"{parsed.day} {parsed:%b %Y}"


def number(value: float | None) -> str:
    """A figure with separators and no needless decimals; an open end is "and more"."""
    if value is None:
        return "and more"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
