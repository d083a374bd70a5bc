"""A pile of imprints side by side, and where its six-word shingles stand: set operations on integers, no loop over words.

Shingles that always stand together are joined as one *block*: where every report that holds a shingle goes on with the
same next one, both have the same list of reports, and the longer stretch can be compared at once. Nothing is lost by
it, and a pile of 20,000 reports has a ninth as many places to join.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.matters.imprint import BARRIER, GOLDEN, Hashes, Imprint, Places

SHINGLE = 6  # words: lineage measurements; shorter ones are shared by chance
PARTS = 8  # shingles are sorted an eighth at a time, by the first bits of their hash: an eighth of the memory
LARGEST_LOOSE = 1_000_000  # words
WORD_BITS = 31  # of a sort key: a pile has fewer than two thousand million words
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pile:
    """Many reports as one row of words; a word's number counts from the first word of the first report."""

    reports: tuple[str, ...]  # ids, sorted
    hashes: Hashes
    starts: Places  # characters, each in its own report
    ends: Places
    owner: Places  # of each word: number of its report
    first: Integers  # of each report: number of its first word; one more at the end

    @property
    def sizes(self) -> Integers:
        """Words of each report."""
        return np.diff(self.first)

    def characters(self, word: Integers, count: Integers) -> Integers:
        """Length in characters of stretches of so many words."""
        length: Integers = (self.ends[word + count - 1] - self.starts[word]).astype(np.int64)
        return length


@dataclass(frozen=True, slots=True)
class Blocks:
    """Places of blocks, sorted by block, then place: block number, first word, how many shingles on end."""

    block: Places
    word: Places
    length: Places

    def only(self, kept: Flags) -> Blocks:
        """Some of the places."""
        return Blocks(self.block[kept], self.word[kept], self.length[kept])


def gather(imprints: Iterable[Imprint]) -> Pile:
    """The pile of some reports, which must come sorted by id. They may come one by one: none is held twice.

    Raises:
        ValueError: the reports are not sorted, or one comes twice.
    """
    columns = [Column(kind) for kind in (np.uint64, np.int32, np.int32)]
    reports: list[str] = []
    sizes: list[int] = []
    for one in imprints:
        if reports and one.report_id <= reports[-1]:
            raise ValueError(f"imprints must come sorted by id, each once: {one.report_id} after {reports[-1]}")
        reports.append(one.report_id)
        sizes.append(len(one.hashes))
        parts: list[NDArray[Any]] = [one.hashes, one.starts, one.ends]
        for column, part in zip(columns, parts, strict=True):
            column.add(part)
    hashes, starts, ends = (column.whole() for column in columns)
    owner = np.repeat(np.arange(len(reports), dtype=np.int32), sizes)
    first = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64)
    return Pile(tuple(reports), hashes, starts, ends, owner, first)


class Column:
    """An array that grows: small parts are joined as they come, so that memory is not left in pieces."""

    def __init__(self, kind: type) -> None:
        self._joined: list[NDArray[Any]] = [np.empty(0, dtype=kind)]
        self._loose: list[NDArray[Any]] = []
        self._size = 0

    def add(self, part: NDArray[Any]) -> None:
        """Puts a part at the end."""
        self._loose.append(part)
        self._size += len(part)
        if self._size > LARGEST_LOOSE:
            self._join()

    def _join(self) -> None:
        self._joined.append(np.concatenate(self._loose))
        self._loose.clear()
        self._size = 0

    def whole(self) -> Any:
        """All parts on end; the column is empty afterwards."""
        whole = np.concatenate(self._joined + self._loose)
        self._joined.clear()
        self._loose.clear()
        return whole


def shingles(pile: Pile) -> tuple[Hashes, Flags]:
    """A hash of the six words that begin at each word, and whether they lie in one report with no barrier between."""
    count = max(0, len(pile.hashes) - SHINGLE + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    whole = pile.owner[SHINGLE - 1 :][:count] == pile.owner[:count]
    solid = pile.hashes != BARRIER
    for k in range(SHINGLE):
        mixed *= GOLDEN
        mixed += pile.hashes[k : k + count]
        mixed ^= mixed >> np.uint64(29)
        whole &= solid[k : k + count]
    return mixed, whole


def postings(pile: Pile) -> tuple[Places, Places]:
    """Group number and word of every shingle that two reports hold; in each report only where it first stands."""
    mixed, whole = shingles(pile)
    part = (mixed >> np.uint64(61)).astype(np.uint8)
    part[~whole] = PARTS
    del whole
    groups: list[Places] = []
    words: list[Places] = []
    known = 0
    for k in range(PARTS):
        group, word = _shared(pile, mixed, np.flatnonzero(part == k).astype(np.int32))
        groups.append(group + np.int32(known))
        words.append(word)
        known += int(group[-1]) + 1 if len(group) else 0
    del mixed, part
    return np.concatenate(groups), np.concatenate(words)


def _shared(pile: Pile, mixed: Hashes, word: Places) -> tuple[Places, Places]:
    hashes = mixed[word]
    order = np.argsort(hashes)
    hashes, word = hashes[order], word[order]
    new = opens(hashes)
    alone = new & np.append(new[1:], True)[: len(new)]
    key = np.cumsum(new[~alone]) - 1 << WORD_BITS | word[~alone]
    key.sort()
    group, word = key >> WORD_BITS, (key & ((1 << WORD_BITS) - 1)).astype(np.int32)
    once = opens(group) | opens(pile.owner[word])
    group, word = group[once], word[once]
    many = np.bincount(group, minlength=1)[group] > 1
    return (np.cumsum(opens(group[many])) - 1).astype(np.int32), word[many]


def opens(column: NDArray[Any]) -> Flags:
    """True wherever a value differs from the one before it: the first row of every group of a sorted column."""
    new = np.ones(len(column), dtype=bool)
    np.not_equal(column[1:], column[:-1], out=new[1:])
    return new


def blocks(pile: Pile) -> Blocks:
    """The blocks of a pile."""
    group, word = postings(pile)
    if not len(group):
        return Blocks(group, word, word)
    at_word = np.full(len(pile.hashes) + 1, -1, dtype=np.int32)
    at_word[word] = group
    goes_on = _goes_on(group, at_word[word + 1])
    held = np.sort(word)
    heads = np.flatnonzero(~goes_on[at_word[held]])
    lengths: Places = np.diff(np.append(heads, len(held))).astype(np.int32)
    first = ~goes_on[group]
    del at_word, goes_on
    block, word = (np.cumsum(opens(group[first])) - 1).astype(np.int32), word[first]
    return Blocks(block, word, lengths[np.searchsorted(held[heads], word)])


def _goes_on(group: Places, following: Places) -> Flags:
    """Of each group: whether it always follows one and the same other group, which is nowhere without it."""
    heads = np.flatnonzero(opens(group))
    sizes = np.diff(np.append(heads, len(group)))
    after = following[heads]
    torn = np.bincount(group[following != after[group]], minlength=len(heads)) > 0
    tied = ~torn & (after >= 0) & (sizes[after] == sizes)
    result = np.zeros(len(heads), dtype=bool)
    result[after[tied]] = True
    return result
