"""Who and where: names of people, groups and outlets in one report (`names.py`), places, days."""

from __future__ import annotations

from onrecord.mentions.names import names
from onrecord.records import Mention, Sheet

FINDERS = (names,)  # order is the order of rows that start at the same character


def mentions(sheet: Sheet) -> tuple[Mention, ...]:
    """All mentions of one report, in text order."""
    found = [mention for finder in FINDERS for mention in finder(sheet)]
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.mention_id)))
