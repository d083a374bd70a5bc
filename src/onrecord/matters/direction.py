"""Who copied whom: ordered rules, the first that fires decides and gives its reason; else nobody is named the copier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Sheet

# Shared wording that stands inside quotation marks to this share shows a shared statement, not copying.
QUOTATION_ONLY = 0.9


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the order is known, whether the second report is the earlier one, and why."""

    known: bool
    swap: bool
    why: str


def direction(first: Sheet, second: Sheet, spans: Sequence[tuple[int, int]], quoted_share: float) -> Verdict:
    """The order of two reports that share wording.

    Args:
        spans: shared characters in the first report.
        quoted_share: share of them inside quotation marks.
    """
    if quoted_share >= QUOTATION_ONLY:
        return Verdict(False, _later(first, second), "quotation only: a shared statement, no copying")
    one, two = _names(first, second), _names(second, first)
    if one != two:
        named = second.report.outlet if one else first.report.outlet
        return Verdict(True, one, f"credit: the later report names {named}")
    if common := sorted(_relays(first) & _relays(second)):
        return Verdict(False, _later(first, second), f"both name {', '.join(common)}: a common parent, order unknown")
    days = [(s.report.published or "")[:10] for s in (first, second)]
    if all(days) and days[0] != days[1]:
        return Verdict(True, days[0] > days[1], f"dates: {min(days)} before {max(days)}")
    return Verdict(False, _later(first, second), "no credit, same day or no date: order unknown")


def _later(first: Sheet, second: Sheet) -> bool:
    """For an undirected edge: the one dated later stands second, so that pictures read in time."""
    a, b = (first.report.published or "9999"), (second.report.published or "9999")
    return a[:10] > b[:10]


def _names(report: Sheet, other: Sheet) -> bool:
    """Whether a report credits the outlet of the other one."""
    outlet = (other.report.outlet or "").lower()
    if not outlet or outlet == (report.report.outlet or "").lower():
        return False
    credits = [p.name.lower() for p in report.passages if p.role in ("credit", "byline") and p.name]
    relays = {name.lower() for name in _relays(report)}
    return outlet in relays or any(outlet in line for line in credits)


def _relays(sheet: Sheet) -> set[str]:
    return {link.name for s in sheet.statements for link in s.chain if link.role == "relay" and link.name}
