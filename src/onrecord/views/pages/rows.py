"""Lists of statements and of figures under a filter: what the pages point at, and what the export hands out."""

from __future__ import annotations

from onrecord.views.pages import filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.people import statement
from onrecord.views.pages.shelf import Row, Shelf, leaf_of


def statements(shelf: Shelf, asked: Asked) -> Row:
    """What statements.html shows: who said what, report by report."""
    leaf = leaf_of(asked, filters.total(shelf, "statements", asked.filters))
    rows = filters.rows(shelf, "statements", asked.filters, leaf)
    return {"leaf": leaf, "rows": [statement(shelf, s) for s in rows]}


def quantities(shelf: Shelf, asked: Asked) -> Row:
    """What quantities.html shows: every figure with what it counts and who gave it."""
    leaf = leaf_of(asked, filters.total(shelf, "quantities", asked.filters))
    rows = filters.rows(shelf, "quantities", asked.filters, leaf)
    return {"leaf": leaf, "rows": [_figure(shelf, q) for q in rows]}


def _figure(shelf: Shelf, row: Row) -> Row:
    said = shelf.row("statements", "statement_id", row["statement_id"])
    return {**row, "report": shelf.brief(row["report_id"]), "speaker": said["speaker"] if said else None}
