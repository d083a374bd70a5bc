"""RSS, RDF and Atom: one report an entry, its text the fullest that the feed carries."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from onrecord.errors import UnreadableReport
from onrecord.reports.draft import Draft
from onrecord.reports.limits import check_entities, check_markup
from onrecord.reports.markup import plain_text
from onrecord.reports.source import LARGEST_INSIDE, Source
from onrecord.text.encodings import decode

SUFFIXES = (".rss", ".atom", ".rdf", ".xml")
ROOT = re.compile(rb"(?:[^<]{0,8}<[?!][^>]{0,400}>)*\s*<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.I)
DECLARED = re.compile(rb"^[^<]{0,4}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,30})")
HEADER = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,100000}\]\s*)?>", re.I)
LONGEST_PROLOG = 20_000
# A byte-for-byte safe header: what is handed over is UTF-8, whatever the feed was.
AS_UTF8 = {"content-type": "application/xml; charset=utf-8"}
MARKED_UP = frozenset(("text/html", "application/xhtml+xml"))
TAGGED = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:#\d+|#x[\da-fA-F]+|\w+);")


def knows(start: bytes, source: Source) -> bool:
    """The first tag of a feed; an ending .txt says that the tags themselves are meant."""
    return source.suffix not in (".txt", ".md") and bool(ROOT.match(start.replace(b"\0", b"")))


def read(source: Source) -> Iterator[Draft | UnreadableReport]:
    """One draft an entry; an entry without a word is an error of its own.

    Raises:
        UnreadableReport: XML that declares entities, nests too deep, or is no feed.
    """
    raw = source.raw(LARGEST_INSIDE)
    told = DECLARED.match(raw[:1024])
    made = decode(raw, source.where, source.charset or (told.group(1).decode("ascii") if told else None))
    check_entities(made.text, source.where)
    check_markup(made.text, source.where)
    found = _parsed(made.text)
    if not found.entries:
        raise UnreadableReport(
            _nothing(found), where=source.where, hint="give a feed with entries, or the pages it names"
        )
    for number, entry in enumerate(found.entries, 1):
        draft = _draft(entry, found.feed, number, made.encoding)
        what = "an entry without text or title"
        yield draft or UnreadableReport(what, where=f"{source.where}:{number}", hint="nothing to do: it says nothing")


def _parsed(text: str) -> Any:
    import feedparser  # here, because a pile of plain text need not pay for it

    header = HEADER.match(text)
    bare = text[header.end() if header else 0 :]
    if (at := bare[:LONGEST_PROLOG].find("<!DOCTYPE")) >= 0 and (doctype := DOCTYPE.match(bare, at)):
        bare = bare[:at] + bare[doctype.end() :]
    # From a stream: a string that looks like an address would be fetched, one that looks like a path opened.
    return feedparser.parse(io.BytesIO(bare.encode("utf-8", "replace")), response_headers=AS_UTF8)


def _nothing(found: Any) -> str:
    if found.get("version"):
        return "a feed without entries"
    fault = str(found.get("bozo_exception") or "")[:100]
    return f"XML, but no feed{fault and f' ({fault})'}"


def _draft(entry: Any, feed: Any, number: int, encoding: str) -> Draft | None:
    title = _plain(entry.get("title_detail")) or None
    text = max(_bodies(entry), key=len, default="") or title
    if not text:
        return None
    date = next((k for k in ("published", "updated", "created") if _word(entry.get(k))), None)
    facts = {
        "title": title,
        "outlet": _plain((entry.get("source") or {}).get("title_detail")) or _plain(feed.get("title_detail")),
        "byline": _word(entry.get("author")),
        "published": _word(entry.get(date)) if date else None,
        "url": _word(entry.get("link")),
        "language": _word(feed.get("language")),
    }
    known = {name: value for name, value in facts.items() if value}
    mark = json.dumps([known, text], sort_keys=True).encode()
    return Draft(text, mark, known, f"feed {date}" if date else None, number, encoding)


def _bodies(entry: Any) -> Iterator[str]:
    for detail in (*(entry.get("content") or ()), entry.get("summary_detail")):
        if text := _plain(detail):
            yield text


def _plain(detail: Any) -> str:
    """A construct of a feed as text. Feeds call marked-up text plain as often as not: tags and entities decide."""
    if not isinstance(detail, dict) or not isinstance(detail.get("value"), str):
        return ""
    value: str = detail["value"]
    if detail.get("type") in MARKED_UP or TAGGED.search(value):
        return plain_text(value)
    return value.strip()


def _word(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
