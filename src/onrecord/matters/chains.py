"""Runs become passages: runs that follow each other closely are one chain, and what an edit cut off is found again.

A word changed here and there leaves stretches too short for a shingle. Between two runs of one chain, and just beyond
its ends, a few words on a neighbouring diagonal are evidence enough; alone in two reports they would be none.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from onrecord.matters.hits import Runs, in_order
from onrecord.matters.imprint import BARRIER
from onrecord.matters.postings import SHINGLE, Flags, Integers, Pile, opens
from onrecord.matters.vouched import vouched

WIDEST_GAP = 16  # words, in both reports
REACH, SIDEWAYS = 12, 2  # beyond the ends of a chain: words, and diagonals to either side
SHORTEST_PIECE = 20  # characters
FEWEST_BETWEEN, FEWEST_BEYOND = 2, 3  # words; beyond an end there is one anchor only
# Characters of one chain, and of a pair: scattered stock phrases add up, but none of their chains is as long.
SHORTEST_PASSAGE, SHORTEST_PAIR = 80, 90
# One stretch no longer than this, in reports of three families that share nothing else, is a stock descriptor ("the
# oldest of the three ferry towns on the northern shore"): no evidence alone.
LONGEST_STOCK, FEWEST_STOCK = 110, 3
# Characters of a pair that a third report vouches for (`vouched.py`).
SHORTEST_VOUCHED = 40

# Columns: what a piece belongs to, its first word in either report, its words.
Pieces = tuple[Integers, Integers, Integers, Integers]


def passages_of(pile: Pile, runs: Runs, family: Integers) -> Runs:
    """The runs and pieces of all pairs that share enough, sorted; in the first report none overlaps another."""
    runs = _apart(runs)
    linked = links(runs)
    between = _between(pile, runs, linked)
    in_chain, in_pair, longest = _lengths(pile, runs, linked, between)
    sure = vouched(runs, in_chain > LONGEST_STOCK)
    kept = (in_pair >= SHORTEST_PAIR) & (longest >= SHORTEST_PASSAGE)
    kept |= sure & (in_pair >= SHORTEST_VOUCHED)
    inner = _as_runs(runs, between).only(kept[between[0]])
    sure_pairs = np.unique(runs.pair[sure & kept])
    runs = runs.only(kept)
    outer = _as_runs(runs, _beyond(pile, runs, links(runs)))
    return _without_stock(pile, _disjoint(runs, (inner, outer)), family, sure_pairs)


def _without_stock(pile: Pile, runs: Runs, family: Integers, sure: Integers) -> Runs:
    """The runs of all pairs that share more than a stock descriptor, or of which a third report says where it is from."""
    number = np.cumsum(opens(runs.pair)) - 1
    alone = (np.bincount(number, minlength=1)[number] == 1) & (pile.characters(runs.a, runs.words) <= LONGEST_STOCK)
    small = runs.only(alone)
    kin = [family[pile.owner[place]] for place in (small.a, small.b)]
    place, held = np.concatenate((small.a, small.b)), np.concatenate(kin[::-1])
    strange = held != np.concatenate(kin)
    rows = np.unique(np.stack((place[strange], held[strange])), axis=1)[0]
    found, families = np.unique(rows, return_counts=True)
    stock = found[families >= FEWEST_STOCK - 1]
    alone &= ~np.isin(runs.pair, sure)
    return runs.only(~(alone & (np.isin(runs.a, stock) | np.isin(runs.b, stock))))


def links(runs: Runs) -> Flags:
    """For each run but the first: whether it follows the one before it closely, in both reports."""
    a_gap, b_gap = _gap(runs.a, runs), _gap(runs.b, runs)
    near: Flags = (a_gap >= 0) & (b_gap >= 0) & (a_gap <= WIDEST_GAP) & (b_gap <= WIDEST_GAP)
    near &= runs.pair[1:] == runs.pair[:-1]
    return near


def _gap(place: Integers, runs: Runs) -> Integers:
    """Words between each run and the next, in one of the reports; negative where they overlap or change order."""
    return place[1:] - place[:-1] - runs.words[:-1]


def _apart(runs: Runs) -> Runs:
    """Runs that overlap by a few words, where a word was put in between two equal ones: the later one gives way."""
    over = np.zeros(len(runs.a), dtype=np.int64)
    over[1:] = -np.minimum(0, np.minimum(_gap(runs.a, runs), _gap(runs.b, runs)))
    over[1:][runs.pair[1:] != runs.pair[:-1]] = 0
    over[over >= SHINGLE] = 0
    return Runs(runs.pair, runs.a + over, runs.b + over, runs.words - over)


def _as_runs(runs: Runs, pieces: Pieces) -> Runs:
    return Runs(runs.pair[pieces[0]], *pieces[1:])


def _between(pile: Pile, runs: Runs, linked: Flags) -> Pieces:
    """Pieces inside the gaps of chains, each with the number of the run before its gap; no two cross or overlap."""
    a_gap, b_gap = _gap(runs.a, runs), _gap(runs.b, runs)
    at = np.flatnonzero(linked & (a_gap > 0) & (b_gap > 0))
    a, b = runs.a[at] + runs.words[at], runs.b[at] + runs.words[at]
    a_words, b_words = a_gap[at], b_gap[at]
    lowest = np.minimum(0, b_words - a_words) - 1
    highest = np.maximum(0, b_words - a_words) + 1
    found = []
    for step in range(int((highest - lowest).max(initial=-1)) + 1):
        shift = lowest + step
        skip = np.maximum(0, -shift)
        count = np.where(shift <= highest, np.minimum(a_words - skip, b_words - skip - shift), 0)
        found.append(_equal(pile, (at, a + skip, b + skip + shift, count)))
    return _uncrossed(_long(pile, _stacked(found), FEWEST_BETWEEN))


def _beyond(pile: Pile, runs: Runs, linked: Flags) -> Pieces:
    """The longest piece just after and just before every chain, with the number of the run it is beside."""
    after, before = (np.ones(len(runs.a), dtype=bool) for _ in range(2))
    after[:-1], before[1:] = ~linked, ~linked
    first, end = _room(pile, runs)
    sides = []
    for at, forward in ((np.flatnonzero(after), True), (np.flatnonzero(before), False)):
        side = [_equal(pile, _window(pile, runs, at, first, end, shift, forward)) for shift in _shifts()]
        run, a, b, words = _long(pile, _stacked(side), FEWEST_BEYOND)
        order = np.lexsort((b, a, -words, run))
        best = order[opens(run[order])]
        sides.append((run[best], a[best], b[best], words[best]))
    return _stacked(sides)


def _shifts() -> range:
    return range(-SIDEWAYS, SIDEWAYS + 1)


def _room(pile: Pile, runs: Runs) -> tuple[Integers, Integers]:
    """Of each run: the first word, and the end, of what no neighbour in the first report takes."""
    owner = pile.owner[runs.a]
    first, end = pile.first[owner], pile.first[owner + 1]
    same = runs.pair[1:] == runs.pair[:-1]
    first[1:][same] = np.maximum(first[1:], (runs.a + runs.words)[:-1])[same]
    end[:-1][same] = np.minimum(end[:-1], runs.a[1:])[same]
    return first, end


def _window(pile: Pile, runs: Runs, at: Integers, first: Integers, end: Integers, shift: int, forward: bool) -> Pieces:
    """What to compare beyond some runs on a diagonal so many words aside."""
    a, b = runs.a[at], runs.b[at]
    owner = pile.owner[b]
    skip = max(0, -shift)
    if forward:
        a, b = a + runs.words[at], b + runs.words[at]
        a_words, b_words = end[at] - a, pile.first[owner + 1] - b
    else:
        a_words, b_words = a - first[at], b - pile.first[owner]
    count = np.minimum(np.minimum(a_words, REACH) - skip, np.minimum(b_words, REACH) - skip - shift)
    count = np.maximum(0, count)
    if forward:
        return at, a + skip, b + skip + shift, count
    return at, a - skip - count, b - skip - shift - count, count


def _equal(pile: Pile, windows: Pieces) -> Pieces:
    """The stretches of equal words inside windows of so many words."""
    some = windows[3] > 0
    run, a, b, count = (column[some] for column in windows)
    ends = np.cumsum(count)
    row = np.repeat(np.arange(len(count)), count)
    step = np.arange(len(row)) - (ends - count)[row]
    word = pile.hashes[a[row] + step]
    same = (word == pile.hashes[b[row] + step]) & (word != BARRIER)
    new = opens(row)
    last = np.append(new[1:], True)[: len(new)]
    heads = np.flatnonzero(same & (new | ~np.append(False, same[:-1])[: len(new)]))
    tails = np.flatnonzero(same & (last | ~np.append(same[1:], False)[: len(new)]))
    at = row[heads]
    return run[at], a[at] + step[heads], b[at] + step[heads], tails - heads + 1


def _long(pile: Pile, pieces: Pieces, fewest: int) -> Pieces:
    """The pieces that are long enough."""
    run, a, b, words = pieces
    kept = (words >= fewest) & (pile.characters(a, words) >= SHORTEST_PIECE)
    return run[kept], a[kept], b[kept], words[kept]


def _stacked(parts: Iterable[Pieces]) -> Pieces:
    none = np.empty(0, dtype=np.int64)
    columns = zip((none, none, none, none), *parts, strict=True)
    run, a, b, words = (np.concatenate(column) for column in columns)
    return run, a, b, words


def _uncrossed(pieces: Pieces) -> Pieces:
    """Of the pieces in each gap the longest, then the longest of those that neither cross nor overlap it, and so on."""
    chosen = []
    run, a, b, words = pieces
    while len(run):
        order = np.lexsort((b, a, -words, run))
        run, a, b, words = run[order], a[order], b[order], words[order]
        new = opens(run)
        chosen.append((run[new], a[new], b[new], words[new]))
        best = np.flatnonzero(new)[np.cumsum(new) - 1]
        before = (a + words <= a[best]) & (b + words <= b[best])
        after = (a >= a[best] + words[best]) & (b >= b[best] + words[best])
        left = (before | after) & ~new
        run, a, b, words = run[left], a[left], b[left], words[left]
    return _stacked(chosen)


def _lengths(pile: Pile, runs: Runs, linked: Flags, between: Pieces) -> tuple[Integers, Integers, Integers]:
    """Of each run: characters of its chain, of its pair, and of its pair's longest chain."""
    run = np.concatenate((np.arange(len(runs.a)), between[0]))
    length = pile.characters(np.concatenate((runs.a, between[1])), np.concatenate((runs.words, between[3])))
    chain = np.append(0, np.cumsum(~linked))[: len(runs.a)]
    pair = np.cumsum(opens(runs.pair)) - 1
    in_chain = np.bincount(chain[run], length).astype(np.int64)[chain]
    in_pair = np.bincount(pair[run], length).astype(np.int64)
    longest = np.zeros(len(in_pair), dtype=np.int64)
    np.maximum.at(longest, pair, in_chain)
    return in_chain, in_pair[pair], longest[pair]


def _disjoint(runs: Runs, pieces: Iterable[Runs]) -> Runs:
    """Runs and pieces together, sorted; a piece that overlaps what stands beside it in the first report goes."""
    parts = (runs, *pieces)
    pair, a, b, words = (
        np.concatenate(column) for column in zip(*((p.pair, p.a, p.b, p.words) for p in parts), strict=True)
    )
    piece = np.arange(len(a)) >= len(runs.a)
    order = np.lexsort((b, a, pair))
    both, piece = Runs(pair, a, b, words).only(order), piece[order]
    clash = (both.pair[1:] == both.pair[:-1]) & (_gap(both.a, both) < 0)
    out = np.zeros(len(a), dtype=bool)
    out[1:] = clash & piece[1:]
    out[:-1] |= clash & piece[:-1] & ~piece[1:]
    return in_order(both.only(~out))
