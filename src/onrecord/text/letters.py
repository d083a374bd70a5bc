"""Does a text look written: letters of one language's alphabet, in words, in usual case? Bytes read by a wrong table do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from onrecord.text.tables import table

HIGH = re.compile(r"[^\x00-\x7f]")
# What stands between words or at their edges in any alphabet, and what may stand inside a word.
SIGNS = frozenset("«»„“”‘’‚‹›–—…№°§·•€£©®™\xa0\xad¿¡ªº´¨×½¼¾²³±‰،؛؟ـ־׳״‎‏‌‍₪")
INSIDE = frozenset("’‘·´\xad־׳״‌‍ـ")
MARKS = range(0x591, 0x660)  # points over and under Hebrew and Arabic letters
LETTER = r"[^\W\d_]"
WITHIN = re.compile(rf"(?<={LETTER})[^\w\s\x00-\x7f](?={LETTER})")
# "riviŠre" and "BrŸcke": a capital beyond a to z behind a small letter.
HUMP = re.compile(rf"(?<={LETTER})[^\W\d_a-zA-Z](?={LETTER}|\b)")
MOST_FLAWS = 0.01  # of the characters beyond ASCII
LEAST_OWN = 0.9  # of the letters beyond ASCII; the rest are foreign names


def fit(text: str, language: str) -> float:
    """How well what is beyond ASCII in a text fits a language: the share of its letters; 0 where it does not look written.

    >>> fit("Мост закрыт.", "ru"), fit("лНЯР ГЮЙПШР.", "ru"), fit("Most jest zamknięty.", "pl")
    (1.0, 0.0, 1.0)
    """
    high = HIGH.findall(text)
    letters = [c for c in high if c.isalpha()]
    own = alphabets().get(language, frozenset())
    strange = sum(not (c.isalpha() or c in SIGNS or ord(c) in MARKS) for c in high)
    if strange + flaws(text) > MOST_FLAWS * len(high):
        return 0.0
    count = sum(c.lower() in own for c in letters)
    return count / len(high) if letters and count >= LEAST_OWN * len(letters) else 0.0


def flaws(text: str) -> int:
    """Signs inside words, and capitals beyond ASCII behind small letters."""
    within = sum(m.group() not in INSIDE and ord(m.group()) not in MARKS for m in WITHIN.finditer(text))
    humps = sum(m.group().isupper() and text[m.start() - 1].islower() for m in HUMP.finditer(text))
    return within + humps


@cache
def alphabets() -> Mapping[str, frozenset[str]]:
    """Small letters by language; of Latin alphabets those beyond a to z."""
    return {row["language"]: frozenset(row["letters"]) for row in table("alphabets")}
