"""How fast figures are found, side by side with quantulum3 on the same texts; the reading of English is not counted.

    python -m bench.figures_speed DOCS.jsonl [MOST]        (any file of texts; quantulum3 where it is installed)

Ours is the whole stage: sentences, numbers, what they count, whose, where, when and realis, by rules alone and with trees
that were read beforehand. quantulum3 finds numbers and units; it is given the first tenth of the texts.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.predict import report_of
from onrecord.claims.quantities import quantities
from onrecord.mentions import mentions
from onrecord.passages import passages
from onrecord.reading import DEFAULT, read
from onrecord.records import Sheet


def sheets(path: Path, most: int, reading: str) -> list[Sheet]:
    """The first texts of a file, read."""
    with path.open(encoding="utf-8") as lines:
        docs = [json.loads(line) for _, line in zip(range(most), lines, strict=False)]
    made = []
    for doc in docs:
        report = report_of(doc)
        sheet = Sheet(report=report, passages=passages(report))
        sheet = replace(sheet, reading=read(sheet, reading))
        made.append(replace(sheet, mentions=mentions(sheet)))
    return made


def rate(found: list[Sheet]) -> tuple[float, int]:
    """Kilobytes a CPU second, and how many figures."""
    size = sum(len(s.report.text.encode()) for s in found) / 1000
    begun = time.process_time()
    rows = sum(len(quantities(s)) for s in found)
    return size / (time.process_time() - begun), rows


def peer(texts: list[str]) -> float | None:
    """Kilobytes a CPU second of quantulum3; None without it."""
    try:
        from quantulum3 import parser
    except ImportError:
        return None
    begun = time.process_time()
    for text in texts:
        parser.parse(text)
    return sum(len(t.encode()) for t in texts) / 1000 / (time.process_time() - begun)


def main() -> None:
    """Prints kilobytes a CPU second of all."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    path, most = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    for name in ("none", DEFAULT):
        found = sheets(path, most, name)
        quantities(found[0])
        speed, rows = rate(found)
        print(f"onrecord, reading {name:8} {speed:8.0f} kB/s  {rows} figures")
    slow = peer([s.report.text for s in found[: max(1, most // 10)]])
    print(f"quantulum3 {slow:8.1f} kB/s; ratio {speed / slow:.0f}" if slow else "quantulum3 not installed")


if __name__ == "__main__":
    main()
