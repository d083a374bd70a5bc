"""Likeness of statements, against the plainest way to reckon it."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.entities.sameness import _edits, _near
from onrecord.matters.likeness import MOST_SHARED, candidates, mass, overlap, terms, weights

SETS = st.lists(st.frozensets(st.sampled_from("abcdefghij")), max_size=MOST_SHARED + 20)


@given(sets=SETS)
def test_candidates_share_two_terms_that_not_everybody_uses(sets: list[frozenset[str]]) -> None:
    counts = Counter(term for one in sets for term in one)
    rare = [{term for term in one if counts[term] <= MOST_SHARED} for one in sets]
    expected = [(a, b) for a, b in combinations(range(len(sets)), 2) if len(rare[a] & rare[b]) >= 2]
    assert list(candidates(sets)) == expected


def test_overlap_weighs_what_is_shared() -> None:
    one, other = terms("Troops shelled the bridge at Lenn"), terms("Troops shelled the mill at Lenn")
    weight = weights([one, other])
    share, dice = overlap(mass(one & other, weight), mass(one, weight), mass(other, weight))
    assert 0.5 < share < 1.0 and math.isclose(share, dice)
    assert overlap(0.0, 0.0, 1.0) == (0.0, 0.0)


def test_terms_are_content_words_with_a_possessive_or_a_capital_alike() -> None:
    assert terms("The FIGHTERS’ heading, Lenn's") == terms("fighter head Lenn")
    assert terms("It isn't there and it can't be") == terms("it is")


WORDS = st.text("abc", min_size=1, max_size=9)


@given(one=WORDS, other=WORDS)
def test_words_are_near_when_few_edits_lie_between(one: str, other: str) -> None:
    assert _near(one, other) == (_edits(one, other) <= min(2, max(len(one), len(other)) // 3))
