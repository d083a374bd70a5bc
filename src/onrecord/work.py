"""What reports say alone, kept between builds beside the ledger, so that a build reads only what is new.

A cell's key is the hash of a whole report, its facts included: the same bytes under another outlet are read anew. The
cells lie under the version of everything that decides what a report says: code, tables, gazetteer, model, settings, and
the libraries that have a say. Change any of them and all reports are read again.
"""

from __future__ import annotations

import hashlib
import json
import platform
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Protocol

from onrecord.engines.cells import Cells
from onrecord.engines.limits import Limits
from onrecord.engines.memory import uncollected
from onrecord.errors import CannotWrite
from onrecord.reading import fingerprint
from onrecord.records import Report, Sheet, Skipped
from onrecord.records.plain import of_plain, plain
from onrecord.text.gazetteer import fingerprint as hash_of

PACKAGE = Path(__file__).parent
# What a report says by itself is made in these rooms, in the order that `pipeline.py` gives.
ROOMS = ("records", "text", "passages", "reading", "mentions", "claims", "pipeline.py")
# What reports say together is made here.
TOGETHER = ("entities", "matters", "ledger")
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
        self._cells = Cells(folder, version(reading, own))
        self._lines: dict[str, str] = {}
        self.kept = self.read = 0  # reports known from builds before, and reports read in this one

    @uncollected()
    def held(self, reports: Sequence[Report]) -> dict[str, Outcome]:
        """What is known of some reports already, by report id. Call it once, before anything is added."""
        keys = {key_of(report): report for report in reports}
        try:
            if self._fresh:
                self._cells.clear()
            self._lines = self._cells.held(keys)
        except OSError as error:
            raise self._cannot(error) from error
        found = {}
        for key, line in list(self._lines.items()):
            if (outcome := self._outcome(line, keys[key])) is None:
                del self._lines[key]
            else:
                found[keys[key].report_id] = outcome
        self.kept = len(found)
        return found

    def add(self, report: Report, outcome: Outcome) -> None:
        """Keeps what came of a report.

        Raises:
            CannotWrite: the disk is full, or the folder may not be written to. What was kept before stays.
        """
        key, line = key_of(report), self._line(outcome)
        self._lines[key] = line
        self.read += 1
        try:
            self._cells.add(key, line)
        except OSError as error:
            raise self._cannot(error) from error

    def close(self, *, whole: bool = False) -> None:
        """Writes what waits to be written; after a whole build, sweeps away what no build will ask for.

        Raises:
            CannotWrite: the disk is full, or the folder may not be written to.
        """
        try:
            self._cells.write()
            if whole:
                self._cells.sweep(self._lines)
        except OSError as error:
            raise self._cannot(error) from error

    def _line(self, outcome: Outcome) -> str:
        """A sheet without its report, which whoever asks for it holds; or why there is none, and under which limits."""
        if isinstance(outcome, Skipped):
            return json.dumps(["skipped", self._bounds, plain(outcome)], separators=(",", ":"))
        return json.dumps(["sheet", "", plain(outcome)[1:]], separators=(",", ":"))

    def _outcome(self, line: str, report: Report) -> Outcome | None:
        kind, bounds, values = json.loads(line)
        if kind == "skipped":
            return of_plain(Skipped, values) if bounds == self._bounds else None
        return replace(of_plain(Sheet, [plain(report), *values]), report=report)

    def _cannot(self, error: OSError) -> CannotWrite:
        hint = "make room or give a folder you may write to; what has been read is kept, so the same command goes on"
        return CannotWrite(error.strerror or str(error), where=str(self.folder), hint=hint)


def key_of(report: Report) -> str:
    """What a report is kept under: a hash of all its fields."""
    return hashlib.sha256(json.dumps(plain(report)).encode()).hexdigest()[:32]


def version(reading: str, own: Path | None = None) -> str:
    """A hash of all that decides what a report says by itself."""
    told = {
        "code": code_hash(ROOMS),
        "reading": [reading, fingerprint(reading)],
        "gazetteer": None if own is None else hash_of(own),
        "python": [platform.python_version(), unicodedata.unidata_version, platform.machine()],
        "libraries": {name: _release(name) for name in LIBRARIES},
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


@cache
def code_hash(rooms: tuple[str, ...] = (*ROOMS, *TOGETHER)) -> str:
    """SHA-256 over the code, tables and data of some rooms; by default of all that decide what a ledger says."""
    digest = hashlib.sha256()
    for path in sorted(p for room in rooms for p in _files(PACKAGE / room)):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(room: Path) -> list[Path]:
    if room.is_file():
        return [room]
    apart = {
        "__pycache__",
        "weights",
    }  # the weights have a fingerprint of their own, and count only where they are used
    return [p for p in room.rglob("*") if p.is_file() and not apart & set(p.parts)]


def _release(name: str) -> str | None:
    try:
        return version_of(name)
    except PackageNotFoundError:
        return None
