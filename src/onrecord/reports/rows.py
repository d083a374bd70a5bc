"""Tables of reports: JSON Lines and CSV, one report a row, with a mapping from our names to their columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import UnreadableReport
from onrecord.reports.draft import FIELDS, Draft, decode

SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
# What other tools call our fields: news-please, newspaper4k, trafilatura, Media Cloud, common crawls.
ALIASES = {
    "text": ("text", "maintext", "content", "body", "article", "full_text", "raw_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "sitename", "source_domain", "site_name", "media_name"),
    "published": ("published", "date", "date_publish", "publish_date", "published_at", "pubdate", "datetime"),
    "url": ("url", "link", "source-hostname"),
    "byline": ("byline", "author", "authors"),
    "dateline": ("dateline",),
    "language": ("language", "lang"),
}


def read(raw: bytes, where: str, fields: Mapping[str, str], suffix: str) -> Iterator[Draft]:
    """One draft a row.

    Args:
        fields: our name to their column, for columns that `ALIASES` does not know ("text" to "story").

    Raises:
        UnreadableReport: no row has text; the first faults are named with their line.
    """
    text = decode(raw, where)
    rows = _table(text, "\t" if suffix == ".tsv" else ",") if suffix in (".csv", ".tsv") else _json(text)
    faults: list[str] = []
    found = 0
    for line, row in rows:
        if isinstance(row, str):
            faults.append(f"line {line}: {row}")
            continue
        draft = _draft(row, fields, line)
        if draft is None:
            faults.append(f"line {line}: no text (columns: {', '.join(map(str, list(row)[:8])) or 'none'})")
            continue
        found += 1
        yield draft
    if faults:
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise UnreadableReport(
            f"{len(faults)} of {found + len(faults)} rows make no report: {'; '.join(faults[:3])}{more}",
            where=where,
            hint="name the columns with --field text=COLUMN --field published=COLUMN",
        )


def _table(text: str, delimiter: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    csv.field_size_limit(50_000_000)
    reader = csv.DictReader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, f"not CSV: {error}"
            return
        yield reader.line_num, {k: v for k, v in row.items() if isinstance(k, str)}


def _json(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """The objects of a JSON array, one object alone, or one a line; a bad line costs that line."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, list):
        for k, item in enumerate(whole):
            yield k + 1, item if isinstance(item, dict) else "not an object"
        return
    if isinstance(whole, dict):
        yield 1, whole
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _line(line)


def _line(line: str) -> dict[str, Any] | str:
    try:
        item = json.loads(line)
    except RecursionError:
        return "JSON nested too deep"
    except ValueError as error:
        return f"not JSON: {str(error)[:80]}"
    return item if isinstance(item, dict) else "not an object"


def _draft(row: Mapping[str, Any], fields: Mapping[str, str], line: int) -> Draft | None:
    def cell(name: str) -> str | None:
        for column in (fields[name],) if name in fields else ALIASES.get(name, (name,)):
            value = row.get(column)
            if isinstance(value, list):
                value = ", ".join(map(str, value))
            if isinstance(value, str) and value.strip():
                return value
        return None

    text = cell("text")
    if text is None:
        return None
    facts = {name: value for name in FIELDS if (value := cell(name))}
    raw = json.dumps(row, sort_keys=True, ensure_ascii=True, default=str).encode()
    column = fields.get("published") or next((c for c in ALIASES["published"] if row.get(c)), "published")
    return Draft(text, raw, facts, f"column {column}", line)
