"""A folder of tables that a cluster made, opened on one machine by DuckDB: any slice of it is a pile that is read already."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.engines.duck import literal, locked
from onrecord.errors import BadTables
from onrecord.records import Report, Skipped
from onrecord.spread.alone import Outcome, outcome_of, report_of

ABOUT, KIND = "onrecord.json", "onrecord tables"
MADE = ("version", "settings", "words_hash", "code_hash", "model_hash")
BATCH = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What somebody wants to look at; None is no bound."""

    since: str | None = None  # ISO dates of publication, both inclusive; a report without a date is in no bounded slice
    until: str | None = None
    place: str | None = None  # a name as the gazetteer has it, or a country's two letters


def parquet_of(folder: Path) -> list[str]:
    """The Parquet files below a folder, as DuckDB wants them named: it takes brackets and stars for a pattern."""
    return [literal(str(path)) for path in sorted(folder.rglob("*.parquet"))]


def is_tables(path: Path) -> bool:
    """Whether a path is a folder of tables."""
    return (path / ABOUT).is_file()


class Tables:
    """A slice of a folder of tables: stands where a build keeps its work (`work.py`), and has all of it done.

    Raises:
        BadTables: the folder is none of ours, or was not finished.
    """

    def __init__(self, folder: Path, wanted: Slice) -> None:
        self.folder, self._wanted = folder, wanted
        try:
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            if about["kind"] != KIND:
                raise ValueError(about["kind"])
            self.reading: str = about["reading"]
            self._made = {name: about[name] for name in MADE}
            self._alone = folder / about["alone"]
            self._skipped = [(str(path), str(reason), str(hint)) for path, _, reason, hint in about["skipped"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            hint = "give a folder that onrecord spark has finished"
            raise BadTables(f"no whole folder of tables: {error}", where=str(folder), hint=hint) from error
        self._outcomes: dict[str, Outcome] = {}
        self.kept = self.read = 0

    def skipped(self) -> tuple[Skipped, ...]:
        """What the cluster left out before it read anything."""
        rows = sorted(self._skipped)
        return tuple(dict.fromkeys(Skipped(path=path, reason=reason, hint=hint) for path, reason, hint in rows))

    def must_be_of(self, made: Mapping[str, str | None]) -> None:
        """Refuses tables that this program would fill otherwise: the ledger would say that it had made them.

        Raises:
            BadTables: the version, model, word tables or settings are others.
        """
        other = [name for name, value in self._made.items() if made.get(name) != value]
        if other:
            hint = "run onrecord spark again with this version, and name the same --gazetteer here"
            raise BadTables(f"made with another {', '.join(other)}", where=str(self.folder), hint=hint)

    def reports(self) -> tuple[Report, ...]:
        """The reports of a slice, sorted by id; what each says is at hand from then on."""
        self._outcomes = {}
        found = []
        for line, outcome in self._rows():
            report = report_of(line)
            found.append(report)
            self._outcomes[report.report_id] = outcome_of(report, outcome)
        return tuple(sorted(found, key=lambda r: r.report_id))

    def _rows(self) -> Iterator[tuple[str, str]]:
        import duckdb

        clauses = {
            "substr(published, 1, 10) >= ?": self._wanted.since,
            "substr(published, 1, 10) <= ?": self._wanted.until,
            "list_contains(places, ?)": self._wanted.place,
        }
        asked = {clause: value for clause, value in clauses.items() if value is not None}
        where = " and ".join(asked) or "true"
        files = parquet_of(self._alone)
        con = locked(self._alone)
        try:
            rows = con.execute(f"select report, outcome from read_parquet(?) where {where}", [files, *asked.values()])
            while batch := rows.fetchmany(BATCH):
                yield from batch
        except duckdb.Error as error:
            hint = "give a folder that onrecord spark has finished"
            raise BadTables(str(error)[:200], where=str(self.folder), hint=hint) from error
        finally:
            con.close()

    def held(self, reports: Sequence[Report]) -> dict[str, Outcome]:
        """What is known of some reports: the same as `Work.held`."""
        found = {r.report_id: self._outcomes.pop(r.report_id) for r in reports if r.report_id in self._outcomes}
        self.kept = len(found)
        return found

    def add(self, report: Report, outcome: Any) -> None:
        """Nothing is read here, so nothing is added.

        Raises:
            BadTables: a report of the slice was not in the tables.
        """
        raise BadTables("a report that was not read", where=report.report_id, hint="run onrecord spark again")

    def close(self, *, whole: bool = False) -> None:
        """Nothing waits to be written."""
