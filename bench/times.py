"""Scores times against a gold file in the shape of bench/times.jsonl: the value F1 of TempEval-3, our own sentences.

    python bench/times.py GOLD.jsonl

A gold time is found by the time that overlaps it most, each once; it is right when the values agree (in any case of letters).
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.text.dates import Found, parse

Gold = dict[str, Any]


def value_f1(path: Path) -> float:
    """Value F1 over all documents of a file, 0 to 1."""
    right = gold = made = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        found = [f for f in parse(doc["text"], date.fromisoformat(doc["dct"][:10])) if f.value]
        right += sum(_right(doc["gold"], found))
        gold += len(doc["gold"])
        made += len(found)
    return round(2 * right / (gold + made), 4) if gold + made else 0.0


def _right(gold: list[Gold], found: list[Found]) -> list[bool]:
    shared = [
        (min(g["end"], f.end) - max(g["start"], f.start), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)
    ]
    seen_gold: set[int] = set()
    seen_found: set[int] = set()
    right = []
    for overlap, i, j in sorted(shared, key=lambda s: (-s[0], s[1], s[2])):
        if overlap > 0 and i not in seen_gold and j not in seen_found:
            seen_gold.add(i)
            seen_found.add(j)
            right.append(gold[i]["value"].upper() == (found[j].value or "").upper())
    return right


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f"value F1 {100 * value_f1(Path(sys.argv[1])):.1f}")
