"""onrecord from Python: a ledger as tables that filter, count, iterate, become data frames, and draw themselves.

`led = onrecord.open("ledger.db")`, then `led.statements.where(speaker="Irsa", confidence_min=0.8)`, `len(...)` of it,
`for row in ...`, `.frame()`, `.export("xlsx", "irsa.xlsx")`; `led.matter(id)`, `led.why(id)`. docs/tutorial.ipynb runs it all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, overload

from onrecord.engines.duck import locked
from onrecord.errors import BadFilter, NotInstalled, UnknownRow
from onrecord.ledger.names import names, schema
from onrecord.ledger.queries import Filter, count, rows
from onrecord.ledger.store import Ledger
from onrecord.records import Skipped
from onrecord.views import notebook
from onrecord.views.exports import export
from onrecord.views.taking import Taken

FRAMES = ("pandas", "polars")
Value = str | float | date | bool | None


class Row(dict[str, Any]):
    """One row, as a dictionary of the columns of the codebook, that notebooks draw: a statement in its sentence."""

    def __init__(self, ledger: Ledger, table: str, columns: Mapping[str, Any]) -> None:
        super().__init__(columns)
        self.ledger, self.table = ledger, table

    @property
    def why(self) -> notebook.Why:
        """The evidence for it."""
        return notebook.why(self.ledger, self.table, self)

    def _repr_html_(self) -> str:
        return notebook.row(self.ledger, self.table, self)


class Table:
    """Rows of one table under a filter. Nothing is read before it is asked for; asking twice reads twice."""

    def __init__(self, ledger: Ledger, asked: Filter) -> None:
        self.ledger, self.asked = ledger, asked

    def where(self, **conditions: Value | Sequence[Value]) -> Table:
        """These rows and further conditions: `where(speaker="Irsa", confidence_min=0.6, outlet=["A", "B"], place_id=None)`.

        Names are those of `--where` (docs/tutorial.md). Several values are any of them, None is "not known", and an
        underscore behind a word that Python keeps for itself is dropped (`class_`).

        Raises:
            BadFilter: a name that the table has not, or a value that it cannot be.
        """
        pairs = [pair for name, value in conditions.items() for pair in _pairs(name.rstrip("_"), value)]
        return Table(self.ledger, self.asked.with_(*pairs))

    def sort(self, *columns: str) -> Table:
        """The same rows in another order: `sort("-said_from", "outlet")`."""
        return Table(self.ledger, self.asked.without("sort").with_(("sort", ",".join(columns))))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(schema()[self.asked.table])

    @property
    def names(self) -> tuple[str, ...]:
        """The names that `where` takes."""
        return ("q", *names(self.asked.table))

    def __len__(self) -> int:
        return count(self.ledger, self.asked)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.ledger, self.asked.table, row) for row in rows(self.ledger, self.asked))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            return [self[k] for k in range(start, stop, step)] if step != 1 else self._some(start, stop - start)
        at = at + len(self) if at < 0 else at
        found = self._some(at, 1) if at >= 0 else []
        if not found:
            raise IndexError(f"there are {len(self)} rows")
        return found[0]

    def _some(self, offset: int, limit: int) -> list[Row]:
        found = rows(self.ledger, self.asked, limit=max(0, limit), offset=offset)
        return [Row(self.ledger, self.asked.table, row) for row in found]

    def head(self, number: int = 5) -> list[Row]:
        """The first rows."""
        return self[:number]

    def frame(self, library: str | None = None) -> Any:
        """A data frame of pandas or polars, whichever is installed, or of the one named; lists stay lists.

        Raises:
            NotInstalled: neither is there.
        """
        for name in (library,) if library else FRAMES:
            try:
                made = import_module(name).DataFrame
            except ImportError:
                continue
            found = list(self)
            return made({column: [row[column] for row in found] for column in self.columns})
        raise NotInstalled(" and ".join([library] if library else FRAMES), hint=f"pip install {library or 'pandas'}")

    def relation(self) -> Any:
        """A DuckDB relation in memory, with the columns that a Parquet file has; `.arrow()` of it where pyarrow is."""
        with TemporaryDirectory() as folder:
            self.export("parquet", Path(folder) / "rows.parquet")
            connection = locked(Path(folder))
            source = str(Path(folder) / "rows.parquet").replace("'", "''")
            connection.execute(f"create table {self.asked.table} as from read_parquet('{source}')")
        return connection.table(self.asked.table)

    def export(self, format: str, target: str | Path) -> Taken:
        """Writes these rows as a file: csv, xlsx, jsonl, parquet, geojson, sqlite, html, acled ... (`onrecord export`)."""
        return export(self.ledger, format, self.asked, Path(target))

    def __str__(self) -> str:
        return str(self.asked)

    def __repr__(self) -> str:
        return f"<{len(self)} of {self.asked}>"

    def _repr_html_(self) -> str:
        return notebook.table(self.ledger, self.asked)


class OpenLedger(AbstractContextManager["OpenLedger"]):
    """A ledger. Each table of the codebook is an attribute: `led.statements`, `led.matters`, `led.events` ..."""

    def __init__(self, path: str | Path, skipped: Sequence[Skipped] = ()) -> None:
        self.ledger = Ledger(path)
        self._skipped = [asdict(one) for one in skipped]

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self.ledger.db.close()

    def table(self, name: str) -> Table:
        """A table by its name.

        Raises:
            BadFilter: there is none.
        """
        return Table(self.ledger, Filter.parse(name))

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_") or name not in schema():
            raise AttributeError(f"a ledger has no {name!r}; its tables are {', '.join(schema())}")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *schema()})

    def row(self, row_id: str) -> Row:
        """The row with this id, of whatever table.

        Raises:
            UnknownRow: there is none.
        """
        found = self.ledger.find(row_id)
        if found is None:
            cure = "ids are in the first column of a table: led.statements[0]"
            raise UnknownRow(f"no row {row_id!r}", where=str(self.ledger.path), hint=cure)
        return Row(self.ledger, *found)

    def why(self, row_id: str) -> notebook.Why:
        """The evidence for a row: the sentence, the chain, the rule; the claims of a matter; both sides of a copy."""
        return self.row(row_id).why

    def _of(self, table: str, row_id: str) -> Row:
        found = self.row(row_id)
        if found.table != table:
            raise UnknownRow(
                f"{row_id!r} is of {found.table}", where=str(self.ledger.path), hint=f"take an id of {table}"
            )
        return found

    def statement(self, row_id: str) -> Row:
        """A statement by its id."""
        return self._of("statements", row_id)

    def matter(self, row_id: str) -> Row:
        """A matter by its id."""
        return self._of("matters", row_id)

    def report(self, row_id: str) -> Row:
        """A report by its id."""
        return self._of("reports", row_id)

    def entity(self, name: str) -> Row:
        """The one entity of this id or name.

        Raises:
            UnknownRow: there is none, or several go by that name.
        """
        found = list(self.table("entities").where(called=name))
        if len(found) != 1:
            several = ", ".join(f"{e['entity_id']} ({e['name']})" for e in found)
            cure = f"take an id: {several}" if found else "led.entities.where(q=...) looks for parts of names"
            raise UnknownRow(f"{len(found)} entities are called {name!r}", where=str(self.ledger.path), hint=cure)
        return found[0]

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """Reports with these words, best first, with the hit between « and »."""
        return self.ledger.search(words, limit)

    @property
    def skipped(self) -> list[dict[str, str]]:
        """Inputs that made no report, with reason and cure: those of the last run, and of the build that opened it."""
        found: list[dict[str, str]] = json.loads(next(self.ledger.rows("runs"))["skipped"])
        return [*found, *(one for one in self._skipped if one not in found)]

    def __repr__(self) -> str:
        return f"<ledger {self.ledger.path.name}: {len(self.reports)} reports, {len(self.statements)} statements, {len(self.matters)} matters>"

    def _repr_html_(self) -> str:
        return notebook.overview(self.ledger)


def open(path: str | Path) -> OpenLedger:
    """Opens a ledger for reading.

    Raises:
        BadLedger: no such file, or it is no ledger of ours.
    """
    return OpenLedger(path)


def build(
    reports: Iterable[str | Path | Mapping[str, Any]] | str | Path,
    ledger: str | Path = "ledger.db",
    *,
    reading: str = "bundled",
    workers: int = 1,
    fresh: bool = False,
    names: str | Path | None = None,
) -> OpenLedger:
    """Reads reports into a ledger, as `onrecord build` does, and opens it. What could not be read is in `skipped`.

    Args:
        reports: files, folders and addresses; or rows with `text` and, where known, `outlet`, `published`, `title`,
            `url`, `byline`.
        ledger: the file to write or add to.
        reading: what reads English: bundled, spacy:PIPELINE, or none.
        fresh: starts anew instead of adding.
        names: a CSV of names of your own.

    Raises:
        CannotWrite: the ledger cannot be written there.
    """
    from onrecord.views.cli.build import quietly

    given = [reports] if isinstance(reports, str | Path) else list(reports)
    with TemporaryDirectory() as folder:
        inputs = [str(one) for one in given if not isinstance(one, Mapping)]
        written = [json.dumps(dict(one), ensure_ascii=False, default=str) for one in given if isinstance(one, Mapping)]
        if written:
            lines = Path(folder) / "rows.jsonl"
            lines.write_text("\n".join(written) + "\n", encoding="utf-8")
            inputs.append(str(lines))
        skipped = quietly(
            inputs, Path(ledger), reading=reading, workers=workers, fresh=fresh, names=Path(names) if names else None
        )
    return OpenLedger(ledger, skipped)


def _pairs(name: str, value: Value | Sequence[Value]) -> Iterator[tuple[str, str]]:
    """A condition of Python as pairs of a query string."""
    if isinstance(value, str) or not isinstance(value, Sequence | set | frozenset):
        value = (value,)
    if not value:
        raise BadFilter(f"{name} has no value", where="where", hint="give one, or None for what is not known")
    for one in value:
        if one is None:
            yield f"{name}_known", "no"
        elif isinstance(one, bool):
            yield name, ("yes" if one else "no") if name.endswith("_known") else str(int(one))
        elif one == "":
            raise BadFilter(f"{name} cannot be empty", where="where", hint="None asks for what is not known")
        else:
            yield name, one.isoformat() if isinstance(one, date) else str(one)
