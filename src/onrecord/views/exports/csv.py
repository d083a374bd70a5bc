"""CSV for spreadsheets: UTF-8 with a mark, lists as JSON, cells that a spreadsheet would run as formulas made text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.store import Ledger
from onrecord.views.cells import cell
from onrecord.views.taking import Taken, columns, taken


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the rows of one filter under a header."""
    (one,) = asked
    names, count = columns(one.table), 0
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    for row in taken(ledger, one):
        writer.writerow([cell(row[name]) for name in names])
        count += 1
    text.flush()
    text.detach()
    return Taken(rows=count)
