"""Speed of events alone, reading not counted: CPU seconds on one core, and reports a second, of a pile read beforehand.

python bench/event_speed.py examples/velmara [ROUNDS]
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from onrecord.claims.events import events
from onrecord.pipeline import read_alone
from onrecord.records import Sheet
from onrecord.reports import read


def main() -> None:
    """Reads the pile once with all stages, then times the last one over and over."""
    sheets = [read_alone(r, keep=True) for r in read([sys.argv[1]]).reports]
    kept = [replace(s, events=()) for s in sheets if isinstance(s, Sheet)]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    found = sum(len(events(s)) for s in kept)
    start = time.process_time()
    for _ in range(rounds):
        for sheet in kept:
            events(sheet)
    spent = time.process_time() - start
    words = sum(len(s.words) for sheet in kept for s in sheet.reading.sentences)
    print(f"{len(kept)} reports, {words} words, {found} events: {len(kept) * rounds / spent:.0f} reports a second")
    print(f"{words * rounds / spent:.0f} words a second")


if __name__ == "__main__":
    main()
