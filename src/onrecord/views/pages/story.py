"""A story on two clocks: when things happened and when they were reported; and where, on a map that needs no network."""

from __future__ import annotations

from onrecord.views.pages import atlas, filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.clocks import clocks
from onrecord.views.pages.events import counts, note
from onrecord.views.pages.shelf import Row, Shelf, leaf_of

LINES = 40  # events on one leaf
MAPS = 2
IN_TIME = "coalesce(date_from, date_to, (select published from reports r where r.report_id = t.report_id), '9999'), id"


def page(shelf: Shelf, asked: Asked) -> Row:
    """What story.html shows: events in order of time, and the countries most spoken of."""
    leaf = leaf_of(asked, filters.total(shelf, "events", asked.filters), LINES)
    rows = [note(shelf, e) for e in filters.rows(shelf, "events", asked.filters, leaf, IN_TIME)]
    maps = shelf.once(atlas.maps)
    return {
        "leaf": leaf,
        "rows": rows,
        "realis": counts(shelf),
        "drawn": clocks(rows),
        "maps": maps[:MAPS],
        "more_maps": len(maps[MAPS:]),
    }
