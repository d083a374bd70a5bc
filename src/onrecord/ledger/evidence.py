"""Does the ledger still say what the reports say? Every quote against its source, every table against its seal."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.ledger.store import Ledger, seals


def faults(ledger: Ledger) -> Iterator[str]:
    """Every fault found, as a line that names the table and the row; none for a sound ledger."""
    check = ledger.db.execute("pragma integrity_check").fetchone()[0]
    if check != "ok":
        yield f"SQLite: {check}"
    kept = ledger.meta()
    fresh = seals(ledger.db)
    for name, value in fresh.items():
        if kept.get(name) != value:
            yield f"{name.removeprefix('seal:')}: changed after it was sealed"
    yield from unlike_source(ledger)


def unlike_source(ledger: Ledger) -> Iterator[str]:
    """Rows whose quoted text is not what stands at their offsets."""
    texts = {row["report_id"]: row["text"] for row in ledger.rows("reports")}
    for row in ledger.rows("statements"):
        quoted = " ".join(texts[row["report_id"]][s:e] for s, e in row["content"])
        if quoted != row["text"]:
            yield f"statements {row['statement_id']}: quote is unlike its source"
    for table, key in (
        ("mentions", "mention_id"),
        ("quantities", "quantity_id"),
        ("events", "event_id"),
        ("times", "time_id"),
        ("places", "place_id"),
    ):
        for row in ledger.rows(table):
            if texts[row["report_id"]][row["start"] : row["end"]] != row["text"]:
                yield f"{table} {row[key]}: quote is unlike its source"
