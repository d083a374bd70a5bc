"""Wording that reports share, exact to the character: the family-frequency method.

Shingles of six words are kept when few *families* of copied reports hold them, not few reports (`families.py`). They
are joined as blocks (`postings.py`, `hits.py`), and runs become passages (`chains.py`): all of it set operations on
integers. Only then each pair of reports is judged, by itself (`direction.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from onrecord.matters.chains import passages_of
from onrecord.matters.compiled import compiled, parts_of
from onrecord.matters.direction import Overlap, Verdict, direction
from onrecord.matters.families import families, in_few_families
from onrecord.matters.hits import Runs, equal_runs
from onrecord.matters.imprint import BARRIER, Imprint, imprint
from onrecord.matters.postings import Integers, Pile, blocks, gather, opens
from onrecord.matters.standing import Standing, standing
from onrecord.records import Reuse, Sheet, content_id
from onrecord.text.marks import quotations

# Where none of these stands there is no quotation: apostrophes alone make none.
MARKS = re.compile(r"[“”\"«»„‟`]|''|(?<!\w)['‘]\w")
Quotes = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Run:
    """Equal words of two reports: characters in each."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int

    @property
    def characters(self) -> int:
        """Length in the first report."""
        return self.a_end - self.a_start


@dataclass(frozen=True, slots=True)
class Pair:
    """All that two reports share, in text order of the first."""

    a: str  # ids, in order
    b: str
    runs: tuple[Run, ...]
    a_share: float  # of each report's characters in words, furniture left out
    b_share: float

    @property
    def in_order(self) -> bool:
        """Whether the passages stand in the same order in both."""
        return all(x.b_start <= y.b_start for x, y in pairwise(self.runs))


def reuse(sheets: Sequence[Sheet]) -> tuple[Reuse, ...]:
    """All shared wording of a pile, sorted. The order of the reports does not matter."""
    held = {sheet.report.report_id: sheet for sheet in sheets}
    return rows(list(pairs(imprint(held[key]) for key in sorted(held))), held)


def rows(found: Sequence[Pair], held: Mapping[str, Sheet]) -> tuple[Reuse, ...]:
    """The rows of some pairs, sorted.

    Args:
        found: all pairs of each report that is in one of them: who put reports together shows only beside each other.
        held: the reports of the pairs, by id.
    """
    facts = facts_of(found, held)
    together = put_together(found)
    made = [row for pair in found for row in _rows(pair, *judged(pair, facts, together))]
    return tuple(sorted(made, key=lambda r: (r.from_report, r.to_report, r.from_start, r.reuse_id)))


def facts_of(found: Sequence[Pair], held: Mapping[str, Sheet]) -> dict[str, tuple[Standing, Quotes]]:
    """What the reports of some pairs say of their making; quotations only of those that come first in a pair."""
    first = {pair.a for pair in found}
    shared = sorted(first | {pair.b for pair in found})
    return {key: (standing(held[key]), quoted(held[key]) if key in first else ()) for key in shared}


def pairs(imprints: Iterable[Imprint], fresh: Collection[str] | None = None) -> Iterator[Pair]:
    """The pairs of reports that share wording, sorted by ids.

    Args:
        imprints: of all reports, sorted by id; they may come one by one.
        fresh: ids of new reports, to be compared with old and new; None compares all with all.

    Raises:
        ValueError: imprints are not sorted by id.
    """
    pile = gather(imprints)
    found = blocks(pile)
    family = families(pile, found)
    new = None if fresh is None else np.array([key in fresh for key in pile.reports], dtype=bool)
    few = in_few_families(found, pile.owner, family)
    del found
    yield from pairs_of(pile, equal_runs(pile, few, family, new), family)


def pairs_of(pile: Pile, found: Runs, family: Integers) -> Iterator[Pair]:
    """The pairs that some runs amount to: the runs of all pairs of each report that is in one of them."""
    runs = passages_of(pile, found, family)
    heads = np.flatnonzero(opens(runs.pair)).tolist()
    last_a, last_b = runs.a + runs.words - 1, runs.b + runs.words - 1
    places = (pile.starts[runs.a], pile.ends[last_a], pile.starts[runs.b], pile.ends[last_b])
    totals = _characters(pile)
    for head, end in pairwise([*heads, len(runs.pair)]):
        a, b = int(pile.owner[runs.a[head]]), int(pile.owner[runs.b[head]])
        stretches = tuple(map(Run, *(column[head:end].tolist() for column in places)))
        in_a, in_b = sum(r.characters for r in stretches), sum(r.b_end - r.b_start for r in stretches)
        shares = (min(1.0, in_a / totals[a]), min(1.0, in_b / totals[b]))
        yield Pair(pile.reports[a], pile.reports[b], stretches, *shares)


def _characters(pile: Pile) -> list[int]:
    """Of each report: characters from the first to the last word between barriers, added up."""
    word = pile.hashes != BARRIER
    length = np.where(word, pile.ends - pile.starts, np.int32(0))
    joined = word[1:] & word[:-1] & (pile.owner[1:] == pile.owner[:-1])
    length[1:] += np.where(joined, pile.starts[1:] - pile.ends[:-1], np.int32(0))
    some = pile.sizes > 0
    totals = np.zeros(len(pile.reports), dtype=np.int64)
    if some.any():
        totals[some] = np.add.reduceat(length, pile.first[:-1][some], dtype=np.int64)
    return [int(total) for total in totals]


def quoted(sheet: Sheet) -> list[tuple[int, int]]:
    """Stretches of speech inside quotation marks, in text order."""
    text = sheet.report.text
    marked = (p for p in sheet.passages if MARKS.search(text, p.start, p.end))
    return [(q.start, q.end) for p in marked for q in quotations(text, p.start, p.end) if q.is_speech(text)]


def put_together(found: Iterable[Pair]) -> Mapping[tuple[str, str], str]:
    """For each source and the report put together from it and another: that other (`compiled.py`)."""
    rows = ((p.a, p.b, p.a_share, p.b_share, sum(r.characters for r in p.runs)) for p in found)
    return compiled(parts_of(rows))


def judged(
    pair: Pair, facts: Mapping[str, tuple[Standing, Quotes]], together: Mapping[tuple[str, str], str]
) -> tuple[Verdict, list[int]]:
    """The order of a pair, and how many characters of each run stand inside quotation marks in the first report."""
    first, quotes = facts[pair.a]
    inside = [
        sum(min(r.a_end, e) - max(r.a_start, s) for s, e in quotes if s < r.a_end and e > r.a_start) for r in pair.runs
    ]
    share = sum(inside) / sum(r.characters for r in pair.runs)
    beside = together.get((pair.a, pair.b)), together.get((pair.b, pair.a))
    overlap = Overlap(pair.a_share, pair.b_share, share, *(facts[b][0].shown if b else None for b in beside))
    return direction(first, facts[pair.b][0], overlap), inside


def _rows(pair: Pair, verdict: Verdict, inside: Sequence[int]) -> Iterator[Reuse]:
    """The rows of one pair, the earlier report first where the evidence tells."""
    shares = (pair.a_share, pair.b_share)
    in_order = pair.in_order
    for run, quote in zip(pair.runs, inside, strict=True):
        one = (pair.a, run.a_start, run.a_end)
        two = (pair.b, run.b_start, run.b_end)
        source, target = (two, one) if verdict.swap else (one, two)
        from_share, to_share = reversed(shares) if verdict.swap else shares
        yield Reuse(
            reuse_id=content_id("u", *source, *target),
            from_report=source[0],
            from_start=source[1],
            from_end=source[2],
            to_report=target[0],
            to_start=target[1],
            to_end=target[2],
            characters=source[2] - source[1],
            from_share=round(from_share, 4),
            to_share=round(to_share, 4),
            quoted_share=round(min(1.0, quote / run.characters), 4),
            in_order=in_order,
            direction="from-to" if verdict.known else "undirected",
            parent=verdict.parent,
            why=verdict.why,
        )
