"""Stretches of the calendar: a TIMEX3 value with the half-open interval of days that it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month, north of the equator
PRECISION = {"D": "day", "W": "week", "FN": "week", "WE": "weekend", "M": "month", "Q": "quarter", "Y": "year", "DE": "decade", "CE": "century"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A TIMEX3 value and the days [first, until) that it names; both None where no calendar day is meant or known."""

    value: str | None
    first: date | None = None
    until: date | None = None
    precision: str = "vague"  # time, part of day, day, weekend, week, month, quarter, season, year, decade, century, duration, set, vague


def day(on: date) -> Period:
    """One day."""
    return Period(value=on.isoformat(), first=on, until=on + DAY, precision="day")


def week(on: date) -> Period:
    """The ISO 8601 week, Monday to Sunday, that holds a day."""
    year, number, weekday = on.isocalendar()
    monday = on - (weekday - 1) * DAY
    return Period(value=f"{year}-W{number:02d}", first=monday, until=monday + 7 * DAY, precision="week")


def weekend(on: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    whole = week(on)
    assert whole.until is not None
    return Period(value=f"{whole.value}-WE", first=whole.until - 2 * DAY, until=whole.until, precision="weekend")


def month(year: int, number: int) -> Period:
    """A calendar month; numbers below 1 and above 12 run into the years beside."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    until = date(year + number // 12, number % 12 + 1, 1)
    return Period(value=f"{year:04d}-{number:02d}", first=date(year, number, 1), until=until, precision="month")


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar year; numbers below 1 and above 4 run into the years beside."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return Period(value=f"{year:04d}-Q{number}", first=first.first, until=last.until, precision="quarter")


def season(year: int, code: str) -> Period:
    """A season of the northern year by its TIMEX3 code; winter starts in December of its year."""
    first, last = month(year, SEASONS[code]), month(year, SEASONS[code] + 2)
    return Period(value=f"{year:04d}-{code}", first=first.first, until=last.until, precision="season")


def year(number: int) -> Period:
    """A calendar year."""
    return Period(value=f"{number:04d}", first=date(number, 1, 1), until=date(number + 1, 1, 1), precision="year")


def decade(number: int) -> Period:
    """The ten years that hold a year: 1984 lies in "198X", as ISO 8601-2 writes it."""
    first = number // 10 * 10
    value = f"{first // 10:03d}X"
    return Period(value=value, first=date(first, 1, 1), until=date(first + 10, 1, 1), precision="decade")


def century(number: int) -> Period:
    """The hundred years that hold a year: 1984 lies in "19"."""
    first = number // 100 * 100
    value = f"{first // 100:02d}"
    return Period(value=value, first=date(max(1, first), 1, 1), until=date(first + 100, 1, 1), precision="century")


def unit(on: date, letter: str) -> Period:
    """The day, week, month, quarter, year, decade or century, by its letter, that holds a day."""
    return shifted(on, letter, 0)


def shifted(on: date, letter: str, steps: int) -> Period:
    """The stretch of one unit's size that lies some units after a day (before it where `steps` is negative).

    >>> shifted(date(2024, 3, 4), "M", -5).value, shifted(date(2024, 3, 4), "W", -1).value
    ('2023-10', '2024-W09')

    Raises:
        ValueError: the unit has no length in days, or the year lies outside 1 to 9999.
        OverflowError: so does the day.
    """
    if letter in ("D", "W", "WE", "FN"):
        moved = on + {"D": 1, "FN": 14}.get(letter, 7) * steps * DAY
        return {"D": day, "WE": weekend}.get(letter, week)(moved)
    if letter == "M":
        return month(on.year, on.month + steps)
    if letter == "Q":
        return quarter(on.year, (on.month + 2) // 3 + steps)
    if letter == "Y":
        return year(on.year + steps)
    if letter == "DE":
        return decade(on.year + 10 * steps)
    if letter == "CE":
        return century(on.year + 100 * steps)
    raise ValueError(f"no calendar unit {letter!r}")


def moved(on: date, letter: str, steps: int) -> date:
    """A day moved by whole units; the day of the month is cut to the month's length (31 March less a month: 28 or 29 February)."""
    if letter in ("D", "W", "FN"):
        return on + {"D": 1, "W": 7, "FN": 14}[letter] * steps * DAY
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(letter)
    if months is None:
        return on
    target = month(on.year, on.month + months * steps)
    assert target.first is not None and target.until is not None
    return min(target.first + (on.day - 1) * DAY, target.until - DAY)


def at(whole: Period, suffix: str) -> Period:
    """A day narrowed to a part of it ("TMO") or to a clock time ("T10:00")."""
    precision = "time" if suffix[1:2].isdigit() else "part of day"
    return replace(whole, value=f"{whole.value}{suffix}", precision=precision)


def length(letter: str, count: str) -> str:
    """The TIMEX3 value of so many units.

    >>> length("TH", "4"), length("DE", "2"), length("W", "X"), length("Q", "X")
    ('PT4H', 'P20Y', 'PXW', 'PXQ')
    """
    tens = {"DE": 10, "CE": 100, "ML": 1000}.get(letter)
    if tens:
        return f"P{int(count) * tens}Y" if count.isdigit() else "PXE" if letter == "DE" else "PXC"
    if letter == "FN":
        return f"P{2 * int(count)}W" if count.isdigit() else "PXW"
    return f"PT{count}{letter[1]}" if letter.startswith("T") else f"P{count}{letter}"
