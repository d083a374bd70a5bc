"""The ledger in memory, indexed the ways pages ask for it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from onrecord.ledger.store import Ledger

Row = dict[str, Any]
VERDICTS = ("contested", "changed", "single-origin", "corroborated", "compatible")
SIGNS = {"contested": "≠", "changed": "↻", "single-origin": "①", "corroborated": "✓", "compatible": "≈"}
MEANINGS = {
    "contested": "claims that cannot all hold",
    "changed": "one party, later saying otherwise",
    "single-origin": "many may print it, one mouth said it",
    "corroborated": "independent origins agree",
    "compatible": "different figures that can all hold",
}


class Book:
    """All rows of a ledger, by id and by what they belong to."""

    def __init__(self, ledger: Ledger) -> None:
        self.meta = dict(ledger.meta())
        self.run = next(ledger.rows("runs"))
        self.reading: str = json.loads(self.run["settings"]).get("reading", "none")
        self.skipped: list[Row] = json.loads(self.run["skipped"])
        self.reports = sorted(
            ledger.rows("reports"), key=lambda r: (r["published"] or "9999", r["outlet"] or "~", r["report_id"])
        )
        self.report: dict[str, Row] = {r["report_id"]: r for r in self.reports}
        self.passages = _by(ledger.rows("passages"), "report_id")
        self.statement: dict[str, Row] = {r["statement_id"]: r for r in ledger.rows("statements")}
        self.statements = _by(self.statement.values(), "report_id")
        self.quantity: dict[str, Row] = {r["quantity_id"]: r for r in ledger.rows("quantities")}
        self.quantities = _by(self.quantity.values(), "report_id")
        self.places = list(ledger.rows("places"))
        self.event: dict[str, Row] = {e["event_id"]: e for e in ledger.rows("events")}
        self.events = _by(self.event.values(), "report_id")
        self.times = _by(ledger.rows("times"), "report_id")
        self.entity: dict[str, Row] = {r["entity_id"]: r for r in ledger.rows("entities")}
        self.mentions = _by(ledger.rows("mentions"), "entity_id")
        self.reuse = list(ledger.rows("reuse"))
        self.origin: dict[str, Row] = {r["origin_id"]: r for r in ledger.rows("origins")}
        order = {v: k for k, v in enumerate(VERDICTS)}
        self.matters = sorted(
            ledger.rows("matters"),
            key=lambda m: (order[m["verdict"]], m["kind"] != "figure", -m["reports"], m["question"]),
        )
        self.matter: dict[str, Row] = {m["matter_id"]: m for m in self.matters}
        claims = list(ledger.rows("matter_claims"))
        self.claims = _by(claims, "matter_id")
        self.in_matters = _by(claims, "claim_id")
        self.signs, self.meanings = SIGNS, MEANINGS
        self.outlets = sorted({r["outlet"] for r in self.reports if r["outlet"]})

    def title(self, report: Row) -> str:
        """A report's title, else its headline, else its first words."""
        if report["title"]:
            return str(report["title"])
        for p in self.passages.get(report["report_id"], ()):
            if p["role"] in ("headline", "deck", "body", "question", "turn"):
                return shortened(report["text"][p["start"] : p["end"]], 90)
        return str(report["path"] or report["report_id"])

    def label(self, report: Row) -> str:
        """Who printed it."""
        return str(report["outlet"] or "unknown outlet")


def shortened(text: str, most: int) -> str:
    """A text on one line, cut at a word.

    >>> shortened("one two  three", 9)
    'one two …'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: line.rindex(" ", 0, most - 1) if " " in line[: most - 1] else most - 2] + " …"


def _by(rows: Any, key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[key] is not None:
            grouped[row[key]].append(row)
    return dict(grouped)
