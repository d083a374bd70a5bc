"""Places: CPU speed with the reading left out, and the errors of a set by kind.

    python -m bench.places GOLD.jsonl [GOLD.jsonl ...]           kB a CPU second on all of them; errors of each

Errors are counted over given spans and over places found end to end; only those nobody has to agree on are shown: their
kinds and counts. A place is right as `bench/place/score.py` has it: the same GeoNames id, or within 161 km.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from bench.predict import report_of
from onrecord.mentions.places import places, resolved
from onrecord.passages import passages
from onrecord.reading import read
from onrecord.records import Place, Sheet
from onrecord.text.gazetteer import gazetteer

Row = dict[str, Any]
NEAR_KM = 161.0
OWN = Path(__file__).with_name("own_places.jsonl")


def km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points."""
    a = sin(radians(lat2 - lat) / 2) ** 2
    a += cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(a)))


def right(gold: Row, row: Place) -> bool:
    """Whether a row is the gold's place."""
    if gold.get("geonameid") and row.geoname_id == int(gold["geonameid"]):
        return True
    return row.lat is not None and row.lon is not None and km(gold["lat"], gold["lon"], row.lat, row.lon) <= NEAR_KM


def kind(gold: Row, row: Place) -> str:
    """What is wrong with a row."""
    known = gazetteer().numbered(int(gold["geonameid"])) if gold.get("geonameid") else None
    if row.precision == "region":
        return "a sea or part of the world, its middle drawn elsewhere"
    if known is None:
        return "not in the gazetteer, " + (
            "a namesake taken" if row.exact else "a part of the name or a neighbour taken"
        )
    if not row.exact:
        return "in the gazetteer, not found by this name"
    if known.country != row.country:
        return "a namesake in another country"
    if known.kind != {"point": "city"}.get(row.precision, row.precision):
        return f"a {row.precision} for a {known.kind}"
    return "a namesake in the same country"


def own() -> dict[str, float]:
    """Share of our own sentences' places that are right given their spans, and F1 end to end, by rules alone."""
    given = found = met = marked = 0
    for doc in docs_of(OWN):
        sheet = sheet_of(doc)
        gold = doc["gold"]
        rows = {(r.start, r.end): r for r in resolved(sheet, [(g["start"], g["end"]) for g in gold])}
        given += sum((g["start"], g["end"]) in rows and right(g, rows[g["start"], g["end"]]) for g in gold)
        alone = places(sheet)
        met += sum(any(r.start < g["end"] and g["start"] < r.end and right(g, r) for r in alone) for g in gold)
        found, marked = found + len(alone), marked + len(gold)
    return {"given": given / marked, "end_to_end": 2 * met / (found + marked)}


def docs_of(path: Path) -> list[Row]:
    """The documents of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sheet_of(doc: Row) -> Sheet:
    """A document as a sheet that nothing has read."""
    report = report_of(doc)
    return Sheet(report=report, passages=passages(report))


def errors(docs: list[Row], sheets: list[Sheet]) -> tuple[Counter[str], Counter[str]]:
    """Errors over given spans, and end to end."""
    given: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for doc, sheet in zip(docs, sheets, strict=True):
        gold = [g for g in doc["gold"] if g.get("lat") is not None]
        rows = {(r.start, r.end): r for r in resolved(sheet, [(g["start"], g["end"]) for g in gold])}
        for g in gold:
            row = rows.get((g["start"], g["end"]))
            if row is None or not right(g, row):
                given["nothing found" if row is None else kind(g, row)] += 1
        whole += _end_to_end(doc, gold, places(sheet))
    return given, whole


def _end_to_end(doc: Row, gold: list[Row], found: tuple[Place, ...]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for g in gold:
        met = [r for r in found if r.start < g["end"] and g["start"] < r.end]
        if not met:
            known = gazetteer().named(doc["text"][g["start"] : g["end"]])
            counts["missed, though in the gazetteer" if known else "missed, and not in the gazetteer"] += 1
        elif not right(g, met[0]):
            counts[kind(g, met[0])] += 1
    marked = [*doc["gold"], *doc.get("ignore", ())]
    counts["no place"] = sum(not any(r.start < m["end"] and m["start"] < r.end for m in marked) for r in found)
    return counts


def main(paths: list[Path]) -> None:
    """Prints both tables for each set, and the speed over all."""
    spent, size = 0.0, 0
    for path in paths:
        docs = docs_of(path)
        sheets = [replace(sheet, reading=read(sheet)) for sheet in map(sheet_of, docs)]
        start = time.process_time()
        for sheet in sheets:
            places(sheet)
        spent += time.process_time() - start
        size += sum(len(doc["text"].encode()) for doc in docs)
        for name, counts in zip(("given spans", "end to end"), errors(docs, sheets), strict=True):
            print(f"{path.parent.name}, {name}: {sum(counts.values())}")
            for what, count in counts.most_common():
                print(f"  {count:5d}  {what}")
    print(f"{size / spent / 1000:.0f} kB a CPU second, reading not counted")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main([Path(word) for word in sys.argv[1:]])
