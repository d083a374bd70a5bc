"""Which reports tell one story."""

from __future__ import annotations

import pytest
from bench.stories import bcubed

from onrecord.matters.stories import stories

FLOOD = "The river rose in the night and carried away the market hall of Varro, with its clock and 40 stalls."
AGAIN = "Varro woke without its market hall: the river took the clock, the oak and 40 stalls in one night."
FIRE = "A fire burned the railway station of Lenna on Sunday, and 12 travellers were hurt on the old stairs."
SMOKE = "Smoke hung over Lenna after the railway station burned; 12 travellers were hurt on its stairs."


def test_one_story_told_twice_is_one_and_two_are_two() -> None:
    assert stories([FLOOD, FIRE, AGAIN, SMOKE], [None] * 4) == [0, 1, 0, 1]


def test_the_same_words_a_month_later_are_another_story() -> None:
    assert stories([FLOOD, FIRE, AGAIN, SMOKE], ["2024-03-05", None, "2024-04-05", None]) == [0, 1, 2, 1]


def test_the_measure_can_fall() -> None:
    assert bcubed([0, 0, 1], ["a", "a", "b"])[2] == 1.0
    assert bcubed([0, 0, 0], ["a", "a", "b"])[0] == pytest.approx(5 / 9)
