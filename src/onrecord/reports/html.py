"""HTML pages: trafilatura finds the text; the time stamp with its zone, outlet, title and author we read ourselves.

Extractors drop the time or its zone (research: all three measured ones do), and the order of publication decides who
copied whom.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from onrecord.errors import UnreadableReport
from onrecord.reports.draft import Draft, decode

SUFFIXES = (".html", ".htm", ".xhtml")
META = {
    "article:published_time": "published",
    "og:article:published_time": "published",
    "datepublished": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "parsely-pub-date": "published",
    "pubdate": "published",
    "og:site_name": "outlet",
    "og:title": "title",
    "author": "byline",
    "article:author": "byline",
    "og:url": "url",
}
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?")
# Deeper pages are broken or hostile: parsers answer late or not at all (50,000 nested <div>: 11 s to never).
DEEPEST = 2_000


class Head(HTMLParser):
    """Reads meta tags, JSON-LD, <time> and <title> of a page, and how deep its tags nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: dict[str, str] = {}
        self.why: str | None = None
        self._script: list[str] | None = None
        self._title: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Meta tags, JSON-LD scripts, time stamps, the language."""
        have = {k: v or "" for k, v in attrs}
        if tag == "meta":
            self._meta(have)
        elif tag == "script" and have.get("type") == "application/ld+json":
            self._script = []
        elif tag == "time" and DATE.match(have.get("datetime", "")):
            self._date(have["datetime"], "<time datetime>")
        elif tag == "title" and "title" not in self.facts:
            self._title = []
        elif tag == "html" and have.get("lang"):
            self.facts.setdefault("language", have["lang"][:2].lower())

    def handle_data(self, data: str) -> None:
        """Text of a JSON-LD script or of the title."""
        for part in (self._script, self._title):
            if part is not None:
                part.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Closes a JSON-LD script or the title."""
        if tag == "script" and self._script is not None:
            self._linked(self._script)
            self._script = None
        if tag == "title" and self._title is not None:
            self.facts.setdefault("title", " ".join("".join(self._title).split()))
            self._title = None

    def _meta(self, have: dict[str, str]) -> None:
        key = (have.get("property") or have.get("name") or have.get("itemprop") or "").lower()
        field = META.get(key)
        if field == "published":
            self._date(have.get("content", ""), f"meta {key}")
        elif field and have.get("content", "").strip():
            self.facts[field] = have["content"].strip()

    def _date(self, value: str, why: str) -> None:
        match = DATE.match(value.strip())
        better = match and len(match.group()) > len(self.facts.get("published", ""))
        if match and better and not (self.why or "").startswith("JSON-LD"):
            self.facts["published"], self.why = match.group().replace(" ", "T"), why

    def _linked(self, parts: list[str]) -> None:
        try:
            data = json.loads("".join(parts))
        except (ValueError, RecursionError):
            return
        for item in _articles(data):
            if isinstance(item.get("datePublished"), str):
                self.why = None
                self._date(item["datePublished"], "JSON-LD datePublished")
            for key, field in (("headline", "title"), ("author", "byline"), ("publisher", "outlet")):
                if name := _name(item.get(key)):
                    self.facts[field] = name


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    for item in items[:50]:
        if isinstance(item, dict):
            if "datePublished" in item:
                yield item
            if isinstance(item.get("@graph"), list):
                yield from _articles(item["@graph"])


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:5]))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) and value.strip() else None


def read(raw: bytes, where: str) -> Iterator[Draft]:
    """One draft: the page's article.

    Raises:
        UnreadableReport: the page nests too deep, or no article text is found in it.
    """
    if raw.lstrip()[:5] == b"%PDF-":
        raise UnreadableReport("a PDF, whatever its name says", where=where, hint="give its text as .txt")
    charset = CHARSET.search(raw[:4096])
    page = decode(raw, where, charset.group(1).decode("ascii") if charset else None)
    if _depth(page) > DEEPEST:
        raise UnreadableReport(
            "tags nest more than 2,000 deep", where=where, hint="save the page again, or give its text"
        )
    head = Head()
    head.feed(page)
    import trafilatura  # here, because it costs a quarter of a second that a pile of plain text need not pay

    text = trafilatura.extract(
        page, include_comments=False, include_tables=False, deduplicate=False, favor_precision=False
    )
    if not text:
        raise UnreadableReport("no article text found in the page", where=where, hint="save the article's text as .txt")
    yield Draft(text, raw, head.facts, head.why)


def _depth(page: str) -> int:
    depth = deepest = 0
    for match in re.finditer(
        r"<(/?)(?:div|span|p|ul|ol|li|table|tr|td|section|article|b|i|em|font|blockquote)\b", page, re.I
    ):
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest
