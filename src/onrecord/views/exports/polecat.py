"""POLECAT's columns, tab-separated: every event but the generic, typed as PLOVER types what is planned, threatened or denied."""

from __future__ import annotations

from pathlib import Path

from onrecord.claims.events.plover import as_plover, quads
from onrecord.ledger.store import Ledger
from onrecord.views.coded import Coded, Row, coded, save

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District",
    "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write(ledger: Ledger, table: str, folder: Path) -> int:
    """Writes `polecat.tsv` when the table is events; returns the number of rows."""
    if table != "events":
        return 0
    told = (c for c in coded(ledger) if c.event["realis"] != "generic")
    return save(folder / "polecat.tsv", COLUMNS, map(_row, told), dialect="excel-tab")


def _row(c: Coded) -> Row:
    event, place = c.event, c.place
    kind = as_plover(event["type"], event["realis"], event["why"])
    return c.ours | {
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
        "Country": place["country"] if place else "",
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
