"""JSON Lines: one object a row, lists as lists, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.store import Ledger
from onrecord.views.taking import Taken, taken


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the rows of one filter."""
    (one,) = asked
    count = 0
    for row in taken(ledger, one):
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        count += 1
    return Taken(rows=count)
