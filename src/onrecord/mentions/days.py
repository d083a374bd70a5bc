"""Days a report names, counted from its own date."""

from __future__ import annotations

from datetime import date

from onrecord.records import Sheet, Time, content_id
from onrecord.text.dates import parse

SILENT = frozenset({"furniture", "credit", "byline"})


def days(sheet: Sheet) -> tuple[Time, ...]:
    """All time expressions of a report in text order. Without a date of its own, relative ones keep no value."""
    anchor = anchor_of(sheet)
    rows = []
    for passage in sheet.passages:
        if passage.role in SILENT:
            continue
        for found in parse(passage.span.of(sheet.report.text), anchor):
            start, end = passage.start + found.start, passage.start + found.end
            rows.append(
                Time(
                    time_id=content_id("t", sheet.report.report_id, start, end),
                    report_id=sheet.report.report_id,
                    start=start,
                    end=end,
                    text=sheet.report.text[start:end],
                    type=found.type,
                    value=found.value,
                    date_from=found.first.isoformat() if found.first else None,
                    date_to=found.last.isoformat() if found.last else None,
                    anchor=anchor.isoformat() if anchor and found.first else None,
                    why=f"rule: {found.rule}",
                )
            )
    return tuple(rows)


def anchor_of(sheet: Sheet) -> date | None:
    """The report's own day, from its time stamp as given, in its own zone."""
    try:
        return date.fromisoformat((sheet.report.published or "")[:10])
    except ValueError:
        return None
