"""What figures of one sentence share: a noun ("14 people were killed and 40 wounded"), a unit, what became of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.claims.quantities.counted import classes
from onrecord.claims.quantities.figure import Figure
from onrecord.claims.quantities.harm import HARM, INCLUDING, LISTED, OPEN
from onrecord.claims.quantities.sight import tail
from onrecord.text.amounts import Amount

# What follows a figure without a noun that shares the noun before it: "60 killed in Orm and 45 | in Kessa".
SHARES = re.compile(
    r"\s*(?:[,.;)]|$|\b(?:in|at|from|by|near|on|were|was|are|have|had|others?|more|of\s+them|inside|around|across|who|"
    r"that|which|to)\b)",
    re.I,
)
LINKED = re.compile(
    r"(?:\b(?:and|while|but|or|with|plus|another|including|of\s+(?:which|whom|them|those)|among\s+them)|,|;)"
    r"\s*(?:another\s+|\w+ing\s+|\w+ed\s+)?$",
    re.I,
)
AGAINST = re.compile(
    r"\b(?:up|down|rose|fell|compared|against|instead|rather|not|from|than|to)\s*(?:\b(?:from|to|with|than|of|the)\s*)*$",
    re.I,
)
MORE = frozenset({"another", "a further", "an additional"})
RECENT = 20  # figures of a passage that one may share a noun with
CLOSE = 60  # characters between a figure and the one it is set against
FROM = re.compile(r"\s*,?\s*(?:(?:up|down|compared)\s+)?(?:from|with|against)\s+(?:just\s+)?", re.I)
VERB_BETWEEN = re.compile(r"\b(?:and|while|but|,)\s+\w+(?:ing|ed)\s+$", re.I)
AND = re.compile(r"\s*,?\s+(?:and|or|to)\s+")
TO = re.compile(r"\s+to\s+")
OF_THE = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+)?(?:some\s+)?")
INDEX, UP = re.compile(r"\b(?:at|to)\s+$"), re.compile(r"\s*,?\s+(?:up|down)\s+")
HYPHEN_OR = re.compile(r"-\s+(?:or|and|to)\s+")
IN_BRACKETS = re.compile(r"\s*\((?:about\s+)?")
OBJECT_OF = re.compile(r"\b\w+(?:ed|ing)\s+$|\b(?:lost|sent|took|held|left|has|have|had)\s+$")
NAMED = OPEN - {"bare"}

Step = Callable[[str, Figure, Figure], Figure | None]


def sharer(found: Sequence[Figure]) -> Figure | None:
    """The figure whose noun a later one may share: the last, or the one before a span of time that stands between."""
    return next(
        (f for f in reversed(found[-RECENT:]) if f.kind not in ("duration", "age")), found[-1] if found else None
    )


def shares(text: str, last: Figure, amount: Amount) -> bool:
    """Whether a figure without a noun counts what `last` counts, or is set against it ("40 tanks, up from 12")."""
    if (last.counted is None and last.unit is None and last.kind not in HARM) or last.kind == "age":
        return False
    between = text[last.end : amount.start]
    if last.kind == "points":
        return INDEX.search(between) is not None
    if AGAINST.search(between) and len(between) < CLOSE:
        return last.unit is None or FROM.fullmatch(between) is not None
    if amount.hedge is not None and amount.hedge.text in MORE:
        return last.unit is None
    linked = last.unit is None and LINKED.search(between) is not None
    return linked and SHARES.match(text, amount.end) is not None


def noun_of(last: Figure) -> str | None:
    """The noun that a later figure may share: "12 wounded" has none to give."""
    head = (last.counted or "").lower().split()[-1:]
    return last.counted if head and classes().get(head[0]) not in HARM else None


def other_verb(text: str, last: Figure, amount: Amount) -> bool:
    """ "killed 12 people and wounded 45": the noun is shared, what was done to them is not."""
    return VERB_BETWEEN.search(text[last.end : amount.start]) is not None


def settled(text: str, found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Figures of a sentence with what they take from their neighbours, all steps in order."""
    rows = list(found)
    for k in range(1, len(rows)):
        rows[k - 1 : k + 1] = _part_and_whole(text, rows[k - 1], rows[k])
    for k in range(1, len(rows)):
        rows[k] = _first(ONWARDS, text, rows[k - 1], rows[k]) or rows[k]
    for k in range(len(rows) - 2, -1, -1):
        rows[k] = _first(BACK, text, rows[k], rows[k + 1]) or rows[k]
    return tuple(rows)


def _first(steps: Sequence[Step], text: str, one: Figure, other: Figure) -> Figure | None:
    return next((made for step in steps if (made := step(text, one, other)) is not None), None)


def _part_and_whole(text: str, one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """ "3 | of the 25 porters were killed": the noun is of both, what became of them is of the three."""
    if (
        one.kind not in ("bare", "people")
        or one.counted
        or not other.counted
        or not OF_THE.fullmatch(text, one.end, other.start)
    ):
        return one, other
    part = replace(one, counted=other.counted, kind=other.kind, why=f"a part of the figure after; {other.why}")
    if other.kind in HARM and "; " in other.why:
        head = other.counted.lower().split()[-1]
        other = replace(other, kind=classes().get(head, "thing"), why=other.why.partition("; ")[0])
    return part, other


def _converted(text: str, one: Figure, other: Figure) -> Figure | None:
    """ "210 km (131 miles)"."""
    units = one.unit is not None and other.unit is not None and one.unit.unit != other.unit.unit
    if units and one.kind == other.kind and IN_BRACKETS.fullmatch(text, one.end, other.start):
        return replace(other, kind="conversion", why="the figure before in another unit")
    return None


def _ages(text: str, one: Figure, other: Figure) -> Figure | None:
    """ "aged 40 and 45"."""
    if one.kind == "age" and other.kind == "bare" and AND.fullmatch(text, one.end, other.start):
        return replace(other, kind="age", why="an age, as the figure before")
    return None


def _suffered_onwards(text: str, one: Figure, other: Figure) -> Figure | None:
    """ "killing three soldiers | and two porters", "killed 58 people | including 11 children"."""
    listed = LISTED.fullmatch(text, one.end, other.start) and ("before it" in one.why or "listed" in one.why)
    included = INCLUDING.fullmatch(text, one.end, other.start) is not None
    if one.kind in HARM and other.kind in NAMED and (listed or included):
        return replace(other, kind=one.kind, why=f"{other.why}; listed with {one.kind}")
    return None


def _unit_after(text: str, one: Figure, other: Figure) -> Figure | None:
    """ "a 7- or 8-inch pipe"; "the index (1,369 | up 58 points)"."""
    joined = HYPHEN_OR.fullmatch(text, one.end, other.start)
    moved = other.kind == "points" and UP.fullmatch(text, one.end, other.start)
    if one.kind == "bare" and other.unit is not None and (joined or moved):
        amount = replace(one.amount, unit=other.unit)
        return replace(one, amount=amount, kind=other.kind, why="shares the unit of the figure after")
    return None


def _suffered_back(text: str, one: Figure, other: Figure) -> Figure | None:
    """ "three soldiers | and two porters were killed"; "a toll that rose from 14 | to 29"."""
    if other.kind not in HARM:
        return None
    joined = LISTED.fullmatch(text, one.end, other.start) or INCLUDING.fullmatch(text, one.end, other.start)
    listed = joined and "after it" in other.why and one.kind in NAMED and not OBJECT_OF.search(tail(text, one.start))
    grown = one.kind == "bare" and TO.fullmatch(text, one.end, other.start) and "before it" in other.why
    if listed or grown:
        return replace(one, kind=other.kind, why=f"{one.why}; listed with {other.kind}")
    return None


ONWARDS: tuple[Step, ...] = (_converted, _ages, _suffered_onwards)
BACK: tuple[Step, ...] = (_unit_after, _suffered_back)
