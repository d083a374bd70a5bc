"""UCDP GED's columns: violent acts that happened and that a count of the dead stands beside, with low, best and high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.views.coded import Coded, area, coded, fatalities, save, side
from onrecord.views.taking import Taken

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


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the events of one filter that are violence that happened, with a count of the dead beside it."""
    (one,) = asked
    return save(out, COLUMNS, coded(ledger, one), _row, _unfit)


def _unfit(c: Coded) -> str:
    if c.event["realis"] != "actual":
        return f"{c.event['realis']}, so no act"
    if c.event["type"] != "ASSAULT":
        return f"{c.event['type']}, which is no violence"
    return "" if c.dead else "no count of the dead beside it"


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
    lies = area(place)
    return {
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
        "country": lies.country,
        "adm_1": lies.first,
        "adm_2": lies.second,
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
