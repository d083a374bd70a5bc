"""Scores the ledger's figures on sentences of our own, each as a report: found, wanted, and what is said of each.

    python -m bench.figures [FILE.jsonl] [--misses]        (default: bench/figures.jsonl, with and without the reading)

A gold figure is found when a row's span meets it and low and high are equal. `precision` is the share of rows that are
gold. Unit, class, whose and realis are shares of the figures found.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bench.predict import report_of
from onrecord.pipeline import read_alone
from onrecord.records import Quantity, Sheet

OWN = Path(__file__).parent / "figures.jsonl"
SAID = {"unit": "unit", "class": "counted_class", "whose": "subject", "realis": "realis"}
Row = dict[str, Any]


def docs(path: Path = OWN) -> list[Row]:
    """Sentences with their figures."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def made(doc: Row, reading: str) -> tuple[Quantity, ...]:
    """The rows that a ledger would hold."""
    sheet = read_alone(report_of(doc | {"doc_id": "x", "date": doc["published"]}), reading)
    if not isinstance(sheet, Sheet):
        raise RuntimeError(sheet.reason)
    return sheet.quantities


def score(rows: list[Row], reading: str) -> tuple[dict[str, float], list[str]]:
    """Figures by name (shares), and a line for everything missed."""
    counts = dict.fromkeys(("gold", "rows", "found", *SAID), 0)
    misses: list[str] = []
    for doc in rows:
        found = made(doc, reading)
        counts["gold"] += len(doc["figures"])
        counts["rows"] += len(found)
        used: set[str] = set()
        for gold in doc["figures"]:
            row = next((q for q in found if q.quantity_id not in used and _same(gold, q)), None)
            if row is None:
                misses.append(f"not found: {gold['text']}")
                continue
            used.add(row.quantity_id)
            counts["found"] += 1
            for name, column in SAID.items():
                asked = gold["subject" if name == "whose" else name]
                said = getattr(row, column)
                counts[name] += said == asked
                if said != asked:
                    misses.append(f"{name} of {gold['text']!r}: {said}, not {asked}")
        misses += [f"extra: {q.text} in {doc['text'][:60]!r}" for q in found if q.quantity_id not in used]
    found = max(counts["found"], 1)
    shares = {"recall": counts["found"] / counts["gold"], "precision": counts["found"] / max(counts["rows"], 1)}
    shares |= {name: counts[name] / found for name in SAID}
    return {name: round(share, 4) for name, share in shares.items()}, misses


def _same(gold: Row, row: Quantity) -> bool:
    start, end = gold["span"]
    near = lambda a, b: a == b or (a is not None and b is not None and abs(a - b) < 0.01)  # noqa: E731 - a local shorthand
    return row.start < end and start < row.end and near(row.low, gold["low"]) and near(row.high, gold["high"])


def main(words: list[str]) -> None:
    """Prints the shares by reading."""
    files = [w for w in words if not w.startswith("--")]
    rows = docs(Path(files[0]) if files else OWN)
    for reading in ("bundled", "none"):
        shares, misses = score(rows, reading)
        print(reading, *(f"{name} {share:.3f}" for name, share in shares.items()), sep="  ")
        if "--misses" in words:
            print(*misses, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
