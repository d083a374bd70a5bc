"""Trees and labels against every tree and every label there is."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.reading.decode import labels, spans, tree

NAMES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def all_trees(n: int) -> list[list[int]]:
    """Heads (counted from 1, 0 the root) of every tree of n words with one root."""
    return [
        list(h) for h in product(range(n + 1), repeat=n) if h.count(0) == 1 and all(_reaches(h, k) for k in range(n))
    ]


def _reaches(heads: tuple[int, ...], k: int) -> bool:
    for _ in heads:
        if heads[k] == 0:
            return True
        k = heads[k] - 1
    return False


@settings(max_examples=150, deadline=None)
@example(5, 33)  # the root of the best tree is none of the best tree's that may have several
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_tree_is_the_best_of_all(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n + 1, n + 1))
    total = lambda heads: sum(scores[k, h] for k, h in enumerate(heads, 1))  # noqa: E731 - a local shorthand
    found = tree(scores)
    assert found in all_trees(n)
    assert total(found) >= max(map(total, all_trees(n))) - 1e-9


def test_two_words_that_hang_on_each_other_are_parted() -> None:
    scores = np.array([[0, 0, 0], [0.0, 0, 9], [1.0, 9, 0]])
    assert tree(scores) == [2, 0]


def test_no_words_no_tree() -> None:
    assert tree(np.zeros((1, 1))) == []
    assert labels(np.zeros((0, 5)), NAMES) == []


def _allowed(path: tuple[int, ...]) -> bool:
    tags = ["O", *(NAMES[k] for k in path)]
    return all(now[0] != "I" or (before != "O" and before[2:] == now[2:]) for before, now in pairwise(tags))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_labels_are_the_best_run_that_is_allowed(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, len(NAMES)))
    total = lambda path: sum(scores[k, label] for k, label in enumerate(path))  # noqa: E731 - a local shorthand
    found = labels(scores, NAMES)
    assert _allowed(tuple(found))
    best = max(total(p) for p in product(range(len(NAMES)), repeat=n) if _allowed(p))
    assert abs(total(found) - best) < 1e-9


def test_spans_of_tags() -> None:
    assert spans(["B-PER", "I-PER", "O", "B-LOC", "B-LOC"]) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]
    assert spans(["I-PER", "I-LOC"]) == [(0, 1, "PER"), (1, 2, "LOC")]
