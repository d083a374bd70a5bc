"""What a reader of the time grammar is given: the tokens of one match, and what the text before has settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.text.numerals import value as number_of
from onrecord.text.times.lexicon import Token
from onrecord.text.times.outlooks import Outlook
from onrecord.text.times.periods import Period

Read = tuple[str, Period] | None  # TIMEX3 type and period; None where the words name no time after all
STEP = {"this": 0, "last": -1, "past": -1, "next": 1, "following": 1}
MONTHS = ("firm", "soft", "abbr")  # kinds of a month's name: sure, also a word ("may"), short


class Undated(Exception):
    """Relative words, and no day to count from."""


@dataclass(slots=True)
class Context:
    """What the words before have settled while one text is read."""

    anchor: date | None
    outlook: Outlook = None  # of the verb about the expression at hand
    latest: Period | None = None  # the last calendar day or period named
    quarter: Period | None = None
    used: date | None = None  # what the expression at hand was counted from

    def now(self) -> date:
        """The day that "yesterday" counts from."""
        if self.anchor is None:
            raise Undated
        self.used = self.anchor
        return self.anchor

    def then(self) -> date:
        """The day that "the next day" counts from: what was last named, never the anchor."""
        if self.latest is None or self.latest.first is None:
            raise Undated
        self.used = self.latest.first
        return self.latest.first


class Words:
    """The tokens of one match, asked by kind."""

    def __init__(self, found: Sequence[Token], before: Sequence[Token] = ()) -> None:
        self.found = found
        self.before = before

    def has(self, *kinds: str) -> bool:
        """Whether a token of one of these kinds is there."""
        return any(t.kind in kinds for t in self.found)

    def first(self, *kinds: str) -> Token | None:
        """The first token of one of these kinds."""
        return next((t for t in self.found if t.kind in kinds), None)

    def of(self, *kinds: str) -> str:
        """The value of the first such token, "" where there is none."""
        token = self.first(*kinds)
        return token.value if token else ""

    def number(self, *kinds: str) -> int:
        """The value of the first such token as a whole number."""
        return whole(self.of(*kinds))

    def step(self) -> int | None:
        """-1 for "last", 0 for "this", 1 for "next", None without such a word."""
        token = self.first(*STEP)
        return STEP[token.kind] if token else None

    def unit(self) -> str:
        """The letter of the last unit."""
        return next(
            t.value for t in reversed(self.found) if t.kind in ("unit", "units", "quarter", "century", "weekend")
        )


def whole(figure: str) -> int:
    """The digits at the start of a figure: "21st" is 21."""
    digits = ""
    for sign in figure:
        if not sign.isdigit():
            break
        digits += sign
    return int(digits or 0)


def count(words: Words) -> str:
    """How many units: digits, or X for a vague number."""
    if words.has("some"):
        return "X"
    figures = _last_of_range(words, [t for t in words.found if t.kind in ("num", "scale")])
    if not figures:
        return "1" if words.has("a") else "X"
    if figures[0].kind == "scale" and not words.has("a", "num"):
        return "X"
    return _total(figures)


def _last_of_range(words: Words, figures: list[Token]) -> list[Token]:
    """The figures of the longer end of "two to six", "5-10"; "twenty-five" is one number."""
    links = [t for t in words.found if t.kind in ("to", "or", "hyphen") and any(f.start > t.start for f in figures)]
    if not links:
        return figures
    after = [f for f in figures if f.start > links[-1].start]
    lead = figures[0]
    tens = links[-1].kind == "hyphen" and lead.end - lead.start > len(lead.value) and (number_of(lead.value) or 0) >= 20
    return figures if tens else after


def _total(figures: Sequence[Token]) -> str:
    total = 0.0
    for token in figures:
        amount = number_of(token.value) or 0.0
        total = (total or 1) * amount if token.kind == "scale" else total + amount
    return f"{total:g}" if total < 1e6 else "X"
