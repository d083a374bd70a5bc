"""Blocks joined with themselves: which stretches of six words and more two reports share, and on which diagonal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.matters.imprint import Places
from onrecord.matters.postings import SHINGLE, Blocks, Flags, Integers, Pile, opens

# A longer list of reports is joined through a few of them, so that output grows with the pile and not with its square.
# The longest of 20,000 synthetic reports has 121. Wording that two of the others share stands in both with the medoid.
LONGEST_LIST, MEDOIDS = 200, 3
# Bits of a sort key left to the diagonal: no report has a million words.
DIAGONAL = 21


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of equal words of two reports, sorted by pair, then by place in the first, then in the second."""

    pair: Integers  # number of the first report times the size of the pile, plus number of the second
    a: Integers  # first word in the first report, counted through the pile
    b: Integers
    words: Integers

    def only(self, kept: Flags | Integers) -> Runs:
        """Some of the runs, in the order given."""
        return Runs(self.pair[kept], self.a[kept], self.b[kept], self.words[kept])


def equal_runs(pile: Pile, found: Blocks, family: Integers, fresh: Flags | None = None) -> Runs:
    """All runs that blocks give (`runs.sql` says the same).

    Args:
        pile: the reports.
        found: the blocks that count.
        family: of each report; lists that are too long are joined through medoids of each family.
        fresh: reports to compare with all others; None compares all with all.
    """
    a, b, length = _joined(pile, found, family, fresh)
    if not len(a):
        none = np.empty(0, dtype=np.int64)
        return Runs(none, none, none, none)
    key = _diagonals(pile, a, b)
    order = np.lexsort((a, key))
    key, a, b, length = key[order], a[order], b[order], length[order]
    cut = opens(key)
    cut[1:] |= a[1:] > a[:-1] + length[:-1]
    heads = np.flatnonzero(cut)
    ends = np.append(heads[1:], len(a)) - 1
    first = a[heads].astype(np.int64)
    words = a[ends] + length[ends] - first + SHINGLE - 1
    return in_order(Runs(key[heads] >> DIAGONAL, first, b[heads].astype(np.int64), words))


def _joined(pile: Pile, found: Blocks, family: Integers, fresh: Flags | None) -> tuple[Places, Places, Places]:
    """Words in both reports and shingles of every block that two reports share."""
    one, two = _places(pile, found, family, fresh)
    return found.word[one], found.word[two], found.length[one]


def _diagonals(pile: Pile, a: Places, b: Places) -> Integers:
    """A number for each pair and each distance between the places: what stands on one can be one run."""
    one, two = pile.owner[a], pile.owner[b]
    key = one.astype(np.int64)
    key *= len(pile.reports)
    key += two
    key <<= DIAGONAL
    key += b
    key -= a
    key += pile.first[one]
    key -= pile.first[two]
    key += 1 << (DIAGONAL - 1)
    return key


def in_order(runs: Runs) -> Runs:
    """The same runs, sorted."""
    return runs.only(np.lexsort((runs.b, runs.a, runs.pair)))


def _places(pile: Pile, found: Blocks, family: Integers, fresh: Flags | None) -> tuple[Places, Places]:
    """Pairs of places of one block each, by number in the list of blocks, the first report first."""
    heads = np.flatnonzero(opens(found.block)).astype(np.int32)
    sizes = np.diff(np.append(heads, np.int32(len(found.block))))
    ones, twos = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int32)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= LONGEST_LIST)]):
        left, right = (side.astype(np.int32) for side in np.triu_indices(size, 1))
        at = heads[sizes == size][:, None]
        ones.append((at + left).ravel())
        twos.append((at + right).ravel())
    for head, size in zip(heads[sizes > LONGEST_LIST], sizes[sizes > LONGEST_LIST], strict=True):
        hubs, others = _through_medoids(pile, found.word[head : head + size], family)
        ones.append(head + hubs.astype(np.int32))
        twos.append(head + others.astype(np.int32))
    one, two = np.concatenate(ones), np.concatenate(twos)
    if fresh is None:
        return one, two
    wanted = fresh[pile.owner[found.word[one]]] | fresh[pile.owner[found.word[two]]]
    return one[wanted], two[wanted]


def _through_medoids(pile: Pile, words: Places, family: Integers) -> tuple[Integers, Integers]:
    """Pairs of one long list: the longest reports of each of its families against everybody, each pair once."""
    owner = pile.owner[words]
    kin = family[owner]
    order = np.lexsort((owner, -pile.sizes[owner], kin))
    rank = np.arange(len(order)) - np.maximum.accumulate(np.where(opens(kin[order]), np.arange(len(order)), 0))
    medoid = np.zeros(len(words), dtype=bool)
    medoid[order[rank < MEDOIDS]] = True
    hub, other = (g.ravel() for g in np.meshgrid(np.flatnonzero(medoid), np.arange(len(words)), indexing="ij"))
    once = (hub < other) | ((hub > other) & ~medoid[other])
    return np.minimum(hub, other)[once], np.maximum(hub, other)[once]
