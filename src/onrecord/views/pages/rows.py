"""Lists of statements and of figures under a filter: what the pages point at, and what the export hands out."""

from __future__ import annotations

from onrecord.views.pages import filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.people import statement
from onrecord.views.pages.shelf import Row, Shelf, leaf_of

TOLD = "(select published from reports r where r.report_id = t.report_id)"
SAID_IN_TIME = f"coalesce(t.said_from, {TOLD}, '9999'), t.rowid"
FIGURES_IN_TIME = f"coalesce({TOLD}, '9999'), t.rowid"


def statements(shelf: Shelf, asked: Asked) -> Row:
    """What statements.html shows: who said what, in order of time."""
    leaf = leaf_of(asked, filters.total(shelf, "statements", asked.filters))
    rows = filters.rows(shelf, "statements", asked.filters, leaf, SAID_IN_TIME)
    return {"leaf": leaf, "rows": [statement(shelf, s) for s in rows]}


def quantities(shelf: Shelf, asked: Asked) -> Row:
    """What quantities.html shows: every figure with what it counts and who gave it."""
    leaf = leaf_of(asked, filters.total(shelf, "quantities", asked.filters))
    rows = filters.rows(shelf, "quantities", asked.filters, leaf, FIGURES_IN_TIME)
    return {"leaf": leaf, "rows": [_figure(shelf, q) for q in rows]}


def _figure(shelf: Shelf, row: Row) -> Row:
    said = shelf.row("statements", "statement_id", row["statement_id"])
    return {**row, "report": shelf.brief(row["report_id"]), "speaker": said["speaker"] if said else None}
