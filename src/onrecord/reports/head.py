"""What a page says of itself: time stamp with its zone, outlet, title, author, address, language.

Extractors drop the time or its zone (research: all three measured ones do), and the order of publication decides who
copied whom.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
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
ASKED = ("title", "meta", "time", "script")


class Head:
    """Facts by field name, and where the day of publication was found."""

    def __init__(self, tree: Any) -> None:
        """Reads a parsed page, its tags in the order of the page."""
        self.facts: dict[str, str] = {}
        self.why: str | None = None
        if (lang := tree.get("lang") or "").strip():
            self.facts["language"] = lang.strip()[:2].lower()
        for tag in tree.iter(*ASKED):
            self._tag(tag)

    def _tag(self, tag: Any) -> None:
        if tag.tag == "meta":
            self._meta(tag)
        elif tag.tag == "time":
            if DATE.match(tag.get("datetime") or ""):
                self._date(tag.get("datetime"), "<time datetime>")
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
        match = DATE.match(value.strip())
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
