"""Reports put together from others: what a pair shows only beside the other pairs of a pile.

A report nearly all of which stands in two others, where these two share nothing with each other and each has more text
of its own, was put together from them: the ones without foreign material are the earlier (research on lineage, rule 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FOREIGN = 100  # characters that come from the other source
COVERED, OWN = 0.85, 0.1  # of the report put together, in both its sources; of a source, that stands in it alone
MOST_SOURCES = 24  # partners of one report that are looked at, those that share most first


@dataclass(frozen=True, slots=True)
class Part:
    """What one report shares with another: its share of either, and characters."""

    other: str
    share: float  # of the report itself
    other_share: float
    characters: int


def compiled(parts: Mapping[str, Sequence[Part]]) -> dict[tuple[str, str], str]:
    """For each source and the report put together from it, the other source.

    Args:
        parts: of every report, what it shares with each other report.
    """
    related = {(report, part.other) for report, held in parts.items() for part in held}
    found: dict[tuple[str, str], str] = {}
    for report in sorted(parts):
        sources = sorted((p for p in parts[report] if p.other_share <= 1 - OWN), key=lambda p: (-p.share, p.other))
        for one, other in _fitting(sources[:MOST_SOURCES], related):
            found.setdefault((one.other, report), other.other)
            found.setdefault((other.other, report), one.other)
    return {key: other for key, other in found.items() if key[::-1] not in found}


def _fitting(sources: Sequence[Part], related: Iterable[tuple[str, str]]) -> Iterable[tuple[Part, Part]]:
    """Two sources that cover a report together, neither of them alone, and share nothing."""
    for k, one in enumerate(sources):
        for other in sources[k + 1 :]:
            if one.share + other.share < COVERED:
                break
            if (
                other.characters >= FOREIGN
                and one.share <= 1.05 - other.share
                and (one.other, other.other) not in related
            ):
                yield one, other


def parts_of(rows: Iterable[tuple[str, str, float, float, int]]) -> Mapping[str, Sequence[Part]]:
    """Parts by report, of pairs given as two ids, the share of each, and characters."""
    parts: dict[str, list[Part]] = defaultdict(list)
    for a, b, a_share, b_share, characters in rows:
        parts[a].append(Part(b, a_share, b_share, characters))
        parts[b].append(Part(a, b_share, a_share, characters))
    return parts
