"""Tokens of one sentence: words, punctuation, and whole quotations as one token each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from onrecord.records import Span
from onrecord.text.marks import Quoted
from onrecord.text.tables import words

# Words keep their hyphens, apostrophes and inner full stops; figures keep their separators; dashes stand alone.
TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?:Dr|Mr|Mrs|Ms|Gen|Col|Lt|Sgt|Capt|Maj|Cmdr|Brig|Prof|Sen|Rep|Gov|St|Rev|Adm|Hon|Jr|Sr)\.(?=\s)|\d[\d,.]*\d|[#@]?\w+(?:[-'’./&]\w+)*|--+|–+|—+|\.\.\.|[^\w\s]",
)


class Token(NamedTuple):
    """A word, a mark or a whole quotation; offsets into the report's text. A tuple: there are very many of them."""

    text: str
    lower: str
    start: int
    end: int
    kind: Literal["word", "mark", "quote"]

    @property
    def capital(self) -> bool:
        """A word that starts with a capital letter."""
        return self.kind == "word" and self.text.lstrip("#@")[:1].isupper()

    def of(self, kind: str) -> bool:
        """Whether the word stands in the function-word table under `kind`."""
        return self.kind == "word" and self.lower in words("function", kind)

    @property
    def stem(self) -> str:
        """The word in lower case without a possessive ending."""
        return self.lower.removesuffix("'s").removesuffix("’s").rstrip("'’")


def tokens(text: str, span: Span, quoted: Sequence[Quoted] = ()) -> tuple[Token, ...]:
    """The tokens of one sentence. Quotations that can be speech become one token; scare quotes stay words and marks."""
    found: list[Token] = []
    at = span.start
    for quote in quoted[bisect_right(quoted, span.start, key=lambda q: q.end) :]:
        if quote.start >= span.end:
            break
        if not quote.is_speech(text):
            continue
        found += _plain(text, at, max(at, quote.start))
        stop = min(quote.end, span.end)
        start = max(quote.start, span.start)
        found.append(Token(text[start:stop], "", start, stop, "quote"))
        at = stop
    return (*found, *_plain(text, at, span.end))


@lru_cache(maxsize=256)  # the sentences of a report or two: several stages ask for them
def _plain(text: str, start: int, end: int) -> tuple[Token, ...]:
    found = [(m.group(), m.start()) for m in TOKEN.finditer(text, start, end)]
    return tuple([Token(word, word.lower(), at, at + len(word), _kind(word)) for word, at in found])


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> Literal["word", "mark"]:
    return "word" if any(map(str.isalnum, word)) else "mark"
