"""When two names are one entity's: rules that are sure, and never likeness alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from onrecord.text.tables import words

DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
BASED = re.compile(r"^\w+ based (?=\w+ \w+)")
# More edits than this in one word are another name.
MOST_EDITS = 2


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(sorted(words('honorifics')))})\s+")


@lru_cache(1 << 16)  # a pile asks for the same few thousand names again and again
def folded(name: str) -> str:
    """A name for comparing: no case, accents, article, title, possessive or odd blanks.

    >>> folded("the  Islamic Emirate"), folded("Bernard-Henri Lévy")
    ('islamic emirate', 'bernard henri levy')
    >>> folded("U.N."), folded("the Oskaran-based Centre for Rivers")
    ('un', 'centre for rivers')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("-", " ")
    plain = DOTTED.sub(lambda m: m.group().replace(".", ""), plain)
    plain = " ".join(re.sub(r"[^\w' ]", " ", plain).split()).removesuffix("'s")
    while (shorter := _titles().sub("", plain)) != plain:
        plain = shorter
    return BASED.sub("", plain)


def skeleton(word: str) -> str:
    """The consonants of a word, doubled ones once: what spellings of one name in Latin letters have in common.

    >>> skeleton("massoud") == skeleton("masoud") == skeleton("massod")
    True
    """
    consonants = re.sub(r"[aeiouy'h]", "", word[1:])
    return word[:1] + re.sub(r"(.)\1+", r"\1", consonants)


def spelling(name: str) -> tuple[str, ...] | None:
    """A key that spelling variants of one full name share; None for a single word, which is no full name."""
    parts = folded(name).split()
    return tuple(map(skeleton, parts)) if len(parts) >= 2 else None


def near(first: str, second: str) -> bool:
    """Whether two full names can be spellings of each other: as many words, few edits in each."""
    a, b = folded(first).split(), folded(second).split()
    return len(a) == len(b) and all(map(_near, a, b))


def _near(x: str, y: str) -> bool:
    if x == y:
        return True
    most = min(MOST_EDITS, max(len(x), len(y)) // 3)
    return abs(len(x) - len(y)) <= most and _edits(x, y) <= most


def _edits(a: str, b: str) -> int:
    """Optimal string alignment distance: insertions, deletions, changes, swaps of neighbours."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(row[j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
