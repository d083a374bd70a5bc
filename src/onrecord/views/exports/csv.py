"""CSV for spreadsheets: UTF-8 with a mark, lists as JSON, cells that a spreadsheet would run as formulas made text."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from onrecord.ledger.store import Ledger

# A spreadsheet runs a cell that begins so; an apostrophe before it makes it text (OWASP, CSV injection).
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(ledger: Ledger, table: str, folder: Path) -> int:
    """Writes `<table>.csv`; returns the number of rows."""
    columns = ledger.columns(table)
    count = 0
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for row in ledger.rows(table):
            writer.writerow([cell(row[c]) for c in columns])
            count += 1
    return count


def cell(value: Any) -> Any:
    """A value as a cell that no spreadsheet runs.

    >>> cell("=1+1"), cell([1, 2]), cell(None)
    ("'=1+1", '[1, 2]', '')
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(RUNS) else value
