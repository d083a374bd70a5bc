"""Numbers as news writes them: figures, number words, "5k", "two and a half million", "hundreds of thousands", parts.

A number here stands alone: what hedges it (`hedges.py`), what it is measured in (`units.py`) and whether two of them
are the ends of a range (`amounts.py`) is for others to say. The words are data: `words/numbers.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.text.tables import table

Kind = Literal["digits", "words", "vague", "part"]

DIGITS = r"(?<![\d.,])(?:\d{1,3}(?:,\d{2,3})+(?![\d,]*\d)|\d+)(?:\.\d+)?|(?<![\d.\w])\.\d+"
BLANK = r"(?:\s+|\s?-\s?)"
# Which piece may follow which inside one number, and what stands between: "twenty|-|two", "two| |hundred| and |six".
JOINS = {
    ("ten", "unit"): BLANK,
    ("unit", "scale"): BLANK,
    ("ten", "scale"): BLANK,
    ("digits", "scale"): BLANK,
    ("lead", "scale"): BLANK,
    ("sign", "scale"): BLANK,
    ("scale", "scale"): BLANK,
    ("digits", "sign"): r"\s?",
    ("digits", "over"): BLANK,
    ("scale", "unit"): r",?\s+and\s+",
    ("scale", "ten"): r",?\s+and\s+",
    ("unit", "part"): rf"{BLANK}|\s+and\s+an?\s+|\s+and\s+",
    ("digits", "part"): r"\s+and\s+an?\s+",
    ("scale", "part"): r"\s+and\s+an?\s+",
    ("part", "scale"): rf"{BLANK}|\s+(?:of\s+)?an?\s+",
    ("vague", "vague"): r"\s+(?:of|and)\s+",
}
# Without "and" a smaller number follows "hundred", or "thousand" when it is counted in hundreds or to the last man.
PLAIN_JOINS = {("scale", "unit"): r",?\s+", ("scale", "ten"): r",?\s+"}
# What a part must stand before to be one: "half of", "half the", "a third of"; "the third attack" is none.
PART_OF = re.compile(r"\s+(?:of|the|an?|its|their|his|her|our|all|those|these)\b")
OF = re.compile(r"\s+of\b")
ARTICLE = re.compile(r"(?<!\w)(?:an?\s+|(?:an?\s+)?good\s+)$", re.I)
MINUS = re.compile(
    r"(?:\bminus[ -]|(?:^|\b(?:of|to|at|by|from|was|is|about|reached|between|and)\s|[(:,]\s?)[-−]|^[-−]\s)$", re.I
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number; offsets into the text given.

    `low` is the number, or the least that a vague word can mean. `high` is None but for a vague word, where it is the
    most that it usually means ("dozens": 12 to 120) and nobody vouches for it.
    """

    start: int
    end: int
    low: float
    high: float | None
    kind: Kind
    scaled: bool  # a word or letter of scale belongs to it: "5 million", "5k"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or a run of digits that numbers are made of."""

    start: int
    end: int
    kind: str
    word: str
    value: float
    most: float


@cache
def _lexicon() -> dict[str, tuple[str, float, float]]:
    """Number words to kind, least and most."""
    rows = table("numbers")
    found = {r["word"]: (r["kind"], float(r["low"]), float(r["high"] or r["low"])) for r in rows}
    plural = {f"{w}s": found[w] for w in found if found[w][0] == "part" and w != "half" and not w.endswith("s")}
    scales = {f"{w}s": found[w] for w in ("lakh", "crore")}
    return found | plural | scales


LARGEST = 1e18  # beyond it are no figures of news, but serial numbers and rubbish


UNLIKE = re.compile("[ſıİ]")  # letters that `re` takes for "s" and "i" whatever their case, and `str.lower` does not


@cache
def _pieces_pattern(flags: int = 0) -> re.Pattern[str]:
    return re.compile(_pieces_written(), flags)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Pieces of numbers. Small letters are searched in small letters: that is twice as fast as asking for any case."""
    small = text.lower()
    if len(small) == len(text) and UNLIKE.search(text) is None:
        return _pieces_pattern().finditer(small)
    return _pieces_pattern(re.I).finditer(text)


def _pieces_written() -> str:
    words = sorted((w for w, (kind, _, _) in _lexicon().items() if kind not in ("suffix", "sign")), key=len)
    signs = "".join(w for w, (kind, _, _) in _lexicon().items() if kind == "sign")
    suffixes = "|".join(w for w, (kind, _, _) in _lexicon().items() if kind == "suffix")
    written = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in reversed(words))
    first = "".join(sorted({re.escape(w[0]) for w in words}))  # most places of a text begin no number
    return (
        rf"(?=[\d.{signs}{first}])(?:"
        rf"(?<!\d)(?P<over>\d{{1,3}}[/⁄]\d{{1,4}})(?![\w/⁄])"
        rf"|(?P<digits>{DIGITS})(?:(?P<suffix>{suffixes})(?!\w))?|(?<!\w)(?P<word>{written})(?!\w)|(?P<sign>[{signs}]))"
    )


def _pieces(text: str) -> Iterator[_Piece]:
    for match in _matches(text):
        start, end, kind = match.start(), match.end(), match.lastgroup or ""
        word = " ".join(match.group().lower().split())
        if kind == "over":
            above, below = re.split("[/⁄]", word)
            if float(below):
                value = float(above) / float(below)
                yield _Piece(start, end, kind, word, value, value)
        elif kind in ("digits", "suffix"):
            scale = _lexicon()[match["suffix"].lower()][1] if match["suffix"] else 1.0
            value = float(match["digits"].replace(",", "")) * scale
            yield _Piece(start, end, "digits", word, value, value)
        else:
            kind, low, high = _lexicon()[word]
            yield _Piece(start, end, kind, word, low, high)


@lru_cache(maxsize=256)  # of a passage of one sentence two stages ask for them
def numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers of a text, in order. Offsets count code points of `text`.

    >>> [n.low for n in numerals("two and a half million of 9,000 and hundreds of thousands; half of it, 5k")]
    [2500000.0, 9000.0, 100000.0, 0.5, 5000.0]
    """
    pieces = tuple(_pieces(text))
    found, at = [], 0
    while at < len(pieces):
        stop = at + 1
        while stop < len(pieces) and _joins(text, pieces, at, stop):
            stop += 1
        made = _numeral(text, pieces[at:stop])
        if made is not None and -LARGEST < made.low < LARGEST:
            found.append(made)
        at = stop
    return tuple(found)


def value(words: str) -> float | None:
    """The number that words or digits stand for; None where they are no single number.

    >>> [value(w) for w in ("9,000", "5k", "two hundred and fifty", "half a million", "six horses")]
    [9000.0, 5000.0, 250.0, 500000.0, None]
    """
    found = numerals(words.strip())
    return found[0].low if len(found) == 1 and found[0].end - found[0].start == len(words.strip()) else None


def _joins(text: str, pieces: Sequence[_Piece], first: int, k: int) -> bool:
    """Whether piece k goes on with the number that begins at piece `first`."""
    last, piece = pieces[k - 1], pieces[k]
    between = text[last.end : piece.start]
    if len(between) > 8 or (last.kind == "scale" and piece.kind == "scale" and last.word == piece.word):
        return False
    key = (last.kind, piece.kind)
    if (pattern := JOINS.get(key)) is not None and re.fullmatch(pattern, between, re.I):
        return key != ("unit", "part") or piece.word.endswith(("s", "half")) or last.word == "one"
    if (
        (pattern := PLAIN_JOINS.get(key)) is None
        or pieces[first].kind == "digits"
        or not re.fullmatch(pattern, between)
    ):
        return False
    following = pieces[k + 1] if k + 1 < len(pieces) else None
    hundreds = following is not None and following.word == "hundred" and text[piece.end : following.start].isspace()
    return last.word == "hundred" or hundreds


def _numeral(text: str, pieces: Sequence[_Piece]) -> Numeral | None:
    """The number that a run of pieces makes; None for words that are none by themselves ("several", "third")."""
    first, last = pieces[0], pieces[-1]
    start, end, kinds = first.start, last.end, {p.kind for p in pieces}
    article = ARTICLE.search(text, max(0, start - 9), start)
    if kinds == {"vague"}:
        low, high = _vague(pieces)
        return Numeral(start, end, low, high, "vague", True)
    if "lead" in kinds:
        scale = _product(p.value for p in pieces[1:])
        start = article.start() if article is not None else start
        return None if len(pieces) == 1 else Numeral(start, end, first.value * scale, first.most * scale, "vague", True)
    if kinds <= {"part", "over"} or (last.kind == "part" and "and" not in text[start:end].lower().split()):
        return _part(text, pieces, article)
    if first.kind in ("scale", "part") and article is not None:
        start = article.start()
    elif first.kind == "scale" and first.word != "dozen":
        return None
    number = _value(pieces)
    if MINUS.search(text[max(0, start - 12) : start]):
        number = -number
    kind: Kind = "digits" if first.kind in ("digits", "over") else "words"
    return Numeral(start, end, number, None, kind, "scale" in kinds or (first.word[-1:].isalpha() and kind == "digits"))


def _part(text: str, pieces: Sequence[_Piece], article: re.Match[str] | None) -> Numeral | None:
    """ "half of", "a third of", "two-thirds", "3/4 of": a part of one."""
    first, last = pieces[0], pieces[-1]
    number = first.value if first.kind == "over" else _product(p.value for p in pieces)
    start = article.start() if article is not None and first.kind == "part" else first.start
    whole = len(pieces) > 1 or (first.word == "half" and PART_OF.match(text, last.end))
    if whole or (OF.match(text, last.end) and (article is not None or first.kind == "over")):
        return Numeral(start, last.end, number, None, "part", False)
    if first.kind == "over" and re.match(
        r"[\s-]+(?:inch|mile|cup|ounce|inning|point|percent|per cent|hour|acre|pound)", text[last.end : last.end + 9]
    ):
        return Numeral(start, last.end, number, None, "digits", False)
    return Numeral(start, last.end, number, None, "part", False) if first.kind == "sign" else None


def _vague(pieces: Sequence[_Piece]) -> tuple[float, float]:
    low, high = pieces[0].value, pieces[0].most
    for piece in pieces[1:]:  # "dozens and dozens" are dozens
        low, high = max(low, piece.value), max(high, piece.most)
    return low, high


def _product(values: Iterator[float]) -> float:
    number = 1.0
    for v in values:
        number *= v
    return number


def _value(pieces: Sequence[_Piece]) -> float:
    """The sum of the groups that words of scale close: (two hundred and six) thousand + forty."""
    total = current = last_scale = 0.0
    for piece in pieces:
        if piece.kind == "scale" and piece.value > 100:
            total = total + current * piece.value if current else (total or 1.0) * piece.value
            current, last_scale = 0.0, piece.value
        elif piece.kind == "scale":
            current, last_scale = (current or 1.0) * piece.value, piece.value
        elif piece.kind == "part" and not current and total:
            total += piece.value * last_scale
        else:
            current += piece.value
    return total + current
