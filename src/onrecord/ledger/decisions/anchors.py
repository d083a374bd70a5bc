"""Where a row stands, with enough around it to find the place again when extraction, or the text, has shifted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.records import Anchor

AROUND = 32  # characters of context on each side, as web annotation tools keep
LEAST_OVERLAP = 0.5  # Jaccard of characters: below, another row stands there now


def anchor(report_id: str, text: str, start: int, end: int) -> Anchor:
    """The anchor of text[start:end]."""
    return Anchor(
        report_id=report_id,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
    )


def extent(row: Any) -> tuple[int, int]:
    """First character and end of a row of a report: of a statement, of all that was said.

    >>> from onrecord.records import Span
    >>> from types import SimpleNamespace
    >>> extent(SimpleNamespace(content=(Span(3, 5), Span(9, 12))))
    (3, 12)
    """
    if hasattr(row, "content"):
        return min(s.start for s in row.content), max(s.end for s in row.content)
    return row.start, row.end


def find(text: str, start: int, quote: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
    """Where a quote stands: the place with most of its context, then the nearest to where it stood.

    >>> find("one two. one two three.", 0, "one two", suffix=" three")
    (9, 16)
    """
    if not quote:
        return None
    places = list(_places(text, quote))
    if not places:
        return None
    best = max(places, key=lambda at: (_kept(text, at, quote, prefix, suffix), -abs(at - start), -at))
    return best, best + len(quote)


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _kept(text: str, at: int, quote: str, prefix: str, suffix: str) -> int:
    """Characters of context around a place that are still there, counted from the quote outwards."""
    before, after = text[max(0, at - len(prefix)) : at], text[at + len(quote) : at + len(quote) + len(suffix)]
    return _shared(reversed(before), reversed(prefix)) + _shared(after, suffix)


def _shared(one: Iterable[str], two: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        count += 1
    return count


def find_again(kept: Anchor, texts: Mapping[str, str]) -> tuple[str, int, int] | None:
    """The report and the place that an anchor points at now.

    A report that is gone may have been received anew, with other bytes: then the one report counts that holds the quote
    with some of its context.
    """
    if (text := texts.get(kept.report_id)) is not None:
        place = find(text, kept.start, kept.quote, kept.prefix, kept.suffix)
        return (kept.report_id, *place) if place else None
    whole = kept.prefix[-AROUND // 2 :] + kept.quote + kept.suffix[: AROUND // 2]
    held = [(name, text) for name, text in sorted(texts.items()) if whole in text]
    if len(held) != 1:
        return None
    place = find(held[0][1], kept.start, kept.quote, kept.prefix, kept.suffix)
    return (held[0][0], *place) if place else None


def likest(rows: Sequence[Any], start: int, end: int) -> Any | None:
    """The row that covers a stretch best, if any covers about that."""
    scored = [(_overlap(extent(row), (start, end)), -extent(row)[0], k) for k, row in enumerate(rows)]
    best = max(scored, default=None)
    return rows[best[2]] if best and best[0] >= LEAST_OVERLAP else None


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> float:
    both = min(one[1], two[1]) - max(one[0], two[0])
    return max(0, both) / (max(one[1], two[1]) - min(one[0], two[0]))
