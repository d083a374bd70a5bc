"""Which language a text is in, by its script and its commonest function words (`words/languages.tsv`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from onrecord.text.letters import alphabets
from onrecord.text.tables import table

LOOKED_AT = 3_000  # characters; more tell no more
AT_ONCE = 800  # characters that settle it for most English
LETTERS = re.compile(r"[^\W\d_]+")
# First code point of each script's block or blocks, half-open; Latin with its accents is one.
SCRIPTS = (
    ("Latin", 0x41, 0x250), ("Latin", 0x1E00, 0x1F00), ("Greek", 0x370, 0x400), ("Greek", 0x1F00, 0x2000),
    ("Cyrillic", 0x400, 0x530), ("Armenian", 0x530, 0x590), ("Hebrew", 0x590, 0x600), ("Arabic", 0x600, 0x780),
    ("Arabic", 0xFB50, 0xFE00), ("Arabic", 0xFE70, 0xFEFF), ("Devanagari", 0x900, 0x980), ("Bengali", 0x980, 0xA00),
    ("Gurmukhi", 0xA00, 0xA80), ("Gujarati", 0xA80, 0xB00), ("Tamil", 0xB80, 0xC00), ("Telugu", 0xC00, 0xC80),
    ("Kannada", 0xC80, 0xD00), ("Malayalam", 0xD00, 0xD80), ("Sinhala", 0xD80, 0xE00), ("Thai", 0xE00, 0xE80),
    ("Lao", 0xE80, 0xF00), ("Tibetan", 0xF00, 0x1000), ("Myanmar", 0x1000, 0x10A0), ("Georgian", 0x10A0, 0x1100),
    ("Hangul", 0x1100, 0x1200), ("Ethiopic", 0x1200, 0x13A0), ("Khmer", 0x1780, 0x1800), ("Kana", 0x3040, 0x3100),
    ("Han", 0x3400, 0xA000), ("Hangul", 0xAC00, 0xD7B0), ("Kana", 0xFF66, 0xFFA0),
)  # fmt: skip
LEAST_SHARE = 1 / 12  # of words that are function words; news in English has one in four
SURELY = 0.2  # of words: German and Danish share one in ten with English; news in English has three in ten
FEWEST = 3  # different function words that another language than English must show: "de Silva" is no Portuguese
LEAD = 1.3  # over the next language of the same script; neighbours share many such words
FOREIGN = (60, 1 / 40)  # words, and share of English function words among them, below which Latin text is no English
FEWEST_LETTERS = 100  # by which a language may be known from its alphabet, when its words are too few
MOST_STRANGE = 0.005  # of them from another alphabet: a name, a slip
UNKNOWN = "und"  # BCP 47: some other language, and we cannot say which
ENGLISH = (None, "en")  # what is read: English, and texts too short to tell


def language(text: str) -> str | None:
    """ISO 639 code of a text; "und" when it is surely not English but none we know; None when that cannot be told.

    >>> language("The minister said that the army was in the town."), language("Мост закрыт, сказал он, но не на год.")
    ('en', 'ru')
    >>> language("Tasr, Kessa, Lenna") is None
    True
    """
    english = _known("Latin")["en"]
    first = LETTERS.findall(text[:AT_ONCE].lower())
    if len(first) > FOREIGN[0] and sum(word in english for word in first) > SURELY * len(first):
        return "en"
    words = LETTERS.findall(text[:LOOKED_AT].lower())
    script = _script("".join(words))
    if script is None:
        return None
    if (alone := _alone().get(script)) is not None:
        return alone
    best = _ranked(words, script)
    if best and best[0][1] >= LEAST_SHARE and (len(best) == 1 or best[0][1] >= LEAD * best[1][1]):
        code = best[0][0]
        if code == "en" or len(_known(script)[code] & set(words)) >= FEWEST:
            return code
    if script != "Latin":
        return _by_letters(words, dict(best)) or UNKNOWN
    return UNKNOWN if len(words) >= FOREIGN[0] and dict(best).get("en", 0.0) < FOREIGN[1] else None


def _by_letters(words: list[str], shares: Mapping[str, float]) -> str | None:
    """The one language whose alphabet has all letters of a text; of several, the one with more of its commonest words."""
    letters = Counter("".join(words))
    if letters.total() < FEWEST_LETTERS:
        return None
    most = MOST_STRANGE * letters.total()
    fitting = [
        c for c in shares if c in alphabets() and sum(letters[s] for s in letters.keys() - alphabets()[c]) <= most
    ]
    best = sorted(((shares[code], code) for code in fitting), reverse=True)
    return best[0][1] if best and (len(best) == 1 or best[0][0] > LEAD * best[1][0]) else None


def proof(text: str, wanted: frozenset[str]) -> float:
    """Share of words of a text that are function words of the best of these languages; 0 when it looks like none."""
    words = LETTERS.findall(text[:LOOKED_AT].lower())
    script = _script("".join(words))
    return max((share for code, share in _ranked(words, script or "") if code in wanted), default=0.0)


def _ranked(words: list[str], script: str) -> list[tuple[str, float]]:
    counts = Counter(words)
    shares = ((code, sum(counts[w] for w in known) / len(words)) for code, known in _known(script).items())
    return sorted(shares, key=lambda s: (-s[1], s[0]))


def _script(letters: str) -> str | None:
    """The script that most letters are of. Japanese mixes two: a tenth of kana is enough for it."""
    counts: Counter[str] = Counter()
    for letter, times in Counter(letters).items():
        code = ord(letter)
        counts[next((name for name, low, high in SCRIPTS if low <= code < high), "")] += times
    if counts["Kana"] * 10 > counts["Han"] + counts["Kana"] > len(letters) / 2:
        return "Kana"
    name, most = max(counts.items(), key=lambda c: (c[1], c[0]), default=("", 0))
    return name if name and most * 2 > len(letters) else None


@cache
def _known(script: str) -> Mapping[str, frozenset[str]]:
    return {r["language"]: frozenset(r["words"].split()) for r in table("languages") if r["script"] == script}


@cache
def _alone() -> Mapping[str, str]:
    return {r["script"]: r["language"] for r in table("languages") if not r["words"]}
