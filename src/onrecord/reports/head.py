"""What a page says of itself: time stamp with its zone, outlet, title, author, address, language.

Extractors drop the time or its zone (research: all three measured ones do), and the order of publication decides who
copied whom.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

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
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?")
LARGEST_SCRIPT = 1_000_000
# The first letters by themselves, because most tags of a page are none of these ("ſ" is a small s to `re.I`).
TOLD = re.compile(
    r"<(?-i:(?=[!sStTmMhH\u017f]))(?:(!--)|(script)\b|(title)\b|(?:meta|time|html)\b)[^<>]{0,4000}>?", re.I
)
CLOSES = tuple(re.compile(close, re.I) for close in ("-->", "</script", "</title"))
ASKED = ("title", "meta", "time", "script")


def telling(page: str) -> str:
    """The tags of a page that tell of it, in order, and nothing else: a hundredth of the page, to be parsed alone.

    Comments and scripts are leapt over, so a tag that stands in one tells nothing. Where the end of one is missing, the
    rest of the page is inside it, as in a browser; so the time stays in proportion to the page.
    """
    parts: list[str] = []
    times: set[str] = set()  # each once: lists of other stories repeat them
    leap = 0
    while match := TOLD.search(page, leap):
        leap = match.end()
        if match.lastindex is None:
            tag = match.group()
            if tag not in times:
                parts.append(tag)
            if tag[:5].lower() == "<time":
                times.add(tag)
            continue
        close = CLOSES[match.lastindex - 1].search(page, match.start() + 4)
        if close is None:
            break
        leap = close.end()
        if match[3] or "ld+json" in match.group().lower():
            parts.append(f"{page[match.start() : leap]}>")
    return "".join(parts)


@cache
def _parser() -> Any:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8", no_network=True)


class Head:
    """Facts by field name, and where the day of publication was found."""

    def __init__(self, tags: str) -> None:
        """Reads what `telling` found in a page, in the order of the page."""
        from lxml.html import fromstring  # here, because a pile of plain text need not pay for it

        self.facts: dict[str, str] = {}
        self.why: str | None = None
        # From bytes: a text that names its encoding is refused. The tags stand in a body, so that none is moved.
        tree = fromstring(f"<html><body>{tags}</body></html>".encode("utf-8", "replace"), parser=_parser())
        if (lang := tree.get("lang") or "").strip():
            self.facts["language"] = lang.strip()[:2].lower()
        for tag in tree.iter(*ASKED):
            self._tag(tag)

    def _tag(self, tag: Any) -> None:
        if tag.tag == "meta":
            self._meta(tag)
        elif tag.tag == "time":
            self._date(tag.get("datetime") or "", "<time datetime>")
        elif tag.tag == "script":
            if (tag.get("type") or "").strip().lower() == "application/ld+json":
                self._linked(tag.text or "")
        elif title := " ".join((tag.text_content() or "").split()):
            self.facts.setdefault("title", title)

    def _meta(self, tag: Any) -> None:
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        name = META.get(key)
        content = (tag.get("content") or "").strip()
        if name == "published":
            self._date(content, f"meta {key}")
        elif name and content:
            self.facts[name] = content

    def _date(self, value: str, why: str) -> None:
        value = value.strip()
        if len(value) <= len(self.facts.get("published", "")) and self.why is not None:
            return
        match = DATE.match(value)
        better = match and len(match.group()) > len(self.facts.get("published", ""))
        if match and better and not (self.why or "").startswith("JSON-LD"):
            self.facts["published"], self.why = match.group().replace(" ", "T"), why

    def _linked(self, script: str) -> None:
        try:
            data = json.loads(script) if len(script) <= LARGEST_SCRIPT else None
        except (ValueError, RecursionError):
            return
        for item in _articles(data):
            if isinstance(item.get("datePublished"), str):
                self.why = None
                self._date(item["datePublished"], "JSON-LD datePublished")
            for key, name in (("headline", "title"), ("author", "byline"), ("publisher", "outlet")):
                if told := named(item.get(key)):
                    self.facts[name] = told


def _articles(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    for item in items[:50]:
        if isinstance(item, dict):
            if "datePublished" in item:
                yield item
            if isinstance(item.get("@graph"), list) and depth < 3:
                yield from _articles(item["@graph"], depth + 1)


def named(value: Any, depth: int = 0) -> str | None:
    """A name as JSON gives it: a string, an object with "name", or a list of these."""
    if isinstance(value, list) and depth < 3:
        return ", ".join(filter(None, (named(v, depth + 1) for v in value[:5]))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) and value.strip() else None
