"""Figures that answer one question: who counts the same thing in the same place, and who prints whose count again.

A false meeting puts a contradiction into the ledger that nobody made, so the rules are narrow: two mouths of one report
that count one class in one place, or two reports of the same days whose sentences are alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord.matters.likeness import terms
from onrecord.matters.origins import Claim, Roots
from onrecord.records import Quantity, Sheet

COMPARED = frozenset("fighters killed wounded displaced detained people vehicles weapons buildings".split())
HARM = frozenset("killed wounded displaced detained".split())
# Whole counts of harm; "women" or "soldiers" may be a part of the whole and contradict nothing.
WHOLE = frozenset(
    "people persons dead killed deaths victims civilians casualties bodies wounded injured were displaced".split()
)
NEIGHBOURS = 2  # names that the surroundings of two figures of one report must share
DAYS_APART = 1
AROUND = 250  # characters of surroundings on each side, at most the paragraph and the one before
ALIKE = 0.4  # Dice of the content words around two figures of different reports
# Figures further apart than this count different things; smaller forces than this are squads in an incident.
MOST_TIMES_APART, SMALLEST_FORCE = 20, 100


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a figure: names in its own paragraph, names near it, content words, and its origin."""

    own: frozenset[str]
    near: frozenset[str]
    terms: frozenset[str]
    origin: str


def figure_groups(found: Sequence[Claim], sheets: Sequence[Sheet], roots: Roots) -> list[list[Claim]]:
    """Groups of exact figures that count one thing, each with the copies of its members."""
    by_id = {s.report.report_id: s for s in sheets}
    kept = [c for c in found if c.quantity is not None and _comparable(c.quantity)]
    origins = [roots.origin(c).origin_id for c in kept]
    around = [setting(by_id[c.report_id], c, o) for c, o in zip(kept, origins, strict=True)]
    links: dict[int, set[int]] = defaultdict(set)
    for i, j in _pairs(kept):
        if roots.copied(kept[i], kept[j]) or _meet(kept[i], kept[j], around[i], around[j], by_id):
            links[i].add(j)
            links[j].add(i)
    groups = [group for group in stars(links) if len({origins[k] for k in group}) > 1 or _printed_again(kept, group)]
    return [[kept[k] for k in group] for group in groups]


def _pairs(kept: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Pairs of one class, in order."""
    classes: Mapping[str, list[int]] = defaultdict(list)
    for k, claim in enumerate(kept):
        if claim.quantity is not None:
            classes[claim.quantity.counted_class or ""].append(k)
    for name in sorted(classes):
        yield from combinations(classes[name], 2)


def _printed_again(kept: Sequence[Claim], group: Sequence[int]) -> bool:
    return len({kept[k].report_id for k in group}) > 1


def stars(links: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """The best-linked claim and all that are linked to it, then the rest: nothing chains through a go-between."""
    left = set(links)
    for centre in sorted(links, key=lambda k: (-len(links[k]), k)):
        if centre in left:
            group = sorted({centre} | (links[centre] & left))
            left -= set(group)
            if len(group) > 1:
                yield group


def _comparable(quantity: Quantity) -> bool:
    vague = quantity.high is None and not (quantity.modifier or "").startswith(("more", "over", "at least", "no "))
    whole = quantity.scope == "whole" and quantity.realis == "actual"
    return quantity.counted_class in COMPARED and whole and not vague and (quantity.low or 0) >= 2


def setting(sheet: Sheet, claim: Claim, origin: str = "") -> Setting:
    """The surroundings of a figure."""
    text, first, last = sheet.report.text, claim.spans[0].start, claim.spans[-1].end
    start = max(text.rfind("\n", 0, first) + 1, first - AROUND)
    stop = text.find("\n", last)
    end = min(len(text) if stop < 0 else stop, last + AROUND)
    before = max(text.rfind("\n", 0, len(text[:start].rstrip())) + 1, start - AROUND)
    names = [(m.start, m.entity_id or m.name or m.text, m.type) for m in sheet.mentions if before <= m.start < end]
    own = frozenset(n for at, n, kind in names if at >= start and kind not in ("person", "outlet"))
    return Setting(own, frozenset(n for _, n, _ in names), terms(text[start:end]), origin)


def _meet(a: Claim, b: Claim, one: Setting, two: Setting, sheets: Mapping[str, Sheet]) -> bool:
    qa, qb = a.quantity, b.quantity
    if qa is None or qb is None or qa.unit != qb.unit or (one.own and two.own and not one.own & two.own):
        return False
    low, high = sorted((qa.low or 1.0, qb.low or 1.0))
    if high > MOST_TIMES_APART * max(low, 1.0) or (qa.counted_class == "fighters" and low < SMALLEST_FORCE):
        return False
    same_words = _head(qa) == _head(qb)
    if one.origin == two.origin and (qa.low != qb.low or not same_words):
        return False  # one mouth with two figures counts two things, as far as rules can tell
    if a.report_id == b.report_id:
        told = a.statement is not None and b.statement is not None and one.origin != two.origin
        like = same_words or qa.counted_class == "fighters" or _whole(qa, qb)
        return told and like and len(one.near & two.near) >= NEIGHBOURS
    close = _days(sheets[a.report_id], sheets[b.report_id]) <= DAYS_APART
    return close and bool(one.own & two.own) and (same_words or _whole(qa, qb)) and _alike(one, two)


def _head(quantity: Quantity) -> str:
    return (quantity.counted or "").lower().split()[-1] if quantity.counted else ""


def _whole(a: Quantity, b: Quantity) -> bool:
    """Whether both count all that came to one kind of harm."""
    return a.counted_class in HARM and {_head(a), _head(b)} <= WHOLE


def _alike(one: Setting, two: Setting) -> bool:
    return 2 * len(one.terms & two.terms) >= ALIKE * (len(one.terms) + len(two.terms)) > 0


def _days(a: Sheet, b: Sheet) -> int:
    """Days between two reports; a report without a day is close to nothing."""
    try:
        days = [date.fromisoformat((s.report.published or "")[:10]) for s in (a, b)]
    except ValueError:
        return DAYS_APART + 1
    return abs((days[0] - days[1]).days)
