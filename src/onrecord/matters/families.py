"""Families: reports that print one story. A shingle's *family frequency* tells a wire story from a footer.

A wire story run by two hundred outlets is one family and stays, a footer under a hundred unrelated stories goes.
Document-frequency caps do the reverse.
"""

from __future__ import annotations

import numpy as np

from onrecord.matters.imprint import Places
from onrecord.matters.postings import SHINGLE, Blocks, Integers, Pile, opens

# Links between neighbours in a posting list only: n-1, not n^2. Two reports are kin when they share this many shingles
# and this share of the shorter one. A form or a licence note can reach that in one piece; a copied story is cut into
# pieces by what its printers put between, or is most of the shorter report. Without the last condition pair precision
# falls from .987 to .968 (2,000 synthetic reports).
ENOUGH_SHARED, SHARE_OF_SHORTER = 30, 0.12
BESIDE_LONGEST, MOST_OF_SHORTER = 15, 0.5
# At three, passages lifted into several strange articles go too (recall of short ones .934 at 20,000, .967 at four).
MOST_FAMILIES = 4
# Share of the reports that hold a passage which one family must have, for more families to be no sign of furniture. At a
# half, links to other stories that one outlet runs into its paragraphs come back (precision .993 to .989 at 20,000).
HOME = 0.67


def families(pile: Pile, found: Blocks) -> Integers:
    """For each report the first report of its family."""
    parent = list(range(len(pile.reports)))
    for a, b in strong_pairs(pile, found):
        low, high = sorted((_root(parent, a), _root(parent, b)))
        parent[high] = low
    return np.array([_root(parent, k) for k in range(len(parent))], dtype=np.int64)


def _root(parent: list[int], k: int) -> int:
    while parent[k] != k:
        parent[k] = parent[parent[k]]
        k = parent[k]
    return k


def strong_pairs(pile: Pile, found: Blocks) -> list[tuple[int, int]]:
    """Pairs of kin among neighbours in the lists of blocks (`strong_pairs.sql` says the same)."""
    pair, shared, longest = _linked(pile, found)
    a, b = pair // max(1, len(pile.reports)), pair % max(1, len(pile.reports))
    shorter = np.minimum(pile.sizes[a], pile.sizes[b])
    kin = (shared >= ENOUGH_SHARED) & (shared >= SHARE_OF_SHORTER * shorter)
    kin &= (shared - longest >= BESIDE_LONGEST) | (shared >= MOST_OF_SHORTER * shorter)
    return list(zip(a[kin].tolist(), b[kin].tolist(), strict=True))


def _linked(pile: Pile, found: Blocks) -> tuple[Integers, Integers, Integers]:
    """Linked pairs of reports, with the shingles they share, and how many of these stand in one piece."""
    beside = found.block[1:] == found.block[:-1]
    one, two = (w[beside].astype(np.int64) for w in (found.word[:-1], found.word[1:]))
    length = found.length[1:][beside].astype(np.int64)
    pair = pile.owner[one].astype(np.int64) * len(pile.reports) + pile.owner[two]
    order = np.lexsort((one, two - one, pair))
    pair, one, two, length = pair[order], one[order], two[order], length[order]
    cut = opens(pair) | opens(two - one)
    cut[1:] |= one[1:] > one[:-1] + length[:-1] + SHINGLE + 2
    if not len(cut):
        return pair, length, length
    pieces = np.flatnonzero(cut)
    size, pair = np.add.reduceat(length, pieces), pair[pieces]
    heads = np.flatnonzero(opens(pair))
    return pair[heads], np.add.reduceat(size, heads), np.maximum.reduceat(size, heads)


def in_few_families(found: Blocks, owner: Places, family: Integers) -> Blocks:
    """Only the blocks that at most `MOST_FAMILIES` families hold, or that are mostly one story's own.

    A footer stands under many stories alike; a passage that many have lifted has a home, the story it was taken from.
    """
    if not len(found.block):
        return found
    kin = family[owner[found.word]]
    order = np.lexsort((kin, found.block))
    block, kin = found.block[order], kin[order]
    heads = np.flatnonzero(opens(block) | opens(kin))
    held = np.diff(np.append(heads, len(block)))
    frequency = np.bincount(block[heads])
    largest = np.zeros(len(frequency), dtype=np.int64)
    np.maximum.at(largest, block[heads], held)
    at_home = largest >= HOME * np.bincount(block, minlength=len(frequency))
    return found.only(((frequency <= MOST_FAMILIES) | at_home)[found.block])
