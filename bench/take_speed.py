"""How fast filters answer and files are written: CPU milliseconds of a count and of 50 rows, CPU seconds and size of a file.

python -m bench.take_speed [CLAIMS]      100,000 claims by default, the ledger of bench.pages_speed
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.pages_speed import pile
from onrecord.ledger.queries import Filter, count, rows
from onrecord.ledger.store import Ledger, publish
from onrecord.views.exports import FORMATS, export

ASKED = (
    "statements?", "statements?speaker=Person 7", "statements?q=babridge", "statements?outlet=Outlet 3&sort=-said_from",
    "statements?about=Person 7", "statements?mouth=Person 7", "statements?entity=Person 7", "statements?verdict=contested",
    "statements?published_from=2024-03-05&confidence_min=0.7", "statements?text_has=market", "matters?entity=Person 7",
    "matters?verdict=contested&q=bridge", "quantities?class=killed&low_min=100", "events?realis=actual&type=ASSAULT",
    "events?actor=Person 7",
)  # fmt: skip


def seconds(job: Callable[[], object]) -> float:
    """CPU seconds of a job in this process."""
    start = time.process_time()
    job()
    return time.process_time() - start


def main() -> None:
    """Prints both tables."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        publish(Path(folder) / "l.db", pile(claims))
        with Ledger(Path(folder) / "l.db") as ledger:
            for item in ASKED:
                table, _, query = item.partition("?")
                asked = Filter.parse(table, [tuple(p.split("=", 1)) for p in query.split("&") if p])  # type: ignore[misc]
                count(ledger, asked)
                counting = seconds(lambda a=asked: count(ledger, a)) * 1000
                reading = seconds(lambda a=asked: list(rows(ledger, a, limit=50))) * 1000
                print(f"{count(ledger, asked):8,} rows  {counting:7.1f} ms to count {reading:7.1f} ms for 50   {item}")
            for name, made in FORMATS.items():
                table = "statements" if "statements" in made.tables else "events"
                path = Path(folder) / f"x{made.suffix}"
                if name != "site":
                    taking = seconds(lambda n=name, t=table, p=path: export(ledger, n, Filter(table=t), p))
                    print(
                        f"{name:14} {count(ledger, Filter(table=table)):8,} {table}  {taking:6.1f} s  {path.stat().st_size / 1e6:7.1f} MB"
                    )


if __name__ == "__main__":
    main()
