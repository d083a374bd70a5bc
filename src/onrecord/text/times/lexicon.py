"""Words of time: the tokens around what could name a time, each with its kind from `words/times.tsv`.

A pre-filter finds the words that can head a time expression; only the stretches around them are cut into tokens, so
text that names no time costs one scan. Each kind is one character of a class string, and the rules of the grammar are
regular expressions over that string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.text.tables import table

BEFORE, AFTER = 60, 48  # characters around a heading word that its expression can reach
HEADS = frozenset(
    "firm soft abbr weekday weekdays unit units quarter century weekend part noon season fall often day ref future present"
    " current past holiday fiscal ampm oclock".split()
)
CAPITAL = frozenset(
    {"firm", "soft", "abbr", "weekday", "weekdays", "brief", "holiday"}
)  # names: "may" and "march" are none
SHAPES = (  # kinds told by shape alone, tried in this order
    ("iso", r"(?:19|20)\d\d-[01]\d-[0-3]\d(?![\w-])"),
    ("slash", r"\d{1,2}/\d{1,2}/(?:19|20)?\d\d(?![\w/])"),
    ("clock", r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d%]|[.,:]\d)(?=\s?[ap]\.?m\b|\s(?:GMT|UTC|E[SD]T|local)|(?<=:..))"),
    ("decade", r"(?:(?:1[5-9]|20)\d0|['’][2-9]0)['’]?s\b"),
    ("ord", r"\d{1,3}(?:st|nd|rd|th)\b"),
    ("year", r"(?:1[5-9]|20)\d\d(?![\w%]|[.,:]\d)"),
    ("num", r"\d+(?:[.,]\d+)*(?!\w)"),
    ("ampm", r"[ap]\.m\.?|[ap]m\b"),
    ("oclock", r"o['’]clock\b"),
    ("short", r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."),
    ("poss", r"['’]s?(?=\s)"),
    ("word", r"\w+"),
    ("comma", ","),
    ("hyphen", r"(?<=\w)[-–](?=\w)"),
    ("money", r"[$€£]"),
    ("percent", "%"),
    ("line", r"\n"),
    ("mark", r"\S"),
)
TOKEN = re.compile("|".join(f"(?P<{kind}>{shape})" for kind, shape in SHAPES))
SENTENCE_END = re.compile(
    r"(?<!\.[a-zA-Z])(?<!\b[A-Z])(?<!\bMr|\bDr|\bSt)(?<!\bMrs|\bGen|\bSen)[.!?][\"”’']*\s+[\"“‘']?(?=[A-Z])|\n\s*\n"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or mark: offsets into the text given; `value` is the table's, or the figure as written."""

    kind: str
    value: str
    start: int
    end: int


@cache
def lexicon() -> dict[str, tuple[str, str]]:
    """Kind and value of each word of the table, in lower case."""
    return {row["word"]: (row["kind"], row["value"]) for row in table("times")}


@cache
def letters() -> dict[str, str]:
    """One private-use character for each kind."""
    kinds = dict.fromkeys([*(kind for kind, _ in SHAPES), *(kind for kind, _ in lexicon().values())])
    return {kind: chr(0xE000 + k) for k, kind in enumerate(kinds)}


@cache
def heads() -> re.Pattern[str]:
    """The pre-filter: any word or figure that can head a time expression."""
    found = set()
    for word, (kind, _) in lexicon().items():
        if kind in HEADS:
            found |= {word.capitalize(), word.upper()} if kind in CAPITAL else {word, word.capitalize()}
    return re.compile(
        rf"(?<!\w)(?:{_trie(found)})(?!\w)|(?<![\w.])(?:1[5-9]|20)\d\d(?:s\b)?(?!\w)|['’]\d0s\b|\b\d\d?:\d\d"
    )


def _trie(words: set[str]) -> str:
    """An expression for exactly these words, common beginnings shared: Python's `re` tries alternatives one by one."""
    by_first: dict[str, set[str]] = {}
    for word in words:
        if word:
            by_first.setdefault(word[0], set()).add(word[1:])
    branches = [re.escape(first) + _trie(rest) for first, rest in sorted(by_first.items())]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in words else ''}"


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that can hold a time expression, in order, apart from each other."""
    start = end = -1
    for match in heads().finditer(text):
        if match.start() - BEFORE > end:
            if end >= 0:
                yield start, end
            start = _boundary(text, match.start() - BEFORE)
        end = match.end() + AFTER
    if end >= 0:
        yield start, min(end, len(text))


def _boundary(text: str, at: int) -> int:
    """The first blank at or after a place, so that no word is cut."""
    if at <= 0:
        return 0
    blank = text.find(" ", at, at + BEFORE)
    return blank if blank >= 0 else at


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of one stretch."""
    return [_token(match) for match in TOKEN.finditer(text, start, end)]


def _token(match: re.Match[str]) -> Token:
    word, kind = match.group(), match.lastgroup or "mark"
    if kind == "word":
        kind, value = lexicon().get(word.lower(), ("word", word))
        if kind in CAPITAL and not word[0].isupper():
            kind = "word"
        return Token(kind, value, match.start(), match.end())
    if kind == "short":
        kind, word = lexicon()[word[:-1].lower()]
        kind = "firm" if kind == "abbr" else kind
        return Token(kind, word, match.start(), match.end())
    return Token(kind, word, match.start(), match.end())


def classes(found: list[Token]) -> str:
    """The class string: one character a token."""
    code = letters()
    return "".join([code[token.kind] for token in found])
