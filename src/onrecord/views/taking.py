"""What all files that are taken away share: the rows of a filter with their reports, what a file says of itself.

A row leaves with the report it stands in and the characters it rests on: `text[start:end]` of that report is its
quote, counted in Unicode code points, and every file says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, BinaryIO

from onrecord.ledger.names import schema
from onrecord.ledger.queries import Filter, rows
from onrecord.ledger.shape import TABLES, Row
from onrecord.ledger.store import Ledger

UNIT = "Unicode code points"
HEAD = ("outlet", "published", "url", "title")  # what a row tells of its report
SPANNED = ("passages", "mentions", "statements", "quantities", "events", "times", "places")
PLACED = ("places", "events", "quantities", "statements")
EVERY = (*TABLES, "runs")
TEXTS_KEPT = 64
CONTEXT = 32  # characters before and after a quote, as hypothesis keeps them to find it again


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of it: rows in the file, rows of the filter that the format has no room for, and what to know."""

    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)  # reason: rows
    remarks: tuple[str, ...] = ()


Write = Callable[[Ledger, Sequence[Filter], BinaryIO], Taken]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file: how it is written, its ending and media type, and which tables it can tell of."""

    write: Write
    suffix: str
    media: str
    label: str  # its name among people
    says: str
    tables: Sequence[str] = EVERY
    many: bool = True  # several tables fit in one file


class Sources:
    """The reports behind rows. Heads are held, texts are read when asked for and the last few kept."""

    def __init__(self, ledger: Ledger) -> None:
        columns = ", ".join(("report_id", "path", "byline", *HEAD))
        self.heads: dict[str, Row] = {
            r["report_id"]: dict(r) for r in ledger.db.execute(f"select {columns} from reports")
        }
        self._ledger = ledger
        self.text = lru_cache(maxsize=TEXTS_KEPT)(self._text)

    def _text(self, report_id: str) -> str:
        found = self._ledger.db.execute("select text from reports where report_id = ?", (report_id,)).fetchone()
        return str(found[0])

    def head(self, report_id: str | None) -> Row:
        """What is known of a report; every value None for none."""
        return self.heads.get(report_id or "", dict.fromkeys(("report_id", "path", "byline", *HEAD)))

    def quote(self, report_id: str, start: int, end: int) -> str:
        """The characters themselves."""
        return self.text(report_id)[start:end]

    def around(self, report_id: str, start: int, end: int) -> tuple[str, str]:
        """What stands before and after a quote."""
        text = self.text(report_id)
        return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def spans(row: Row) -> list[tuple[int, int]]:
    """Where a row stands in its report: one stretch, or those of a statement's content."""
    if "content" in row:
        return [(start, end) for start, end in row["content"]]
    return [(row["start"], row["end"])] if "start" in row else []


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table in a file: its own, then what is told of its report and its quote."""
    own = tuple(schema()[table])
    if table == "reuse":
        return (*own, "from_outlet", "from_quote", "to_outlet", "to_quote", "offsets")
    if "report_id" not in own:
        return own
    quoted = {"statements": ("start", "end", "quote"), "passages": ("quote",)}.get(table, ())
    more = (*quoted, *(HEAD if table != "reports" else ()), "offsets")
    return (*own, *(c for c in more if c not in own))


def taken(ledger: Ledger, asked: Filter, sources: Sources | None = None) -> Iterator[Row]:
    """The rows of a filter, in its order, with the columns of `columns`."""
    names = columns(asked.table)
    sources = sources or Sources(ledger)
    for row in rows(ledger, asked):
        more = _reused(row, sources) if asked.table == "reuse" else _quoted(row, sources) if "offsets" in names else {}
        yield {name: row.get(name, more.get(name)) for name in names}


def _quoted(row: Row, sources: Sources) -> Row:
    found: Row = {**sources.head(row["report_id"]), "offsets": UNIT}
    if at := spans(row):
        start, end = at[0][0], at[-1][1]
        found |= {"start": start, "end": end, "quote": sources.quote(row["report_id"], start, end)}
    return found


def _reused(row: Row, sources: Sources) -> Row:
    found: Row = {"offsets": UNIT}
    for side in ("from", "to"):
        report = row[f"{side}_report"]
        found[f"{side}_outlet"] = sources.head(report)["outlet"]
        found[f"{side}_quote"] = sources.quote(report, row[f"{side}_start"], row[f"{side}_end"])
    return found


def key(table: str) -> str:
    """The column that names a row; "" where rows have no id."""
    return TABLES[table][1] if table in TABLES else ""


def label(table: str, row: Row) -> str:
    """A row in a few words.

    >>> label("statements", {"speaker": "Ann", "kind": "direct"}), label("events", {"type": "ASSAULT", "realis": "denied"})
    ('statement of Ann (direct)', 'event ASSAULT (denied)')
    """
    if table == "statements":
        return f"statement of {row['speaker'] or 'nobody named'} ({row['kind']})"
    if table == "events":
        return f"event {row['type']} ({row['realis']})"
    detail = next((row[c] for c in ("class", "role", "name", "value", "question", "type") if row.get(c)), None)
    kind = {"quantities": "figure", "entities": "entity", "reuse": "reuse"}.get(table, table.removesuffix("s"))
    return f"{kind} {detail}" if detail else kind.replace("_", " ")


def about(ledger: Ledger, asked: Sequence[Filter]) -> dict[str, str]:
    """What a file says of itself: maker, what was asked, the unit of its offsets, and which ledger it came from."""
    meta = ledger.meta()
    seals = "".join(f"{k}{v}" for k, v in sorted(meta.items()) if k.startswith("seal:"))
    return {
        "made_by": f"onrecord {meta['version']}",
        "holds": "; ".join(map(str, asked)),
        "query": "; ".join(f"{f.table}?{f.query()}" for f in asked),
        "offsets": f"{UNIT} into the report's text, half-open: text[start:end] is the quote",
        "ledger_sha256": hashlib.sha256(seals.encode()).hexdigest(),
    }


def values(value: Any) -> list[Any]:
    """A cell as a list: that of a list, none of NULL."""
    return value if isinstance(value, list) else [] if value is None else [value]
