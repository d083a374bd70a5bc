"""Readers of weeks, quarters, years and ages, of distances from a day, and of TimeML's vague references."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.text.times import periods
from onrecord.text.times.context import Context, Read, Words, count, whole
from onrecord.text.times.outlooks import Outlook
from onrecord.text.times.periods import DAY, Period


def quarter(words: Words, context: Context) -> Read:
    """ "the third quarter": of the year said, else the latest that has begun; "the quarter": the one last named."""
    now, step = context.now(), words.step()
    if not words.has("ord"):
        last = step in (None, 0) and context.quarter
        made = last or periods.shifted(now, "Q", 0 if step == 0 else -1 if step is None else step)
    elif words.has("year"):
        made = periods.quarter(words.number("year"), words.number("ord"))
    else:
        made = periods.quarter(now.year + (step or 0), words.number("ord"))
        if step is None and made.first and made.first > now:
            made = periods.quarter(now.year - 1, words.number("ord"))
        if words.has("ago", "earlier"):
            return "DATE", periods.shifted(periods.moved(made.first or now, "Y", -1), "Q", 0)
    context.quarter = made
    return "DATE", made


def year_earlier(words: Words, context: Context) -> Read:
    """ "the year-earlier period": a year before the quarter last named."""
    if context.quarter is None or context.quarter.first is None:
        return "DATE", periods.shifted(context.now(), "Y", -1)
    return "DATE", periods.shifted(periods.moved(context.quarter.first, "Y", -1), "Q", 0)


def fiscal(words: Words, context: Context) -> Read:
    """ "fiscal 1988"; the days of a fiscal year are not known."""
    value = words.of("year") or str(context.now().year + (words.step() or 0))
    return "DATE", Period(value=value, precision="year")


def ago(words: Words, context: Context) -> Read:
    """ "two weeks ago" from today; "two weeks later" from what was last named."""
    amount, letter = count(words), words.unit()
    later = words.has("later", "hence", "after", "ref")
    if letter.startswith("T") or letter == "ML":
        return "DURATION", Period(value=periods.length(letter, amount), precision="duration")
    if amount == "X" and words.has("ago"):
        return "DATE", Period(value="PAST_REF")
    if not amount.isdigit():
        return "DURATION", Period(value=periods.length(letter, amount), precision="duration")
    if words.has("earlier") and letter == "Y" and context.quarter is not None and amount == "1":
        return year_earlier(words, context)
    start = context.now() if words.has("ago", "ref") else context.then()
    return "DATE", periods.shifted(start, letter, int(amount) * (1 if later else -1))


def next_after(words: Words, context: Context) -> Read:
    """ "the following year", "the day before": beside what was last named."""
    step = -1 if words.has("before", "earlier") else 1
    return "DATE", periods.shifted(context.then(), words.unit(), step)


def period(words: Words, context: Context) -> Read:
    """ "last week", "this year", "the end of the month", "next summer"."""
    step = words.step() or 0
    now = context.now()
    if words.has("season", "fall"):
        return "DATE", periods.season(now.year + step, words.of("season", "fall"))
    letter = words.unit()
    if letter.startswith("T") or letter == "ML":
        return None
    if letter == "WE" and not words.step():
        return "DATE", _weekend(now, context.outlook)
    made = periods.shifted(now, letter, step)
    if letter == "W" and step == -1 and made.first:  # "last week" of a Sunday paper ends that day: keep both readings
        made = replace(made, first=min(made.first, now - 7 * DAY), until=now)
    return "DATE", made


def _weekend(now: date, outlook: Outlook) -> Period:
    """The weekend gone by (today's, on a Saturday or Sunday), or the one to come."""
    ahead = outlook == "future" or now.weekday() >= 5
    return periods.weekend(now if ahead else now - 7 * DAY)


def that(words: Words, context: Context) -> Read:
    """ "that year", "the same day": the period, of the size said, that was last named."""
    if context.latest is None or context.latest.first is None:
        return None
    if words.has("part"):
        return "TIME", periods.at(periods.day(context.then()), words.of("part"))
    letter = words.unit()
    if letter.startswith("T") or (letter == "D" and context.latest.precision != "day"):
        return None
    return "DATE", periods.unit(context.then(), letter)


def century(words: Words, context: Context) -> Read:
    """ "the 11th century" is the years 1000 to 1099 in TIMEX3."""
    return "DATE", periods.century(100 * (words.number("ord") - 1))


def season(words: Words, context: Context) -> Read:
    """ "summer 2021", "in the spring"."""
    code, step = words.of("season", "fall"), words.step()
    if words.has("year"):
        return "DATE", periods.season(words.number("year"), code)
    now = context.now()
    made = periods.season(now.year + (step or 0), code)
    if step is None and context.outlook != "future" and made.first and made.first > now:
        made = periods.season(now.year - 1, code)
    return "DATE", made


def decade(words: Words, context: Context) -> Read:
    """ "the 1980s", "the late '80s"."""
    number = whole(words.of("decade").strip("'’"))
    return "DATE", periods.decade(number + 1900 if number < 100 else number)


def short_year(words: Words, context: Context) -> Read:
    """The second year of "1957-58"."""
    figure = words.of("num")
    if len(figure) != 2 or not figure.isdigit():
        return None
    first = whole(Words(words.before[-2:]).of("year"))
    made = first // 100 * 100 + int(figure)
    return ("DATE", periods.year(made)) if made > first else None


def reference(words: Words, context: Context) -> Read:
    """now, currently, recently, the future: TimeML's three vague references."""
    return "DATE", Period(value=words.of("ref", "current", "present", "future"))


def past_reference(words: Words, context: Context) -> Read:
    """ "in the past"."""
    return "DATE", Period(value="PAST_REF")


def these_days(words: Words, context: Context) -> Read:
    """ "these days"."""
    return ("DATE", Period(value="PRESENT_REF")) if words.unit() == "D" else None


def year(words: Words, context: Context) -> Read:
    """A year in four figures."""
    return "DATE", periods.year(words.number("year"))
