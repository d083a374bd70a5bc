"""What a reader hands over before a report is made: decoded text and the facts that came with it."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from onrecord.errors import UnreadableReport
from onrecord.records import Report, content_id

# Larger single reports are dumps or broken files; the limit keeps every stage's time bounded.
LARGEST_TEXT = 5_000_000
LONGEST_LINE = 1_000_000
SURROGATE = re.compile("[\ud800-\udfff]")
STAMP = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?(?P<zone> ?(?:Z|[+-]\d{2}:?\d{2}))?"
)
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
FIELDS = ("outlet", "title", "byline", "dateline", "published", "url", "language")
ENGLISH = frozenset("the of and to in that was for said with on by from has his are were have this not they".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """Text as received plus facts by field name (`FIELDS`); `raw` are the bytes whose hash names the report."""

    text: str
    raw: bytes
    facts: Mapping[str, str] = field(default_factory=dict)
    published_why: str | None = None
    line: int | None = None  # of the record in its file, from 1; None where the file is the report


def decode(raw: bytes, where: str, declared: str | None = None) -> str:
    """Bytes as text: by their mark, as UTF-8, as the page declares, else as Windows-1252, which the news still uses.

    Args:
        raw: the bytes.
        where: the file, for the error.
        declared: the encoding that an HTML page names for itself; None for any other file.

    Raises:
        UnreadableReport: the bytes are no text, or Windows-1252 would make gibberish of them. A guess among the
            other one-byte encodings would be a guess at the words themselves, so none is made.
    """
    for mark, name in MARKS:
        if raw.startswith(mark):
            return _strict(raw, name, where)
    if b"\x00" in raw:
        if (wide := _unmarked(raw)) is None:
            raise UnreadableReport("binary file, not text", where=where, hint=CONVERT)
        return _strict(raw, wide, where)
    known = _codec(declared) or "utf-8"
    for codec in (known, "utf-8") if raw.isascii() else ("utf-8", known):
        if (text := _try(raw, codec)) is not None:
            return text
    return _windows(raw, where)


def _windows(raw: bytes, where: str) -> str:
    if sum(b < 9 or 13 < b < 32 for b in raw[:8192]) > 8:
        raise UnreadableReport("binary file, not text", where=where, hint=CONVERT)
    text = _try(raw, "cp1252")
    if text is None or not _western(text):
        raise UnreadableReport(
            "neither UTF-8 nor Windows-1252, and no other encoding is declared", where=where, hint=AS_UTF8
        )
    return text


def _western(text: str) -> bool:
    """Whether text read as Windows-1252 looks like Western writing, and not like another alphabet's bytes."""
    high = len(HIGH.findall(text))
    return high <= MOST_HIGH * (high + len(PLAIN.findall(text))) and not ALIEN.search(text)


def _unmarked(raw: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero in every second byte of Latin text."""
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


def _strict(raw: bytes, name: str, where: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            f"marked as {name}, but {error.reason} at byte {error.start}", where=where, hint=AS_UTF8
        ) from error


def freeze(text: str) -> str:
    """The text as it stays: LF line ends, no byte order mark; nothing else is touched."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def report(draft: Draft, path: str | None, where: str) -> Report:
    """A report from a draft.

    Raises:
        UnreadableReport: the text is empty, too large, or holds code points that no file can store.
    """
    text = freeze(draft.text)
    _check(text, where)
    facts = {name: value.strip() for name, value in draft.facts.items() if value and value.strip()}
    for name, value in facts.items():
        _storable(value, f" in its {name}", where)
    told = facts.get("published")
    published = iso_day(told) if told else None
    return Report(
        report_id=content_id("r", hashlib.sha256(draft.raw).hexdigest()),
        path=path,
        url=facts.get("url"),
        outlet=facts.get("outlet"),
        title=facts.get("title"),
        byline=facts.get("byline"),
        dateline=facts.get("dateline"),
        published=published,
        published_why=draft.published_why
        if published or not told
        else f"{draft.published_why}: {told[:60]!r} is no date",
        language=facts.get("language") or language(text),
        text=text,
    )


def _check(text: str, where: str) -> None:
    if not text.strip():
        raise UnreadableReport("no text in it", where=where, hint="leave it out, or save the article's text")
    if len(text) > LARGEST_TEXT:
        raise UnreadableReport(
            f"{len(text):,} characters is no single report", where=where, hint="split it into one file a report"
        )
    if max(map(len, text.split("\n"))) > LONGEST_LINE:
        raise UnreadableReport(
            "one line of more than a million characters", where=where, hint="give it line ends, or split it"
        )
    _storable(text, "", where)


def _storable(text: str, place: str, where: str) -> None:
    if SURROGATE.search(text):
        raise UnreadableReport(
            f"half of a surrogate pair{place}, which is no character", where=where, hint="repair the file's encoding"
        )
    if "\x00" in text:
        raise UnreadableReport(f"a NUL character{place}", where=where, hint="take it out; text has none")


def iso_day(told: str) -> str | None:
    """A date, or date and time with the zone its source gave, in ISO 8601; None when it can be read in two ways.

    >>> iso_day("2021-08-23 10:00:00 +05:30"), iso_day("Mon, 23 Aug 2021 10:00:00 GMT"), iso_day("August 3, 2021")
    ('2021-08-23T10:00:00+05:30', '2021-08-23T10:00:00+00:00', '2021-08-03')
    >>> iso_day("11/08/2021") is None
    True
    """
    told = told.strip()
    try:
        if match := STAMP.fullmatch(told):
            stamp = "T".join(filter(None, (match["day"], match["time"]))) + (match["zone"] or "").strip()
            datetime.fromisoformat(stamp)
            return stamp
        if told[:1].isdigit() and len(told) > 10 and "T" in told:
            return datetime.fromisoformat(told).isoformat()
        return _spelled(told)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _spelled(told: str) -> str:
    """A date with the month in letters. Raises ValueError when it is none."""
    for shape in ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y"):
        try:
            return datetime.strptime(told, shape).date().isoformat()
        except ValueError:
            continue
    return parsedate_to_datetime(told).isoformat()


def language(text: str) -> str | None:
    """ "en" when one word in twelve is a common English one (news has one in four); None when it is not English.

    >>> language("The minister said that the army was in the town.")
    'en'
    """
    found = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if not found:
        return None
    return "en" if sum(word in ENGLISH for word in found) * 12 >= len(found) else None
