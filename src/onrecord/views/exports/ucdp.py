"""UCDP GED's columns: violent acts that happened and that a count of the dead stands beside, with low, best and high."""

from __future__ import annotations

from pathlib import Path

from onrecord.ledger.store import Ledger
from onrecord.views.coded import Coded, Row, coded, fatalities, save, side

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
)  # fmt: skip
WHERE = {"point": 1, "district": 3, "province": 4, "country": 6}  # UCDP GED codebook, where_prec
WHEN = {"day": 1, "week": 2, "month": 4, "span": 3, "year": 5}  # date_prec


def write(ledger: Ledger, table: str, folder: Path) -> int:
    """Writes `ucdp.csv` when the table is events; returns the number of rows."""
    if table != "events":
        return 0
    fatal = (c for c in coded(ledger) if c.event["type"] == "ASSAULT" and c.event["realis"] == "actual" and c.dead)
    return save(folder / "ucdp.csv", COLUMNS, map(_row, fatal))


def violence(actors: str, recipients: str) -> str:
    """Type of violence by ACLED's codes of the sides: 1 state-based, 2 non-state, 3 one-sided; "" where they do not tell.

    >>> violence("1", "2"), violence("2", "2"), violence("2", "7")
    ('1', '2', '3')
    """
    if recipients in ("6", "7"):
        return "3"
    if "1" in (actors, recipients):
        return "1"
    return "2" if actors and recipients else ""


def _row(c: Coded) -> Row:
    event, place = c.event, c.place
    low, best, high = fatalities(c.dead)
    kind = violence(side(event["actors"]), side(event["recipients"]))
    return c.ours | {
        "id": event["event_id"],
        "year": event["date_from"][:4] if event["date_from"] else "",
        "type_of_violence": kind,
        "side_a": "; ".join(event["actors"]) or "Unknown",
        "side_b": "Civilians" if kind == "3" else "; ".join(event["recipients"]),
        "number_of_sources": c.ours["origins"],
        "source_article": c.ours["quote"],
        "source_office": c.report["outlet"],
        "source_date": c.report["published"],
        "source_headline": c.report["title"],
        "source_original": c.ours["chain"],
        "where_prec": WHERE.get(place["precision"], "") if place else "",
        "where_coordinates": place["name"] if place else "",
        "where_description": place["text"] if place else "",
        "latitude": place["lat"] if place else "",
        "longitude": place["lon"] if place else "",
        "geom_wkt": f"POINT ({place['lon']} {place['lat']})" if place and place["lat"] is not None else "",
        "country": place["country"] if place else "",
        "event_clarity": 1 if event["date_precision"] == "day" else 2,
        "date_prec": WHEN.get(event["date_precision"] or "", ""),
        "date_start": event["date_from"],
        "date_end": event["date_to"],
        "deaths_civilians": best if kind == "3" else "",
        "deaths_unknown": "" if kind == "3" else best,
        "best": best,
        "high": high,
        "low": low,
    }
