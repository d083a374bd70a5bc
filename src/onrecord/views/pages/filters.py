"""Rows that an address asks for: the filter of `ledger.queries`, one leaf at a time, in the order of the page."""

from __future__ import annotations

from typing import Any

from onrecord.ledger import queries
from onrecord.ledger.shape import opened
from onrecord.views.pages.asked import Pairs
from onrecord.views.pages.shelf import Row, Shelf


def where(table: str, pairs: Pairs) -> tuple[str, tuple[Any, ...]]:
    """The condition on table `t`, with a `?` for every value.

    Raises:
        BadFilter: a name that the table has not, or a value that it cannot be.
    """
    return queries.where(queries.Filter.parse(table, pairs))


def total(shelf: Shelf, table: str, pairs: Pairs) -> int:
    """How many rows of a table the filter holds."""
    return queries.count(shelf.ledger, queries.Filter.parse(table, pairs))


def rows(shelf: Shelf, table: str, pairs: Pairs, leaf: Row, order: str = "t.rowid") -> list[Row]:
    """One leaf of the rows that the filter holds. `order`, SQL of ours on table `t`, stands where the reader asks for none."""
    asked = queries.Filter.parse(table, pairs)
    clause, values = queries.where(asked)
    by = queries.order(asked) if asked.sort else order
    # Sorted by key alone, then read: a sorter that carries whole rows is ten times as slow.
    found = shelf.ledger.db.execute(
        f"select t.id from {table} t where {clause} order by {by} limit ? offset ?",
        (*values, leaf["take"], leaf["skip"]),
    )
    keys = [row[0] for row in found]
    marks = ",".join("?" * len(keys))
    read = {r[0]: r for r in shelf.ledger.db.execute(f"select * from {table} where id in ({marks})", keys)}
    return [opened(dict(read[k])) for k in keys]


def matching(words: str) -> str:
    """Words as a full-text query in which nothing is an operator; "" where there is nothing to look for.

    >>> matching('bridge "the old" cease* OR')
    '"bridge" "the old" "cease"* "OR"'
    """
    return " ".join(f'"{text}"{"*" if begins else ""}' for text, begins in queries.phrases(words))
