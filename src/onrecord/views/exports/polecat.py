"""POLECAT's columns, tab-separated: every event but the generic, typed as PLOVER types what is planned, threatened or denied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from onrecord.claims.events.plover import as_plover, quads
from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.views.coded import Coded, area, coded, save
from onrecord.views.taking import Taken

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District",
    "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the events of one filter but the generic ones."""
    (one,) = asked
    return save(out, COLUMNS, coded(ledger, one), _row, _unfit, dialect="excel-tab")


def _unfit(c: Coded) -> str:
    return "generic, so no event" if c.event["realis"] == "generic" else ""


def _row(c: Coded) -> Row:
    event, place = c.event, c.place
    kind = as_plover(event["type"], event["realis"], event["why"])
    lies = area(place)
    return {
        "Event ID": event["event_id"],
        "Event Date": event["date_from"],
        "Event Type": kind,
        "Event Mode": event["mode"] if kind == event["type"] else "",
        "Quad Code": quads()[kind].upper(),
        "Contexts": ";".join(event["contexts"]),
        "Actor Name": ";".join(event["actors"]),
        "Actor Name Raw": _raw(c, "actor_spans"),
        "Recipient Name": ";".join(event["recipients"]),
        "Recipient Name Raw": _raw(c, "recipient_spans"),
        "Placename": place["name"] if place else "",
        "District": lies.second,
        "Province": lies.first,
        "Country": lies.country,
        "Latitude": place["lat"] if place else "",
        "Longitude": place["lon"] if place else "",
        "GeoNames ID": place["geoname_id"] if place else "",
        "Raw Placename": place["text"] if place else "",
        "Feature Type": place["precision"] if place else "",
        "Source": c.report["outlet"],
        "Publication Date": c.report["published"],
        "Language": c.report["language"],
        "Version": c.ours["onrecord_version"],
    }


def _raw(c: Coded, spans: str) -> str:
    return ";".join(" ".join(c.report["text"][start:end].split()) for start, end in c.event[spans])
