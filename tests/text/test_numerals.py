"""Numerals and dates: golden tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.dates import parse
from onrecord.text.numerals import numerals

NUMERALS = [
    ("around 9,000 men", 9000, 9000, False),
    ("more than 1,000 men", 1000, None, False),
    ("up to 40 men", 0, 40, False),
    ("between 3 and 5 men", 3, 5, False),
    ("dozens of men", 12, None, False),
    ("tens of thousands of men", 10000, None, False),
    ("5k men", 5000, 5000, True),
    ("two and a half million men", 2500000, 2500000, True),
    ("half a million men", 500000, 500000, True),
]


@pytest.mark.parametrize(("text", "low", "high", "exact"), NUMERALS)
def test_numerals(text: str, low: float, high: float | None, exact: bool) -> None:
    found = numerals(text)[0]
    assert (found.low, found.high, found.exact) == (low, high, exact)


MONDAY = date(2024, 3, 4)
DATES = [
    ("on Sunday", "2024-03-03"),
    ("on Monday", "2024-03-04"),
    ("until Wednesday", "2024-03-06"),
    ("yesterday", "2024-03-03"),
    ("two days ago", "2024-03-02"),
    ("two days before the March 11, 2020 flood", "2020-03-09"),
    ("August 21, 2021", "2021-08-21"),
    ("in 2009", "2009"),
    ("the 1980s", "198X"),
    ("last month", "2024-02"),
    ("for three days", "P3D"),
]


@pytest.mark.parametrize(("text", "value"), DATES)
def test_dates(text: str, value: str) -> None:
    assert [f.value for f in parse(text, MONDAY)] == [value]


@pytest.mark.parametrize("text", ["it may rain", "a 32-year-old man", "We left", "the fall of the town"])
def test_words_that_are_no_dates(text: str) -> None:
    assert not parse(text, MONDAY)


def test_without_a_day_of_its_own_a_report_keeps_relative_days_open() -> None:
    assert [(f.value, f.first) for f in parse("on Sunday", None)] == [("XXXX-WXX-7", None)]


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    for found in (*numerals(text), *parse(text, MONDAY)):
        assert 0 <= found.start < found.end <= len(text)
