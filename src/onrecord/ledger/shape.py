"""Records to rows and back: which table a record lies in, its columns, how lists and spans are written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache, lru_cache
from importlib.resources import files
from operator import attrgetter, itemgetter
from typing import Any

from onrecord.records import (
    Decided,
    Doubt,
    Entity,
    Event,
    Findings,
    Matter,
    MatterClaim,
    Mention,
    Origin,
    Passage,
    Place,
    Quantity,
    Report,
    Reuse,
    Span,
    Statement,
    Time,
)

Row = dict[str, Any]
# Record type, id column; the order is the order of the tables in exports and in the seal.
TABLES: Mapping[str, tuple[type, str]] = {
    "reports": (Report, "report_id"),
    "passages": (Passage, "passage_id"),
    "mentions": (Mention, "mention_id"),
    "entities": (Entity, "entity_id"),
    "doubts": (Doubt, "doubt_id"),
    "statements": (Statement, "statement_id"),
    "quantities": (Quantity, "quantity_id"),
    "events": (Event, "event_id"),
    "times": (Time, "time_id"),
    "places": (Place, "place_id"),
    "reuse": (Reuse, "reuse_id"),
    "origins": (Origin, "origin_id"),
    "matters": (Matter, "matter_id"),
    "matter_claims": (MatterClaim, "claim_id"),
    "decisions": (Decided, "judgement_id"),
}
LISTS = frozenset(
    {
        "content", "chain", "aliases", "roles", "contexts", "actors", "actor_entities", "actor_spans", "recipients",
        "recipient_entities", "recipient_spans", "stands", "territory",
    }
)  # fmt: skip
RENAMED = {"counted_class": "class"}
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def row_of(record: Any) -> Row:
    """A record as a row: spans as two columns, lists as JSON text, floats rounded to four digits."""
    kind = record.__class__
    return dict(zip(columns_of(kind), next(values_of(kind, (record,))), strict=True))


def columns_of(kind: type) -> tuple[str, ...]:
    """The columns of a kind of record, the integer key left out."""
    return _shape(kind)[0]


def values_of(kind: type, records: Iterable[Any]) -> Iterator[list[Any]]:
    """The values of records of one kind, in the order of its columns."""
    _, read, turns = _shape(kind)
    for record in records:
        row = list(read(record))
        for k, turn in turns:
            if (value := row[k]) is not None:
                row[k] = turn(value)
        yield row


Turn = Callable[[Any], Any]


@cache
def _shape(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], Iterable[Any]], tuple[tuple[int, Turn], ...]]:
    """The columns of a kind of record, what reads their values, and what turns some of these into what is stored."""
    made: list[tuple[str, str, Turn | None]] = []  # field, column, turn
    for field in fields(kind):
        told, column = str(field.type), RENAMED.get(field.name, field.name)
        if field.name in LISTS:
            made.append((field.name, column, _list))
        elif told.startswith("Span"):
            made += [(field.name, f"{column}_start", _start), (field.name, f"{column}_end", _end)]
        else:
            made.append((field.name, column, _rounded if "float" in told else int if told.startswith("bool") else None))
    if kind is Report:
        made.append(("characters", "characters", None))
    read = attrgetter(*(name for name, _, _ in made))
    return (
        tuple(c for _, c, _ in made),
        read,
        tuple((k, turn) for k, (_, _, turn) in enumerate(made) if turn is not None),
    )


def _list(values: Any) -> str:
    if not values:
        return "[]"
    kinds = {value.__class__ for value in values}
    if kinds == {Span}:
        return f"[{','.join(f'[{span.start},{span.end}]' for span in values)}]"
    return _words(values) if kinds == {str} else JSON.encode([_plain(value) for value in values])


@lru_cache(1 << 14)  # a pile names the same few sides and contexts again and again
def _words(values: tuple[str, ...]) -> str:
    return JSON.encode(values)


def _plain(value: Any) -> Any:
    if value is None or value.__class__ is str:
        return value
    if value.__class__ is Span:
        return [value.start, value.end]
    names, read = _fields(value.__class__)
    return dict(zip(names, read(value), strict=True))


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


@lru_cache(1 << 14)  # most are one of a few grades of confidence
def _rounded(value: float) -> float:
    """As a ledger gives it back, where 5 is 5.0 and no zero is negative."""
    return round(float(value), 4) + 0.0


def rows_of(findings: Findings) -> dict[str, list[list[Any]]]:
    """The values of all rows of a build by table, each table sorted by content id (claims by matter, then id)."""
    sheets = findings.sheets
    records: dict[str, Iterable[Any]] = {
        "reports": (s.report for s in sheets),
        "passages": (r for s in sheets for r in s.passages),
        "mentions": (r for s in sheets for r in s.mentions),
        "entities": findings.entities,
        "doubts": findings.doubts,
        "statements": (r for s in sheets for r in s.statements),
        "quantities": (r for s in sheets for r in s.quantities),
        "events": (r for s in sheets for r in s.events),
        "times": (r for s in sheets for r in s.times),
        "places": (r for s in sheets for r in s.places),
        "reuse": findings.reuse,
        "origins": findings.origins,
        "matters": findings.matters,
        "matter_claims": findings.claims,
        "decisions": findings.decisions,
    }
    return {table: sorted(values_of(kind, records[table]), key=_order(table)) for table, (kind, _) in TABLES.items()}


def _order(table: str) -> Callable[[list[Any]], Any]:
    kind, key = TABLES[table]
    columns = columns_of(kind)
    if table == "matter_claims":
        names = ["matter_id", key]
    else:
        names = ["report_id", "start", "end", key] if "start" in columns else [key]
    return itemgetter(*map(columns.index, names))


@cache
def types_of(table: str) -> dict[str, str]:
    """The columns of a table in the ledger, the integer key left out, with SQLite's names of their types."""
    db = sqlite3.connect(":memory:")
    try:
        db.executescript((files("onrecord.ledger") / "schema.sql").read_text(encoding="utf-8"))
        return {r[1]: r[2].upper() for r in db.execute(f"pragma table_info({table})") if r[1] != "id"}
    finally:
        db.close()


def opened(row: Mapping[str, Any]) -> Row:
    """A row as read from the ledger with its JSON lists opened and the integer key left out."""
    return {k: json.loads(v) if k in LISTS and isinstance(v, str) else v for k, v in row.items() if k != "id"}
