"""Who copied whom: ordered rules, the first that fires decides and gives its reason; else nobody is named the copier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.matters.standing import Standing

# Shared wording that stands inside quotation marks to this share shows a shared statement, not copying.
QUOTATION_ONLY = 0.9
# All of a report, but for what an edit took; and a part of one that leaves room for more.
ALL_OF_IT, PART_OF_IT = 0.9, 0.85
# Metadata is wrong by hours more often than by days: time zones, stories put up anew.
CLOCKS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of either report a pair shares, 0 to 1, and how much of that stands inside quotation marks.

    `beside_first` is the outlet of a third report, where the second was put together from that and the first one.
    """

    first: float
    second: float
    quoted: float
    beside_first: str | None = None
    beside_second: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the order is known, whether the second report is the earlier one, and why."""

    known: bool
    swap: bool
    why: str
    parent: str | None = None  # the agency both draw on


Rule = Callable[[Standing, Standing, Overlap], Verdict | None]


def direction(first: Standing, second: Standing, overlap: Overlap) -> Verdict:
    """The order of two reports that share wording. Without one, the report dated later stands second."""
    for rule in RULES:
        verdict = rule(first, second, overlap)
        if verdict is not None:
            return verdict
    return _open(first, second, "no credit, no order in time, neither is part of the other: order unknown")


def _quotation(first: Standing, second: Standing, overlap: Overlap) -> Verdict | None:
    if overlap.quoted < QUOTATION_ONLY:
        return None
    return _open(first, second, "quotation only: a shared statement, no copying")


def _credit(first: Standing, second: Standing, _: Overlap) -> Verdict | None:
    """One names the outlet of the other, which does not name it."""
    one, two = _credits(first, second), _credits(second, first)
    if one == two:
        return None
    named = second.shown if one else first.shown
    return Verdict(True, one, f"credit: the later report names {named}")


def _common_parent(first: Standing, second: Standing, _: Overlap) -> Verdict | None:
    both = sorted(first.agencies & second.agencies)
    if not both:
        return None
    names = ", ".join(both)
    return _open(first, second, f"both name {names}: a common parent, order unknown", names)


def _compiled(_: Standing, __: Standing, overlap: Overlap) -> Verdict | None:
    """One of them was put together from the other and a third report."""
    if (overlap.beside_first is None) == (overlap.beside_second is None):
        return None
    third = overlap.beside_first or overlap.beside_second
    swap = overlap.beside_first is None
    return Verdict(True, swap, f"compiled: the later report is this one and one of {third}, which share nothing")


def _time(first: Standing, second: Standing, overlap: Overlap) -> Verdict | None:
    """One was published before the other, whatever it says of its time; within a day, if the texts do not object."""
    if _before(first, second) == _before(second, first):
        return None
    swap = _before(second, first)
    early, late = (second, first) if swap else (first, second)
    texts = _abridged(first, second, overlap) or _says_so(first, second, overlap)
    if texts is not None and texts.swap != swap and _between(early, late) <= CLOCKS:
        return _open(first, second, f"dates against the text ({texts.why}): order unknown")
    return Verdict(True, swap, f"dates: {_shown(early.latest)} before {_shown(late.earliest)}")


def _between(early: Standing, late: Standing) -> timedelta:
    return late.earliest - early.latest if late.earliest and early.latest else timedelta.max


def _abridged(_: Standing, __: Standing, overlap: Overlap) -> Verdict | None:
    """All of one stands in the other, which has more: wire copy is cut to fit, from the end."""
    if overlap.second >= ALL_OF_IT and overlap.first <= PART_OF_IT:
        return Verdict(
            True, False, f"abridged: {overlap.second:.0%} of the later report is {overlap.first:.0%} of this"
        )
    if overlap.first >= ALL_OF_IT and overlap.second <= PART_OF_IT:
        return Verdict(True, True, f"abridged: {overlap.first:.0%} of the later report is {overlap.second:.0%} of this")
    return None


def _says_so(first: Standing, second: Standing, overlap: Overlap) -> Verdict | None:
    """Two printings of one text, of which only one says that it comes from an agency."""
    if min(overlap.first, overlap.second) < PART_OF_IT or bool(first.agencies) == bool(second.agencies):
        return None
    names = ", ".join(sorted(first.agencies | second.agencies))
    return Verdict(True, bool(first.agencies), f"credit: only the later report says that its text is by {names}")


# The order of research on lineage: what a report says of itself, then time, then the texts. A quotation comes first: no
# credit makes two people who heard one speech copiers of each other.
RULES: tuple[Rule, ...] = (_quotation, _credit, _common_parent, _compiled, _time, _abridged, _says_so)


def _open(first: Standing, second: Standing, why: str, parent: str | None = None) -> Verdict:
    return Verdict(False, _before(second, first), why, parent)


def _before(one: Standing, other: Standing) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _credits(one: Standing, other: Standing) -> bool:
    """Whether a report names the outlet of the other one, and that is not its own."""
    if not other.outlet or other.outlet == one.outlet:
        return False
    return any(f" {other.outlet} " in f" {name} " for name in one.credits)


def _shown(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "an unknown time"
