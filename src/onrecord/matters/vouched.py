"""Short shared wording that a third report vouches for.

A report that lifts a sentence and another that rewords the whole story may meet in half a line: too little to count,
were there not the story itself, which shares a long passage with either, at this very place.
"""

from __future__ import annotations

import numpy as np

from onrecord.matters.hits import Runs
from onrecord.matters.postings import Flags, Integers

# What lies at a place: the place's number, and a word of another report that a long passage sets beside it; both sorted.
Beside = tuple[Integers, Integers]


def vouched(runs: Runs, firm: Flags) -> Flags:
    """Of each run: whether long passages set its middle, in either report, beside one and the same word of a third.

    Only runs of pairs without a long passage are asked.

    Args:
        runs: of all pairs, sorted by pair.
        firm: whether a run is part of a passage that is too long to be a stock phrase.
    """
    result = np.zeros(len(runs.a), dtype=bool)
    short = np.flatnonzero(~np.isin(runs.pair, runs.pair[firm]))
    if not len(short):
        return result
    half = runs.words[short] // 2
    middles, number = np.unique(np.concatenate((runs.a[short] + half, runs.b[short] + half)), return_inverse=True)
    place, third = _beside(runs.only(firm), middles)
    base = int(third.max(initial=0)) + 1
    known = place * base + third
    known.sort()
    a, b = number[: len(short)], number[len(short) :]
    low, high = np.searchsorted(place, a), np.searchsorted(place, a, side="right")
    row, at = _spread(low, high - low)
    key = b[row] * base + third[at]
    found = known[np.minimum(np.searchsorted(known, key), max(0, len(known) - 1))] == key if len(known) else row < 0
    result[short[np.unique(row[found])]] = True
    return result


def _beside(firm: Runs, middles: Integers) -> Beside:
    """What the long passages set beside some words, which are sorted."""
    here, there = np.concatenate((firm.a, firm.b)), np.concatenate((firm.b, firm.a))
    low = np.searchsorted(middles, here)
    count = np.searchsorted(middles, here + np.concatenate((firm.words, firm.words))) - low
    row, place = _spread(low, count)
    order = np.argsort(place, kind="stable")
    row, place = row[order], place[order]
    return place, there[row] + middles[place] - here[row]


def _spread(first: Integers, count: Integers) -> tuple[Integers, Integers]:
    """Ranges written out: the number of the range of each member, and the member."""
    row = np.repeat(np.arange(len(count)), count)
    step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, first[row] + step
