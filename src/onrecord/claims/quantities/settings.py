"""Where and as of when a figure holds: the place and the day that stand nearest to it in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.claims.quantities.figure import Figure
from onrecord.claims.quantities.sight import FAR, Row, Sight, starting, tail
from onrecord.claims.statements.cues import verbs
from onrecord.records import Place, Sheet, Statement, Time

IN = re.compile(
    r"(?:\b(?:in|at|near|inside|around|across|outside|into|through)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}|#)$|"
    r"^\s+(?:of|from)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,2}$",
    re.I,
)
OPEN_START = re.compile(r"\b(?:since|from)\s+$|\bsince\s[^,;.:]{1,50}$", re.I)
BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.I)
SPEAKS = re.compile(r"(?:\s+and\s+[A-Z]\w+)?\s+(?:has\s+|have\s+)?(\w+)")
DATELINE = re.compile(r"\s*(?:\([A-Z]|[-–—:/]\s)")
OPEN_END = re.compile(r"\b(?:until|till|by|before)\s+$", re.I)
CLOSE = 80  # characters between a figure and the place that is still said of it
BREAK = re.compile(r"[;:.!?](?=\s|$)|[\"“”]")
NO_PLACE = frozenset({"age"})


def place_of(sheet: Sheet, sight: Sight, figure: Figure) -> str | None:
    """The id of the place where the figure holds: said right after it, else the last one before it, else the next."""
    if figure.kind in NO_PLACE:
        return None
    start, end = sight.start + figure.start, sight.start + figure.end
    here = [p for p in _near(sheet.places, sight, start, end) if _names_a_spot(sight, p)]
    here = [p for p in here if _in_brackets(sight, p.start) == _in_brackets(sight, start)]
    after = [p for p in here if p.start >= end and _said_of(sight, end, p)]
    before = [p for p in here if p.end <= start]
    exact = [p for p in here if p.precision != "country"]
    for found in (after[:1], [p for p in before if p in exact][-1:], exact[:1]):
        if found and (found[0] in exact or found is after[:1]):
            return _narrowest(found[0], here, sight).place_id
    return after[0].place_id if after else None


def _near(rows: Sequence[Row], sight: Sight, start: int, end: int) -> list[Row]:
    """The rows of a sentence that start near the figure report.text[start:end], and not in it."""
    first, last = max(sight.start, start - FAR), min(sight.start + len(sight.text), end + FAR)
    return [r for r in starting(rows, first, last) if not start <= r.start < end]


def _names_a_spot(sight: Sight, place: Place) -> bool:
    """Whether a place is not the dateline of its sentence, and not the one who speaks."""
    if _speaks(sight, place):
        return False
    return place.start > sight.start or DATELINE.match(sight.text, sight.at(place.end)) is None


def _said_of(sight: Sight, end: int, place: Place) -> bool:
    """Whether a place after the figure is said of it: "in", near, in the same clause, and no other number between."""
    between = sight.text[sight.at(end) : sight.at(place.start)]
    return (
        len(between) <= CLOSE
        and IN.search(between) is not None
        and not BREAK.search(between)
        and not re.search(r"\d", between)
    )


def _in_brackets(sight: Sight, offset: int) -> bool:
    before = tail(sight.text, sight.at(offset), FAR)
    return before.count("(") > before.count(")")


def _speaks(sight: Sight, place: Place) -> bool:
    """ "Oskaran said that 60 had died": a government that speaks is no place where it happened."""
    after = SPEAKS.match(sight.text, sight.at(place.end))
    return after is not None and after[1] in verbs()


def _narrowest(place: Place, here: list[Place], sight: Sight) -> Place:
    """ "in Halim, in Kessa province": the first of a run of places that lie in each other is the narrowest."""
    run = [
        p
        for p in here
        if p.end < place.start
        and re.fullmatch(
            r",?\s+(?:in\s+)?(?:the\s+)?(?:[a-z]+\s+of\s+)?", sight.text[sight.at(p.end) : sight.at(place.start)]
        )
    ]
    return run[-1] if run and run[-1].precision != "country" else place


def as_of(sheet: Sheet, sight: Sight, figure: Figure, holder: Statement | None) -> tuple[str | None, str | None]:
    """First and last ISO day of a figure: a day said in its clause, else that of the statement, else of the report."""
    start, end = sight.start + figure.start, sight.start + figure.end
    told = (holder.said_from, holder.said_to) if holder is not None and holder.said_from else (_day(sheet), _day(sheet))
    times = [t for t in _near(sheet.times, sight, start, end) if t.date_from and (t.end <= start or t.start >= end)]
    near = min(times, key=lambda t: (_distance(t, start, end), t.start), default=None)
    if near is None or figure.kind == "age" or BREAK.search(_between(sight, near, start, end)):
        return told
    before = tail(sight.text, sight.at(near.start))
    if (other := _other_end(sight, near, times)) is not None:
        return (near.date_from, other.date_to) if near.start < other.start else (other.date_from, near.date_to)
    if OPEN_START.search(before) or near.text.lower().startswith("since "):
        return near.date_from, max(filter(None, (near.date_from, told[1])), default=None)
    if OPEN_END.search(before) or near.text.lower().startswith(("until ", "by ")):
        return None, near.date_to
    return near.date_from, near.date_to


def _other_end(sight: Sight, near: Time, times: list[Time]) -> Time | None:
    """The other of two days that a figure lies between: "between May and July"."""
    for time in times:
        first, last = sorted((near, time), key=lambda t: t.start)
        joined = re.fullmatch(r"\s+(?:and|to|until)\s+", sight.text[sight.at(first.end) : sight.at(last.start)])
        if time is not near and joined and BETWEEN.search(tail(sight.text, sight.at(first.start))):
            return time
    return None


def _day(sheet: Sheet) -> str | None:
    return (sheet.report.published or "")[:10] or None


def _distance(time: Time, start: int, end: int) -> int:
    return start - time.end if time.end <= start else time.start - end


def _between(sight: Sight, time: Time, start: int, end: int) -> str:
    one, other = (time.end, start) if time.end <= start else (end, time.start)
    return sight.text[sight.at(one) : sight.at(other)]
