"""Tables of reports: JSON, JSON Lines and CSV, one report a row, with a mapping from our names to their columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.errors import UnreadableReport
from onrecord.reports.draft import FIELDS, Draft
from onrecord.reports.head import named
from onrecord.reports.source import Source
from onrecord.text.encodings import decode

SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
TABLES = (".csv", ".tsv")
# What other tools call our fields: news-please, newspaper4k, trafilatura, Media Cloud, common crawls. A value that is an
# address is no outlet: trafilatura calls the address "source", which others call the outlet.
ALIASES = {
    "text": ("text", "maintext", "content", "body", "article", "full_text", "raw_text"),
    "title": ("title", "headline"),
    "outlet": (
        "outlet", "sitename", "publisher", "source", "source_domain", "site_name", "meta_site_name", "media_name", "source-hostname", "hostname",
    ),
    "published": ("published", "date", "date_publish", "publish_date", "published_at", "pubdate", "datetime"),
    "url": ("url", "link", "canonical_link", "source"),
    "byline": ("byline", "author", "authors"),
    "dateline": ("dateline",),
    "language": ("language", "lang", "meta_lang"),
}  # fmt: skip
ADDRESS = ("http://", "https://")
LARGEST_JSON = 50_000_000  # one JSON value takes ten times its size in memory; JSON Lines are read line by line
LONGEST_CELL = 50_000_000
LONGEST_LINE = 20 * 2**20
MOST_NAMED = 20  # rows of one file that get a line each for making no report
COLUMNS = "name the columns with --field text=COLUMN --field published=COLUMN"
Row = tuple[int, "dict[str, Any] | str"]  # its line, and its cells or what is wrong with it


def knows(start: bytes, source: Source) -> bool:
    """Never by its first bytes."""
    return False


def read(source: Source) -> Iterator[Draft | UnreadableReport]:
    """One draft a row; an error a row that makes none, the first twenty by their line."""
    if source.suffix in TABLES:
        made = decode(source.raw(), source.where)
        yield from drafts(_table(made.text, source.suffix), source, made.encoding)
    else:
        yield from drafts(_json(source), source, None)


def drafts(rows: Iterable[Row], source: Source, encoding: str | None) -> Iterator[Draft | UnreadableReport]:
    """Rows as drafts by the names of their columns; `source.fields` says which column is which."""
    faults = found = 0
    for line, row in rows:
        draft = _draft(row, source.fields, line, encoding) if isinstance(row, dict) else None
        if draft is not None:
            found += 1
            yield draft
            continue
        faults += 1
        if faults <= MOST_NAMED:
            what = row if isinstance(row, str) else f"no text (columns: {', '.join(map(str, list(row)[:8])) or 'none'})"
            yield UnreadableReport(what[:300], where=f"{source.where}:{line}", hint=COLUMNS)
    if faults > MOST_NAMED:
        what = f"{faults - MOST_NAMED:,} more of {found + faults:,} rows make no report"
        yield UnreadableReport(what, where=source.where, hint=COLUMNS)
    if not found and not faults:
        yield UnreadableReport("a table without rows", where=source.where, hint="nothing to do, or export it again")


def _table(text: str, suffix: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    head = text.lstrip("\ufeff").partition("\n")[0]
    # Spreadsheets of countries that write 1,5 part columns by semicolons.
    delimiter = "\t" if suffix == ".tsv" else max(",;\t", key=lambda mark: (head.count(mark), mark == ","))
    reader = csv.DictReader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, f"not CSV: {error}"
            return
        yield reader.line_num, {k.strip(): v for k, v in row.items() if isinstance(k, str)}


def _json(source: Source) -> Iterator[Row]:
    """The objects of a JSON array, one object alone, or one a line; a bad line costs that line."""
    if b"\0" in (start := source.start(64)) or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        lines: Iterable[bytes] = decode(source.raw(LARGEST_JSON), source.where).text.encode().split(b"\n")
        yield from _by_line(lines)
    elif source.suffix == ".json" and (whole := _whole(source.raw(LARGEST_JSON))) is not None:
        for number, item in enumerate(whole, 1):
            yield number, item if isinstance(item, dict) else "not an object"
    else:
        with source.stream() as stream:
            yield from _by_line(iter(lambda: stream.readline(LONGEST_LINE), b""))


def _whole(raw: bytes) -> list[Any] | None:
    """The items of a file that is one JSON value; None when it is not."""
    try:
        found = json.loads(raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else [found]


def _by_line(lines: Iterable[bytes]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield from ((number, item) for item in _line(line))


def _line(line: bytes) -> list[dict[str, Any] | str]:
    """One line's object, or the objects of a list that stands on one line."""
    try:
        item = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except RecursionError:
        return ["JSON nested too deep"]
    except UnicodeDecodeError as error:
        return [f"not UTF-8 at byte {error.start} of the line"]
    except ValueError as error:
        return [f"not JSON: {str(error)[:80]}"]
    items = item if isinstance(item, list) else [item]
    return [i if isinstance(i, dict) else "not an object" for i in items] or ["an empty list"]


def _draft(row: Mapping[str, Any], fields: Mapping[str, str], line: int, encoding: str | None) -> Draft | None:
    cells = {name: _cell(row, name, fields) for name in ("text", *FIELDS)}
    text = cells.pop("text")
    if text is None:
        return None
    facts = {name: value for name, value in cells.items() if value}
    try:
        raw = json.dumps(row, sort_keys=True, ensure_ascii=True, default=str).encode()
    except ValueError:  # a number of more digits than Python turns into text
        raw = json.dumps({"text": text, **facts}, sort_keys=True).encode()
    column = fields.get("published") or next((c for c in ALIASES["published"] if row.get(c)), "published")
    return Draft(text, raw, facts, f"column {column}", line, encoding)


def _cell(row: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> str | None:
    for column in (fields[name],) if name in fields else ALIASES[name]:
        value = row.get(column)
        value = value if isinstance(value, str) else named(value) if name != "text" else None
        if not value or not value.strip():
            continue
        if name in fields or name not in ("outlet", "url") or (name == "url") == value.strip().startswith(ADDRESS):
            return value
    return None
