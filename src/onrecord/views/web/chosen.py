"""Which items of the queue an address asks for: by kind, state, words, and any filter of the kind's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from onrecord.errors import BadFilter
from onrecord.ledger.decisions.queue import JUDGED, Item
from onrecord.ledger.queries import Filter, where
from onrecord.ledger.store import Ledger
from onrecord.records import Judgement
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.review import KINDS, LISTS
from onrecord.views.pages.shelf import Row
from onrecord.views.web.desk import Desk, Overlay, pair_key

OWN = ("table", "state", "contested", "q", "page")
STATES = ("open", "decided", "disputed", "all")
OPEN = "open"


@dataclass(slots=True)
class Chosen:
    """The items that a filter holds, and how many of them are decided."""

    items: list[Item]
    total: int  # under the filter, decided ones among them
    decided: int
    kinds: list[Row]  # open and decided ones of each kind
    by_row: Mapping[str, list[Judgement]]
    unlike: frozenset[str]
    bulk: list[Item] = field(default_factory=list)  # names are judged pair by pair, never in bulk

    def acts(self, item: Item) -> list[Judgement]:
        """The decisions that stand on an item."""
        return self.by_row.get(key(item), [])

    def disputed(self, item: Item) -> bool:
        """Whether two people have decided on it unlike."""
        return key(item) in self.unlike


def key(item: Item) -> str:
    """The key of an item's decisions in an overlay."""
    return pair_key(*item.names) if item.names else item.row_id


def chosen(desk: Desk, opened: Ledger, asked: Asked, overlay: Overlay) -> Chosen:
    """The queue as an address asks for it.

    Raises:
        BadFilter: no such kind or state, or a name that the kind's table has not.
    """
    state, table = asked.get("state") or OPEN, asked.get("table")
    if state not in STATES:
        raise BadFilter(f"no state {state!r}", where="review", hint=f"states are {', '.join(STATES)}")
    by_row, unlike = overlay.by_row(), overlay.disputed()
    inside = _inside(opened, asked, table)
    every = [i for i in desk.queue(opened) if (inside is None or i.row_id in inside) and _fits(i, asked)]
    kinds = Counter(i.table for i in every)
    kept = [i for i in every if table in (None, i.table)]
    found = Chosen(
        [],
        len(kept),
        0,
        [{"table": t, "label": LISTS[t], "total": kinds[t]} for t in KINDS if kinds[t]],
        by_row,
        unlike,
    )
    judged = {i.row_id for i in kept if key(i) in by_row}
    found.decided = len(judged)
    wanted: Mapping[str, Callable[[Item], bool]] = {
        "all": lambda i: True,
        "open": lambda i: i.row_id not in judged,
        "decided": lambda i: i.row_id in judged,
        "disputed": lambda i: key(i) in unlike,
    }
    found.items = [i for i in kept if wanted[state](i)]
    found.bulk = [i for i in found.items if i.table != "doubts"]
    return found


def _inside(opened: Ledger, asked: Asked, table: str | None) -> frozenset[str] | None:
    """Ids of the rows of a table that its own filters hold; None where none of them is asked."""
    rest = [(k, v) for k, v in asked.pairs if k not in OWN and v.strip()]
    if table is not None and table not in KINDS:
        raise BadFilter(f"no kind {table!r}", where="review", hint=f"kinds are {', '.join(KINDS)}")
    if not rest:
        return None
    if table not in JUDGED:
        raise BadFilter(
            f"no name {rest[0][0]!r}", where="review", hint=f"choose a kind first: table={' or '.join(JUDGED)}"
        )
    clause, values = where(Filter.parse(table, rest))
    sql = f"select t.{JUDGED[table]} as id from {table} t where {clause}"
    return frozenset(row["id"] for row in opened.db.execute(sql, values))


def _fits(item: Item, asked: Asked) -> bool:
    if asked.get("contested") and not item.contested:
        return False
    words = (asked.get("q") or "").casefold().split()
    label = item.label.casefold() if words else ""
    return all(word in label for word in words)
