"""What counts as right, for trees and for names: used while training and by `bench/reading.py` on the shipped model.

Universal relations are compared without their subtypes, punctuation counts, as in the CoNLL 2018 shared task. A name is
right when span and type are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from training.data import Tree

Name = tuple[int, int, str]
TAGS = ("upos", "xpos", "feats")


def tally(gold: Tree, said: Mapping[str, Sequence[str]], heads: Sequence[int]) -> Counter[str]:
    """How many words of one sentence are right, by column; `heads` count words from 1, 0 is the root."""
    right: Counter[str] = Counter(words=len(gold.words))
    for k in range(len(gold.words)):
        for name in TAGS:
            right[name] += name in said and said[name][k] == getattr(gold, name)[k]
        right["lemma"] += said["lemma"][k] == gold.lemma[k]
        hung = heads[k] == gold.head[k]
        right["uas"] += hung
        right["las"] += hung and said["rel"][k].split(":")[0] == gold.rel[k].split(":")[0]
    return right


def shares(right: Mapping[str, int]) -> dict[str, float]:
    """Percent of the words."""
    return {name: round(100 * n / right["words"], 2) for name, n in right.items() if name != "words" and n}


class Names:
    """Counts of names said, true and both, by type and for all."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, said: Iterable[Name], true: Iterable[Name]) -> None:
        """The names of one sentence."""
        ours, theirs = set(said), set(true)
        for kind, rows in (("said", ours), ("true", theirs), ("both", ours & theirs)):
            self._counts.update((kind, row[2]) for row in rows)
            self._counts[kind, "all"] += len(rows)

    def f1(self) -> dict[str, float]:
        """F1 in percent, all and by type."""
        types = sorted({name for _, name in self._counts})
        return {name: self._one(name) for name in types}

    def _one(self, name: str) -> float:
        said, true = self._counts["said", name], self._counts["true", name]
        return round(200 * self._counts["both", name] / max(1, said + true), 1)
