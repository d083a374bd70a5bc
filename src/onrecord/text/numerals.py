"""Numerals as news writes them: figures, number words, "5k", "two and a half million", "dozens of", ranges, hedges."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {
    w: k
    for k, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {w: 10 * k for k, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "bn": 1e9,
    "mn": 1e6,
    "lakh": 1e5,
    "crore": 1e7,
}
# What a vague word is at least; CQE (Almasian et al. 2023) reads "dozens" as 12 and more, "hundreds" as 100 and more.
VAGUE = {
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 1e6,
    "billions": 1e9,
    "tens of thousands": 1e4,
    "hundreds of thousands": 1e5,
    "tens of millions": 1e7,
    "hundreds of millions": 1e8,
}
SMALL = "|".join([*UNITS, *TENS])
WORD_NUMBER = rf"(?:(?:{SMALL})(?:[ -](?:{SMALL}))?(?:\s+hundred(?:\s+and\s+(?:{SMALL})(?:[ -](?:{SMALL}))?)?)?(?:\s+and\s+a\s+half)?)"
SCALE = r"(?:hundred|thousand|million|billion|trillion|lakh|crore)"
FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = rf"(?:(?:{FIGURE})(?:\s?(?:k|bn|mn|m)\b|\s+{SCALE}s?\b)?|{WORD_NUMBER}(?:\s+{SCALE})?|(?:a|half\s+a|a\s+dozen|half\s+a\s+dozen)\s+{SCALE}|a\s+dozen)"
HEDGES = {
    "~": r"around|about|approximately|roughly|some|nearly|almost|an estimated|estimated|close to|as many as \d*?|circa",
    ">": r"more than|over|at least|no fewer than|no less than|not less than|upwards of|in excess of|exceeding",
    "<": r"up to|fewer than|less than|under|as many as|as few as|at most|no more than|nearly up to",
}
HEDGE = "|".join(
    f"(?P<{name}>{words})"
    for name, words in (
        ("near", HEDGES["~"].replace(r"|as many as \d*?", "")),
        ("above", HEDGES[">"]),
        ("below", HEDGES["<"]),
    )
)
PATTERN = re.compile(
    rf"(?<![\w.,$€£#-])(?:(?P<hedge>{HEDGE})\s+)?(?:(?P<currency>[$€£]|US\$|USD\s?)\s?)?"
    rf"(?:(?P<low>{NUMBER})(?:\s*(?:-|–|to|and(?=\s+(?:{FIGURE})))\s*(?P<high>{NUMBER}))?"
    rf"|[\"“']?(?P<vague>(?:tens|hundreds) of (?:thousands|millions)|dozens|scores|hundreds|thousands|millions|billions)[\"”']?)"
    r"(?P<percent>\s?%| per ?cent\b)?(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A figure with its bounds (inclusive; `high` None is open), offsets into the text given, hedge and sign of unit."""

    start: int
    end: int
    figure_start: int
    low: float
    high: float | None
    exact: bool
    modifier: str | None
    symbol: str | None
    vague: bool


def value(words: str) -> float | None:
    """The number that words or digits stand for; None when they are none.

    >>> [value(w) for w in ("9,000", "5k", "two and a half million", "two hundred and fifty", "half a million")]
    [9000.0, 5000.0, 2500000.0, 250.0, 500000.0]
    """
    text = words.lower().strip()
    figure = re.match(r"(\d[\d,]*(?:\.\d+)?)\s*(\w+)?$", text)
    if figure:
        scale = SCALES.get((figure.group(2) or "").rstrip("s") or "", 1.0 if not figure.group(2) else None)
        return None if scale is None else float(figure.group(1).replace(",", "")) * scale
    total = current = 0.0
    seen = False
    for word in re.split(r"[\s-]+", text):
        if word in UNITS or word in TENS:
            current += UNITS.get(word, TENS.get(word, 0))
            seen = True
        elif word == "half":
            current += 0.5
            seen = True
        elif word == "dozen":
            current = (current or 1) * 12
            seen = True
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            seen = True
            if word != "hundred":
                total, current = total + current, 0.0
        elif word not in ("and", "a", "an"):
            return None
    return total + current if seen else None


def numerals(text: str) -> tuple[Numeral, ...]:
    """All numerals of a text, in order; what they count is for others to say."""
    found = []
    for match in PATTERN.finditer(text):
        made = _made(match)
        if made is not None:
            found.append(made)
    return tuple(found)


def _made(match: re.Match[str]) -> Numeral | None:
    vague = match["vague"]
    symbol = match["currency"] or ("%" if match["percent"] else None)
    start, figure = match.start(), match.start("vague" if vague else "low")
    hedge = " ".join(match["hedge"].split()).lower() if match["hedge"] else None
    if vague:
        marked = match.group()[-1] in "\"”'"
        start = start if hedge or marked else figure
        return Numeral(
            start,
            match.end(),
            figure,
            float(VAGUE[" ".join(vague.lower().split())]),
            None,
            False,
            hedge or vague.lower(),
            symbol,
            True,
        )
    low = value(match["low"])
    if low is None:
        return None
    high = value(match["high"]) if match["high"] else None
    if high is not None:
        scale = re.search(rf"\s({SCALE})$", match["high"], re.I)
        if scale and low < 1000:
            low *= SCALES[scale.group(1).lower()]
        if high < low:
            high = None
        else:
            return Numeral(start, match.end(), figure, low, high, False, hedge or "range", symbol, False)
    if match["above"]:
        return Numeral(start, match.end(), figure, low, None, False, hedge, symbol, False)
    if match["below"]:
        return Numeral(start, match.end(), figure, 0.0, low, False, hedge, symbol, False)
    end = match.end("low") if match["high"] and high is None else match.end()
    return Numeral(start, end, figure, low, low, hedge is None, hedge, symbol, False)
