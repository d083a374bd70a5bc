"""Two clocks in one picture: when something happened (a bar as long as the date is uncertain) and when it was reported (a dot)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.views.pages.shelf import Row

LEAST_BAR = 0.9  # percent of the axis that a day takes at least
NEAR = 45  # days around the reports that the axis shows at least; what lies further out is cut with an arrow
TICKS = 7
STEPS = (1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652)  # days between ticks


@dataclass(frozen=True, slots=True)
class Line:
    """One event on the axis, in percent of its width; None where a clock does not say."""

    x: float | None
    width: float
    before: bool  # happened before the axis begins
    reported: float | None
    style: str  # asserted, attributed, denied, open


@dataclass(frozen=True, slots=True)
class Clocks:
    """All that the template draws: a line an event, in the same order."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]


def clocks(events: Sequence[Row]) -> Clocks | None:
    """Events on one axis of days; None where neither clock says anything."""
    reported = [d for e in events if (d := _day(e["report"]["published"]))]
    happened = [d for e in events for d in (_day(e["date_from"]), _day(e["date_to"])) if d]
    if not reported and not happened:
        return None
    axis = _axis(reported, happened)
    return Clocks(tuple(_line(e, axis) for e in events), tuple(_ticks(axis)))


def _line(event: Row, axis: tuple[date, date]) -> Line:
    start, end, seen = _day(event["date_from"]), _day(event["date_to"]), _day(event["report"]["published"])
    start = start or (axis[0] if end else None)
    x = _x(start, axis) if start else None
    width = max(_x((end or start) + timedelta(days=1), axis) - x, LEAST_BAR) if start and x is not None else 0.0
    early = start is not None and start < axis[0]
    return Line(x, round(width, 2), early, _x(seen, axis) if seen else None, style(event))


def _x(day: date, axis: tuple[date, date]) -> float:
    """Where a day begins, in percent; days beyond an end of the axis lie at that end."""
    share = (day - axis[0]).days / max(1, (axis[1] - axis[0]).days)
    return round(100 * min(max(share, 0.0), 1.0), 2)


def style(event: Row) -> str:
    """How a bar is drawn: solid for what is told as fact, hollow for what somebody says, grey for denied, dashed for what is no act yet."""
    if event["realis"] == "denied":
        return "denied"
    if event["realis"] not in ("actual", "historical"):
        return "open"
    return "asserted" if event["assertion"] == "reported as fact" else "attributed"


def _axis(reported: list[date], happened: list[date]) -> tuple[date, date]:
    """From the first to the last day shown. Something of long ago does not squeeze what the reports are about."""
    low, high = min(reported or happened), max(reported or happened)
    room = timedelta(days=max(NEAR, (high - low).days))
    near = [d for d in happened if low - room <= d <= high + room]
    return min([low, *near]) - timedelta(days=1), max([high, *near]) + timedelta(days=2)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _ticks(axis: tuple[date, date]) -> list[tuple[float, str]]:
    length = (axis[1] - axis[0]).days
    step = next((s for s in STEPS if length / s <= TICKS), STEPS[-1])
    days = [axis[0] + timedelta(days=k) for k in range(1, length, step)]
    return [(_x(d, axis), f"{d.day} {d:%b}" if step < 365 else f"{d:%b %Y}") for d in days]
