"""Taking away what is on the screen: the rows of a filter as a file, with the number of rows told first."""

from __future__ import annotations

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import TABLES
from onrecord.views.exports import FORMATS
from onrecord.views.pages import filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf

PREVIEW = 5


def page(shelf: Shelf, asked: Asked) -> Row:
    """What the export page shows: the table and filter it was opened from, the first rows, and the formats."""
    table = asked.get("table") or "statements"
    table = table if table in TABLES else "statements"
    pairs = tuple((k, v) for k, v in asked.filters if k != "table")
    chosen = Filter.parse(table, pairs)
    query, whole = chosen.query(), chosen == Filter(table=table)
    return {
        "table": table,
        "tables": list(TABLES),
        "filters": [list(p) for p in pairs],
        "told": str(chosen),
        "query": f"?{query}" if query else "",
        "total": filters.total(shelf, table, pairs),
        "preview": filters.rows(shelf, table, pairs, {"take": PREVIEW, "skip": 0}),
        "columns": list(shelf.ledger.columns(table)),
        "formats": [
            {"name": n, "label": f.label, "says": f.says}
            for n, f in FORMATS.items()
            if table in f.tables and (whole or n != "site")  # a site holds the whole ledger
        ],
        "offsets": shelf.meta["offsets"],
        "version": shelf.meta["version"],
        "seal": shelf.meta.get(f"seal:{table}", ""),
    }
