"""What made the ledger: the run, its settings, its seals, and the inputs that made no report."""

from __future__ import annotations

from onrecord.ledger.shape import TABLES
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf, leaf_of


def page(shelf: Shelf, asked: Asked) -> Row:
    """What run.html shows."""
    run = {k: v for k, v in shelf.run.items() if k != "skipped"}
    return {
        "run": run,
        "skipped": len(shelf.run["skipped"]),
        "tables": [
            {"table": t, "rows": shelf.count(f"select count(*) from {t}"), "seal": shelf.meta.get(f"seal:{t}", "")}
            for t in TABLES
            if shelf.ledger.columns(t)  # a ledger of an older version has fewer
        ],
        "offsets": shelf.meta["offsets"],
        "schema": shelf.meta["schema"],
    }


def skipped(shelf: Shelf, asked: Asked) -> Row:
    """What skipped.html shows: every input that made no report, with its reason and its cure."""
    rows = shelf.run["skipped"]
    leaf = leaf_of(asked, len(rows))
    return {"leaf": leaf, "rows": rows[leaf["skip"] : leaf["skip"] + leaf["take"]], "inputs": shelf.run["inputs"]}
