"""Bytes as text, with the decision written down: by their mark, as declared, as UTF-8, by their words."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onrecord.errors import UnreadableReport
from onrecord.text.languages import proof

AS_UTF8 = "save the file as UTF-8"
CONVERT = "convert it to text, HTML or JSON Lines first"
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Encodings a page may name for itself; UTF-16 and UTF-32 are not among them, as in every browser.
DECLARABLE = re.compile(
    r"utf-?[78]|(?:x-)?(?:windows|cp|ibm)-?\d+|iso-?8859-?\d+|iso-?2022-?\w+|latin-?\d+|koi8-?\w"
    r"|big5(?:-?hkscs)?|gb\w+|euc[-_]\w+|shift[-_]?jis|sjis|tis-?620|(?:us-)?ascii|macintosh"
)
# French has one accented letter in twenty, no Western language one in four; Cyrillic read so has nearly all.
MOST_HIGH = 0.3
HIGH = re.compile("[\x80-\uffff](?<![\u2018-\u201e\u2013\u2014\u2026\u2022\u20ac\xa0\xa3\xa7\xab\xb0\xb7\xbb])")
PLAIN = re.compile("[A-Za-z]")
# Icelandic and Turkish bytes meet in these letters, and no word has a superscript in its middle: better no guess.
ALIEN = re.compile("[ðþýÐÞÝ]|[a-z][¹³¿¶¼¾¦][a-z]")
# Encodings of other alphabets, with the languages whose commonest words must show before one is believed.
PROVABLE = (
    ("cp1251", "ru uk bg sr kk"), ("koi8-r", "ru bg"), ("koi8-u", "uk"), ("cp866", "ru bg"), ("iso8859-5", "ru bg sr"),
    ("mac-cyrillic", "ru uk bg"), ("cp1256", "ar fa ur"), ("iso8859-6", "ar"), ("cp1255", "he yi"), ("iso8859-8", "he"),
    ("cp1254", "tr az"), ("cp1250", "pl cs hu hr sq"), ("iso8859-2", "pl cs hu hr"), ("iso8859-16", "ro"),
)  # fmt: skip
PROVEN = 0.15  # share of function words; a wrong table of letters gives words of no language: 0 to 0.03 measured
LEAST_WORDS = 20
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read: the encoding's name and, where it was no matter of course, why that one."""

    text: str
    encoding: str


def decode(raw: bytes, where: str, declared: str | None = None) -> Decoded:
    """Bytes as text: by their mark, as UTF-8, as their carrier declares, as Windows-1252, else as their words prove.

    Args:
        raw: the bytes.
        where: the file, for the error.
        declared: the encoding that an HTML page or the mail or HTTP header around it names.

    Raises:
        UnreadableReport: the bytes are no text, or no encoding makes words of them. A guess among the other
            one-byte encodings would be a guess at the words themselves, so none is made without their proof.
    """
    for mark, name in MARKS:
        if raw.startswith(mark):
            return _strict(raw, name, "by its mark", where)
    if b"\x00" in raw:
        if (wide := _unmarked(raw)) is not None:
            return _strict(raw, wide, "by its zeros", where)
        if raw.count(b"\x00") * 20 > len(raw) or _unlike_text(raw.replace(b"\x00", b"")):
            raise UnreadableReport("NUL bytes in it: binary, or damaged text", where=where, hint=CONVERT)
    known = _codec(declared) or "utf-8"
    for codec in (known, "utf-8") if raw.isascii() else ("utf-8", known):
        if (text := _try(raw, codec)) is not None:
            return Decoded(text, codec if codec == "utf-8" else f"{codec}, as declared")
    return _guessed(raw, where, f", though {known} was declared" if declared else "")


def _guessed(raw: bytes, where: str, though: str) -> Decoded:
    if _unlike_text(raw):
        raise UnreadableReport("binary file, not text", where=where, hint=CONVERT)
    text = _try(raw, "cp1252")
    if text is not None and _western(text):
        return Decoded(text, f"cp1252, as its letters look{though}")
    if (proven := _proven(raw)) is not None:
        return Decoded(proven.text, proven.encoding + though)
    what = f"neither UTF-8 nor Windows-1252, and no other encoding is declared{though and ' that fits'}"
    raise UnreadableReport(what, where=where, hint=AS_UTF8)


def _unlike_text(raw: bytes) -> bool:
    return sum(b < 9 or (13 < b < 32 and b != 27) for b in raw[:8192]) > 8


def _western(text: str) -> bool:
    """Whether text read as Windows-1252 looks like Western writing, and not like another alphabet's bytes."""
    high = len(HIGH.findall(text))
    return high <= MOST_HIGH * (high + len(PLAIN.findall(text))) and not ALIEN.search(text)


def _proven(raw: bytes) -> Decoded | None:
    """The one reading whose words are those of a language; None where no reading is, or two are that differ."""
    found: dict[str, tuple[float, str]] = {}
    for name, languages in PROVABLE:
        text = _try(raw, name)
        if text is None or len(text.split()) < LEAST_WORDS or CONTROLS.search(text):
            continue
        share = proof(text, frozenset(languages.split()))
        if share >= PROVEN:
            found.setdefault(text, (share, name))
    if len(found) != 1:
        return None
    ((text, (_, name)),) = found.items()
    return Decoded(text, f"{name}, as its words prove")


def _unmarked(raw: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero in every second byte of Latin text, UTF-32 as three zeros in four."""
    if len(raw) % 4 == 0 and len(raw) >= 32:
        zeros = [raw[k::4].count(0) * 4 / len(raw) for k in range(4)]
        if min(zeros[:2]) == 1 or min(zeros[2:]) == 1:
            return "utf-32-be" if zeros[0] == 1 else "utf-32-le"
    even, odd, half = raw[0::2].count(0), raw[1::2].count(0), len(raw) // 2
    if len(raw) % 2 or half < 8:
        return None
    if even == 0 and odd * 2 > half:
        return "utf-16-le"
    return "utf-16-be" if odd == 0 and even * 2 > half else None


def _codec(declared: str | None) -> str | None:
    name = (declared or "").strip().lower()
    if not DECLARABLE.fullmatch(name):
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return "cp1252" if found == "iso8859-1" else found  # what every browser does with that label


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeError:
        return None


def _strict(raw: bytes, name: str, why: str, where: str) -> Decoded:
    try:
        return Decoded(raw.decode(name), f"{name.removesuffix('-sig')}, {why}")
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            f"marked as {name}, but {error.reason} at byte {error.start}", where=where, hint=AS_UTF8
        ) from error
