"""Which rows of a table an address asks for: one filter for the page, its JSON and its files."""

from __future__ import annotations

from typing import Any

from onrecord.ledger.shape import TABLES
from onrecord.views.pages.asked import Pairs
from onrecord.views.pages.shelf import Row, Shelf

# The full-text table that "q" searches, for tables that have one; otherwise "q" is looked for in the columns named.
INDEXED = {"reports": "reports_search", "statements": "statements_search"}
WORDS = {"matters": ("question",), "entities": ("name", "aliases"), "quantities": ("text", "counted"), "events": ("text",), "places": ("text", "name")}  # fmt: skip


def where(shelf: Shelf, table: str, pairs: Pairs) -> tuple[str, tuple[Any, ...]]:
    """SQL of ours with a `?` for every value. Names that are no columns of the table are ignored; values never become SQL."""
    columns = set(shelf.ledger.columns(table))
    clauses, values = [], []
    for name, value in pairs:
        if name == "q":
            clause, given = _words(table, value)
            clauses.append(clause)
            values += given
        elif name in columns:
            clauses.append(f'"{name}" = ?')
            values.append(value)
    return " and ".join(clauses) or "1", tuple(values)


def _words(table: str, words: str) -> tuple[str, list[str]]:
    if table in INDEXED:
        return f"id in (select rowid from {INDEXED[table]} where {INDEXED[table]} match ?)", [matching(words)]
    names = WORDS.get(table, ())
    given = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return "(" + (" or ".join(f'"{n}" like ? escape ' + "'\\'" for n in names) or "0") + ")", [given] * len(names)


def matching(words: str) -> str:
    """Words as a full-text query in which nothing is an operator.

    >>> matching('bridge "OR" x')
    '"bridge" "\"\"OR\"\"" "x"'
    """
    return " ".join('"' + w.replace('"', '""') + '"' for w in words.split()) or '""'


def total(shelf: Shelf, table: str, pairs: Pairs) -> int:
    """How many rows of a table the filter holds."""
    assert table in TABLES
    clause, values = where(shelf, table, pairs)
    return shelf.count(f"select count(*) from {table} where {clause}", *values)


def rows(shelf: Shelf, table: str, pairs: Pairs, leaf: Row, order: str = "id") -> list[Row]:
    """One leaf of the rows that the filter holds. `order` is SQL of ours."""
    assert table in TABLES
    clause, values = where(shelf, table, pairs)
    return shelf.all(
        f"select * from {table} where {clause} order by {order} limit ? offset ?", *values, leaf["take"], leaf["skip"]
    )
