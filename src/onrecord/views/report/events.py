"""What happened: all events of the ledger in order of time, with realis beside each, and those of one report."""

from __future__ import annotations

from collections import Counter
from typing import Any

from onrecord.views.report.book import Book, Row
from onrecord.views.wording import day, stand_names

ORDER = ("actual", "historical", "attempted", "threatened", "planned", "conditional", "denied", "generic")


def page(book: Book) -> dict[str, Any]:
    """What events.html shows: events by day, the undated last, and how many there are of each realis."""
    rows = [note(book, e) for e in book.event.values()]
    counts = Counter(e["realis"] for e in rows)
    rows.sort(key=lambda e: (e["date_from"] or "9999", e["type"], e["report"]["report_id"], e["start"]))
    return {"rows": rows, "counts": [(r, counts[r]) for r in ORDER if counts[r]]}


def of_report(book: Book, report_id: str) -> list[dict[str, Any]]:
    """The events of one report, in text order."""
    return [note(book, e) for e in sorted(book.events.get(report_id, ()), key=lambda e: (e["start"], e["event_id"]))]


def when(event: Row) -> str:
    """The day, month, year or span of an event, as exact as the report gives it; "" where it gives none.

    >>> when({"date_from": "2009-01-01", "date_to": "2009-12-31", "date_precision": "year"})
    '2009'
    """
    first, last, exact = event["date_from"], event["date_to"], event["date_precision"]
    if first is None or exact is None:
        return f"until {day(last)}" if last else ""
    if exact in ("year", "month"):
        return str(first[:4] if exact == "year" else first[:7])
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def note(book: Book, event: Row) -> dict[str, Any]:
    """An event with its report and what a reader asks first."""
    report = book.report[event["report_id"]]
    return {
        **event,
        "report": report,
        "label": book.label(report),
        "who": "; ".join(event["actors"]) or "unknown",
        "whom": "; ".join(event["recipients"]),
        "when": when(event),
        "word": " ‹ ".join(stand_names(event["stands"])),
    }
