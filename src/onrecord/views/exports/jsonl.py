"""JSON Lines: one object a row, lists as lists, UTF-8."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.ledger.store import Ledger


def write(ledger: Ledger, table: str, folder: Path) -> int:
    """Writes `<table>.jsonl`; returns the number of rows."""
    count = 0
    with (folder / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        for row in ledger.rows(table):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count
