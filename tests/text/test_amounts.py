"""Amounts: numbers with hedges and units, ranges, and what looks like a number and counts nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.amounts import amounts

Bounds = tuple[float, float | None, bool]

HEDGED: list[tuple[str, Bounds]] = [
    ("9,000 men", (9000, 9000, True)),
    ("around 9,000 men", (9000, 9000, False)),
    ("nearly 9,000 men", (9000, 9000, False)),
    ("more than 1,000 men", (1000, None, False)),
    ("no fewer than 40 men", (40, None, False)),
    ("at least some 300 men", (300, None, False)),
    ("300-plus men", (300, None, False)),
    ("300 or more", (300, None, False)),
    ("70+ men", (70, None, False)),
    ("up to 40 men", (0, 40, False)),
    ("no more than 40 men", (0, 40, False)),
    ("another 300 men", (300, 300, True)),
    ("dozens of men", (12, None, False)),
    ("more than a dozen men", (12, None, False)),
    ("up to several hundred men", (0, 1000, False)),
    ("between 3 and 5 men", (3, 5, False)),
    ("5 to 10 men", (5, 10, False)),
    ("5-10 men", (5, 10, False)),
    ("about 2000 - 2200 men", (2000, 2200, False)),
    ("two or three men", (2, 3, False)),
    ("1 to 2 thousand men", (1000, 2000, False)),
    ("$2 to $3 billion", (2e9, 3e9, False)),
]


@pytest.mark.parametrize(("text", "bounds"), HEDGED)
def test_bounds(text: str, bounds: Bounds) -> None:
    assert [(a.low, a.high, a.exact) for a in amounts(text)] == [bounds]


MEASURED = [
    ("12 km", 12, "km", "distance"),
    ("hundreds of miles", 100, "mi", "distance"),
    ("60m away", 60, "m", "distance"),
    ("5m people", 5e6, None, None),
    ("60 per cent of homes", 60, "percent", "share"),
    ("400 tonnes of wheat", 400, "t", "weight"),
    ("500-pound bomb", 500, "lb", "weight"),
    ("5 million pounds", 5e6, "GBP", "money"),
    ("US$5m", 5e6, "USD", "money"),
    ("HK $1.2 billion", 1.2e9, "HKD", "money"),
    ("2.5 million Australian dollars", 2.5e6, "AUD", "money"),
    ("40 million afghanis", 4e7, "AFN", "money"),
    ("USD10m", 1e7, "USD", "money"),
    ("$20 a sack", 20, "USD/sack", "money"),
    ("$30 a year ago", 30, "USD", "money"),
    ("300,000 barrels a day", 300000, "barrel/day", "rate"),
    ("100km/h", 100, "km/h", "speed"),
    ("12 sq km", 12, "km²", "area"),
    ("four hours", 4, "hour", "duration"),
    ("a two-day visit", 2, "day", "duration"),
    ("5 foot-soldiers", 5, None, None),
    ("30 barrel bombs", 30, None, None),
    ("five in the town", 5, None, None),
]


@pytest.mark.parametrize(("text", "number", "unit", "kind"), MEASURED)
def test_units(text: str, number: float, unit: str | None, kind: str | None) -> None:
    (found,) = amounts(text)
    assert (found.number, found.unit and found.unit.unit, found.unit and found.unit.kind) == (number, unit, kind)


@pytest.mark.parametrize(
    "text",
    [
        "9/11", "24/7", "the G7", "an F-16", "COVID-19", "the 1980s", "the 3rd brigade", "Article 5", "No. 10",
        "March 4", "4 March 2024", "March 4, 2024", "on 03.10.2017", "06-01-2016", "at 10:45", "at 5pm", "11 a.m.",
        "no one", "one another", "picture 3 of 25", "16 Harbour Road", "the 400 block of it", "call (555) 555-0123", "555-0123",
    ],
)  # fmt: skip
def test_what_counts_nothing(text: str) -> None:
    assert not amounts(text)


@pytest.mark.parametrize("text", ["rose from 14 to 29", "up 3 per cent to $20", "rose 7% in 2021 to 1.2 million"])
def test_a_change_is_no_range(text: str) -> None:
    assert all(a.number == a.most for a in amounts(text))


def test_an_article_is_no_sign_of_money() -> None:
    assert [a.unit and a.unit.unit for a in amounts("A $50 reward")] == ["USD"]


def test_one_in_five_does_not_count_five() -> None:
    assert [a.number for a in amounts("one in five children")] == [1]


def test_a_part_of_a_whole_keeps_both_numbers() -> None:
    assert [a.number for a in amounts("3 of 25 hostages")] == [3, 25]


def test_a_score_is_one_amount() -> None:
    assert [(a.kind, a.number, a.most) for a in amounts("a 9-2 lead")] == [("score", 9, 2)]


def test_spans_take_in_the_hedge_the_marks_and_the_unit() -> None:
    text = 'He sent "hundreds" of men at least 40 km or more.'
    assert [text[a.start : a.end] for a in amounts(text)] == ['"hundreds"', "at least 40 km"]


WORDS = st.sampled_from(
    "at least two dozen 40 5k million and a half % $ km - to or more hundreds of the men between 1,000 US$ per day .".split()
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_amounts_in_order_and_inside_it(text: str) -> None:
    at = 0
    for found in amounts(text):
        assert at <= found.number_start < found.number_end <= found.end <= len(text)
        assert found.start <= found.number_start
        assert found.high is None or found.kind == "score" or found.low <= found.high
        at = found.number_end
