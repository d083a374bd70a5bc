"""From scores to a tree and to names: the best tree with one root, the best run of name labels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
NEVER = -1e9


def tree(scores: npt.NDArray[np.floating]) -> list[int]:
    """The heads of the best tree with exactly one root.

    Args:
        scores: (n + 1, n + 1); row d, column h is how likely word d hangs on h; position 0 is the root.

    Returns:
        For each word its head, counted from 1; 0 for the root.

    Source: Chu and Liu 1965, Edmonds 1967. Nine sentences in ten need no more than the first line of `_spanning`.
    """
    table = np.array(scores, dtype=np.float64)
    if len(table) < 2:
        return []
    np.fill_diagonal(table, NEVER)
    heads = _spanning(table)
    if heads.count(0) > 1:  # each root costs more than any tree can gain by it, so that the best tree has one
        table[:, 0] -= len(table) * float(np.ptp(scores)) + 1
        heads = _spanning(table)
    return heads[1:]


def _spanning(table: Scores) -> list[int]:
    """The best tree of any number of roots; position 0 of the answer is -1."""
    heads = [-1, *table[1:].argmax(1).tolist()]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    return _opened(table, heads, cycle)


def _cycle(heads: Sequence[int]) -> list[int]:
    """The words of one cycle, or none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        at = start
        while at > 0 and seen[at] == 0:
            seen[at] = start
            at = heads[at]
        if at > 0 and seen[at] == start:
            cycle = [at]
            while heads[cycle[-1]] != at:
                cycle.append(heads[cycle[-1]])
            return cycle
    return []


def _opened(table: Scores, heads: list[int], cycle: list[int]) -> list[int]:
    """The cycle drawn together into one word, the rest solved, and the cycle opened where that costs least."""
    inside = set(cycle)
    rest = [k for k in range(len(heads)) if k not in inside]
    one = len(rest)
    held = np.array([table[k, heads[k]] for k in cycle])
    small = np.full((one + 1, one + 1), NEVER)
    small[:one, :one] = table[np.ix_(rest, rest)]
    out = table[np.ix_(rest, cycle)]
    small[:one, one] = out.max(1)
    into = table[np.ix_(cycle, rest)] - held[:, None]
    small[one, :one] = held.sum() + into.max(0)
    small[one, one] = NEVER
    solved = _spanning(small)
    for k, word in enumerate(rest):
        if word:
            heads[word] = cycle[int(out[k].argmax())] if solved[k] == one else rest[solved[k]]
    entry = solved[one]
    heads[cycle[int(into[:, entry].argmax())]] = rest[entry]
    return heads


def labels(scores: npt.NDArray[np.floating], names: Sequence[str]) -> list[int]:
    """The best run of BIO labels in which no I follows anything but its own kind.

    Args:
        scores: (words, labels), logarithms.
        names: "O", "B-PER", "I-PER" ...
    """
    if not len(scores):
        return []
    barred = _barred(tuple(names))
    total = scores[0] + barred[0]
    back = []
    for row in scores[1:]:
        step = total[:, None] + barred
        came = step.argmax(0)
        back.append(came)
        total = step[came, np.arange(len(names))] + row
    path = [int(total.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return path[::-1]


@cache
def _barred(names: tuple[str, ...]) -> Scores:
    """What it costs to go from one label to the next: nothing, or everything. Row 0 ("O") also serves as the start."""
    table = np.zeros((len(names), len(names)))
    for to, name in enumerate(names):
        if name.startswith("I-"):
            for came, before in enumerate(names):
                table[came, to] = 0.0 if before[2:] == name[2:] and before != "O" else NEVER
    return table


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names in a run of BIO tags: first word, word after the last, type."""
    found: list[tuple[int, int, str]] = []
    for k, tag in enumerate(tags):
        part, _, kind = tag.partition("-")
        if part == "I" and found and found[-1][1] == k and found[-1][2] == kind:
            found[-1] = (found[-1][0], k + 1, kind)
        elif part in ("B", "I"):
            found.append((k, k + 1, kind))
    return found
