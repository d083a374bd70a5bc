"""ACLED's columns (as acledR reads them): acts that happened, one row an event; threats, plans and denials are left out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.text.tables import table as words
from onrecord.views.coded import Coded, area, coded, fatalities, long_date, save, side
from onrecord.views.taking import Taken

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
TIME = {"day": "1", "week": "2", "month": "3", "span": "3", "year": "3"}
WHERE = {"point": "1", "district": "2", "province": "3", "country": "3"}


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the events of one filter that happened and that ACLED codes."""
    (one,) = asked
    return save(out, COLUMNS, coded(ledger, one), _row, _unfit)


def _unfit(c: Coded) -> str:
    if c.event["realis"] != "actual":
        return f"{c.event['realis']}, so no act"
    return "" if _kind(c.event) else f"{c.event['type']}, which ACLED does not code"


@cache
def _kinds() -> dict[tuple[str, str], tuple[str, str, str]]:
    return {(r["type"], r["mode"]): (r["disorder"], r["event"], r["sub_event"]) for r in words("acled")}


def _kind(event: Row) -> tuple[str, str, str] | None:
    """Disorder, event and sub-event type; None for what ACLED does not code."""
    kind = _kinds().get((event["type"], event["mode"] or "")) or _kinds().get((event["type"], ""))
    if kind is None or kind[1] != "Battles":
        return kind
    if event["territory"] is not None:
        regained = side(event["actors"]) == "1"
        return (*kind[:2], "Government regains territory" if regained else "Non-state actor overtakes territory")
    return (kind[0], "Violence against civilians", "Attack") if side(event["recipients"]) in ("6", "7") else kind


def _row(c: Coded) -> Row:
    event, place = c.event, c.place
    disorder, kind, sub = _kind(event) or ("", "", "")
    sides = side(event["actors"]), side(event["recipients"])
    when = event["date_from"]
    lies = area(place)
    return {
        "event_id_cnty": event["event_id"],
        "event_date": long_date(when),
        "year": when[:4] if when else "",
        "time_precision": TIME.get(event["date_precision"] or "", ""),
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": "; ".join(event["actors"]) or "Unidentified",
        "actor2": "; ".join(event["recipients"]),
        "inter1": sides[0],
        "inter2": sides[1],
        "interaction": "".join(sides) if all(sides) else "",
        "civilian_targeting": "Civilian targeting" if kind == "Violence against civilians" else "",
        "iso": lies.iso,
        "country": lies.country,
        "admin1": lies.first,
        "admin2": lies.second,
        "location": place["name"] if place else "",
        "latitude": place["lat"] if place else "",
        "longitude": place["lon"] if place else "",
        "geo_precision": WHERE.get(place["precision"], "") if place else "",
        "source": c.report["outlet"],
        "notes": c.ours["quote"],
        "fatalities": fatalities(c.dead)[0],
        "timestamp": c.report["published"],
    }
