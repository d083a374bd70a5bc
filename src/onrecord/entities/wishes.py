"""What a person has said about names: decisions that two are the same or different, and a list of names of their own.

Both are CSV files, so that they can be kept beside the reports, read by people, and replayed at every build.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.entities.sameness import folded
from onrecord.errors import UnreadableReport

SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log: two names, and whether they are one entity's. A later line on the same pair wins."""

    one: str
    other: str
    verdict: str  # same, different
    who: str
    reason: str

    @property
    def pair(self) -> tuple[str, str]:
        """The folded names, sorted: what the decision is about."""
        a, b = sorted((folded(self.one), folded(self.other)))
        return a, b


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that a person has said about names."""

    decisions: tuple[Decision, ...] = ()
    types: tuple[tuple[str, str], ...] = ()  # folded name, type

    def standing(self) -> dict[tuple[str, str], Decision]:
        """The decision that stands for each pair: the last one of the log."""
        return {d.pair: d for d in self.decisions}


def read_wishes(decisions: Path | None = None, names: Path | None = None) -> Wishes:
    """The log of decisions and the list of names.

    Args:
        decisions: CSV with columns one, other, verdict (same or different), and, if wanted, who, when, reason. The log is
            append-only: to take a decision back, add a line that says the contrary.
        names: CSV with columns name, aliases (separated by ";"), and, if wanted, type and `not` (names that must stay
            apart, separated by ";").

    Raises:
        UnreadableReport: a file is missing, a column is missing, or a verdict is neither same nor different.
    """
    listed, types = _listed(names) if names is not None else ((), ())
    said = _decided(decisions) if decisions is not None else ()
    return Wishes(decisions=(*listed, *said), types=types)


def _rows(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [{k: (v or "").strip() for k, v in row.items() if isinstance(k, str)} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableReport(f"cannot be read: {error}", where=str(path), hint="give a CSV file in UTF-8") from error
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise UnreadableReport(
            f"no column {', '.join(missing)}", where=str(path), hint=f"it needs the columns {', '.join(needed)}"
        )
    return rows


def _decided(path: Path) -> tuple[Decision, ...]:
    rows = _rows(path, ("one", "other", "verdict"))
    for line, row in enumerate(rows, 2):
        if row["verdict"] not in (SAME, DIFFERENT):
            raise UnreadableReport(
                f"line {line}: verdict {row['verdict']!r}", where=str(path), hint="say same or different"
            )
    return tuple(Decision(r["one"], r["other"], r["verdict"], r.get("who", ""), r.get("reason", "")) for r in rows)


def _listed(path: Path) -> tuple[tuple[Decision, ...], tuple[tuple[str, str], ...]]:
    found: list[Decision] = []
    types: list[tuple[str, str]] = []
    for row in _rows(path, ("name", "aliases")):
        names = [a.strip() for a in row["aliases"].split(";") if a.strip()]
        apart = [a.strip() for a in row.get("not", "").split(";") if a.strip()]
        found += [Decision(row["name"], a, SAME, "list of names", "") for a in names]
        found += [Decision(row["name"], a, DIFFERENT, "list of names", "") for a in apart]
        if kind := row.get("type", ""):
            types += [(folded(name), kind) for name in (row["name"], *names)]
    return tuple(found), tuple(types)
