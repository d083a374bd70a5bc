"""What happened: events in order of time, with realis beside each."""

from __future__ import annotations

from onrecord.views.pages import filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf, leaf_of
from onrecord.views.wording import day, stand_names

REALIS = ("actual", "historical", "attempted", "threatened", "planned", "conditional", "denied", "generic")
ORDER = "date_from is null, date_from, id"


def page(shelf: Shelf, asked: Asked) -> Row:
    """What events.html shows: events by day, the undated last, and how many there are of each realis."""
    leaf = leaf_of(asked, filters.total(shelf, "events", asked.filters))
    rows = filters.rows(shelf, "events", asked.filters, leaf, ORDER)
    return {"leaf": leaf, "rows": [note(shelf, e) for e in rows], "realis": counts(shelf)}


def counts(shelf: Shelf) -> list[Row]:
    """How many events there are of each realis, what happened first."""
    found = {r["realis"]: r["n"] for r in shelf.all("select realis, count(*) as n from events group by realis")}
    return [{"realis": r, "total": found[r]} for r in REALIS if r in found]


def of_report(shelf: Shelf, report_id: str) -> list[Row]:
    """The events of one report, in text order."""
    return [note(shelf, e) for e in shelf.of_report("events", report_id)]


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


def note(shelf: Shelf, event: Row) -> Row:
    """An event with its report and what a reader asks first."""
    return {
        **event,
        "report": shelf.brief(event["report_id"]),
        "who": "; ".join(event["actors"]) or "unknown",
        "whom": "; ".join(event["recipients"]),
        "when": when(event),
        "word": " ‹ ".join(stand_names(event["stands"])),
    }
