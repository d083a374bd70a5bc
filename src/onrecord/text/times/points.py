"""Readers of days, and of hours within them."""

from __future__ import annotations

from datetime import date

from onrecord.text.numerals import value as number_of
from onrecord.text.times import periods
from onrecord.text.times.context import MONTHS, Context, Read, Words
from onrecord.text.times.outlooks import Outlook
from onrecord.text.times.periods import DAY, Period

SOON = 2  # months: a month this close ahead is meant where no verb says otherwise
CONTRARY = 2.5  # how much farther a day counts that lies against the way its verb looks


def full_iso(words: Words, context: Context) -> Read:
    """2021-08-22."""
    return "DATE", periods.day(date.fromisoformat(words.of("iso")))


def strokes(words: Words, context: Context) -> Read:
    """22/8/2021 or 8/22/2021; none where both readings are days."""
    one, two, year = (int(part) for part in words.of("slash").split("/"))
    if (one > 12) == (two > 12) and one != two:
        return None
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    return "DATE", periods.day(date(year, min(one, two) if max(one, two) > 12 else one, max(one, two)))


def full(words: Words, context: Context) -> Read:
    """Day, month and year."""
    return "DATE", periods.day(date(words.number("year"), words.number(*MONTHS), words.number("num", "ord")))


def month_day(words: Words, context: Context) -> Read:
    """Day and month: of the year said, else the nearest such day, rather behind than ahead."""
    return _in_year(words.number(*MONTHS), words.number("num", "ord"), words, context)


def september(words: Words, context: Context) -> Read:
    """ "the September 11 attacks" are those of 2001; any other day of attacks is a day like others."""
    if (words.number(*MONTHS), words.number("num", "ord")) == (9, 11):
        return "DATE", periods.day(date(2001, 9, 11))
    return month_day(words, context)


def same_month(words: Words, context: Context) -> Read:
    """The second day of "March 5 and 6"."""
    month = Words(words.before[-3:]).number(*MONTHS)
    return _in_year(month, words.number("num"), words, context)


def _in_year(month: int, number: int, words: Words, context: Context) -> Read:
    if not 1 <= number <= 31:
        return None
    if context.anchor is None:
        date(2000, month, number)
        return "DATE", Period(value=f"XXXX-{month:02d}-{number:02d}", precision="day")
    now, step = context.now(), words.step()
    if step is not None and words.has("unit"):
        return "DATE", periods.day(date(now.year + step, month, number))
    near = [date(y, month, number) for y in (now.year - 1, now.year, now.year + 1) if _exists(y, month, number)]
    if step == -1:
        near = [d for d in near if d < now]
    named = words.first("weekday", "brief")  # "Friday 20 August" was in the year that gives it a Friday
    near = [d for d in near if named and d.isoweekday() == int(named.value)] or near
    return "DATE", periods.day(min(near, key=lambda d: _far((d - now).days, context.outlook)))


def _far(days: int, outlook: Outlook) -> float:
    against = (outlook == "past" and days > 0) or (outlook == "future" and days < 0)
    return abs(days) * (CONTRARY if against else 1)


def _exists(year: int, month: int, number: int) -> bool:
    try:
        date(year, month, number)
    except ValueError:
        return False
    return True


def month_year(words: Words, context: Context) -> Read:
    """A month: of its year, of "last year", or the nearest on the side that the verb looks to."""
    month, step = words.number(*MONTHS), words.step()
    if words.has("year"):
        return "DATE", periods.month(words.number("year"), month)
    if context.anchor is None:
        return "DATE", Period(value=f"XXXX-{month:02d}", precision="month")
    now = context.now()
    if words.has("unit"):
        return "DATE", periods.month(now.year + (step or 0), month)
    if step == 0:
        return "DATE", periods.month(now.year, month)
    soon = context.outlook is None and 0 < (month - now.month) % 12 <= SOON
    if step == 1 or (step is None and (soon or context.outlook == "future")):
        return "DATE", periods.month(now.year + (month < now.month + (step == 1)), month)
    return "DATE", periods.month(now.year - (month > now.month - (step == -1)), month)


def weekday(words: Words, context: Context) -> Read:
    """A day of the week: on or before the anchor, ahead of it under a verb that looks ahead.

    "Tuesday last week" is that week's; "last Tuesday" is before today; "next Tuesday" after.
    """
    number = words.number("weekday")
    if context.anchor is None:
        return "DATE", Period(value=f"XXXX-WXX-{number}", precision="day")
    now, step = context.now(), words.step()
    if words.has("unit"):
        monday = now - now.weekday() * DAY + 7 * (step or 0) * DAY
        return _parted(words, monday + (number - 1) * DAY)
    back = (now.weekday() - number + 1) % 7
    if step in (0, None) and context.outlook == "future":
        return _parted(words, now + (7 - back) % 7 * DAY)
    if step == 1:
        return _parted(words, now + (7 - back) * DAY)
    return _parted(words, now - (back or (7 if step == -1 else 0)) * DAY)


def _parted(words: Words, on: date) -> Read:
    """A day, or the part of it that is named ("Friday night")."""
    code = words.of("part")
    return ("TIME", periods.at(periods.day(on), code)) if code else ("DATE", periods.day(on))


def weekday_set(words: Words, context: Context) -> Read:
    """ "every Thursday", "Tuesday nights"."""
    suffix = words.of("part").removeprefix("T")
    number = words.number("weekday", "weekdays")
    return "SET", Period(value=f"XXXX-WXX-{number}" + (f"T{suffix}" if suffix else ""), precision="set")


def relative_day(words: Words, context: Context) -> Read:
    """yesterday, today, tomorrow, tonight, "the day before yesterday"."""
    step = words.of("day")
    shift = int(step.removesuffix("TNI")) + (words.has("after") - words.has("before"))
    on = context.now() + shift * DAY
    return ("TIME", periods.at(periods.day(on), "TNI")) if step.endswith("TNI") else _parted(words, on)


def part(words: Words, context: Context) -> Read:
    """ "this morning", "last night", "in the evening": of today, or of the day last named."""
    code = words.of("part")
    if words.has("next", "following"):
        day = context.then() + DAY
    elif words.has("this", "last"):
        day = context.now() - (DAY if words.has("last") else 0 * DAY)
    else:
        day = context.then() if context.latest and context.latest.precision == "day" else context.now()
    return "TIME", periods.at(periods.day(day), code)


def week_of(words: Words, context: Context) -> Read:
    """ "the week of March 6"."""
    made = month_day(words, context)
    if made is None or made[1].first is None or words.unit() != "W":
        return None
    return "DATE", periods.week(made[1].first)


def holiday(words: Words, context: Context) -> Read:
    """A day that its calendar fixes, nearest to the anchor."""
    now = context.now()
    near = [_holiday(words.of("holiday"), year) for year in (now.year - 1, now.year, now.year + 1)]
    return "DATE", periods.day(min(near, key=lambda d: abs((d - now).days)))


def _holiday(rule: str, year: int) -> date:
    if " " not in rule:
        return date.fromisoformat(f"{year}-{rule}")
    nth, _, month = rule.split()
    first = date(year, int(month), 1)
    return first + ((3 - first.weekday()) % 7 + 7 * (int(nth) - 1)) * DAY


def clock(words: Words, context: Context) -> Read:
    """ "10 p.m.", "15:00 GMT", "noon", "4 in the morning", of the day it stands beside or the day last named."""
    time = _clock(words)
    if time is None:
        return None
    day = context.then() if context.latest and context.latest.precision == "day" else context.now()
    return "TIME", periods.at(periods.day(day), time)


def _clock(words: Words) -> str | None:
    if words.has("noon"):
        return f"T{words.of('noon')}"
    hour, _, minute = words.of("clock", "num").replace(".", ":").partition(":")
    if not hour.isdigit() and number_of(hour) is None:
        return None
    number, half_day = int(number_of(hour) or 0), words.of("ampm").replace(".", "").lower()
    late = half_day == "pm" or (not half_day and words.of("part") in ("TAF", "TEV", "TNI"))
    if number > (12 if half_day or not minute else 23):
        return None
    number += 12 if late and number < 12 else -12 if half_day == "am" and number == 12 else 0
    return f"T{number:02d}:{minute or '00'}"
