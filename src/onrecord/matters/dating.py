"""How long before or after a named day an incident was: accounts that count from one day can be set side by side.

"Two days before June 3" and "just days before June 3" can both hold; "two days" and "three weeks" cannot.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.matters.figures import sentence_around
from onrecord.matters.incidents import done_to
from onrecord.matters.origins import Claim
from onrecord.records import Quantity, Sheet, Span

WAY = re.compile(r"\s+(?P<way>before|after)\s+(?:the\s+)?", re.I)
DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.2}


@dataclass(frozen=True, slots=True)
class Distance:
    """One account of how long before or after a day something was."""

    claim: Claim
    way: str  # before, after
    anchor: str  # ISO day


def dating_groups(incidents: Sequence[Sequence[Claim]], sheets: Sequence[Sheet]) -> list[tuple[str, list[Claim]]]:
    """Groups of durations of several reports that date one incident from one day, each with its question."""
    by_id = {s.report.report_id: s for s in sheets}
    made = []
    for incident in incidents:
        told: dict[tuple[str, str], list[Distance]] = defaultdict(list)
        for distance in _distances(incident, by_id):
            told[distance.way, distance.anchor].append(distance)
        for (way, anchor), found in sorted(told.items()):
            claims = {d.claim.claim_id: d.claim for d in found}
            if len({c.report_id for c in claims.values()}) > 1:
                question = f"How long {way} {anchor} was {done_to(incident)}?"
                made.append((question, [claims[k] for k in sorted(claims)]))
    return made


def length(quantity: Quantity) -> tuple[float, float | None]:
    """Least and most of a duration in days."""
    days = DAYS.get(quantity.unit or "", 1.0)
    return (quantity.low or 0.0) * days, None if quantity.high is None else quantity.high * days


def _distances(incident: Sequence[Claim], sheets: Mapping[str, Sheet]) -> Iterator[Distance]:
    for claim in incident:
        sheet, at = sheets[claim.report_id], claim.spans[0]
        first, last = sentence_around(sheet.report.text, at.start, at.end)
        for quantity in sheet.quantities:
            # what stands between an act and its date says nothing of another act
            if at.end <= quantity.start < last and quantity.unit in DAYS and _nearest(sheet, at, quantity, first):
                yield from _distance(claim, quantity, sheet)


def _nearest(sheet: Sheet, act: Span, quantity: Quantity, first: int) -> bool:
    """Whether no other event of the sentence stands between an act and a duration."""
    return first <= act.start and not any(act.end <= e.start < quantity.start for e in sheet.events)


def _distance(claim: Claim, quantity: Quantity, sheet: Sheet) -> Iterator[Distance]:
    way = WAY.match(sheet.report.text, quantity.end)
    anchor = _anchor(sheet, quantity, way) if way else None
    if way is not None and anchor is not None:
        said = next((s for s in sheet.statements if s.statement_id == quantity.statement_id), None)
        where = (Span(quantity.start, quantity.end),)
        row = Claim(quantity.quantity_id, "quantity", claim.report_id, where, quantity.text, said, quantity)
        yield Distance(row, way["way"].lower(), anchor)


def _anchor(sheet: Sheet, quantity: Quantity, way: re.Match[str]) -> str | None:
    """The day that a duration is counted from: the time behind it, or the one read together with it, taken back."""
    for time in sheet.times:
        if time.date_from is None:
            continue
        if time.start == way.end() and time.precision == "day":
            return time.date_from[:10]
        if time.start == quantity.start and time.end > way.end() and quantity.unit in ("day", "week"):
            apart = timedelta(days=round(length(quantity)[0]))
            day = date.fromisoformat(time.date_from[:10])
            return (day + apart if way["way"].lower() == "before" else day - apart).isoformat()
    return None
