"""Dates in text: a small rule grammar that gives a TIMEX3 value and an interval of days, against an anchor day.

House rules: a weekday is the latest such day on or before the anchor, the anchor included, unless will/next/until/by
stand before it; nothing is invented where no anchor is known (the value stays None).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|several|few|a few|a couple of|couple of)"
UNIT = r"(?:hours?|days?|weeks?|months?|years?|decades?)"
NUMBER = {w: k for k, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "thirty": 30,
}
LETTER = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "TH", "decade": "DE"}


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression: offsets into the text given, TIMEX3 type and value, inclusive days, the rule that read it."""

    start: int
    end: int
    type: str
    value: str | None
    first: date | None
    last: date | None
    rule: str


Reader = Callable[[re.Match[str], "date | None", str], "tuple[str, str | None, date | None, date | None] | None"]


def parse(text: str, anchor: date | None) -> tuple[Found, ...]:
    """All time expressions of a text, in order, the longest reading where two overlap.

    >>> [(f.value, f.rule) for f in parse("on Sunday", date(2021, 8, 23))]
    [('2021-08-22', 'weekday')]
    """
    found = sorted(_all(text, anchor), key=lambda f: (f.start, f.start - f.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _all(text: str, anchor: date | None) -> Iterator[Found]:
    for rule, pattern, reader in RULES:
        for match in pattern.finditer(text):
            read = reader(match, anchor, text)
            if read is not None:
                yield Found(match.start(), match.end(), *read, rule)


def _month(name: str) -> int:
    return next(k for k, m in enumerate(MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    day = _make(int(match["y"]), _month(match["m"]), int(match["d"]))
    return ("DATE", day.isoformat(), day, day) if day else None


def _iso(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    day = _make(int(match["y"]), int(match["m"]), int(match["d"]))
    return ("DATE", day.isoformat(), day, day) if day else None


def _month_day(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    if anchor is None:
        return "DATE", None, None, None
    month, number = _month(match["m"]), int(match["d"])
    near = [d for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (d := _make(y, month, number))]
    if not near:
        return None
    day = min(
        near,
        key=lambda d: (
            (abs((d - anchor).days) - (0 if d <= anchor else -30)) if d <= anchor else abs((d - anchor).days) + 90
        ),
    )
    return "DATE", day.isoformat(), day, day


def _month_year(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    month = _month(match["m"])
    word = (match["rel"] or "").lower()
    if match["y"]:
        year = int(match["y"])
    elif anchor is None:
        return "DATE", None, None, None
    elif "last year" in word:
        year = anchor.year - 1
    elif match["m"] in ("May", "March", "Mar", "Sept", "Dec", "Jan") and not match["pre"]:
        return None
    else:
        year = anchor.year if month <= anchor.month else anchor.year - 1
    return "DATE", f"{year}-{month:02d}", date(year, month, 1), _month_end(year, month)


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _weekday(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    if anchor is None:
        return "DATE", None, None, None
    number = DAYS.index(match["day"].lower())
    before = text[max(0, match.start() - 24) : match.start()].lower()
    back = (anchor.weekday() - number) % 7
    if (match["pre"] or "").lower() == "next" or re.search(r"\b(?:until|by|will \w+(?: \w+)? on|due)\s*$", before):
        day = anchor + timedelta(days=(number - anchor.weekday()) % 7 or 7)
    else:
        day = anchor - timedelta(days=back or (7 if (match["pre"] or "").lower() == "last" else 0))
    return "DATE", day.isoformat(), day, day


def _relative_day(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    word = match.group().lower()
    if anchor is None:
        return "DATE", None, None, None
    shift = -1 if word == "yesterday" else 1 if word == "tomorrow" else 0
    day = anchor + timedelta(days=shift)
    return "DATE", day.isoformat() + ("TNI" if word == "tonight" else ""), day, day


def _period(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    if anchor is None:
        return "DATE", None, None, None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[match["rel"].lower()]
    unit = match["unit"].lower()
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday() - 7 * step)
        year, week, _ = monday.isocalendar()
        if step == -1:  # the seven days before: a Sunday's "last week" ends that day (research: time_place_quantity)
            return "DATE", f"{year}-W{week:02d}", min(monday, anchor - timedelta(days=7)), anchor - timedelta(days=1)
        return "DATE", f"{year}-W{week:02d}", monday, monday + timedelta(days=6)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        year, month = divmod(months, 12)
        return "DATE", f"{year}-{month + 1:02d}", date(year, month + 1, 1), _month_end(year, month + 1)
    year = anchor.year + step
    return "DATE", str(year), date(year, 1, 1), date(year, 12, 31)


def _ago(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    number, unit = NUMBER.get(match["n"].lower()) or _integer(match["n"]), match["unit"].lower().rstrip("s")
    if anchor is None or number is None:
        return "DATE", None, None, None
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        day = anchor - timedelta(days=days * number)
        return "DATE", day.isoformat(), day, day
    if unit == "year":
        return "DATE", str(anchor.year - number), date(anchor.year - number, 1, 1), date(anchor.year - number, 12, 31)
    if unit == "month":
        year, month = divmod(anchor.year * 12 + anchor.month - 1 - number, 12)
        return "DATE", f"{year}-{month + 1:02d}", date(year, month + 1, 1), _month_end(year, month + 1)
    return "DATE", None, None, None


def _integer(word: str) -> int | None:
    return int(word) if word.isdigit() else None


def _duration(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    unit = match["unit"].lower().rstrip("s")
    number = NUMBER.get(match["n"].lower()) or _integer(match["n"])
    letter = LETTER[unit]
    amount = "X" if number is None else str(number)
    value = f"PT{amount}H" if letter == "TH" else f"P{amount}{letter}"
    first = last = None
    if anchor is not None and number is not None and match["rel"] and letter in "DW":
        first, last = anchor - timedelta(days=number * (7 if letter == "W" else 1)), anchor
    return "DURATION", value, first, last


def _year(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    year = int(match["y"])
    return "DATE", str(year), date(year, 1, 1), date(year, 12, 31)


def _decade(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    year = int(match["y"])
    year += 1900 if year < 100 else 0
    return "DATE", str(year)[:3], date(year, 1, 1), date(year + 9, 12, 31)


def _before(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    """ "two days before the September 11, 2001 attacks"."""
    number = NUMBER.get(match["n"].lower()) or _integer(match["n"])
    day = _make(int(match["y"]), _month(match["m"]), int(match["d"]))
    if number is None or day is None:
        return None
    days = number * (7 if match["unit"].startswith("week") else 1)
    day += timedelta(days=-days if match["dir"].lower() == "before" else days)
    return "DATE", day.isoformat(), day, day


def _now(
    match: re.Match[str], anchor: date | None, text: str
) -> tuple[str, str | None, date | None, date | None] | None:
    return "DATE", "PAST_REF" if match.group().lower() in ("recently", "in the past") else "PRESENT_REF", None, None


RULES: tuple[tuple[str, re.Pattern[str], Reader], ...] = (
    (
        "composition",
        re.compile(
            rf"\b(?P<n>{COUNT})\s+(?P<unit>days?|weeks?)\s+(?P<dir>before|after)\s+(?:the\s+)?(?P<m>{MONTH})\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})",
            re.I,
        ),
        _before,
    ),
    (
        "month day year",
        re.compile(rf"\b(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b"),
        _full,
    ),
    (
        "day month year",
        re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{MONTH}),?\s+(?P<y>(?:19|20)\d\d)\b"),
        _full,
    ),
    ("ISO date", re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"), _iso),
    ("month day", re.compile(rf"\b(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*\d)"), _month_day),
    ("day month", re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{MONTH})\b"), _month_day),
    (
        "month",
        re.compile(
            rf"\b(?P<pre>(?:in|since|until|by|early|late|mid|last|this|of|during|from)[ -])?(?P<m>{MONTH})(?P<rel>\s+(?:of\s+)?last year)?(?:,?\s+(?P<y>(?:19|20)\d\d))?(?!\s*\d)"
        ),
        _month_year,
    ),
    ("weekday", re.compile(rf"\b(?:(?P<pre>last|next|this)\s+)?(?P<day>{DAY})\b", re.I), _weekday),
    ("relative day", re.compile(r"\b(?:today|yesterday|tomorrow|tonight)\b", re.I), _relative_day),
    (
        "period",
        re.compile(r"\b(?:the\s+)?(?P<rel>last|past|previous|this|next|coming)\s+(?P<unit>week|month|year)\b", re.I),
        _period,
    ),
    ("ago", re.compile(rf"\b(?P<n>{COUNT})\s+(?P<unit>{UNIT})\s+(?:ago|earlier)\b", re.I), _ago),
    (
        "duration",
        re.compile(
            rf"\b(?P<rel>(?:last|past|next|previous|coming)\s+)?(?P<n>{COUNT})[ -](?P<unit>{UNIT})\b(?![ -]old)", re.I
        ),
        _duration,
    ),
    ("decade", re.compile(r"\b(?:the\s+)?'?(?P<y>(?:19|20)?\d0)['’]?s\b"), _decade),
    (
        "year",
        re.compile(
            r"(?<![\d,.$€£-])\b(?P<y>(?:19[3-9]|20[0-4])\d)\b(?![\d,]*\d|-\d|\s*(?:people|troops|fighters|men|soldiers|dead|km|miles))"
        ),
        _year,
    ),
    ("vague", re.compile(r"\b(?:now|currently|recently|at present)\b", re.I), _now),
)
