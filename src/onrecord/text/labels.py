"""Numbers that count nothing: dates, clock times, ordinals, and names such as "9/11", "G7", "F-16", "Article 5"."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.text import units
from onrecord.text.numerals import Numeral
from onrecord.text.tables import words

# "may" and "march" in small letters are verbs; the other months are months in any case.
MONTH = (
    r"(?:(?i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Apr(?:il|\.)?|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)|Mar(?:ch|\.)?|May|M(?:ARCH|AY))"
)
MONTH_BEFORE = re.compile(
    rf"\b{MONTH}\s+(?:\d{{1,2}}(?:\s?(?:-|–|to|and)\s?\d{{1,2}})?,?\s+)?(?:\d{{1,2}}\s?[-–]\s?)?$"
)
DOTTED = re.compile(r"(?<![\d.-])\d{1,4}([-.])\d{1,2}\1\d{2,4}(?![\d.-])")
# "(555) 555-0123", "555-0123", and the second half of "2008-09".
TELEPHONE = re.compile(r"(?:\(\d{3}\)\s*|\b\d{3}[-.\s])?\b\d{3}-\d{4}\b|\b(?:19|20)\d\d[-–/]\d\d\b(?!\s?%)")
LAST_DAY, YEARS = 31, range(1000, 2200)
MONTH_AFTER = re.compile(rf"(?:\s?[-–]\s?\d{{1,2}})?(?:\s+of)?\s+{MONTH}(?![\w-])")
ORDINAL_OR_CLOCK = re.compile(
    r"(?:st|nd|rd|th)\b|['’]?s\b|:\d|\.\d+\.\d|/\d|-?0s\b|"
    r"\s*(?:a\.m|p\.m|am\b|pm\b|o['’]clock|GMT|UTC|h(?:ours?)?\s?GMT|in\s+the\s+(?:morning|afternoon|evening)\b)",
    re.I,
)
# "F-16", "COVID-19"; a small word before the hyphen is none of a name: "over-60s", "20-to-30".
NAME_BEFORE = re.compile(r"(?:[A-Z][\w.&]*-|[A-Za-z_#@]|\d[:/.]|[A-Z]\.|\+|\(\+|[½¼¾])$")
NEAR = 24  # characters before a number that are looked at
SMALL_BEFORE = re.compile(r"\b(?:to|sub|minus|about|nearly|over|some)-$", re.I)
OF_SO_MANY = re.compile(r"\b([A-Za-z]+)\s+\d+\s+of\s+$")  # "picture 3 of 25"
LABEL = re.compile(r"([A-Za-z.]+)\s*#?$")
IDIOM = re.compile(
    r"(?:\bno|\bany|\bthe|\bthis|\bthat|\bsquare|\bday|\beach|\bevery|\bwhich|\bloved|\bnumber)\s+$", re.I
)
RATIO = re.compile(r"\b(?:one|1)\s+in\s+(?:every\s+)?$", re.I)  # "one in five children"
BLOCK = re.compile(r"[\s-]block\b")  # "the 400 block of Harbour Road"
ADDRESS = re.compile(r"(?:\s?[-–]\s?\d+)?\s+(?:[A-Z][\w'’]*\s+){1,2}([A-Z]\w+)")
OF = re.compile(r"\s+of\b")
AFTER_ONE = re.compile(r"\s+another\b|-on-|['’]s\b|self\b|-off\b|-way\b|-sided\b|-time\b|-party\b", re.I)


def counts_nothing(text: str, number: Numeral) -> str | None:
    """Why a number is no quantity, whatever stands after it; None where it may be one."""
    return next((why for why, holds in CHECKS if holds(text, number)), None)


def _before(text: str, number: Numeral) -> str:
    return text[max(0, number.start - NEAR) : number.start]


def _idiom(text: str, number: Numeral) -> bool:
    """ "no one", "the one", "one another"; but "the one of them"."""
    if number.kind != "words" or number.low != 1:
        return False
    pointed = IDIOM.search(_before(text, number)) is not None and not OF.match(text, number.end)
    return pointed or AFTER_ONE.match(text, number.end) is not None


def _ratio(text: str, number: Numeral) -> bool:
    return RATIO.search(_before(text, number)) is not None and units.after(text, number.end) is None


def _date(text: str, number: Numeral) -> bool:
    if number.kind != "digits":
        return False
    dotted = DOTTED.search(text, max(0, number.start - 10), number.end + 10)
    if dotted is not None and dotted.start() <= number.start < dotted.end():
        return True
    day = number.low <= LAST_DAY or number.low in YEARS
    month = MONTH_BEFORE.search(_before(text, number)) or MONTH_AFTER.match(text, number.end)
    return day and month is not None


def _telephone(text: str, number: Numeral) -> bool:
    found = TELEPHONE.finditer(text, max(0, number.start - 14), number.end + 10) if number.kind == "digits" else ()
    return any(m.start() <= number.start < m.end() for m in found)


def _ordinal_or_clock(text: str, number: Numeral) -> bool:
    return number.kind == "digits" and ORDINAL_OR_CLOCK.match(text, number.end) is not None


def _name(text: str, number: Numeral) -> bool:
    """ "G7", "F-16", "3G": letters cling to the number, and are no unit."""
    if number.kind != "digits":
        return False
    before = _before(text, number)
    clings = NAME_BEFORE.search(before) is not None and not SMALL_BEFORE.search(before)
    if clings and units.before(text, number.start) is None:
        return True
    return text[number.end : number.end + 1].isalpha() and units.after(text, number.end) is None


def _label(text: str, number: Numeral) -> bool:
    """ "Article 5", "picture 3 of 25", "16 Harbour Road": which one, not how many."""
    if number.kind not in ("digits", "words") or units.before(text, number.start) is not None:
        return False
    before = _before(text, number)
    match = OF_SO_MANY.search(before) or LABEL.search(before)
    if match is not None and match[1].lower() in words("labels", "before"):
        return True
    road = ADDRESS.match(text, number.end) if number.kind == "digits" else None
    named = road is not None and road[1].lower() in words("labels", "after")
    return named or (number.kind == "digits" and BLOCK.match(text, number.end) is not None)


CHECKS: tuple[tuple[str, Callable[[str, Numeral], bool]], ...] = (
    ("idiom", _idiom),
    ("ratio", _ratio),
    ("date", _date),
    ("telephone", _telephone),
    ("ordinal or clock", _ordinal_or_clock),
    ("name", _name),
    ("label", _label),
)
