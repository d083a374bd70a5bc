"""A story on two clocks: when things happened and when they were reported; and where, on a map that needs no network."""

from __future__ import annotations

from onrecord.views.pages import atlas, events
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf


def page(shelf: Shelf, asked: Asked) -> Row:
    """What story.html shows."""
    return {**events.page(shelf, asked), "maps": atlas.page(shelf, Asked())["maps"]}
