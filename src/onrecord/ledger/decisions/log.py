"""The log of decisions: a small SQLite file beside the ledger that only ever grows.

Every act is one transaction, on the disk before the call returns. Triggers refuse to change or remove an entry.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord.errors import BadDecision, CannotWrite
from onrecord.ledger.decisions.replay import in_order, last_stroke, standing_entries
from onrecord.records import Anchor, Judgement, content_id

APPLICATION_ID = 1869509210  # "onrZ": a log of ours, not a ledger
COLUMNS = tuple(f.name for f in fields(Judgement))
QUOTED = ", ".join(f'"{c}"' for c in COLUMNS)
NUMBERS = ("seq", "settles")
TYPED = ", ".join(f'"{c}" {"integer" if c in NUMBERS else "text"}' for c in COLUMNS)
SCHEMA = f"""
begin;
pragma application_id={APPLICATION_ID};
create table if not exists acts ({TYPED}, primary key (judgement_id)) strict;
create trigger if not exists acts_stay before update on acts begin select raise(abort, 'the log only grows'); end;
create trigger if not exists acts_last before delete on acts begin select raise(abort, 'the log only grows'); end;
commit;
"""
BUSY = 10.0  # seconds to wait for another process that writes


def beside(ledger: Path) -> Path:
    """Where the log of a ledger lies."""
    return ledger.with_suffix(".decisions.db")


def now_us() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


def identified(entry: Judgement) -> Judgement:
    """The entry with its id, a hash of all the rest: the same act is one entry in however many logs it is copied to."""
    parts = [getattr(entry, name) for name in COLUMNS if name != "judgement_id"]
    return replace(entry, judgement_id=content_id("j", *parts))


class Log:
    """A log that is there, or will be when something is first written to it."""

    def __init__(self, path: Path, clock: Callable[[], int] = now_us) -> None:
        """Names it; nothing is opened yet.

        Args:
            path: the file.
            clock: microseconds since 1970, for tests.
        """
        self.path, self._clock = path, clock

    def acts(self) -> tuple[Judgement, ...]:
        """All entries in order, those taken back and the undos among them.

        Raises:
            BadDecision: the file is no log of ours.
        """
        if not self.path.is_file():
            return ()
        with self._opened(writing=False) as db:
            rows = db.execute(f"select {QUOTED} from acts").fetchall() if _begun(db) else []
        return in_order(map(_entry, rows))

    def length(self) -> int:
        """Number of entries, without reading them."""
        if not self.path.is_file():
            return 0
        with self._opened(writing=False) as db:
            return int(db.execute("select count(*) from acts").fetchone()[0]) if _begun(db) else 0

    def write(self, drafts: Sequence[Judgement], batch: bool = False) -> tuple[Judgement, ...]:
        """Adds acts, all or none, and returns them as they stand in the log.

        Args:
            drafts: without id, seq and when, which the log gives.
            batch: whether one undo takes all of them back.

        Raises:
            CannotWrite: the folder is missing or read-only, or the disk is full.
        """
        with self._opened(writing=True) as db:
            first = max(self._clock(), (db.execute("select max(seq) from acts").fetchone()[0] or 0) + 1)
            when = datetime.fromtimestamp(self._clock() / 1e6, UTC).isoformat(timespec="milliseconds")
            stroke = content_id("b", drafts[0].who, first) if batch and drafts else None
            made = tuple(
                identified(replace(d, seq=first + k, when=when, batch=stroke or d.batch)) for k, d in enumerate(drafts)
            )
            _insert(db, made)
        return made

    def undo(self, who: str, what: str | None = None, reason: str | None = None) -> tuple[Judgement, ...]:
        """Takes back an entry or a whole batch; an undo is an entry too, and can be taken back by its id.

        Args:
            who: whose hand it is.
            what: id of an entry or of a batch; else this person's last stroke that still stands.
            reason: kept with the undo.

        Returns:
            The entries added; none where nothing is left to take back.

        Raises:
            BadDecision: no entry or batch that stands has this id.
        """
        acts = self.acts()
        if what is None:
            targets = last_stroke(acts, who)
        else:
            targets = [a for a in standing_entries(acts) if what in (a.judgement_id, a.batch)]
            if not targets:
                raise BadDecision(
                    f"nothing that stands is called {what!r}",
                    where=str(self.path),
                    hint="ids are listed by: onrecord decisions LEDGER --log",
                )
        drafts = [
            Judgement(who=who, act="undo", undoes=a.judgement_id, row_table=a.row_table, row_id=a.row_id, reason=reason)
            for a in targets
        ]
        return self.write(drafts, batch=len(drafts) > 1) if drafts else ()

    def merge(self, entries: Iterable[Judgement]) -> int:
        """Takes over entries of another log as they are; the number of those that were not here yet."""
        with self._opened(writing=True) as db:
            before = db.total_changes
            _insert(db, entries)
            return db.total_changes - before

    @contextmanager
    def _opened(self, writing: bool) -> Iterator[sqlite3.Connection]:
        try:
            db = self._connected(writing)
        except sqlite3.Error as error:
            raise self._broken(error, writing) from error
        try:
            if writing:
                db.execute("begin immediate")
            yield db
            if writing:
                db.execute("commit")
        except sqlite3.Error as error:
            raise self._broken(error, writing) from error
        finally:
            db.close()

    def _connected(self, writing: bool) -> sqlite3.Connection:
        address = self.path.resolve().as_uri()
        try:
            # Readers too ask for rw: whoever closes last tidies -wal and -shm away, which a reader in mode ro leaves behind.
            # Of a file that may not be written to, SQLite makes ro by itself.
            db = sqlite3.connect(
                f"{address}?mode={'rwc' if writing else 'rw'}", uri=True, timeout=BUSY, isolation_level=None
            )
            kind = db.execute("pragma application_id").fetchone()[0]
        except sqlite3.OperationalError:
            if writing:
                raise
            # A folder that nobody may write to: there can be no other writer either.
            db = sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None)
            kind = db.execute("pragma application_id").fetchone()[0]
        if kind != APPLICATION_ID and (kind or db.execute("select 1 from sqlite_master").fetchone()):
            db.close()
            raise BadDecision(
                "this file is no log of decisions", where=str(self.path), hint="give a file made by onrecord decide"
            )
        if writing:
            db.execute("pragma journal_mode=wal")
            db.execute("pragma synchronous=full")
            if not kind:
                db.executescript(SCHEMA)
        return db

    def _broken(self, error: sqlite3.Error, writing: bool) -> Exception:
        if writing:
            hint = "the log lies beside the ledger: give a ledger in a folder you may write to, with room on the disk"
            return CannotWrite(str(error), where=str(self.path), hint=hint)
        return BadDecision(f"cannot be read: {error}", where=str(self.path), hint="give a file made by onrecord decide")


def _begun(db: sqlite3.Connection) -> bool:
    """Whether anything was ever written: another process may just have made the file, and not its table."""
    return db.execute("select 1 from sqlite_master where name = 'acts'").fetchone() is not None


def _insert(db: sqlite3.Connection, entries: Iterable[Judgement]) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    db.executemany(f"insert or ignore into acts values ({marks})", map(_row, entries))


def _row(entry: Judgement) -> tuple[Any, ...]:
    values = (getattr(entry, name) for name in COLUMNS)
    return tuple(json.dumps(asdict(v), ensure_ascii=False) if isinstance(v, Anchor) else v for v in values)


def _entry(row: Sequence[Any]) -> Judgement:
    values = dict(zip(COLUMNS, row, strict=True))
    for name in ("anchor", "target"):
        values[name] = Anchor(**json.loads(values[name])) if values[name] else None
    return Judgement(**values)
