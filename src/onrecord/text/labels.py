"""Numbers that count nothing: dates, clock times, ordinals, and names such as "9/11", "G7", "F-16", "Article 5"."""

from __future__ import annotations

import re

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
    r"(?:st|nd|rd|th)\b|['’]?s\b|:\d|\.\d+\.\d|/\d|\s*(?:a\.m|p\.m|am\b|pm\b|o['’]clock|GMT|UTC|hours?\s+GMT|h\s?GMT|in\s+the\s+(?:morning|afternoon|evening)\b)|-?(?:0s)\b",
    re.I,
)
# "F-16", "COVID-19"; a small word before the hyphen is none of a name: "over-60s", "20-to-30".
NAME_BEFORE = re.compile(r"(?:[A-Z][\w.&]*-|[A-Za-z_#@]|\d[:/.]|[A-Z]\.|\+|\(\+|[½¼¾])$")
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
    before, end = text[max(0, number.start - 24) : number.start], number.end
    if (
        number.kind == "words"
        and number.low == 1
        and ((IDIOM.search(before) and not OF.match(text, end)) or AFTER_ONE.match(text, end))
    ):
        return "idiom"
    if RATIO.search(before) and units.after(text, end) is None:
        return "ratio"
    if number.kind != "digits":
        return "label" if number.kind == "words" and _labelled(before) else None
    dotted = DOTTED.search(text, max(0, number.start - 10), end + 10)
    if dotted is not None and dotted.start() <= number.start < dotted.end():
        return "date"
    if any(m.start() <= number.start < m.end() for m in TELEPHONE.finditer(text, max(0, number.start - 14), end + 10)):
        return "telephone"
    day = number.low <= LAST_DAY or number.low in YEARS
    if day and (MONTH_BEFORE.search(before) or MONTH_AFTER.match(text, end)):
        return "date"
    if ORDINAL_OR_CLOCK.match(text, end):
        return "ordinal or clock"
    money = units.before(text, number.start) is not None
    if not money and NAME_BEFORE.search(before) and not SMALL_BEFORE.search(before):
        return "name"
    if text[end : end + 1].isalpha() and units.after(text, end) is None:
        return "name"
    return "label" if not money and (_labelled(before) or _address(text, end)) else None


def _address(text: str, end: int) -> bool:
    """ "16 Harbour Road": the number of a house."""
    if BLOCK.match(text, end):
        return True
    match = ADDRESS.match(text, end)
    return match is not None and match[1].lower() in words("labels", "after")


def _labelled(before: str) -> bool:
    """ "Article 5", "page 3", "No. 10": the word before says which one, not how many."""
    match = OF_SO_MANY.search(before) or LABEL.search(before)
    return match is not None and match[1].lower() in words("labels", "before")
