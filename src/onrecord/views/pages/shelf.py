"""A ledger as pages ask for it: single rows and short lists by index, never a whole table in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from onrecord.ledger.shape import opened
from onrecord.ledger.store import Ledger
from onrecord.views.pages.asked import LEAF_ROWS, Asked, leaves

Row = dict[str, Any]
Made = TypeVar("Made")
VERDICTS = ("contested", "changed", "single-origin", "corroborated", "compatible")
SIGNS = {"contested": "≠", "changed": "↻", "single-origin": "①", "corroborated": "✓", "compatible": "≈"}
MEANINGS = {
    "contested": "claims that cannot all hold",
    "changed": "one party, later saying otherwise",
    "single-origin": "many may print it, one mouth said it",
    "corroborated": "independent origins agree",
    "compatible": "different figures that can all hold",
}
TITLED = ("headline", "deck", "body", "question", "turn")
TITLE_LENGTH = 90


class Shelf:
    """Reads one open ledger for one page. Rows asked for twice are read once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._kept: dict[tuple[str, str], Row | None] = {}
        self._made: dict[Any, Any] = {}

    def all(self, sql: str, *values: Any) -> list[Row]:
        """Rows of a query of ours, lists opened. `sql` never holds text of a user."""
        return [opened(dict(row)) for row in self.ledger.db.execute(sql, values)]

    def count(self, sql: str, *values: Any) -> int:
        """The first cell of a query of ours, as a number."""
        return int(self.ledger.db.execute(sql, values).fetchone()[0] or 0)

    def once(self, make: Callable[[Shelf], Made]) -> Made:
        """What `make` makes of this shelf, made once: pages of files share what is the same on each of them."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    def row(self, table: str, key: str, row_id: str | None) -> Row | None:
        """The row with this content id, or None."""
        if row_id is None:
            return None
        if (table, row_id) not in self._kept:
            self._kept[table, row_id] = next(self.ledger.rows(table, f"{key} = ?", (row_id,)), None)
        return self._kept[table, row_id]

    def report(self, report_id: str) -> Row:
        """A report with its text."""
        found = self.row("reports", "report_id", report_id)
        assert found is not None, report_id
        return found

    def brief(self, report_id: str) -> Row:
        """What a page shows of a report it points at: no text."""
        if ("briefs", report_id) not in self._kept:
            self._kept["briefs", report_id] = self._brief(report_id)
        found = self._kept["briefs", report_id]
        assert found is not None
        return found

    def _brief(self, report_id: str) -> Row:
        report = self.report(report_id)
        return {
            "report_id": report_id,
            "outlet": report["outlet"],
            "label": label(report),
            "published": report["published"],
            "title": self.title(report),
            "language": report["language"],
        }

    def title(self, report: Row) -> str:
        """A report's title, else its headline, else its first words."""
        if report["title"]:
            return str(report["title"])
        marks = ",".join("?" * len(TITLED))
        first = self.all(
            f'select start, "end" from passages where report_id = ? and role in ({marks}) order by start limit 1',
            report["report_id"],
            *TITLED,
        )
        if first:
            return shortened(report["text"][first[0]["start"] : first[0]["end"]], TITLE_LENGTH)
        return str(report["path"] or report["report_id"])

    def entity(self, entity_id: str | None) -> Row | None:
        """A person, group, outlet or place."""
        return self.row("entities", "entity_id", entity_id)

    def matter(self, matter_id: str | None) -> Row | None:
        """A matter."""
        return self.row("matters", "matter_id", matter_id)

    def of_report(self, table: str, report_id: str) -> list[Row]:
        """The rows of a table that belong to one report."""
        return list(self.ledger.rows(table, "report_id = ?", (report_id,)))

    def matters_of(self, claim_id: str) -> list[Row]:
        """The matters that a claim belongs to."""
        held = self.all("select matter_id from matter_claims where claim_id = ? order by id", claim_id)
        return [m for row in held if (m := self.matter(row["matter_id"]))]

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """What the ledger says of itself."""
        return self.ledger.meta()

    @cached_property
    def run(self) -> Row:
        """The run that made the ledger, its settings and skipped inputs opened."""
        row = next(self.ledger.rows("runs"))
        return {**row, "settings": json.loads(row["settings"]), "skipped": json.loads(row["skipped"])}


def label(report: Row) -> str:
    """Who printed it."""
    return str(report["outlet"] or "unknown outlet")


def leaf_of(asked: Asked, total: int, rows: int = LEAF_ROWS) -> Row:
    """Where in a long list a page stands: total, rows shown from and to, leaf and number of leaves, first row to read."""
    count = leaves(total, rows)
    leaf = min(asked.leaf, count)
    start = (leaf - 1) * rows
    return {
        "total": total,
        "leaf": leaf,
        "leaves": count,
        "skip": start,
        "take": rows,
        "from": min(total, start + 1),
        "to": min(total, start + rows),
    }


def shortened(text: str, most: int) -> str:
    """A text on one line, cut at a word.

    >>> shortened("one two  three", 9)
    'one two …'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: line.rindex(" ", 0, most - 1) if " " in line[: most - 1] else most - 2] + " …"


def grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column, in the order met."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found
