"""Every number is given out once, neighbours to one taker, and nobody is idle while numbers are left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.engines.lanes import Lanes


@given(st.integers(0, 60), st.integers(1, 5), st.randoms())
def test_every_number_is_given_out_once(count: int, takers: int, chance: object) -> None:
    lanes = Lanes(count, takers)
    given_out = []
    while lanes:
        given_out.append(lanes.take(chance.randrange(takers)))  # type: ignore[attr-defined]
    assert sorted(given_out) == list(range(count))


def test_a_taker_goes_on_with_the_neighbour() -> None:
    lanes = Lanes(10, 2)
    assert [lanes.take(0), lanes.take(1), lanes.take(0), lanes.take(1)] == [0, 5, 1, 6]


def test_who_is_done_takes_the_far_half_of_the_longest() -> None:
    lanes = Lanes(8, 2)
    assert [lanes.take(0) for _ in range(4)] == [0, 1, 2, 3]
    assert [lanes.take(0), lanes.take(1), lanes.take(0), lanes.take(1)] == [6, 4, 7, 5]
    with pytest.raises(IndexError):
        lanes.take(0)


def test_what_is_given_back_comes_next() -> None:
    lanes = Lanes(4, 2)
    number = lanes.take(1)
    lanes.append(number)
    assert lanes.take(0) == number
