"""XLSX for spreadsheets: text is text and never a formula, nothing is cut, and the last sheet says what the file holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.store import Ledger
from onrecord.views.taking import Sources, Taken, about, columns, key, taken

ROWS = 1_048_576  # on a sheet, the header counted
LETTERS = 32_767  # in a cell, in UTF-16 units
NEW = datetime(2000, 1, 1, tzinfo=UTC)  # a file is as old as its ledger: the same rows give the same bytes
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "nan_inf_to_errors": True,
}
LONG = "long cells"


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes a sheet for each filter, further sheets where one is full, and `long cells` where text is too long."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"created": NEW, "comments": about(ledger, asked)["offsets"]})
    long = _Sheets(book, LONG, ("sheet", "row_id", "column", "part", "text"))
    sources, count, remarks = Sources(ledger), 0, []
    for one in asked:
        names = columns(one.table)
        sheets = _Sheets(book, one.table, names)
        for row in taken(ledger, one, sources):
            row_id = str(row[key(one.table)] if key(one.table) else sheets.count + 1)
            sheets.add(
                [
                    _kept(row[name], lambda *part, n=name, i=row_id, t=one.table: long.add([t, i, n, *part]))
                    for name in names
                ]
            )
        count += sheets.count
        remarks += [f"{one.table} lies on {sheets.number} sheets"] if sheets.number > 1 else []
        sheets.start()
    if long.count:
        remarks.append(f"cells over {LETTERS:,} characters lie in {long.count} parts on the sheet '{LONG}'")
    facts = _Sheets(book, "about", ("what", "value"))
    for what, value in [*about(ledger, asked).items(), ("rows", str(count)), *(("remark", r) for r in remarks)]:
        facts.add([what, _kept(value, lambda *_: None)])
    book.close()
    return Taken(rows=count, remarks=tuple(remarks))


class _Sheets:
    """Rows on a sheet, and on another one when it is full. A sheet is made when its first row comes."""

    def __init__(self, book: Any, name: str, header: Sequence[str]) -> None:
        self._book, self._name, self._header = book, name, header
        self._sheet: Any = None
        self._at = 0
        self.number = self.count = 0

    def start(self) -> None:
        """Makes the sheet where there is none yet, so that no rows are a sheet with a header."""
        if self._sheet is None:
            self._next()

    def add(self, cells: Sequence[Any]) -> None:
        """One row."""
        if self._sheet is None or self._at == ROWS:
            self._next()
        self._put(cells)
        self.count += 1

    def _next(self) -> None:
        self.number += 1
        self._sheet = self._book.add_worksheet(self._name if self.number == 1 else f"{self._name} {self.number}")
        self._sheet.freeze_panes(1, 0)
        self._at = 0
        self._put(self._header)

    def _put(self, cells: Sequence[Any]) -> None:
        for column, value in enumerate(cells):
            if isinstance(value, str):
                self._sheet.write_string(self._at, column, value)
            elif value is not None:
                self._sheet.write_number(self._at, column, value)
        self._at += 1


def _kept(value: Any, aside: Callable[[int, str], None]) -> Any:
    """A value as a cell; text that no cell holds goes aside in parts, and the cell says where it lies."""
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    if _units(value) <= LETTERS:
        return value
    step = LETTERS // 2  # a code point is at most two UTF-16 units
    for part, at in enumerate(range(0, len(value), step), 1):
        aside(part, value[at : at + step])
    return f"[{len(value):,} characters: on the sheet '{LONG}']"


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)
