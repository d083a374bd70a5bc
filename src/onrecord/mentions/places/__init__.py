"""Places a report names: what of the text may be a name, what it says lies in what, and which namesake is meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onrecord.mentions.places.candidates import spot
from onrecord.mentions.places.placing import LEAST_SURE, placed
from onrecord.mentions.places.spots import spots
from onrecord.records import Place, Sheet
from onrecord.text.gazetteer import gazetteer


def places(sheet: Sheet, own: Path | None = None) -> tuple[Place, ...]:
    """All places of a report that the gazetteer knows, or that are said to lie in one that it knows, in text order.

    Args:
        sheet: with passages; with sentences, where something read them.
        own: a person's own gazetteer, asked before the one that ships.

    Raises:
        BrokenGazetteer: `own` is no gazetteer.
    """
    known = gazetteer(own)
    found = spots(sheet, known)
    return placed(sheet, found, known, LEAST_SURE) if found else ()


def resolved(sheet: Sheet, spans: Iterable[tuple[int, int]], own: Path | None = None) -> tuple[Place, ...]:
    """Stretches that are known to name places, each with the likeliest place, were it only the one it stands nearest to.

    For measuring, and for a person who marks places by hand: a build leaves out what it cannot tell.
    """
    known = gazetteer(own)
    text = sheet.report.text
    asked = sorted(set(spans))
    given = [spot(known, text, start, end, sure=True, short_forms=True, seats=True) for start, end in asked]
    others = [one for one in spots(sheet, known) if not any(a < one.end and one.start < b for a, b in asked)]
    rows = placed(sheet, sorted([*given, *others], key=lambda one: (one.start, one.end)), known, 0.0)
    return tuple(row for row in rows if (row.start, row.end) in set(asked))
