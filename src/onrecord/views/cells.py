"""Cells that no spreadsheet runs, and the way back to the source."""

from __future__ import annotations

import json
import re
from typing import Any

# A spreadsheet runs a cell that begins so (OWASP, CSV injection); an apostrophe before it makes it text. One more
# goes before cells that look guarded already, so that taking one away always gives the source back.
RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def cell(value: Any) -> Any:
    """A value as a cell that no spreadsheet runs.

    >>> cell("=1+1"), cell("'=1+1"), cell([1, 2]), cell(None)
    ("'=1+1", "''=1+1", '[1, 2]', '')
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and RUNS.match(value) else value


def source(text: str) -> str:
    """A cell of text as it stands in the ledger.

    >>> source("'=1+1"), source("'twas")
    ('=1+1', "'twas")
    """
    return text[1:] if GUARDED.match(text) else text
