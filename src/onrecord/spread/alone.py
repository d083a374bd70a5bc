"""What every report says by itself, on the workers: the function of `pipeline.py`, its outcome as one line a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.engines.limits import Limits
from onrecord.engines.spark import BATCH, Row, mapped
from onrecord.ledger.shape import row_of
from onrecord.matters.imprint import APART, CAPTION
from onrecord.pipeline import each_alone
from onrecord.records import Report, Sheet, Skipped
from onrecord.records.plain import of_plain, plain

# `outcome` is a line of JSON: what was found in the report, the report itself left out; or why it was skipped. `apart` has
# the stretches that count for no shared wording, two numbers each, `captions` those that count as one word; `places`
# whatever a slice by place may ask for.
COLUMNS = (
    "report_id string, published string, places array<string>, apart array<int>, captions array<int>, report string, "
    "outcome string"
)
Outcome = Sheet | Skipped
# Tables of what reports say alone, by the field of the sheet.
TABLES = ("passages", "mentions", "statements", "quantities", "events", "times", "places")
LISTED = "name string, month string, cells string"


def read(frame: Any, reading: str, own: Path | None, limits: Limits) -> Any:
    """The outcomes of a frame of reports."""
    return mapped(frame.select("report"), partial(_read, reading=reading, own=own, limits=limits), COLUMNS)


def _read(rows: Iterator[Row], *, reading: str, own: Path | None, limits: Limits) -> Iterator[Row]:
    for batch in _batches(of_plain(Report, json.loads(row["report"])) for row in rows):
        outcomes = each_alone(batch, reading=reading, own=own, limits=limits)
        yield from (row_for(*pair) for pair in zip(batch, outcomes, strict=True))


def _batches(reports: Iterator[Report]) -> Iterator[list[Report]]:
    batch: list[Report] = []
    for one in reports:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def row_for(report: Report, outcome: Outcome) -> Row:
    """A report and what came of it, as a row of `COLUMNS`."""
    found = outcome if isinstance(outcome, Sheet) else Sheet(report=report)
    return {
        "report_id": report.report_id,
        "published": report.published,
        "places": sorted({w for p in found.places for w in (p.name, p.country, p.province) if w}),
        "apart": [k for p in found.passages if p.role in APART for k in (p.start, p.end)],
        "captions": [k for p in found.passages if p.role == CAPTION for k in (p.start, p.end)],
        "report": _text(plain(report)),
        "outcome": _text(
            ["skipped", plain(outcome)] if isinstance(outcome, Skipped) else ["sheet", plain(outcome)[1:]]
        ),
    }


def outcome_of(report: Report, line: str) -> Outcome:
    """What came of a report, from its line."""
    kind, values = json.loads(line)
    if kind == "skipped":
        return of_plain(Skipped, values)
    return of_plain(Sheet, [plain(report), *values])


def report_of(line: str) -> Report:
    """A report, from its line."""
    return of_plain(Report, json.loads(line))


def sheet_of(row: Row) -> Sheet | None:
    """The sheet of a row; None for a report that was skipped."""
    outcome = outcome_of(report_of(row["report"]), row["outcome"])
    return outcome if isinstance(outcome, Sheet) else None


def tables(frame: Any) -> Any:
    """The rows of all tables that reports fill by themselves: the table's name, the month of its report, JSON cells."""
    return mapped(frame.select("report", "outcome"), _tables, LISTED)


def _tables(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if (sheet := sheet_of(row)) is None:
            continue
        month = (sheet.report.published or "undated")[:7]
        yield {"name": "reports", "month": month, "cells": _text(row_of(sheet.report))}
        for name in TABLES:
            yield from ({"name": name, "month": month, "cells": _text(row_of(r))} for r in getattr(sheet, name))


def _text(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
