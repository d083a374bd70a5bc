"""Times: golden tables of the grammar, one row a habit of the news, against Monday 4 March 2024."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.dates import Found, grammar, parse
from onrecord.text.tables import table
from onrecord.text.times import READERS, periods
from onrecord.text.times.lexicon import classes, heads, letters, stretches, tokens
from onrecord.text.times.outlooks import outlook_of

MONDAY = date(2024, 3, 4)

VALUES = [
    # days and the way their verb looks
    ("The army said on Sunday", "2024-03-03"),
    ("shelling began on Monday", "2024-03-04"),
    ("the two sides will meet on Friday", "2024-03-08"),
    ("they must leave by Sunday", "2024-03-10"),
    ("By Sunday they had taken the hill", "2024-03-03"),
    ("the talks were postponed until 15:00 GMT Saturday", "2024-03-09T15:00"),
    ("last Monday", "2024-02-26"),
    ("next Monday", "2024-03-11"),
    ("on Tuesday last week", "2024-02-27"),
    ("the day before yesterday", "2024-03-02"),
    ("Sunday, 22 August 2021", "2021-08-22"),
    ("the 5th of May, 2021", "2021-05-05"),
    ("Friday 29 December", "2023-12-29"),
    ("the town fell on Aug. 31", "2023-08-31"),
    ("it opens on August 31", "2024-08-31"),
    ("2021-08-22", "2021-08-22"),
    ("22/8/2021", "2021-08-22"),
    ("the September 11 attacks", "2001-09-11"),
    # parts of days and the clock
    ("Friday night", "2024-03-01TNI"),
    ("the night of March 1", "2024-03-01TNI"),
    ("this morning", "2024-03-04TMO"),
    ("10 p.m. Wednesday", "2024-02-28T22:00"),
    ("noon on Sunday", "2024-03-03T12:00"),
    ("on Sunday at 4 in the morning", "2024-03-03T04:00"),
    ("at 12 a.m.", "2024-03-04T00:00"),
    # weeks to centuries
    ("last week", "2024-W09"),
    ("over the weekend", "2024-W09-WE"),
    ("the week of March 6", "2024-W10"),
    ("last month", "2024-02"),
    ("in September last year", "2023-09"),
    ("the town fell in May", "2023-05"),
    ("elections are planned for May", "2024-05"),
    ("the May hearing", "2024-05"),
    ("the third quarter", "2023-Q3"),
    ("mid-1996", "1996"),
    ("the fall of 2021", "2021-FA"),
    ("last spring", "2023-SP"),
    ("the late 1970s", "197X"),
    ("the '80s", "198X"),
    ("the 11th century", "10"),
    ("fiscal 1988", "1988"),
    # distances
    ("two days ago", "2024-03-02"),
    ("six weeks ago", "2024-W04"),
    ("five months ago", "2023-10"),
    ("a month from now", "2024-04"),
    ("several years ago", "PAST_REF"),
    ("two days before the March 11, 2020 flood", "2020-03-09"),
    ("a decade earlier than the 1990s", "198X"),
    # lengths and sets
    ("for three days", "P3D"),
    ("four to six weeks", "P6W"),
    ("twenty-five years", "P25Y"),
    ("two and a half years", "P2.5Y"),
    ("half an hour", "PT30M"),
    ("several years", "PXY"),
    ("in recent days", "PXD"),
    ("for decades", "PXE"),
    ("a two-decade war", "P20Y"),
    ("the past three weeks", "P3W"),
    ("every Thursday", "XXXX-WXX-4"),
    ("Tuesday nights", None),
    ("each of the past three years", "P3Y"),
    ("daily", "P1D"),
    ("twice a week", "P1W"),
    # vague references
    ("now", "PRESENT_REF"),
    ("recently", "PAST_REF"),
    ("in the past", "PAST_REF"),
    ("in the near future", "FUTURE_REF"),
]


@pytest.mark.parametrize(("text", "value"), [row for row in VALUES if row[1]])
def test_values(text: str, value: str) -> None:
    assert [f.value for f in parse(text, MONDAY)] == [value]


NONE = [
    "it may rain", "they march north", "May he rest", "a 32-year-old man", "We left", "the fall of the town", "24/7",
    "after 9/11", "a second man sat down", "the sun rose", "cost $1999", "some 2000 people", "1,980 men", "5/6/2021",
    "30 February 2021", "four flights a week", "Jan Tal said", "hall 12",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_words_that_are_no_times(text: str) -> None:
    assert not parse(text, MONDAY)


DAYS = [
    ("last week", "2024-02-26", "2024-03-04", "week"),
    ("the past two weeks", "2024-02-19", "2024-03-05", "duration"),
    ("The army gave the rebels four hours to give up", "2024-03-04", "2024-03-06", "duration"),
    ("within 48 hours", "2024-03-04", "2024-03-07", "duration"),
    ("in the last 24 hours", "2024-03-03", "2024-03-05", "duration"),
    ("last month", "2024-02-01", "2024-03-01", "month"),
    ("the winter of 2022", "2022-12-01", "2023-03-01", "season"),
    ("the 1990s", "1990-01-01", "2000-01-01", "decade"),
    ("in 2019", "2019-01-01", "2020-01-01", "year"),
    ("Friday night", "2024-03-01", "2024-03-02", "part of day"),
]


@pytest.mark.parametrize(("text", "first", "until", "precision"), DAYS)
def test_days_are_half_open(text: str, first: str, until: str, precision: str) -> None:
    (found,) = parse(text, MONDAY)
    assert (str(found.first), str(found.until), found.precision) == (first, until, precision)
    assert found.last is not None and found.until == found.last + timedelta(days=1)


def test_a_week_of_a_sunday_paper_reaches_that_day() -> None:
    (found,) = parse("last week", date(2024, 3, 3))
    assert (found.value, str(found.first), str(found.last)) == ("2024-W08", "2024-02-19", "2024-03-02")


def test_an_ultimatum_is_a_deadline() -> None:
    rules = [f.rule for text in ("gave them 24 hours to leave", "within two days") for f in parse(text, MONDAY)]
    assert rules == ["deadline", "deadline"]
    assert [f.rule for f in parse("it took four hours", MONDAY)] == ["length"]


@pytest.mark.parametrize(
    "text",
    [
        "He said on Saturday that they left yesterday.",
        '"They left yesterday," he said on Saturday.',
    ],
)
def test_yesterday_counts_from_the_day_of_the_utterance(text: str) -> None:
    assert {f.value for f in parse(text, MONDAY)} == {"2024-03-02", "2024-03-01"}


def test_yesterday_in_another_sentence_counts_from_the_report() -> None:
    found = parse("He spoke on Saturday, she said on Saturday. They left yesterday.", MONDAY)
    assert found[-1].value == "2024-03-03"


def test_the_next_day_follows_what_was_named() -> None:
    found = parse("The bridge fell on 5 June 2021. The next day the road was cut.", MONDAY)
    assert [(f.value, f.anchor) for f in found] == [("2021-06-05", None), ("2021-06-06", date(2021, 6, 5))]


def test_the_next_day_after_nothing_is_no_day() -> None:
    assert [(f.value, f.first) for f in parse("The next day the road was cut.", MONDAY)] == [(None, None)]


def test_a_year_earlier_keeps_the_quarter() -> None:
    assert [f.value for f in parse("in the third quarter, from 5 a year earlier", MONDAY)] == ["2023-Q3", "2022-Q3"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("Sunday", "XXXX-WXX-7"), ("in June", "XXXX-06"), ("on June 5", "XXXX-06-05"), ("last week", None)],
)
def test_without_a_day_to_count_from_nothing_is_invented(text: str, value: str | None) -> None:
    (found,) = parse(text, None)
    assert (found.value, found.first, found.anchor) == (value, None, None)


def test_what_a_reading_says_of_the_verb_comes_first() -> None:
    text = "the Friday meeting"
    assert [parse(text, MONDAY, lambda start, end: way)[0].value for way in ("past", "future")] == [  # noqa: B023
        "2024-03-01",
        "2024-03-08",
    ]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("was taken on @", "past"), ("will be taken on @", "future"), ("is due to be opened in @", "future"),
        ("On @, X will speak", "future"), ("On @, X spoke", "past"), ("until @", "future"), ("@", None),
        ("United States @", None), ("He left. It will open @", "future"),
    ],
)  # fmt: skip
def test_outlooks(text: str, way: str | None) -> None:
    at = text.index("@")
    assert outlook_of(text, at, at + 1) == way


def test_every_rule_has_a_reader_and_every_reader_a_rule() -> None:
    used = {row["reader"] for row in table("time_rules") if row["reader"]}
    assert used == set(READERS)


def test_every_word_of_a_rule_is_a_kind() -> None:
    pattern, rules = grammar()
    assert pattern.groups == len(rules)


def test_text_without_a_head_is_never_cut_into_tokens() -> None:
    assert not list(stretches("Soldiers of the north guard a bridge over the river. " * 50))
    assert heads().search("on Sunday")


def test_classes_are_one_sign_a_token() -> None:
    found = tokens("on Sunday, 3 March", 0, 18)
    assert classes(found) == "".join(letters()[kind] for kind in ("in", "weekday", "comma", "num", "soft"))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from("DWMQY"), st.integers(-40, 40))
def test_a_shifted_period_is_as_long_as_its_unit(on: date, letter: str, steps: int) -> None:
    made = periods.shifted(on, letter, steps)
    assert made.first is not None and made.until is not None
    shortest, longest = {"D": (1, 1), "W": (7, 7), "M": (28, 31), "Q": (90, 92), "Y": (365, 366)}[letter]
    assert shortest <= (made.until - made.first).days <= longest
    assert steps != 0 or made.first <= on < made.until


WORDS = st.sampled_from(
    "two days before after the last next March 31 30 February 2021 on Sunday week quarter third of , - ago later past"
    " 10 p.m. noon 1990s '80s fiscal each every weekend half an hour and a year-old 00 0000 9999 century night".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.one_of(st.none(), st.dates()))
def test_any_words_of_time_give_ordered_times_that_hold(text: str, anchor: date | None) -> None:
    at = 0
    for found in parse(text, anchor):
        assert at <= found.start < found.end <= len(text)
        assert found.first is None or (found.until is not None and found.first < found.until)
        at = found.end


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_a_bare_weekday_lies_within_the_week_up_to_its_anchor(anchor: date) -> None:
    found: Found = parse("on Sunday", anchor)[0]
    assert found.first is not None and 0 <= (anchor - found.first).days <= 6 and found.first.isoweekday() == 7
