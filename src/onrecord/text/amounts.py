"""Amounts: a number, or two as the ends of a range, with its hedge and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.text import hedges, units
from onrecord.text.hedges import Hedge
from onrecord.text.labels import counts_nothing
from onrecord.text.numerals import DIGITS, Numeral, numerals
from onrecord.text.units import Unit

RANGE = re.compile(r"\s?[-–—]\s?|-to-|\s+to[\s-]+|\s+up\s+to\s+", re.I)
AND = re.compile(r"\s*,?\s+and\s+", re.I)
OR = re.compile(r"\s+or\s+", re.I)
BETWEEN = re.compile(r"\b(?:between|from\s+between)\s+(?:an?\s+)?$", re.I)
# "rose from 14 to 29": two figures of two days, no range.
CHANGE = re.compile(
    r"\b(?:rose|risen|rise|rises|rising|increas\w+|grew|grow\w*|climb\w*|jump\w*|soar\w*|surg\w*|up|down|fell|fall\w*|"
    r"drop\w*|declin\w+|cut\w*|reduc\w+|rais\w+|lower\w*|chang\w+|went|go\w*|from|slid\w*|shr[aiu]nk\w*|revis\w+)"
    r"(?:\s+\w+){0,3}?\s+from\s*$",
    re.I,
)
SCORE = re.compile(r"(?<!\d)\d{1,3}\s?[-–]\s?\d{1,3}(?!\d)")
SCORE_AFTER = re.compile(
    r"\s+(?:victory|win|lead|record|vote|draw|loss|defeat|triumph|thrashing|score|advantage|down|up|in favou?r)\b"
)
METRES = re.compile(r"\dm$")
# What follows "5m" when it is five million of them, and not five metres.
MILLIONS_OF = re.compile(
    r"\s+(?:of\s+(?:its|the|their|them|people|those)\b|"
    r"(?!long|wide|high|tall|deep|away|from|north|south|east|west|above|below|apart|across|off|sprint|race|into|onto|"
    r"under|over|with|that|than|after|before|and\b|the\b|for\b|was\b|were\b|when\b|but\b)[a-z]{3,})"
)
YEAR, YEAR_IN = re.compile(r"(?:19|20)\d\d"), re.compile(r"\b(?:in|since|by|of|until|before|after|from)\s+$", re.I)
HYPHENED = re.compile(r"[-‑][^\W\d_]")
OF = re.compile(r"\s+of\s+(?=[a-z])")
QUOTE_MARKS = "\"“”'‘’"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what limits and measures it; offsets into the text given, `end` after the unit.

    `low` and `high` are inclusive, None is open. `number` and `most` are what is written, before any hedge opens it
    (a vague word's `most` is the usual one). `kind` is digits, words, vague, part or score.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: float
    high: float | None
    number: float
    most: float
    exact: bool
    kind: str
    hedge: Hedge | None = None
    unit: Unit | None = None
    hyphen: bool = False  # the number is tied to the word after it: "32-year-old", "12-member"

    @property
    def sign(self) -> str:
        """The sign of the hedge, see `hedges.py`; empty where nothing hedges."""
        return self.hedge.sign if self.hedge is not None else ""

    def hedged(self, hedge: Hedge) -> Amount:
        """The same under a hedge that stands after it, or after what it counts."""
        low, high, exact = hedges.bounds(hedge.sign, self.number, self.most)
        return replace(self, low=low, high=high, exact=exact, hedge=hedge)


@dataclass(frozen=True, slots=True)
class _Part:
    """A number with the signs and units that stand at it."""

    number: Numeral
    money: Unit | None
    unit: Unit | None

    @property
    def start(self) -> int:
        return self.money.start if self.money else self.number.start

    @property
    def end(self) -> int:
        return self.unit.end if self.unit else self.number.end


def amounts(text: str) -> tuple[Amount, ...]:
    """All amounts of a sentence, in order. Offsets count code points of `text`."""
    parts = [_part(text, n) for n in numerals(text) if counts_nothing(text, n) is None]
    found, k = [], 0
    while k < len(parts):
        one, other = parts[k], parts[k + 1] if k + 1 < len(parts) else None
        if other is not None and _is_score(text, one, other):
            found.append(_score(one, other))
            k += 2
        elif other is not None and _is_range(text, one, other):
            found.append(_range(text, one, other))
            k += 2
        else:
            found.append(_amount(text, one, one.number.low, one.number.high, one))
            k += 1
    return tuple(found)


def _part(text: str, number: Numeral) -> _Part:
    money = units.before(text, number.start)
    if money is None and METRES.search(text[number.start : number.end]) and not MILLIONS_OF.match(text, number.end):
        number = replace(number, low=number.low / 1e6, end=number.end - 1, scaled=False)
    unit = _scale_and_unit(text, number) or units.after(text, number.end)
    of = OF.match(text, number.end) if unit is None and number.kind == "vague" else None
    if of is not None and (far := units.after(text, of.end() - 1)) is not None:
        unit = far
    return _Part(number, money, units.rated(text, unit) if unit else None)


def _scale_and_unit(text: str, number: Numeral) -> Unit | None:
    """A unit that takes in the word of scale: "million pounds" are money, "40 pounds" a weight."""
    word = re.search(r"\s[mb]illion$", text[number.start : number.end], re.I) if number.scaled else None
    unit = units.after(text, number.start + word.start()) if word else None
    return unit if unit is not None and unit.end > number.end else None


def _is_score(text: str, one: _Part, other: _Part) -> bool:
    """ "2-0", "a 9-2 lead": figures of a game or a vote."""
    start, end = one.number.start, other.number.end
    if one.unit or one.money or other.money or not SCORE.fullmatch(text, start, end):
        return False
    return other.unit is None and (other.number.low <= one.number.low or SCORE_AFTER.match(text, end) is not None)


def _score(one: _Part, other: _Part) -> Amount:
    low, high, start, end = one.number.low, other.number.low, one.start, other.end
    return Amount(start, end, start, end, low, high, low, high, True, "score")


def _is_range(text: str, one: _Part, other: _Part) -> bool:
    between, before = text[one.end : other.start], text[max(0, one.start - 60) : one.start]
    if one.unit and other.unit and one.unit.unit != other.unit.unit and other.unit.unit.split("/")[0] != one.unit.unit:
        return False
    if "part" in (one.number.kind, other.number.kind) or (other.money and not one.money):
        return False
    if AND.fullmatch(between):
        joined = BETWEEN.search(before) is not None
    elif OR.fullmatch(between):
        joined = other.number.low <= one.number.low + 5 and not one.money and one.unit is None
    else:
        hedged = " ".join(between.lower().split()) == "up to"
        joined = RANGE.fullmatch(between) is not None and not (hedged and one.unit is None)
        joined = joined and CHANGE.search(before) is None
    if YEAR_IN.search(before) and _year(text, one.number) and not _year(text, other.number):
        return False  # "rose in 2018 to 3 million"
    return joined and _scaled(text, one.number, other.number) <= other.number.low


def _year(text: str, number: Numeral) -> bool:
    return YEAR.fullmatch(text, number.start, number.end) is not None


def _scaled(text: str, one: Numeral, other: Numeral) -> float:
    """The first end of a range, with the scale that only its last end shows: "10 to 15 million"."""
    if one.scaled or not other.scaled or other.kind == "vague":
        return one.low
    digits = re.match(DIGITS, text[other.start : other.end])
    word = re.search(r"[a-z]+$", text[other.start : other.end], re.I)
    plain = float(digits.group().replace(",", "")) if digits else None
    if plain:
        factor = other.low / plain
    else:
        scale = [n.low for n in numerals("one " + word.group())] if word else []
        factor = scale[0] if scale else 1.0
    return one.low * factor if one.low < 1000 else one.low


def _range(text: str, one: _Part, other: _Part) -> Amount:
    return _amount(text, one, _scaled(text, one.number, other.number), other.number.low, other)


def _amount(text: str, one: _Part, low: float, most: float | None, last: _Part) -> Amount:
    """The amount that starts with one number and ends with another, or the same."""
    number, unit = one.number, _unit(text, one, last)
    hedge, end = hedges.before(text, one.start), unit.end if unit else last.number.end
    late = hedges.after(text, last.number.end) or (hedges.after(text, end) if unit else None)
    if late is not None and (hedge is None or hedge.sign == "="):
        hedge, end = late, max(end, late.end)
        if unit is None and (far := units.after(text, late.end)) is not None:  # "300-plus km"
            unit, end = units.rated(text, far), far.end
    most = low if most is None else most
    least, ceiling, exact = hedges.bounds(hedge.sign if hedge else "", low, most)
    vague = number.kind == "vague" and last is one
    if vague and (hedge is None or hedge.sign not in ("<", "<=")):
        exact, ceiling = False, None
    quoted = _in_marks(text, one.start, end) if vague else 0
    return Amount(
        start=min(one.start - quoted, hedge.start if hedge and hedge.sign != "=" else one.start),
        end=end + quoted,
        number_start=one.start,
        number_end=last.number.end,
        low=least,
        high=ceiling,
        number=low,
        most=most,
        exact=exact,
        kind=number.kind,
        hedge=hedge,
        unit=unit,
        hyphen=end == last.number.end and HYPHENED.match(text, end) is not None,
    )


def _in_marks(text: str, start: int, end: int) -> int:
    """One character on both sides where a vague word stands in marks of its own: "hundreds" as somebody said."""
    return int(start > 0 and text[start - 1] in QUOTE_MARKS and text[end : end + 1] in set(QUOTE_MARKS))


def _unit(text: str, one: _Part, last: _Part) -> Unit | None:
    """The unit of an amount: the sign before it with the rate after it, else the words after it."""
    money, unit = one.money or last.money, last.unit or one.unit
    if money is None:
        return unit
    if unit is None:
        return replace(units.rated(text, replace(money, end=last.number.end)), start=last.number.end)
    return replace(unit, unit=money.unit) if unit.unit == "USD" else unit  # "HK$5 million dollars"
