"""How long before or after a named day, where the report has no number for it: "just days before June 3, 2019".

"Days" is two of them at least. Only days that the report dates outright are counted from; "days after the takeover" tells
a reader nothing that can be set beside another account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import Quantity, Sheet, Span, Statement, Time, content_id

UNNUMBERED = re.compile(
    r"(?<![\w-])(?P<length>(?:(?:just|only|mere|barely|a few|several|some)\s+)?(?P<unit>hours|days|weeks|months|years))\s+"
    r"(?:before|after)\s+(?:the\s+)?$",
    re.I,
)
BACK = 40  # characters before a day in which the distance stands
SURE = 0.9
DAY = re.compile(r"\d{4}-\d\d-\d\d$")


def distances(sheet: Sheet, taken: frozenset[int]) -> Iterator[Quantity]:
    """Rows for distances without a number.

    Args:
        sheet: its times and statements are found.
        taken: where figures with a number start, so that none is a row twice.
    """
    for time in sheet.times:
        found = _before(sheet, time)
        if found is not None and not any(found.start <= at < found.end for at in taken):
            yield _row(sheet, found, time)


def _before(sheet: Sheet, time: Time) -> Span | None:
    """Where the distance before a dated day stands."""
    if time.value is None or not DAY.match(time.value) or time.anchor is not None:
        return None
    start = max(0, time.start - BACK)
    match = UNNUMBERED.search(sheet.report.text[start : time.start])
    return Span(start + match.start("length"), start + match.end("length")) if match else None


def _row(sheet: Sheet, span: Span, time: Time) -> Quantity:
    text = span.of(sheet.report.text)
    hedge, _, unit = " ".join(text.lower().split()).rpartition(" ")
    return Quantity(
        quantity_id=content_id("q", sheet.report.report_id, span.start, span.end),
        report_id=sheet.report.report_id,
        start=span.start,
        end=span.end,
        text=text,
        low=2.0,
        high=None,
        exact=False,
        modifier=hedge or unit,
        modifier_start=span.start,
        modifier_end=span.start + len(text[: len(text) - len(unit)].rstrip()) if hedge else span.end,
        unit=unit.removesuffix("s"),
        counted=None,
        counted_class="duration",
        scope="whole",
        subject=None,
        subject_entity=None,
        place_id=None,
        as_of_from=None,
        as_of_to=None,
        realis="actual",
        statement_id=_holder(sheet.statements, span),
        why=f"more than one {unit.removesuffix('s')}, counted from {time.value}",
        confidence=SURE,
    )


def _holder(statements: tuple[Statement, ...], span: Span) -> str | None:
    holding = [s for s in statements if any(c.holds(span) for c in s.content)]
    inner = min(holding, key=lambda s: (sum(c.end - c.start for c in s.content), s.statement_id), default=None)
    return inner.statement_id if inner is not None else None
