"""Do two statements say the same? Weighted overlap of their content words, rare words heaviest, blocked by rare words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from onrecord.text.numerals import numerals
from onrecord.text.tables import words

WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
# A word in more statements than this blocks nothing: everybody uses it.
MOST_SHARED = 60
FEWEST_WORDS = 3
YEARS = (1900, 2100)
# A term that so few statements hold, or so small a share of them, tells what a statement is about.
RARE, RARE_SHARE = 4, 0.0025


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its commonest endings: enough for "heading" to meet "head" and "fighters" "fighter"."""
    for ending in ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(1 << 16)  # every claim is compared with many
def terms(text: str) -> frozenset[str]:
    """The content words of a text, stemmed; negations are kept apart (`denies`)."""
    return frozenset(filter(None, map(_term, WORD.findall(text))))


@lru_cache(1 << 16)
def _term(word: str) -> str | None:
    """A content word, stemmed; None for any other."""
    w = word.lower().replace("’", "'").removesuffix("'s")
    if w in words("comparing", "empty") or w.endswith("n't") or w in words("function", "month"):
        return None
    return stem(w)


def denies(text: str, verbs: bool = True) -> bool:
    """Whether a text has an odd number of negations, words for an end ("failed", "collapsed") counted as such.

    Args:
        text: what was said.
        verbs: counts "denied" and its kin; left out where the statement is known to be a denial already.

    >>> denies("he would not surrender"), denies("talks have failed"), denies("talks are under way")
    (True, True, False)
    """
    return sum(_negates(word, verbs) for word in WORD.findall(text)) % 2 == 1


@lru_cache(1 << 16)
def _negates(word: str, verbs: bool) -> bool:
    w = word.lower().replace("’", "'")
    counted = words("comparing", "negation") - (frozenset() if verbs else words("comparing", "denying"))
    return w in counted or w in words("ended") or w.endswith("n't")


def numbers_apart(one: str, other: str) -> bool:
    """Whether two texts give figures of which none is common to both: they do not say the same. Years are no figures here.

    >>> numbers_apart("some 640 were killed", "at least 1,300 were killed"), numbers_apart("20 of 31", "20 of them")
    (True, False)
    """
    a, b = _numbers(one), _numbers(other)
    return bool(a) and bool(b) and not a & b


@lru_cache(1 << 16)
def _numbers(text: str) -> frozenset[float]:
    """The numbers of a text that are no years."""
    return frozenset(n.low for n in numerals(text) if not YEARS[0] <= n.low < YEARS[1])


def weights(sets: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Inverse document frequency of every term of a pile of statements."""
    counts = Counter(term for one in sets for term in one)
    return {term: 1.0 + math.log((1 + len(sets)) / (1 + n)) for term, n in counts.items()}


def telling(a: frozenset[str], b: frozenset[str], weight: Mapping[str, float], size: int) -> bool:
    """Whether two statements share a rare term. "The toll may rise" shares none with itself.

    Args:
        a: terms of one.
        b: terms of the other.
        weight: of all terms, see `weights`.
        size: statements of the pile.
    """
    least = 1.0 + math.log((1 + size) / (1 + max(RARE, RARE_SHARE * size)))
    return any(weight[t] >= least for t in a & b)


def candidates(sets: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share at least two terms that not everybody uses, each once, in order."""
    posting: dict[str, list[int]] = defaultdict(list)
    for k, one in enumerate(sets):
        for term in one:
            posting[term].append(k)
    sized: dict[int, list[list[int]]] = defaultdict(list)
    for holders in posting.values():
        if 1 < len(holders) <= MOST_SHARED:
            sized[len(holders)].append(holders)
    found = [np.zeros(0, dtype=np.int64)]
    for size, lists in sized.items():
        one_of, other = np.triu_indices(size, 1)
        held = np.array(lists, dtype=np.int64)
        found.append((held[:, one_of] * len(sets) + held[:, other]).ravel())
    pair, shared = np.unique(np.concatenate(found), return_counts=True)
    both = pair[shared >= 2]
    yield from zip((both // max(1, len(sets))).tolist(), (both % max(1, len(sets))).tolist(), strict=True)


def mass(terms_of: frozenset[str], weight: Mapping[str, float]) -> float:
    """The weights of some terms, added up in one order, so that equal sets weigh the same to the last digit."""
    return sum(map(weight.__getitem__, sorted(terms_of)))


def overlap(both: float, one: float, other: float) -> tuple[float, float]:
    """Weighted share of the smaller set that the larger one holds, and weighted Dice of both (0 to 1 each).

    Args:
        both: the mass of what two sets share.
        one: the mass of one.
        other: the mass of the other.
    """
    return (both / min(one, other), 2 * both / (one + other)) if one and other else (0.0, 0.0)
