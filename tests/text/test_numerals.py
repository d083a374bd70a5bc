"""Numerals and dates: golden tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.dates import parse
from onrecord.text.numerals import numerals, value

NUMERALS = [
    ("9,000 men", 9000, "digits"),
    ("1,50,000 men", 150000, "digits"),
    ("5k men", 5000, "digits"),
    ("1.5bn in aid", 1.5e9, "digits"),
    ("3.4 million people", 3.4e6, "digits"),
    ("3 hundred million", 3e8, "digits"),
    ("2½ miles", 2.5, "digits"),
    ("a fall to minus 5", -5, "digits"),
    ("twenty-two men", 22, "words"),
    ("two hundred and fifty men", 250, "words"),
    ("one hundred and twenty thousand men", 120000, "words"),
    ("thirty-one thousand four hundred and six", 31406, "words"),
    ("two and a half million men", 2.5e6, "words"),
    ("a million and a half men", 1.5e6, "words"),
    ("half a million men", 5e5, "words"),
    ("a quarter of a million men", 2.5e5, "words"),
    ("two dozen men", 24, "words"),
    ("a dozen men", 12, "words"),
    ("dozens of men", 12, "vague"),
    ("tens of thousands of men", 10000, "vague"),
    ("hundreds and hundreds of men", 100, "vague"),
    ("several hundred men", 300, "vague"),
    ("a few thousand men", 2000, "vague"),
    ("half of the town", 0.5, "part"),
    ("a third of the town", 0.333333, "part"),
    ("two-thirds of the town", 0.666666, "part"),
]


@pytest.mark.parametrize(("text", "low", "kind"), NUMERALS)
def test_numerals(text: str, low: float, kind: str) -> None:
    found = numerals(text)[0]
    assert (round(found.low, 6), found.kind) == (low, kind)


@pytest.mark.parametrize("text", ["the third attack", "in the first quarter", "9/11", "several men", "hundred men"])
def test_words_that_are_no_numbers_by_themselves(text: str) -> None:
    assert not numerals(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("two and three", [2, 3]), ("five million two years ago", [5e6, 2]), ("nineteen eighty", [19, 80])],
)
def test_numbers_side_by_side_stay_apart(text: str, numbers: list[float]) -> None:
    assert [n.low for n in numerals(text)] == numbers


@given(st.integers(1, 999_999_999))
def test_figures_read_back(number: int) -> None:
    assert value(f"{number:,}") == value(str(number)) == number


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
