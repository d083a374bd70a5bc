"""Pages: what each screen shows, as plain rows. One set of templates draws them for the static report and for the server.

A page is a function of a shelf (an open ledger) and of what was asked for; it returns rows that are both what the
template sees and the JSON beside the page. `drawn` and `plot`, shapes of a picture, are left out of the JSON.
A new screen is a function, a template and a line of `PAGES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.views.pages import (
    atlas,
    events,
    find,
    lineage,
    matters,
    overview,
    people,
    reader,
    rows,
    runs,
    story,
)
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A screen. `table` names the rows it lists, which the export hands out under the same filter."""

    name: str
    data: Callable[[Shelf, Asked], Row | None]
    says: str  # one line for the description of the interface
    keys: tuple[str, ...]  # what its JSON always holds
    ids: str | None = None  # SQL for the ids of pages of one row each
    table: str | None = None
    live: bool = False  # only where a server answers: no files are written


PAGES = (
    Page(name="overview", data=overview.page, says="Counts side by side, matters by verdict, what was skipped", keys=("tally", "groups", "skipped")),
    Page(name="story", data=story.page, says="Events on two clocks, and a map", keys=("leaf", "rows", "maps"), table="events"),
    Page(name="matters", data=matters.listed, says="Questions on which claims meet, contested first", keys=("leaf", "rows", "verdicts"), table="matters"),
    Page(name="matter", data=matters.page, says="The claims of one matter by origin", keys=("matter", "origins", "matrix"), ids="select matter_id from matters order by id"),
    Page(name="reports", data=reader.listed, says="Reports in order of time", keys=("leaf", "rows"), table="reports"),
    Page(name="report", data=reader.page, says="One report with everything found in it", keys=("report", "blocks", "notes", "copies", "events"), ids="select report_id from reports order by id"),
    Page(name="people", data=people.listed, says="People, groups and outlets, those who say most first", keys=("leaf", "rows", "types"), table="entities"),
    Page(name="person", data=people.page, says="All that one of them said and that is said of them", keys=("entity", "parts", "turned"), ids="select entity_id from entities order by id"),
    Page(name="statements", data=rows.statements, says="Who said what", keys=("leaf", "rows"), table="statements"),
    Page(name="quantities", data=rows.quantities, says="Figures", keys=("leaf", "rows"), table="quantities"),
    Page(name="events", data=events.page, says="What happened, and what did not", keys=("leaf", "rows", "realis"), table="events"),
    Page(name="places", data=atlas.page, says="Places, each as large as it is uncertain", keys=("leaf", "rows", "maps"), table="places"),
    Page(name="lineage", data=lineage.page, says="Who copied whom", keys=("leaf", "families", "alone")),
    Page(name="run", data=runs.page, says="What made the ledger", keys=("run", "tables", "skipped")),
    Page(name="skipped", data=runs.skipped, says="Inputs that made no report, and why", keys=("leaf", "rows")),
    Page(name="search", data=find.page, says="All hits of some words", keys=("q", "kind", "totals", "leaf", "rows"), live=True),
)  # fmt: skip
BY_NAME = {p.name: p for p in PAGES}
# What the head of every page leads to. A route table of the server may add to it (views/web).
NAV = (
    ("overview", "Overview"), ("story", "Story"), ("matters", "Matters"), ("people", "People & groups"), ("reports", "Reports"),
    ("lineage", "Lineage"), ("run", "Run"),
)  # fmt: skip
