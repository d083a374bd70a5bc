"""What reports say alone, kept between builds beside the ledger, so that a build reads only what is new.

A cell's key is the hash of a whole report, its facts included: the same bytes under another outlet are read anew. The
cells lie under the version of everything that decides what a report says: code, tables, gazetteer, model, settings, and
the libraries that have a say. Change any of them and all reports are read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from onrecord.engines.cells import Cells
from onrecord.engines.limits import Limits
from onrecord.engines.memory import uncollected
from onrecord.reading import fingerprint
from onrecord.records import Report, Sheet, Skipped
from onrecord.records.plain import of_plain, plain
from onrecord.text.gazetteer import fingerprint as hash_of
from onrecord.work.versions import ROOMS, cannot, code_hash, version_of_all

__all__ = ["Outcome", "Work", "code_hash", "folder_of", "key_of", "unplaced", "version"]

# Libraries whose release may change a score or a character class.
LIBRARIES = ("numpy", "onnxruntime", "spacy")
Outcome = Sheet | Skipped


def folder_of(ledger: Path) -> Path:
    """Where the work of a ledger lies: LEDGER.work, beside it."""
    return ledger.with_name(f"{ledger.name}.work")


class Kept(Protocol):
    """Whatever knows outcomes already: work beside a ledger, or tables that a cluster has made."""

    def held(self, reports: Sequence[Report]) -> dict[str, Outcome]:
        """What is known of some reports, by report id."""

    def add(self, report: Report, outcome: Outcome) -> None:
        """Keeps what came of a report."""

    def close(self) -> None:
        """Writes what waits to be written."""


class Work:
    """The outcomes kept for one ledger, and those being added.

    Args:
        folder: where they lie, see `folder_of`.
        reading: which model of English reads.
        own: a person's own gazetteer.
        limits: what a report may cost; what was given up under other limits is tried again.
        fresh: what was kept is thrown away unread.
    """

    def __init__(
        self, folder: Path, reading: str, own: Path | None = None, limits: Limits | None = None, fresh: bool = False
    ) -> None:
        self.folder, self._fresh = folder, fresh
        self._bounds = repr(limits or Limits())
        self._cells = Cells(folder / "alone", version(reading, own))
        self._keys: set[str] = set()  # of all outcomes worth keeping
        self.kept = self.read = 0  # reports known from builds before, and reports read in this one

    @uncollected(lasting=True)
    def held(self, reports: Sequence[Report]) -> dict[str, Outcome]:
        """What is known of some reports already, by report id. Call it once, before anything is added."""
        keys = {key_of(report): report for report in reports}
        try:
            if self._fresh:
                self._cells.clear()
            lines = self._cells.held(keys)
        except OSError as error:
            raise cannot(error, self.folder) from error
        found = {}
        for key, line in lines.items():
            if (outcome := self._outcome(line, keys[key])) is not None:
                found[keys[key].report_id] = outcome
                self._keys.add(key)
        self.kept = len(found)
        return found

    def add(self, report: Report, outcome: Outcome) -> None:
        """Keeps what came of a report.

        Raises:
            CannotWrite: the disk is full, or the folder may not be written to. What was kept before stays.
        """
        key = key_of(report)
        self._keys.add(key)
        self.read += 1
        try:
            self._cells.add(key, self._line(outcome))
        except OSError as error:
            raise cannot(error, self.folder) from error

    def close(self, *, whole: bool = False) -> None:
        """Writes what waits to be written; after a whole build, sweeps away what no build will ask for.

        Raises:
            CannotWrite: the disk is full, or the folder may not be written to.
        """
        try:
            self._cells.write()
            if whole:
                self._cells.sweep(self._keys)
        except OSError as error:
            raise cannot(error, self.folder) from error

    def _line(self, outcome: Outcome) -> str:
        """A sheet without its report, which whoever asks for it holds; or why there is none, and under which limits."""
        if isinstance(outcome, Skipped):
            return json.dumps(["skipped", self._bounds, plain(outcome)], separators=(",", ":"))
        return json.dumps(["sheet", "", plain(outcome)[1:]], separators=(",", ":"))

    def _outcome(self, line: str, report: Report) -> Outcome | None:
        kind, bounds, values = json.loads(line)
        if kind == "skipped":
            known = replace(of_plain(Skipped, values), path=report.path or report.report_id)
            return known if bounds == self._bounds else None
        return replace(of_plain(Sheet, [plain(report), *values]), report=report)


def unplaced(report: Report) -> Report:
    """A report without the file it lay in: that a list has grown, or lies elsewhere now, changes no report of it."""
    return replace(report, path=None, source_sha256=None)


def key_of(report: Report) -> str:
    """What a report is kept under: a hash of all its fields but the file it lay in."""
    return hashlib.sha256(json.dumps(plain(unplaced(report))).encode()).hexdigest()[:32]


def version(reading: str, own: Path | None = None) -> str:
    """A hash of all that decides what a report says by itself."""
    told = {
        "code": code_hash(ROOMS),
        "reading": [reading, fingerprint(reading)],
        "gazetteer": None if own is None else hash_of(own),
    }
    return version_of_all(told, LIBRARIES)
