"""What a reader hands over before a report is made: decoded text and the facts that came with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from onrecord.errors import UnreadableReport
from onrecord.records import Report, content_id
from onrecord.text.languages import language

# Larger single reports are dumps or broken files; the limit keeps every stage's time bounded.
LARGEST_TEXT = 5_000_000
LONGEST_LINE = 1_000_000
ADDRESS = ("http://", "https://", "ftp://")  # what a page may link to; "javascript:" is no address
STAMP = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?(?P<zone> ?(?:Z|[+-]\d{2}:?\d{2}))?"
)
FIELDS = ("outlet", "title", "byline", "dateline", "published", "url", "language")


@dataclass(frozen=True, slots=True)
class Draft:
    """Text as received plus facts by field name (`FIELDS`); `raw` are the bytes whose hash names the report."""

    text: str
    raw: bytes
    facts: Mapping[str, str] = field(default_factory=dict)
    published_why: str | None = None
    line: int | None = None  # of the record in its file, from 1; None where the file is the report
    encoding: str | None = None  # how its bytes became text, and why so; None where its carrier settles that


def freeze(text: str) -> str:
    """The text as it stays: LF line ends, no byte order mark; nothing else is touched."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def report(draft: Draft, path: str | None, where: str, source_sha256: str | None = None) -> Report:
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
        url=address if (address := facts.get("url", "")).lower().startswith(ADDRESS) else None,
        outlet=facts.get("outlet"),
        title=facts.get("title"),
        byline=facts.get("byline"),
        dateline=facts.get("dateline"),
        published=published,
        published_why=draft.published_why
        if published or not told
        else f"{draft.published_why}: {told[:60]!r} is no date",
        language=language(text) or _code(facts.get("language")),
        text=text,
        encoding=draft.encoding,
        source_sha256=source_sha256,
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
    try:
        text.encode()  # five times as fast as a search; nothing else fails
    except UnicodeEncodeError as error:
        raise UnreadableReport(
            f"half of a surrogate pair{place}, which is no character", where=where, hint="repair the file's encoding"
        ) from error
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


def _code(told: str | None) -> str | None:
    """A language as its carrier names it, "en-GB", by its first part; None for what is no code."""
    first = re.split("[-_]", (told or "").strip().lower())[0]
    return first if re.fullmatch("[a-z]{2,3}", first) else None
