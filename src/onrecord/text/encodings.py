"""Bytes as text, with the decision written down: by their mark, as declared, as UTF-8, by their words."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onrecord.errors import UnreadableReport
from onrecord.text.languages import proof
from onrecord.text.letters import MOST_FLAWS, fit, flaws

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
# Icelandic and Turkish bytes meet in these letters; no word has a sign of these at its end or in its middle, which are
# letters of Central Europe and of DOS: better no guess.
ALIEN = re.compile("[ðþýÐÞÝ]|[^\\W\\d_](?:[±¶¸¼½¾¤¦¬¯¢¥¹ˆ˜†‡‰]|[¹²³¿][a-z])")
WESTERN = "fr de es pt it nl sv da no fi"
# Encodings, with the languages whose letters and commonest words must show before one is believed.
PROVABLE = (
    ("cp1251", "ru uk be bg sr mk"), ("koi8-r", "ru bg"), ("koi8-u", "uk be"), ("cp866", "ru bg"), ("cp1125", "uk be"),
    ("iso8859-5", "ru uk be bg sr mk"), ("mac-cyrillic", "ru uk bg sr"), ("cp1256", "ar fa ur"), ("iso8859-6", "ar"),
    ("cp720", "ar"), ("cp1255", "he yi"), ("iso8859-8", "he"), ("cp862", "he"), ("cp1254", "tr"), ("cp857", "tr"), ("cp1250", "pl cs hu hr sq"), ("iso8859-2", "pl cs hu hr"),
    ("cp852", "pl cs hu hr"), ("iso8859-16", "ro"), ("cp850", WESTERN), ("mac-roman", WESTERN),
)  # fmt: skip
PROVEN = 0.08  # share of function words; a wrong table of letters gives words of no language: 0 to 0.03 measured
LEAD = 2.0  # by which the best reading must lead in words, where two show words of a language,
CLEARER = 0.02  # or in letters that are that language's
LEAST_WORDS = 20
TAG = re.compile(r"<[a-zA-Z/!?][^<>]{0,2000}>")
SCRIPT, SCRIPTS_END = re.compile(r"<(?:script|style)\b", re.I), re.compile(r"</(?:script|style)", re.I)
SHIFTED = re.compile(rb"\x1b(?:\$[@AB]|\$\([@ABCD]|\$\)C)")  # ISO 2022: bytes below 128 that are no ASCII
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
    said = (declared or "").strip()[:30]
    for mark, name in MARKS:
        if raw.startswith(mark):
            return _strict(raw, name, "by its mark", where, said)
    if b"\x00" in raw:
        if (wide := _unmarked(raw)) is not None:
            return _strict(raw, wide, "by its zeros", where, said)
        if raw.count(b"\x00") * 20 > len(raw) or _unlike_text(raw.replace(b"\x00", b"")):
            raise UnreadableReport("NUL bytes in it: binary, or damaged text", where=where, hint=CONVERT)
    known = _codec(declared) or "utf-8"
    shifted = b"\x1b" in raw and SHIFTED.search(raw)
    if raw.isascii() and not shifted:
        text = _try(raw, known)
        return (
            Decoded(text, _declared(known))
            if text is not None
            else Decoded(raw.decode(), "utf-8" + _though(said, "utf-8"))
        )
    if (text := _try(raw, "utf-8")) is not None and not shifted:
        return Decoded(text, "utf-8" + _though(said, "utf-8"))
    return _told(raw, known, said) or _guessed(raw, where, _though(said, ""))


def _declared(codec: str) -> str:
    return codec if codec == "utf-8" else f"{codec}, as declared"


def _though(said: str, codec: str) -> str:
    """The remark that a carrier was wrong; nothing where it was right, or silent."""
    return f", though {said} was declared" if said and _codec(said) != codec else ""


def _told(raw: bytes, known: str, said: str) -> Decoded | None:
    """The declared reading; another one where its own words speak for that, and this one does not even look written."""
    text = _try(raw, known)
    if text is None or SHIFTED.search(text.encode("ascii", "ignore")):
        return None
    if (not _western(text) if known == "cp1252" else flaws(text) > MOST_FLAWS * len(raw)) and (other := _proven(raw)):
        return Decoded(other.text, other.encoding + _though(said, ""))
    return Decoded(text, _declared(known))


def _guessed(raw: bytes, where: str, though: str) -> Decoded:
    if SHIFTED.search(raw):
        for name in ("iso2022_jp_2", "iso2022_kr"):
            if (text := _try(raw, name)) is not None:
                return Decoded(text, f"{name}, by its shifts{though}")
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
    return high <= MOST_HIGH * (high + len(PLAIN.findall(text))) and not ALIEN.search(text) and not flaws(text)


def _proven(raw: bytes) -> Decoded | None:
    """The one reading whose letters and words are those of a language; None where no reading is, or two are that differ."""
    found: dict[str, tuple[float, float, str]] = {}
    for name, languages in PROVABLE:
        text = _try(raw, name)
        if text is None or CONTROLS.search(text):
            continue
        whole, text = text, _bare(text)
        if whole in found or len(text.split()) < LEAST_WORDS:
            continue
        fits = {code: fit(text, code) for code in languages.split()}
        share, clear = max((proof(text, frozenset((code,))) if f else 0.0, f) for code, f in fits.items())
        if share >= PROVEN:
            found[whole] = (share, clear, name)
    best = sorted(found.items(), key=lambda f: (-f[1][0] * f[1][1], f[1][2]))
    if not best or any(_rivals(best[0][1], other) for _, other in best[1:]):
        return None
    return Decoded(best[0][0], f"{best[0][1][2]}, as its words prove")


def _bare(text: str) -> str:
    """A text without tags and scripts, which are English in every page."""
    parts = (SCRIPT.split(part, maxsplit=1)[0] for part in SCRIPTS_END.split(text))
    return TAG.sub(" ", " ".join(parts))


def _rivals(best: tuple[float, float, str], other: tuple[float, float, str]) -> bool:
    return best[0] < LEAD * other[0] and best[1] < other[1] + CLEARER


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


def _strict(raw: bytes, name: str, why: str, where: str, said: str) -> Decoded:
    plain = name.removesuffix("-sig")
    though = "" if (_codec(said) or plain).startswith(plain) else _though(said, plain)
    try:
        return Decoded(raw.decode(name), f"{plain}, {why}{though}")
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            f"marked as {name}, but {error.reason} at byte {error.start}", where=where, hint=AS_UTF8
        ) from error
