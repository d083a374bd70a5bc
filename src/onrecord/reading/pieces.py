"""Words to word pieces: what the encoder is fed. Training and reading share this file, so they cannot differ.

The encoder was made without capitals; each piece therefore carries the case class of its word beside it.
Source of the method: Wu et al. 2016 (WordPiece); the vocabulary is that of all-MiniLM-L6-v2, Latin pieces only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent / "weights" / "pieces.txt"
PAD, UNKNOWN, OPEN, CLOSE = range(4)
# A word of more pieces says no more about grammar, and one of 10,000 letters would fill a batch.
MOST_PIECES = 8
# No word of a language is longer; what is longer is a link, a hash or noise, and its front is enough.
MOST_LETTERS = 60

LOWER, TITLE, UPPER, MIXED, DIGIT, SINGLE, OTHER, UNSURE = range(8)
CASES = 8
# A sentence where so large a share of the words is in capitals (or in Title Case) says nothing by them.
SHOUTED = 0.8


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence as numbers: pieces and their case classes, and for each word its first and last piece.

    Position 0 of `first` and `last` is the sentence's opening mark, which serves as the root of the tree.
    """

    pieces: list[int]
    cases: list[int]
    first: list[int]
    last: list[int]


class Pieces:
    """A vocabulary of word pieces and the greedy longest match over it."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids = {piece: k for k, piece in enumerate(pieces)}
        self.word = lru_cache(maxsize=200_000)(self._word)

    @classmethod
    def load(cls, path: Path = VOCABULARY) -> Pieces:
        """The shipped vocabulary: one piece a line, its number is its line."""
        return cls(path.read_text(encoding="utf-8").split("\n")[:-1])

    def __contains__(self, word: object) -> bool:
        """Whether a word is a piece of its own: then it is a common one, and spelled so."""
        return word in self._ids

    def _word(self, word: str) -> tuple[int, ...]:
        """The piece ids of one word, never none and at most `MOST_PIECES`."""
        found: list[int] = []
        for run in _runs(_plain(word[:MOST_LETTERS])):
            found.extend(self._run(run))
            if len(found) >= MOST_PIECES:
                break
        return tuple(found[:MOST_PIECES]) or (UNKNOWN,)

    def _run(self, run: str) -> list[int]:
        found: list[int] = []
        at = 0
        while at < len(run):
            for end in range(len(run), at, -1):
                piece = self._ids.get(run[at:end] if at == 0 else "##" + run[at:end])
                if piece is not None:
                    found.append(piece)
                    at = end
                    break
            else:
                return [UNKNOWN]
        return found

    def encode(self, words: Sequence[str]) -> Encoded:
        """One sentence, ready for the encoder."""
        shouted = is_shouted(words)
        made = Encoded([OPEN], [LOWER], [0], [0])
        for word in words:
            ids = self.word(word)
            made.first.append(len(made.pieces))
            made.pieces.extend(ids)
            made.last.append(len(made.pieces) - 1)
            made.cases.extend([UNSURE if shouted else case(word)] * len(ids))
        made.pieces.append(CLOSE)
        made.cases.append(LOWER)
        return made


def _plain(word: str) -> str:
    """Lower case without accents, as the encoder's vocabulary was made; curly marks become straight ones."""
    folded = unicodedata.normalize("NFD", word.lower().translate(MARKS))
    return "".join(c for c in folded if unicodedata.category(c) != "Mn")


MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "…": "...", "\u00a0": " "})


def _runs(word: str) -> list[str]:
    """Letters and figures together, every other sign alone."""
    runs: list[str] = []
    joined = False
    for c in word:
        if c.isalnum():
            runs[-1:] = [runs[-1] + c] if joined else [*runs[-1:], c]
        elif not c.isspace():
            runs.append(c)
        joined = c.isalnum()
    return runs


@lru_cache(maxsize=200_000)
def case(word: str) -> int:
    """The case class of one word; a figure with marks inside ("9,000") has none of its own."""
    if word.strip(".,:%/-").isdigit():
        return DIGIT
    if word.isupper():
        return SINGLE if len(word) == 1 else UPPER
    if word.islower():
        return LOWER
    if word[:1].isupper() and word[1:].islower():
        return TITLE
    return MIXED if any(c.isupper() for c in word) else OTHER


def is_shouted(words: Sequence[str]) -> bool:
    """Whether the capitals of this sentence say nothing: a headline IN CAPITALS or With Every Word Raised."""
    letters = [w for w in words if w[:1].isalpha() and len(w) > 3]
    if len(letters) < 4:
        return False
    return sum(w[0].isupper() for w in letters) > SHOUTED * len(letters)
