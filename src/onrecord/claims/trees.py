"""A sentence's tree, asked for phrases and clauses. Positions count the words of the sentence; the tree is the reading's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.records import Sentence, Span, Word
from onrecord.text.tables import words

NOT = frozenset("not n't n’t never hardly neither nor".split())
# What hangs on a noun and yet tells of something else than whom the noun means.
BESIDE = frozenset(
    "parataxis discourse cc advcl vocative list punct dep orphan ccomp advmod dislocated reparandum".split()
)


@dataclass(frozen=True, slots=True)
class Tree:
    """Words with the way down: `kids[i]` are the words that hang on word i, in order."""

    words: tuple[Word, ...]
    kids: tuple[tuple[int, ...], ...]
    lowers: tuple[str, ...]

    def kid(self, i: int, *relations: str) -> int | None:
        """The first word on i with one of these relations."""
        return next((k for k in self.kids[i] if self.words[k].relation in relations), None)

    def under(self, i: int, without: Collection[int] = ()) -> set[int]:
        """Word i and all that hangs on it, except the words in `without` and what hangs on them."""
        found, open_ = set(), [i]
        while open_:
            k = open_.pop()
            if k not in found and k not in without:
                found.add(k)
                open_ += self.kids[k]
        return found

    def lower(self, i: int) -> str:
        """Word i in lower case; empty outside the sentence."""
        return self.lowers[i] if 0 <= i < len(self.lowers) else ""

    def span(self, first: int, last: int) -> Span:
        """Characters from word `first` to word `last`."""
        return Span(self.words[first].start, self.words[last].end)


def tree(sentence: Sentence) -> Tree:
    """The tree of a sentence."""
    kids: list[list[int]] = [[] for _ in sentence.words]
    for i, word in enumerate(sentence.words):
        if 0 <= word.head < len(kids) and word.head != i:
            kids[word.head].append(i)
    return Tree(sentence.words, tuple(map(tuple, kids)), tuple(w.text.lower() for w in sentence.words))


def phrase(t: Tree, i: int, without: Collection[int] = ()) -> tuple[int, int]:
    """First and last word of the noun phrase whose head is i, with what is said in apposition and in relative clauses.

    A day after it says when and not who: "the observers on Monday said".
    """
    beside = {k for k in t.kids[i] if t.words[k].relation in BESIDE and not _modifies(t, k, i)}
    left_out = beside | {k for k in t.kids[i] if k > i and t.lower(k) in words("function", "day")} | set(without)
    members = t.under(i, left_out)
    first = last = i
    while first - 1 in members or (first - 2 in members and t.words[first - 1].tag == "PUNCT"):
        first -= 1
    while last + 1 in members or (last + 2 in members and t.words[last + 1].tag == "PUNCT"):
        last += 1
    while last + 1 < len(t.words) and last + 1 not in without and (_name_goes_on(t, last) or _hyphened(t, last)):
        last += 1
    while first < i and t.words[first].tag in ("PUNCT", "CCONJ", "SCONJ"):
        first += 1
    while last > i and t.words[last].tag in ("PUNCT", "CCONJ"):
        last -= 1
    return first, last


def _name_goes_on(t: Tree, last: int) -> bool:
    """ "the minister | Hanne Lund": a title and its name, which a tree easily parts."""
    return t.words[last].tag in ("NOUN", "PROPN") and t.words[last + 1].tag == "PROPN"


def _hyphened(t: Tree, last: int) -> bool:
    """ "the 46|-|year|-|old": parts of one written word."""
    word, following = t.words[last], t.words[last + 1]
    return word.end == following.start and "-" in (word.text, following.text)


def _modifies(t: Tree, k: int, i: int) -> bool:
    """ "about 40 people", "even the mayor": an adverb right before is part of the phrase; marks are let back in between."""
    return t.words[k].relation == "advmod" and k < i and t.words[k].tag == "ADV" and k > 0


def negated(t: Tree, i: int) -> bool:
    """Whether the word itself is denied: "did not say", "never said"."""
    return any(t.lower(k) in NOT for k in t.kids[i] if k < i)


def bare(t: Tree, i: int, without: Collection[int] = ()) -> tuple[int, int]:
    """A noun phrase without the preposition before it."""
    first, last = phrase(t, i, without)
    while first < i and t.words[first].relation in ("case", "mark"):
        first += 1
    return first, last
