"""How often the order of copies is decided, and how often rightly, on a workload with known parents.

    python -m bench.directions WORKLOAD PREDICTED.tsv

WORKLOAD holds `pairs.jsonl` (pairs whose `rel` is parent count) and `truth.jsonl` (`parents` of each document), as
make_reuse.py writes them; PREDICTED.tsv is what `bench/predict_reuse.py` wrote. Pairs of which one is the other's
parent count when they were found at all.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path


def parents(workload: Path) -> dict[frozenset[str], str]:
    """The earlier document of every pair of a parent and its copy that shares 100 characters and more."""
    with (workload / "truth.jsonl").open(encoding="utf-8") as lines:
        made = {row["doc_id"]: row["parents"] for row in map(json.loads, lines)}
    with (workload / "pairs.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["rel"] == "parent" and row["chars"] >= 100]
    return {frozenset((r["a"], r["b"])): r["a"] if r["a"] in made[r["b"]] else r["b"] for r in rows}


def verdicts(predicted: Path) -> dict[frozenset[str], tuple[str | None, str]]:
    """The earlier document of every predicted pair, None where undecided, and the rule."""
    found: dict[frozenset[str], tuple[str | None, str]] = {}
    with predicted.open(encoding="utf-8") as lines:
        for line in lines:
            a, b, _, _, _, _, order, why = line.rstrip("\n").split("\t")
            found[frozenset((a, b))] = (a if order == "from-to" else None, why.split(":")[0])
    return found


def main() -> None:
    """Prints accuracy where decided, how often decided, and both by rule."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    truth, found = parents(Path(sys.argv[1])), verdicts(Path(sys.argv[2]))
    met = {pair: (first, *found[pair]) for pair, first in truth.items() if pair in found}
    decided = [(first == got, rule) for first, got, rule in met.values() if got is not None]
    right = sum(ok for ok, _ in decided)
    print(f"pairs {len(met)}  decided {len(decided) / len(met):.3f}  right where decided {right / len(decided):.3f}")
    for rule, count in Counter(rule for _, rule in decided).most_common():
        print(f"  {rule:12} {count:6}  right {sum(ok for ok, r in decided if r == rule) / count:.3f}")
    for rule, count in Counter(rule for _, got, rule in met.values() if got is None).most_common():
        print(f"  undecided    {count:6}  {rule}")


if __name__ == "__main__":
    main()
