"""Rows in order of what deciding on them would change: contested matters first, then effect times doubt.

The effect of a row is the number of rows of an export that would read otherwise without it: itself, what hangs on it
(figures and events inside a statement, statements inside it), and the claims of every matter it stands in. Its doubt is
one less its confidence. A pair of names touches all that points at the rarer of the two; a place all claims that are
laid there. How sure a day is nobody has measured, so days come last.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.ledger.store import Ledger

CLAIMS = {"statements": "statement_id", "quantities": "quantity_id", "events": "event_id"}
JUDGED = {**CLAIMS, "times": "time_id", "places": "place_id"}
LEAST_DOUBT = 0.02  # nothing is beyond doubt before a person has looked
JOINED = 3.5  # weight at which two names would have been joined, see entities/likeness.py


@dataclass(frozen=True, slots=True)
class Item:
    """A row that waits for a person."""

    table: str
    row_id: str
    report_id: str | None
    contested: bool  # it stands in a matter that is contested or changed
    effect: int
    confidence: float
    label: str  # what one searches it by
    names: tuple[str, str] | None = None  # of a doubt

    @property
    def weight(self) -> float:
        """What deciding on it would change, on average."""
        return self.effect * max(LEAST_DOUBT, 1 - self.confidence)


def queue(ledger: Ledger) -> list[Item]:
    """All rows and doubts that a person may judge, those first that would change most."""
    hangs = _hanging(ledger)
    in_matters = {
        row["claim_id"]: (row["claims"], row["open"])
        for row in ledger.db.execute(
            "select c.claim_id, sum(n.claims) as claims, max(m.verdict in ('contested', 'changed')) as open "
            "from matter_claims c join matters m using (matter_id) "
            "join (select matter_id, count(*) as claims from matter_claims group by matter_id) n using (matter_id) "
            "group by c.claim_id"
        )
    }
    items = []
    for table, key in CLAIMS.items():
        label = "coalesce(speaker, '') || ' ' || text" if table == "statements" else "text"
        sql = f"select {key} as id, report_id, confidence, {label} as label from {table}"
        for row in ledger.db.execute(sql):
            claims, contested = in_matters.get(row["id"], (0, 0))
            effect = 1 + hangs[row["id"]] + claims
            items.append(
                Item(table, row["id"], row["report_id"], bool(contested), effect, row["confidence"], row["label"])
            )
    items += [*_times(ledger), *_places(ledger), *_doubts(ledger)]
    return sorted(items, key=lambda i: (not i.contested, -i.weight, i.row_id))


def _hanging(ledger: Ledger) -> Counter[str]:
    """How many figures, events and statements rest on each statement."""
    found: Counter[str] = Counter()
    for table, column in (
        ("quantities", "statement_id"),
        ("events", "statement_id"),
        ("statements", "parent_statement"),
    ):
        sql = f"select {column} as id, count(*) as n from {table} where {column} is not null group by {column}"
        found.update({row["id"]: row["n"] for row in ledger.db.execute(sql)})
    return found


def _times(ledger: Ledger) -> list[Item]:
    sql = "select time_id as id, report_id, text from times"
    return [Item("times", r["id"], r["report_id"], False, 1, 1.0, r["text"]) for r in ledger.db.execute(sql)]


def _places(ledger: Ledger) -> list[Item]:
    laid: Counter[str] = Counter()
    for table in ("quantities", "events"):
        sql = f"select place_id as id, count(*) as n from {table} where place_id is not null group by place_id"
        laid.update({row["id"]: row["n"] for row in ledger.db.execute(sql)})
    sql = "select place_id as id, report_id, confidence, text || ' ' || name as label from places"
    return [
        Item("places", row["id"], row["report_id"], False, 1 + laid[row["id"]], row["confidence"], row["label"])
        for row in ledger.db.execute(sql)
    ]


def _doubts(ledger: Ledger) -> list[Item]:
    pointing: Counter[str] = Counter()
    for table, column in (("mentions", "entity_id"), ("statements", "speaker_entity"), ("origins", "entity_id")):
        sql = f"select {column} as id, count(*) as n from {table} where {column} is not null group by {column}"
        pointing.update({row["id"]: row["n"] for row in ledger.db.execute(sql)})
    return [
        Item(
            "doubts",
            row["doubt_id"],
            None,
            False,
            1 + min(pointing[row["one_entity"]], pointing[row["other_entity"]]),
            max(0.0, 1 - row["weight"] / JOINED),  # how sure it is that they are rightly apart
            f"{row['one']} {row['other']}",
            (row["one"], row["other"]),
        )
        for row in ledger.rows("doubts")
    ]
