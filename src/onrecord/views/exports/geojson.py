"""GeoJSON (RFC 7946): every row a feature at the places it names, longitude first, WGS 84; nowhere named is no geometry.

A point is a middle: `radius_km` says how far around it the place may lie, `precision` what kind of place it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.views.taking import Sources, Taken, about, key, label, spans, taken

OF_PLACE = ("name", "geoname_id", "country", "province", "precision", "radius_km", "exact", "how")


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes one collection. A statement is where the places named in its words are."""
    places = {p["place_id"]: p for p in ledger.rows("places")}
    by_report: dict[str, list[Row]] = {}
    for place in places.values():
        by_report.setdefault(place["report_id"], []).append(place)
    sources, count, nowhere = Sources(ledger), 0, 0
    head = json.dumps({"type": "FeatureCollection", "onrecord": about(ledger, asked)}, ensure_ascii=False)
    out.write(head.removesuffix("}").encode() + b', "features": [')
    for one in asked:
        for row in taken(ledger, one, sources):
            named = _named(one.table, row, places, by_report)
            made = _feature(one.table, row, named)
            out.write(
                (b",\n" if count else b"\n") + json.dumps(made, ensure_ascii=False).encode("utf-8", "surrogatepass")
            )
            count += 1
            nowhere += made["geometry"] is None
    out.write(b"\n]}\n")
    return Taken(rows=count, remarks=(f"{nowhere} of {count} rows name no place that has a point",) if nowhere else ())


def _named(table: str, row: Row, places: Mapping[str, Row], by_report: Mapping[str, Iterable[Row]]) -> list[Row]:
    if table == "statements":
        inside = by_report.get(row["report_id"], ())
        return [p for p in inside if any(a <= p["start"] and p["end"] <= b for a, b in spans(row))]
    place = places.get(row["place_id"])
    return [place] if place else []


def _feature(table: str, row: Row, named: Sequence[Row]) -> dict[str, Any]:
    points = [[p["lon"], p["lat"]] for p in named if p["lon"] is not None and p["lat"] is not None]
    geometry: dict[str, Any] | None = None
    if points:
        geometry = (
            {"type": "Point", "coordinates": points[0]}
            if len(points) == 1
            else {"type": "MultiPoint", "coordinates": points}
        )
    told: dict[str, Any] = {"table": table, "label": label(table, row), **row}
    if table != "places":
        told["places"] = [{c: p[c] for c in OF_PLACE} for p in named]
    return {"type": "Feature", "id": row[key(table)], "geometry": geometry, "properties": told}
