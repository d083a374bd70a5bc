"""What the comparison of wording needs of one report: its words as numbers, each with the characters it stands on.

Hashing runs over the report's code points as arrays, never word by word: a character's value times a power of an odd
number, summed up; the sum between two places, divided by the power at its start, is the same wherever the word stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Report, Sheet, Span

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]
APART = frozenset({"furniture", "credit", "byline", "dateline"})
CAPTION = "caption"
# A word slot that equals nothing: it stands where furniture or a credit was left out, so that no run reaches over it.
BARRIER = 0
BASE = 0x5851F42D4C957F2D  # odd, so that it can be divided by (modulo 2^64)
GOLDEN, STIR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
CODES, LETTERS, IDEOGRAPHS = 0x110000, 0x20000, 0x40000


@dataclass(frozen=True, slots=True)
class Imprint:
    """The words of one report outside furniture, in text order. A word is a run of letters and digits, case aside, or a caption."""

    report_id: str
    hashes: Hashes  # `BARRIER` where something was left out
    starts: Places  # code points into the report's text
    ends: Places


def imprint(sheet: Sheet) -> Imprint:
    """The imprint of a report. Without passages its whole text counts."""
    apart = [p.span for p in sheet.passages if p.role in APART]
    captions = [p.span for p in sheet.passages if p.role == CAPTION]
    return imprint_of(sheet.report, apart, captions)


def imprint_of(report: Report, apart: Sequence[Span], captions: Sequence[Span] = ()) -> Imprint:
    """The imprint of a report.

    Args:
        report: the report.
        apart: stretches that are left out, in text order.
        captions: stretches that count as one word each: alone they are too little to be shared wording, but copied
            prose that goes on behind the same caption is one passage.
    """
    codes = np.frombuffer(report.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    values = _values()[codes]
    for span in apart:
        values[span.start : span.end] = BARRIER
        values[span.start] = 1
    inside = values != 0
    for span in captions:
        # one character less, so that what follows at once stays a word of its own
        inside[span.start : max(span.start + 1, span.end - 1)] = True
    starts, ends = _bounds(inside)
    hashes = _word_hashes(values, starts, ends)
    if apart:
        hashes[np.searchsorted(starts, [span.start for span in apart], side="right") - 1] = BARRIER
    return Imprint(report.report_id, hashes, starts.astype(np.int32), ends.astype(np.int32))


def _bounds(inside: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Starts and ends of the runs of true."""
    padded = np.zeros(len(inside) + 2, dtype=bool)
    padded[1:-1] = inside
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return edges[::2], edges[1::2]


def _word_hashes(values: Hashes, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Hashes:
    powers, inverses = _powers(1 << max(12, len(values).bit_length()))
    sums = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(values * powers[: len(values)], out=sums[1:])
    hashes: Hashes = (sums[ends] - sums[starts]) * inverses[starts]
    hashes ^= hashes >> np.uint64(32)
    hashes *= GOLDEN
    hashes ^= hashes >> np.uint64(29)
    hashes[hashes == BARRIER] = 1
    return hashes


@cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """The first powers of `BASE` and of its inverse, modulo 2^64."""
    columns = []
    for base in (BASE, pow(BASE, -1, 1 << 64)):
        column = np.full(size, base, dtype=np.uint64)
        column[0] = 1
        columns.append(np.cumprod(column))
    return columns[0], columns[1]


@cache
def _values() -> Hashes:
    """A number for every code point: 0 outside words, the same for a capital and its small letter."""
    folded = np.arange(CODES, dtype=np.uint64)
    lowered = map(str.lower, map(chr, range(LETTERS)))
    folded[:LETTERS] = [ord(low) if len(low) == 1 else k for k, low in enumerate(lowered)]
    counts = np.zeros(CODES, dtype=bool)
    counts[:LETTERS] = list(map(str.isalnum, map(chr, range(LETTERS))))
    counts[ord("_")] = True
    counts[LETTERS:IDEOGRAPHS] = True
    values = (folded + np.uint64(1)) * GOLDEN
    values = (values ^ (values >> np.uint64(30))) * STIR
    values ^= values >> np.uint64(27)
    values[~counts] = 0
    return values
