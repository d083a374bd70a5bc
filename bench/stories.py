"""How well reports of one event come together: B-cubed precision, recall and F1 of the story groups.

    python -m bench.stories DOCS.jsonl [--half 0|1] [--least N ...]

DOCS holds one report a line with `text`, `cluster` (gold: reports of one event) and, if known, `published`. `--half`
takes every other topic only (by the sum of its letters), so that one half can be looked at and the other reported.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from onrecord.matters.stories import LEAST, stories


def bcubed(made: Sequence[object], gold: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F1, each report counted once."""
    both = Counter(zip(made, gold, strict=True))
    ours, theirs = Counter(made), Counter(gold)
    p = sum(both[m, g] / ours[m] for m, g in zip(made, gold, strict=True)) / len(gold)
    r = sum(both[m, g] / theirs[g] for m, g in zip(made, gold, strict=True)) / len(gold)
    return p, r, 2 * p * r / (p + r)


def topic(cluster: str) -> str:
    """The part of a cluster's name before its last number or corpus: two events of one kind share it."""
    return cluster.split("_")[0].removesuffix("ecbplus").removesuffix("ecb")


def main() -> None:
    """Reads the command line and prints one line a threshold."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--half", type=int)
    parser.add_argument("--least", type=float, nargs="*", default=[LEAST])
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.docs.read_text(encoding="utf-8").splitlines()]
    if given.half is not None:
        rows = [d for d in rows if sum(map(ord, topic(str(d["cluster"])))) % 2 == given.half]
    for least in given.least:
        start = time.process_time()
        made = stories([d["text"] for d in rows], [d.get("published") for d in rows], least)
        p, r, f = bcubed(made, [d["cluster"] for d in rows])
        spent = time.process_time() - start
        print(f"{len(rows)} reports, least {least}: P {p:.3f} R {r:.3f} F1 {f:.3f}, {spent:.1f} CPU s")


if __name__ == "__main__":
    main()
