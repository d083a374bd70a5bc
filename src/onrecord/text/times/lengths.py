"""Readers of how long and how often: durations and sets."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.text.times import periods
from onrecord.text.times.context import Context, Read, Words, count
from onrecord.text.times.periods import DAY, Period

HOURS = {"TH": (1, 24), "TM": (1, 1440), "TS": (1, 86400)}  # of a day


def recent(words: Words, context: Context) -> Read:
    """ "recent days": a vague length that ends now."""
    return "DURATION", Period(value=periods.length(words.unit(), "X"), precision="vague")


def rolling(words: Words, context: Context) -> Read:
    """ "the past three weeks", "the next few days": a length, and its days where the number is known."""
    amount, letter, step = count(words), words.unit(), words.step() or -1
    made = Period(value=periods.length(letter, amount), precision="duration")
    return "DURATION", _beside_today(made, letter, amount, step, context)


def past_unit(words: Words, context: Context) -> Read:
    """ "the past week": one unit up to today."""
    if words.unit() == "TH":
        return "DURATION", Period(value="PT1H", precision="duration")
    made = Period(value=periods.length(words.unit(), "1"), precision="duration")
    if context.anchor is None:
        return "DURATION", made
    now = context.now()
    return "DURATION", replace(made, first=periods.moved(now, words.unit(), -1), until=now + DAY)


def half(words: Words, context: Context) -> Read:
    """ "half an hour", "half a year"."""
    value = {"TH": "PT30M", "Y": "P6M", "DE": "P5Y", "CE": "P50Y", "D": "PT12H", "M": "P0.5M"}.get(words.unit())
    return ("DURATION", Period(value=value, precision="duration")) if value else None


def nothing(words: Words, context: Context) -> Read:
    """Words that look like a time and are none: ages."""
    return None


def length_half(words: Words, context: Context) -> Read:
    """ "two and a half years"."""
    amount = count(Words([t for t in words.found if t.kind != "a"])) if words.has("num") else "1"
    return (
        ("DURATION", Period(value=periods.length(words.unit(), f"{amount}.5"), precision="duration"))
        if amount.isdigit()
        else None
    )


def every(words: Words, context: Context) -> Read:
    """ "every two days", "each morning", "once a week"."""
    if words.has("part"):
        return "SET", Period(value=f"XXXX-XX-XX{words.of('part')}", precision="set")
    if words.has("season"):
        return "SET", Period(value=f"XXXX-{words.of('season')}", precision="set")
    amount = words.of("ord") or count(words)
    return "SET", Period(value=periods.length(words.unit(), "1" if amount == "X" else amount), precision="set")


def often(words: Words, context: Context) -> Read:
    """daily, weekly, annual."""
    return "SET", Period(value=words.of("often"), precision="set")


def length(words: Words, context: Context) -> Read:
    """ "three days", "two to six days" (the longer), "several years" (PXY); not the rate of "four flights a week"."""
    last = words.before[-1] if words.before else None
    if words.found[0].kind == "a" and last and last.kind == "word" and re.search(r"[^s]s$", last.value):
        return None
    return "DURATION", Period(value=periods.length(words.unit(), count(words)), precision="duration")


def deadline(words: Words, context: Context) -> Read:
    """ "within 48 hours", "gave the fighters four hours to surrender": a length that runs from today."""
    amount, letter = count(words), words.unit()
    made = Period(value=periods.length(letter, amount), precision="duration")
    return "DURATION", _beside_today(made, letter, amount, 1, context)


def _beside_today(made: Period, letter: str, amount: str, step: int, context: Context) -> Period:
    """A length with its days from today on, or up to today; hours reach into as many days as they can."""
    if context.anchor is None or not amount.isdigit():
        return made
    now, size = context.now(), HOURS.get(letter)
    units = step * (-(-int(amount) * size[0] // size[1]) if size else int(amount))
    ends = sorted((now, periods.moved(now, "D" if size else letter, units)))
    return replace(made, first=ends[0], until=ends[1] + DAY)


def length_vague(words: Words, context: Context) -> Read:
    """ "for years", "weeks or months", "decades-long"."""
    letter = words.first("unit", "units", "century")
    return "DURATION", Period(value=periods.length(letter.value if letter else "D", "X"), precision="duration")


def all_unit(words: Words, context: Context) -> Read:
    """ "all day", "full year"."""
    return "DURATION", Period(value=periods.length(words.unit(), "1"), precision="duration")
