"""What a writer says about a number's exactness: "around", "more than", "no fewer than", "up to", "40 or more".

The words and their signs are data (`words/hedges.tsv`). Signs: `~` about, `<~` nearly, `>` more than, `>=` at least,
`<` less than, `<=` at most, `=` exact or only counted on ("another", "a total of").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.text.tables import table

LONGEST = 40  # characters of words before a number that can be its hedges


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge as written; offsets into the text given."""

    start: int
    end: int
    sign: str
    text: str  # in lower case, blanks as one space


@cache
def _signs(side: str) -> dict[str, str]:
    return {row["word"]: row["sign"] for row in table("hedges") if row["side"] == side}


@cache
def _pattern(side: str) -> re.Pattern[str]:
    found = sorted(_signs(side), key=lambda w: (-len(w), w))
    words = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in found)
    if side == "before":
        return re.compile(rf"(?:(?<![\w-])|(?<=[~≈≥≤<>]))({words})(?:(?<=[~≈≥≤<>])\s*|\s+)[\"“'‘]?$", re.I)
    return re.compile(rf"\s?({words})(?!\w|\s+than\b)", re.I)


def before(text: str, start: int) -> Hedge | None:
    """The hedges that end right before a number at `start`, as one: "at least some" is the first that limits it."""
    found: Hedge | None = None
    at = start
    while (match := _pattern("before").search(text, max(0, at - LONGEST), at)) is not None:
        word = " ".join(match[1].lower().split())
        sign = _signs("before")[word]
        if found is None or sign != "=":
            end = match.end(1) if found is None else found.end
            sign = sign if found is None or found.sign in ("=", "~") or sign in (">", ">=", "<", "<=") else found.sign
            found = Hedge(match.start(1), end, sign, "")
        at = match.start(1)
    return found and Hedge(found.start, found.end, found.sign, " ".join(text[found.start : found.end].lower().split()))


def after(text: str, end: int) -> Hedge | None:
    """The hedge that starts right after a number (or what it counts) at `end`: "or more", "or so", "-odd"."""
    match = _pattern("after").match(text, end)
    if match is None:
        return None
    word = " ".join(match[1].lower().split())
    return Hedge(match.start(1), match.end(), _signs("after")[word], word)


def bounds(sign: str, number: float, most: float) -> tuple[float, float | None, bool]:
    """Least, most (both inclusive; None is open) and whether exact, for a number or a range under a hedge.

    >>> bounds(">", 1000, 1000), bounds("<=", 40, 40), bounds("~", 9000, 9000)
    ((1000, None, False), (0.0, 40, False), (9000, 9000, False))
    """
    if sign in (">", ">="):
        return number, None, False
    if sign in ("<", "<="):
        return min(0.0, number), most, False
    return number, most, sign in ("", "=") and number == most
