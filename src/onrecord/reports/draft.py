"""What a reader hands over before a report is made: decoded text and the facts that came with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.errors import UnreadableReport
from onrecord.records import Report, content_id

# Larger single reports are dumps or broken files; the limit keeps every stage's time bounded.
LARGEST_TEXT = 5_000_000
LONGEST_LINE = 1_000_000
SURROGATE = re.compile("[\ud800-\udfff]")
FIELDS = ("outlet", "title", "byline", "dateline", "published", "url", "language")
ENGLISH = frozenset("the of and to in that was for said with on by from has his are were have this not they".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """Text as received plus facts by field name (`FIELDS`); `raw` are the bytes whose hash names the report."""

    text: str
    raw: bytes
    facts: Mapping[str, str] = field(default_factory=dict)
    published_why: str | None = None


def decode(raw: bytes, where: str) -> str:
    """Bytes as text: UTF-8, UTF-16 or UTF-32 by their mark, else Windows-1252, which the news still uses.

    Raises:
        UnreadableReport: the bytes are no text.
    """
    for mark, name in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return _strict(raw, name, where)
    if b"\x00" in raw[:8192]:
        raise UnreadableReport(
            "binary file, not text", where=where, hint="convert it to text, HTML or JSON Lines first"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        odd = sum(b < 9 or 13 < b < 32 for b in raw[:8192])
        if odd > 8:
            raise UnreadableReport(
                "binary file, not text", where=where, hint="convert it to text, HTML or JSON Lines first"
            ) from error
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            f"neither UTF-8 nor Windows-1252: byte {raw[error.start]:#04x} at {error.start}",
            where=where,
            hint="save the file as UTF-8",
        ) from error


def _strict(raw: bytes, name: str, where: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            f"marked as {name}, but {error.reason} at byte {error.start}", where=where, hint="save the file as UTF-8"
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
    if SURROGATE.search(text):
        raise UnreadableReport(
            "half of a surrogate pair, which is no character", where=where, hint="repair the file's encoding"
        )
    facts = {name: value.strip() for name, value in draft.facts.items() if value and value.strip()}
    return Report(
        report_id=content_id("r", hashlib.sha256(draft.raw).hexdigest()),
        path=path,
        url=facts.get("url"),
        outlet=facts.get("outlet"),
        title=facts.get("title"),
        byline=facts.get("byline"),
        dateline=facts.get("dateline"),
        published=facts.get("published"),
        published_why=draft.published_why if facts.get("published") else None,
        language=facts.get("language") or language(text),
        text=text,
    )


def language(text: str) -> str | None:
    """ "en" when one word in twelve is a common English one (news has one in four); None when it is not English.

    >>> language("The minister said that the army was in the town.")
    'en'
    """
    found = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if not found:
        return None
    return "en" if sum(word in ENGLISH for word in found) * 12 >= len(found) else None
