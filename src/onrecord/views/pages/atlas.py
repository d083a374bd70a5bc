"""The places of all reports: a map of each country drawn with what the package holds, and the same as a list.

A place is drawn as large as it is uncertain: a province is its outline, a district or a town a circle as wide as the
place may reach. Nothing is drawn as a sharper point than the reports give.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Any

from onrecord.text.gazetteer.keys import sounded, spelled
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf, leaf_of

GRAIN = 100  # the outlines count in hundredths of a degree
WIDTH, TALLEST = 640, 620
MARGIN_DEGREES = 0.4
KM_A_DEGREE = 111.2
LEAST_RADIUS = 4.0  # pixels: what can be seen
LETTER, LINE = 7.2, 15  # pixels that a label takes
MOST_MAPS = 12
MOST_REPORTS = 8  # named beside a place; their number is always told
FEWEST_PLACES = 2  # a country with one place below it is a line of the list
MOST_WORLD_DEGREES = 100.0  # wider countries (Fiji, Russia) are drawn without what lies over the date line
Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Degrees to pixels: an upright map whose middle keeps its shape."""

    west: float
    north: float
    across: float  # pixels a degree of longitude
    down: float  # pixels a degree of latitude
    width: int
    height: int

    def x(self, lon: float) -> float:
        """Pixels from the left."""
        return round((lon - self.west) * self.across, 1)

    def y(self, lat: float) -> float:
        """Pixels from the top."""
        return round((self.north - lat) * self.down, 1)

    def path(self, rings: Sequence[Ring]) -> str:
        """Rings as the path of an SVG."""
        return "".join("M" + "L".join(f"{self.x(lon)} {self.y(lat)}" for lon, lat in ring) + "Z" for ring in rings)


@cache
def outlines() -> dict[str, Any]:
    """Outlines of countries and provinces by the country's code (Natural Earth, public domain)."""
    packed = (files("onrecord.views.pages") / "outlines.json.gz").read_bytes()
    found: dict[str, Any] = json.loads(gzip.decompress(packed))
    return found


def rings(packed: Sequence[Sequence[int]]) -> list[Ring]:
    """Rings in degrees from their whole steps."""
    found = []
    for steps in packed:
        x = y = 0
        ring = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / GRAIN, y / GRAIN))
        found.append(ring)
    return found


GATHERED = """select place_id, country, geoname_id, name, precision, province, lat, lon, radius_km, how, count(*) as times, max(exact) as exact,
  json_group_array(distinct case when exact then text end) as written, json_group_array(distinct case when exact then null else text end) as inside,
  json_group_array(distinct report_id) as reports from places group by country, geoname_id, name, precision
  order by times desc, name, place_id"""


def page(shelf: Shelf, asked: Asked) -> Row:
    """What places.html shows: a map for each country with places below it, most named first, and every place in a list."""
    found = shelf.once(_gathered)
    leaf = leaf_of(asked, len(found))
    shown = found[leaf["skip"] : leaf["skip"] + leaf["take"]]
    for place in shown:
        place["in"] = [shelf.brief(r) for r in place["reports"][:MOST_REPORTS]]
    drawn = shelf.once(maps)
    return {"leaf": leaf, "maps": drawn[:MOST_MAPS], "more": len(drawn[MOST_MAPS:]), "rows": shown}


def maps(shelf: Shelf) -> list[Row]:
    """A map for each country with places below it, most named first."""
    return _maps(shelf.once(_gathered))


def _maps(found: list[Row]) -> list[Row]:
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place in found:
        by_country[place["country"] or ""].append(place)
    ranked = sorted((c for c in by_country if c), key=lambda c: (-sum(p["times"] for p in by_country[c]), c))
    drawn = [made for code in ranked if (made := _map(code, by_country[code]))]
    return [
        made for k, made in enumerate(drawn) if k == 0 or len(made["areas"]) + len(made["circles"]) >= FEWEST_PLACES
    ]


def _gathered(shelf: Shelf) -> list[Row]:
    """Rows of the table of places, one for each place, with the spellings and reports that name it."""
    found = []
    for row in shelf.all(GATHERED):
        lists = {k: [v for v in json.loads(row[k]) if v] for k in ("written", "inside", "reports")}
        found.append({**row, **{k: sorted(v) for k, v in lists.items()}})
    return found


def _map(code: str, places: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """One country with its places, None where nothing below the country is named or no outline is there."""
    inside = [p for p in places if p["precision"] in ("point", "district", "province") and p["lat"] is not None]
    known = outlines().get(code)
    if not inside or not known:
        return None
    provinces = {name: rings(packed) for name, packed in known["provinces"].items()}
    country = rings(known["outline"]) or [ring for shape in provinces.values() for ring in shape]
    frame = _frame(country)
    areas, circles = [], []
    for place in sorted(inside, key=lambda p: -(p["radius_km"] or 0.0)):
        if place["precision"] == "province" and (name := _province(place, provinces)):
            areas.append({"path": frame.path(provinces[name]), "place": place})
        else:
            circles.append({"place": place, **_circle(frame, place)})
    return {
        "code": code,
        "name": next((p["name"] for p in places if p["precision"] == "country"), known["name"]),
        "frame": frame,
        "country": frame.path(country),
        "borders": [frame.path(shape) for shape in provinces.values()],
        "areas": areas,
        "circles": circles,
        "labels": list(_labels(frame, [*areas, *circles])),
        "neighbours": list(_neighbours(code, frame)),
    }


def _frame(country: Sequence[Ring]) -> Frame:
    west, south, east, north = _box([p for ring in country for p in ring])
    if east - west > MOST_WORLD_DEGREES:
        largest = max(country, key=len)
        west, south, east, north = _box(largest)
    west, south, east, north = (
        west - MARGIN_DEGREES,
        south - MARGIN_DEGREES,
        east + MARGIN_DEGREES,
        north + MARGIN_DEGREES,
    )
    narrow = max(0.2, cos(radians((south + north) / 2)))
    scale = min(WIDTH / ((east - west) * narrow), TALLEST / (north - south))
    across, down = scale * narrow, scale
    return Frame(west, north, across, down, round((east - west) * across), round((north - south) * down))


def _box(points: Sequence[tuple[float, float]]) -> Box:
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def _neighbours(code: str, frame: Frame) -> Iterator[str]:
    """Outlines of other countries that reach into the frame."""
    east, south = frame.west + frame.width / frame.across, frame.north - frame.height / frame.down
    for other, known in outlines().items():
        if other == code:
            continue
        near = [
            ring
            for ring in rings(known["outline"])
            for box in (_box(ring),)
            if box[0] < east and box[2] > frame.west and box[1] < frame.north and box[3] > south
        ]
        if near:
            yield frame.path(near)


def _province(place: dict[str, Any], provinces: dict[str, list[Ring]]) -> str | None:
    """The outline that bears the place's name, by spelling or sound, else the one that its point lies in."""
    for same in (spelled, sounded):
        for name in provinces:
            if same(name) == same(place["name"]):
                return name
    at = (place["lon"], place["lat"])
    return next((name for name, shape in provinces.items() if any(holds(ring, at) for ring in shape)), None)


def holds(ring: Ring, at: tuple[float, float]) -> bool:
    """Whether a point lies inside a ring: a line to the east crosses it an odd number of times."""
    x, y = at
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _circle(frame: Frame, place: dict[str, Any]) -> dict[str, float]:
    radius = (place["radius_km"] or 0.0) / KM_A_DEGREE * frame.down
    return {"x": frame.x(place["lon"]), "y": frame.y(place["lat"]), "r": round(max(radius, LEAST_RADIUS), 1)}


def _labels(frame: Frame, drawn: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Names beside what is drawn, most named first; one that would lie on another is left to the list."""
    taken: list[Box] = []
    for item in sorted(drawn, key=lambda d: (-d["place"]["times"], d["place"]["name"])):
        place = item["place"]
        x, y = frame.x(place["lon"]), frame.y(place["lat"])
        width = len(place["name"]) * LETTER
        gap = item.get("r", 0.0) + 4 if item.get("r", 99.0) < 20 else 0.0
        for anchor, left in (("start", x + gap), ("end", x - gap - width)) if gap else (("middle", x - width / 2),):
            box = (left - 2, y - LINE / 2, left + width + 2, y + LINE / 2)
            if box[0] >= 0 and box[2] <= frame.width and not any(_meet(box, other) for other in taken):
                taken.append(box)
                at = left if anchor == "start" else left + width if anchor == "end" else x
                yield {"x": round(at, 1), "y": round(y + 4, 1), "anchor": anchor, "name": place["name"]}
                break


def _meet(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
