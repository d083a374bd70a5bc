"""Lays a build down as one SQLite file, sorted and sealed: the same findings give the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import Any

from onrecord.engines.memory import uncollected
from onrecord.errors import BadLedger, CannotWrite
from onrecord.ledger.shape import TABLES, Row, columns_of, opened, rows_of
from onrecord.records import Findings, Report

SCHEMA_VERSION = 1
APPLICATION_ID = 1869509219  # "onrc": lets `file` and SQLite tell a ledger from other databases
AT_ONCE = 64  # rows sealed together
LINES = json.JSONEncoder(ensure_ascii=False, separators=("\n", ": "))


@uncollected()
def publish(path: Path, findings: Findings) -> None:
    """Writes the ledger aside and puts it in place at once; an older ledger stays whole until then.

    Raises:
        CannotWrite: the folder is missing or read-only, the disk is full, or the path is a folder.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.unlink(missing_ok=True)
        _write(aside, findings)
        with aside.open("rb+") as handle:
            os.fsync(handle.fileno())
        aside.replace(path)
        _settle(path.parent)
    except (OSError, sqlite3.OperationalError) as error:
        raise CannotWrite(
            str(error), where=str(path), hint="give a path in a folder you may write to, with room on the disk"
        ) from error
    finally:
        aside.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Puts the new name itself on the disk, so that a power cut cannot bring the old one back. POSIX."""
    if os.name == "posix":
        with suppress(OSError):  # some file systems sync no folders; the ledger itself is safe by now
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _write(path: Path, findings: Findings) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in (
            "page_size=8192",
            "journal_mode=off",
            "synchronous=off",
            "cache_size=-131072",  # KiB: ids are hashes, so their indexes grow all over
            f"application_id={APPLICATION_ID}",
            f"user_version={SCHEMA_VERSION}",
        ):
            db.execute(f"pragma {pragma}")
        db.executescript((files("onrecord.ledger") / "schema.sql").read_text(encoding="utf-8"))
        db.execute("begin")
        sealed = {
            f"seal:{table}": _insert(db, table, columns_of(TABLES[table][0]), rows)
            for table, rows in rows_of(findings).items()
        }
        run = _run(findings)
        sealed["seal:runs"] = _insert(db, "runs", tuple(run), [list(run.values())])
        for search in ("reports_search", "statements_search"):
            db.execute(f"insert into {search} ({search}) values ('rebuild')")
        meta = {
            "schema": str(SCHEMA_VERSION),
            "version": findings.run.version,
            "offsets": "Unicode code points",
            **sealed,
        }
        db.executemany("insert into meta values (?, ?)", sorted(meta.items()))
        db.execute("commit")
    finally:
        db.close()


def _run(findings: Findings) -> Row:
    run = asdict(findings.run)
    run["skipped"] = json.dumps(run["skipped"], ensure_ascii=False)
    return run


def _insert(db: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Writes the rows of a table, numbered; gives its seal, of what was meant to be written, so that a slip shows."""
    digest = hashlib.sha256()
    names = [row[1] for row in db.execute(f"pragma table_info({table})") if row[1] != "id"]
    if names != list(columns):
        rows = list(map(itemgetter(*map(columns.index, names)), rows))
    quoted = ", ".join(f'"{name}"' for name in ("id", *names))
    marks = ", ".join("?" * (len(names) + 1))
    for start in range(0, len(rows), AT_ONCE):
        batch = [(k, *row) for k, row in enumerate(rows[start : start + AT_ONCE], start + 1)]
        db.executemany(f"insert into {table} ({quoted}) values ({marks})", batch)
        digest.update(_dumped(batch))
    return digest.hexdigest()


def seals(db: sqlite3.Connection) -> dict[str, str]:
    """SHA-256 over the canonical dump of each table. SQLite itself does not notice a flipped bit in text."""
    found = {}
    for table in (*TABLES, "runs"):
        digest = hashlib.sha256()
        read = db.execute(f"select * from {table} order by id")
        while rows := read.fetchmany(AT_ONCE):
            digest.update(_dumped(list(map(tuple, rows))))
        found[f"seal:{table}"] = digest.hexdigest()
    return found


def _dumped(rows: Sequence[tuple[Any, ...]]) -> bytes:
    """One line of JSON a row: what `json.dumps(row, ensure_ascii=False)` gives for each, at a third of the cost.

    Inside JSON every line end and every zero is escaped, so both can stand between cells and rows for a while.
    """
    whole = LINES.encode(rows)[1:-1].encode("utf-8", "surrogatepass")
    return whole.replace(b"]\n[", b"]\0[").replace(b"\n", b", ").replace(b"\0", b"\n") + b"\n"


class Ledger:
    """A ledger open for reading. Use as a context manager; rows come as dictionaries with their lists opened."""

    def __init__(self, path: str | Path) -> None:
        """Opens it.

        Raises:
            BadLedger: no such file, or it is no ledger of ours.
        """
        self.path = Path(path)
        if not self.path.is_file():
            raise BadLedger("no such ledger", where=str(path), hint="make one: onrecord build REPORTS... -o ledger.db")
        self.db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        try:
            ours = self.db.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
            self.db.execute("pragma trusted_schema=off")
        except sqlite3.DatabaseError:
            ours = False
        if not ours:
            self.db.close()
            raise BadLedger(
                "this file is no onrecord ledger", where=str(path), hint="give a file made by onrecord build"
            )

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def rows(self, table: str, where: str = "", values: tuple[Any, ...] = ()) -> Iterator[Row]:
        """Rows of a table in key order. `where` is SQL of ours with `?` for every value, never text of a user."""
        clause = f" where {where}" if where else ""
        for row in self.db.execute(f"select * from {table}{clause} order by id", values):
            yield opened(dict(row))

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.db.execute(f"select count(*) from {table}").fetchone()[0])

    def columns(self, table: str) -> tuple[str, ...]:
        """Column names of a table, the integer key left out."""
        return tuple(r["name"] for r in self.db.execute(f"pragma table_info({table})") if r["name"] != "id")

    def meta(self) -> Mapping[str, str]:
        """What the ledger says of itself: versions, unit of offsets, seals."""
        return {r["key"]: r["value"] for r in self.db.execute("select key, value from meta")}

    def reports(self) -> tuple[Report, ...]:
        """The reports it holds, as records."""
        names = [n for n in Report.__dataclass_fields__ if n in self.columns("reports")]  # an older ledger has fewer
        return tuple(Report(**{n: row[n] for n in names}) for row in self.rows("reports"))

    def find(self, row_id: str) -> tuple[str, Row] | None:
        """The table and row with this content id, or None."""
        for table, (_, key) in TABLES.items():
            if table != "matter_claims" and (row := next(self.rows(table, f"{key} = ?", (row_id,)), None)) is not None:
                return table, row
        return None

    def search(self, words: str, limit: int = 50) -> list[Row]:
        """Reports with the words, best first, with the hit marked between « and »."""
        quoted = " ".join('"' + w.replace('"', '""') + '"' for w in words.split())
        query = (
            "select r.report_id, r.outlet, r.published, snippet(reports_search, 1, '«', '»', ' … ', 24) as hit "
            "from reports_search join reports r on r.id = reports_search.rowid where reports_search match ? order by rank limit ?"
        )
        return [dict(r) for r in self.db.execute(query, (quoted, limit))] if quoted else []
