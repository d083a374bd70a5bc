"""SQLite that Datasette opens: tables tied by foreign keys, full-text search, and queries to start from.

Rows of the filters, with the reports that they stand in, so that every quote can be held against its text.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from onrecord.ledger.names import schema
from onrecord.ledger.queries import Filter, rows
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger
from onrecord.views.taking import EVERY, Taken, about, columns, key, taken

SEARCHABLE = {
    "reports": ("title", "text"),
    "statements": ("text", "speaker"),
    "matters": ("question",),
    "entities": ("name", "aliases"),
    "events": ("text", "actors", "recipients"),
    "quantities": ("text", "counted", "subject"),
}
MORE = {"start": "integer", "end": "integer"}
POINTS = {"speaker_entity": "entities", "subject_entity": "entities", "from_report": "reports", "to_report": "reports", "one_entity": "entities", "other_entity": "entities", "parent_statement": "statements", "party": "entities"}  # fmt: skip
OWNERS = {key(t): t for t in TABLES if t != "matter_claims"} | POINTS
# What Datasette names a row by, and the queries on its first page.
LABELS = {"reports": "outlet", "entities": "name", "statements": "text", "matters": "question", "origins": "name", "places": "name"}  # fmt: skip
QUERIES = {
    "contested": ("Matters whose claims cannot all hold, or that changed", ("matters",), "select matter_id, verdict, question, reports, origins, low, high from matters where verdict in ('contested', 'changed') order by reports desc"),
    "claims_of_a_matter": ("The claims of one matter with their origins", ("matter_claims", "origins"), "select c.claim_id, c.value, c.stance, o.name as origin, c.fold, c.fold_why from matter_claims c left join origins o using (origin_id) where c.matter_id = :matter_id"),
    "said_by": ("What somebody said, latest first", ("statements", "reports"), "select s.statement_id, s.speaker, s.text, s.kind, r.outlet, r.published from statements s join reports r using (report_id) where s.speaker like '%' || :speaker || '%' order by coalesce(s.said_from, r.published) desc"),
    "quotes_unlike_their_source": ("Statements whose quote is not text[start:end]: there are none", ("statements", "reports"), 'select s.statement_id from statements s join reports r using (report_id) where s.quote <> substr(r.text, s.start + 1, s."end" - s.start)'),
    "figures": ("Figures of one class, highest first", ("quantities", "reports"), "select q.quantity_id, q.text, q.low, q.high, q.counted, r.outlet, r.published from quantities q join reports r using (report_id) where q.class = :class order by q.high desc"),
}  # fmt: skip


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes one database; `metadata` makes what Datasette reads beside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.db"
        count, further = _lay(ledger, asked, path)
        with path.open("rb") as made:
            shutil.copyfileobj(made, out)
    return Taken(rows=count, remarks=(f"with the {further} reports that the rows stand in",) if further else ())


def _lay(ledger: Ledger, asked: Sequence[Filter], path: Path) -> tuple[int, int]:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("pragma journal_mode=off")
        db.execute("begin")
        tables = [f.table for f in asked]
        whole = [*tables, *(["reports"] if "reports" not in tables and any(map(_in_reports, tables)) else [])]
        count = 0
        for one in asked:
            _create(db, one.table, whole)
            count += _insert(db, one.table, taken(ledger, one))
        further = 0
        if whole != tables:
            _create(db, "reports", whole)
            further = _insert(db, "reports", _reports(ledger, db, tables))
        for table in whole:
            _index(db, table)
        db.execute("create table about (what text primary key, value text)")
        told = about(ledger, asked) | {"datasette_metadata": metadata(ledger, asked, "ledger").decode()}
        db.executemany("insert into about values (?, ?)", told.items())
        db.execute("commit")
    finally:
        db.close()
    return count, further


def _in_reports(table: str) -> bool:
    return bool({"report_id", "from_report"} & set(schema()[table]))


def _reports(ledger: Ledger, db: sqlite3.Connection, tables: Sequence[str]) -> Iterable[dict[str, Any]]:
    """The reports that rows already laid down stand in."""
    held: set[str] = set()
    for table in tables:
        for column in {"report_id", "from_report", "to_report"} & set(schema()[table]):
            held.update(r[0] for r in db.execute(f"select distinct {column} from {table}") if r[0])
    return (row for row in rows(ledger, Filter(table="reports")) if row["report_id"] in held)


def _create(db: sqlite3.Connection, table: str, whole: Sequence[str]) -> None:
    own = schema()[table]
    name = "(matter_id, claim_id)" if table == "matter_claims" else f"({key(table)})" if key(table) else ""
    kinds = [f'"{c}" {own.get(c, MORE.get(c, "text"))}' for c in columns(table)]
    keys = [
        f"foreign key ({c}) references {OWNERS[c]}({key(OWNERS[c])})"
        for c in own
        if c != key(table) and OWNERS.get(c) in whole
    ]
    db.execute(f"create table {table} ({', '.join([*kinds, *([f'primary key {name}'] if name else []), *keys])})")


def _insert(db: sqlite3.Connection, table: str, found: Iterable[dict[str, Any]]) -> int:
    names = columns(table)
    marks = ", ".join("?" * len(names))
    laid = db.executemany(
        f"insert into {table} values ({marks})", ([_flat(row.get(n)) for n in names] for row in found)
    )
    return max(0, laid.rowcount)


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _index(db: sqlite3.Connection, table: str) -> None:
    for column in schema()[table]:
        if column in OWNERS and column != key(table):
            db.execute(f"create index {table}_{column} on {table} ({column})")
    if table in SEARCHABLE:
        held = ", ".join(SEARCHABLE[table])
        db.execute(f'create virtual table {table}_fts using fts5 ({held}, content="{table}")')
        db.execute(f"insert into {table}_fts ({table}_fts) values ('rebuild')")


def metadata(ledger: Ledger, asked: Sequence[Filter], name: str) -> bytes:
    """Datasette's metadata.json for a database of this name: `datasette NAME.db --metadata NAME.metadata.json`."""
    says = about(ledger, asked)
    held = {f.table for f in asked} | ({"reports"} if any(_in_reports(f.table) for f in asked) else set())
    tables = {
        t: {"description": f"{t} of the ledger; offsets are {says['offsets']}"}
        | ({"label_column": LABELS[t]} if t in LABELS else {})
        for t in EVERY
        if t in held
    }
    queries = {q: {"title": title, "sql": sql} for q, (title, needs, sql) in QUERIES.items() if held.issuperset(needs)}
    made = {
        "title": says["holds"],
        "description": f"{says['made_by']}; ledger {says['ledger_sha256']}",
        "databases": {name: {"tables": tables, "queries": queries}},
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"
