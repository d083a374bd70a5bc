"""What a number is measured in: a sign before it ("US$"), a word after it ("km", "per cent"), a rate ("a day").

Units are data (`words/units.tsv`): our own rows, and CLDR's units of measure and names of currencies, which
`training/units.py` adds. Signs and codes are read as written, words in any case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.text.tables import table

MOST_WORDS = 3
WORD = re.compile(r"[^\W\d_]+[²³23]?(?:[./⋅][^\W\d_]+[²³23]?)*\.?(?!\d)|[%€₪₽₺₴₡₾₭₫₱₸₿฿°]+[^\W\d_]?")
# A word tied to the next one is no unit: "5 foot-soldiers"; unless that tells how it extends, or what it is counted by.
TIED = re.compile(r"[-‑](?!an?-|per-|long|old|wide|high|deep|tall|strong|plus)[^\W_]", re.I)
SLASH_RATE = re.compile(r"/\s?(?=[A-Za-z])")
RATE = re.compile(
    r"(?:\s+U\.?S\.?)?(?:\s+(?:per|an?|each|every)\s+|-an?-|\s+per-|-per-)"
    r"(?P<what>(?!(?:year|month|week|day|decade|hour)s?\s+(?:earlier|ago|later|before|after|prior|old|long)\b)"
    r"(?:square\s+|cubic\s+|sq\.?\s+)?[A-Za-z]+)",
    re.I,
)
NO_UNIT = "none"  # the kind of words that begin like a unit and are none: "34 barrel bombs"
# One letter is a unit only where it clings to its number and no word follows: "37m", "5 A" is none.
LETTERS = frozenset("mptWVglLFCA°")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as met: its symbol, kind and English name, and where the words for it stand."""

    start: int
    end: int
    unit: str  # "km", "USD", "percent", "hour"; a rate is "USD/barrel"
    kind: str  # distance, money, share, duration ...
    name: str  # "kilometre", "dollar per barrel"


@cache
def _rows(side: str) -> Mapping[str, Mapping[str, str]]:
    """Units by word, those that can stand on one side of a number."""
    return {row["word"]: row for row in table("units") if row["side"] in (side, "both")}


@cache
def _sign_pattern() -> re.Pattern[str]:
    found = sorted(_rows("before"), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![A-Za-z$])({'|'.join(map(re.escape, found))})[ \u00a0]?$")


def before(text: str, start: int) -> Unit | None:
    """The sign or code of money that stands right before a number at `start`."""
    match = _sign_pattern().search(text, max(0, start - 6), start)
    if match is None:
        return None
    row = _rows("before")[match[1]]
    return Unit(match.start(1), match.end(1), row["unit"], row["kind"], row["name"])


def after(text: str, end: int) -> Unit | None:
    """The unit right after a number that ends at `end`, the longest that the table knows: "square kilometres"."""
    at, glued = end, True
    stops: list[int] = []
    if text[at : at + 1] == "-" or text[at : at + 1].isspace():
        gap = re.match(r"\s?-\s?|[ \u00a0]+|\s", text[at : at + 3])
        at, glued = at + (gap.end() if gap else 0), False
    start, tied = at, not glued and "-" in text[end:at]
    while len(stops) < MOST_WORDS and (word := WORD.match(text, at)) is not None:
        stops.append(word.end())
        blank = re.match(r"[ \u00a0-]", text[word.end() : word.end() + 1])
        at = word.end() + 1
        if blank is None:
            break
    for stop in reversed(stops):
        row = _row(text[start:stop], glued) or _row(text[start:stop].rstrip("."), glued)
        if row is not None and (tied or not TIED.match(text, stop)):
            stop -= text[start:stop].endswith(".") and row["word"][-1] != "."
            return None if row["kind"] == NO_UNIT else Unit(start, stop, row["unit"], row["kind"], row["name"])
    return None


def _row(words: str, glued: bool) -> Mapping[str, str] | None:
    if len(words) == 1 and words.isalpha() and not (glued and words in LETTERS):
        return None
    rows = _rows("after")
    found = rows.get(words) or rows.get(" ".join(words.lower().replace("-", " ").split()))
    return found or (None if words.isupper() and len(words) < 4 else rows.get(words.lower()))


def rated(text: str, unit: Unit) -> Unit:
    """The unit with what it is counted by, where that follows: "dollars | a barrel", "km/h", "barrel-a-day"."""
    match = RATE.match(text, unit.end)
    if match is None:
        slash = SLASH_RATE.match(text, unit.end)
        by = after(text, slash.end()) if slash is not None else None
        return unit if by is None else _by(unit, by.end, by.unit, by.name)
    what = " ".join(match["what"].lower().split())
    row = _rows("after").get(what) or _rows("per").get(what)
    if row is None and not match.group().lower().lstrip(" -us.").startswith(("per", "each")):
        return unit
    return _by(unit, match.end(), row["unit"] if row else what, row["name"] if row else what)


def rated_noun(text: str, end: int) -> Unit | None:
    """The span of time by which things are counted, right after their noun at `end`: "40 sorties | a day"."""
    match = RATE.match(text, end)
    row = _rows("after").get(" ".join(match["what"].lower().split())) if match is not None else None
    if match is None or row is None or row["kind"] != "duration":
        return None
    return Unit(end, match.end(), f"per {row['unit']}", "rate", f"per {row['name']}")


def _by(unit: Unit, end: int, by: str, name: str) -> Unit:
    return Unit(
        unit.start, end, f"{unit.unit}/{by}", unit.kind if unit.kind == "money" else "rate", f"{unit.name} per {name}"
    )
