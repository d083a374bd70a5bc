"""Short shared wording that a third report vouches for, and captions, which count as one word."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.matters.hits import Runs
from onrecord.matters.imprint import imprint_of
from onrecord.matters.vouched import vouched
from onrecord.records import Span
from tests.conftest import report_of


def runs(*rows: tuple[int, int, int, int]) -> Runs:
    """Pair, first word in either report, words."""
    return Runs(*(np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (205, True),  # the long passages set both middles beside word 214 of the third report
        (206, False),  # beside two different words of it
        (900, False),  # beside another report's
    ],
)
def test_a_third_report_vouches_at_one_place_only(at: int, said: bool) -> None:
    short, one, other = (0, 10, 110, 8), (1, 5, 205, 30), (2, 105, at, 30)
    found = vouched(runs(short, one, other), np.array([False, True, True]))
    assert found.tolist() == [said, False, False]


def test_a_pair_with_a_long_passage_needs_nobody() -> None:
    short, long, one, other = (0, 10, 110, 8), (0, 50, 150, 30), (1, 5, 205, 30), (2, 105, 205, 30)
    assert not vouched(runs(short, long, one, other), np.array([False, True, True, True])).any()


def test_nothing_vouches_for_nothing() -> None:
    assert vouched(runs((0, 1, 2, 8)), np.array([False])).tolist() == [False]


def test_a_caption_is_one_word() -> None:
    text = "The mill burnt down.\nSmoke over the mill on Monday, seen from the bridge\nNobody was hurt."
    start = text.index("Smoke")
    caption = Span(start, text.index("\nNobody"))
    report = report_of(text)
    assert len(imprint_of(report, [], [caption]).hashes) == 4 + 1 + 3
    again = report_of(text.replace("Smoke", "Ashes"), name="r-2")
    same = imprint_of(report, [], [caption]).hashes == imprint_of(again, [], [caption]).hashes
    assert same.tolist() == [True] * 4 + [False] + [True] * 3
    assert (imprint_of(report, [caption]).hashes == 0).sum() == 1  # left out, it parts what stands around it
