"""Was an advance opposed? One mouth says that a side met no resistance at a place, another tells of fighting with it there.

The question is put only where somebody says "no resistance" and somebody else tells of an attack on that side, at a place
of that name, in the same days: that is the contradiction. Accounts of the same question from the weeks around are listed
with it, since a reader who asks it wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.matters.figures import days_between, sentence_around
from onrecord.matters.origins import Claim, Roots
from onrecord.records import Entity, Event, Sheet, Span
from onrecord.text.tables import words

SAME_DAYS, AROUND = 2, 14  # days between two reports that contradict each other, and that answer one question
NARROW = ("point", "district", "province")


@dataclass(frozen=True, slots=True)
class Unopposed:
    """A claim that a side met no resistance: whose advance, and at which places."""

    claim: Claim
    sides: frozenset[str]
    places: frozenset[int]


@cache
def _pattern() -> re.Pattern[str]:
    verbs = "|".join(sorted(words("fights", "meets")))
    nouns = "|".join(sorted(words("fights", "resistance")))
    return re.compile(
        rf"\b(?:{verbs})\s+(?:with\s+)?no\s+(?:\w+\s+)?(?:{nouns})\b|\bwithout\s+(?:any\s+)?(?:resistance|opposition|a\s+fight)\b",
        re.I,
    )


def unopposed(text: str) -> bool:
    """Whether a text says that somebody met no resistance.

    >>> unopposed("its men were meeting with no resistance on the way"), unopposed("they met fierce resistance")
    (True, False)
    """
    return _pattern().search(text) is not None


def fight_groups(
    found: Sequence[Claim], sheets: Sequence[Sheet], entities: Sequence[Entity], roots: Roots
) -> list[tuple[str, list[Claim]]]:
    """Questions with their claims: a denial of resistance first, then what tells of it."""
    by_id = {s.report.report_id: s for s in sheets}
    names = {e.entity_id: e.name for e in entities if e.type == "group"}
    made = []
    for claim in found:
        if claim.kind != "statement" or not unopposed(claim.text):
            continue
        denial = _denial(claim, by_id[claim.report_id], roots, frozenset(names))
        attacks = list(_attacks(denial, by_id, roots)) if denial.sides and denial.places else []
        if any(days_between(by_id[claim.report_id], by_id[a.report_id]) <= SAME_DAYS for a in attacks):
            made.append((_question(denial, by_id[claim.report_id], names), [claim, *attacks]))
    return made


def _denial(claim: Claim, sheet: Sheet, roots: Roots, groups: frozenset[str]) -> Unopposed:
    """Whose advance it is: who acts in the claim, else who speaks."""
    acting = {
        e
        for event in sheet.events
        if any(s.start <= event.start < s.end for s in claim.spans)
        for e in event.actor_entities
        if e in groups
    }
    origin = roots.origin(claim)
    speaking = {e for e in (origin.party, origin.entity_id) if e in groups}
    here = {
        p.geoname_id
        for p in sheet.places
        if p.precision in NARROW and any(s.start <= p.start < s.end for s in claim.spans)
    }
    return Unopposed(claim, frozenset(acting or speaking), frozenset(g for g in here if g is not None))


def _attacks(denial: Unopposed, sheets: Mapping[str, Sheet], roots: Roots) -> Iterator[Claim]:
    """One account a report and mouth of an attack on that side at one of those places; ground that changed hands first."""
    told: dict[tuple[str, str], tuple[bool, int, Claim]] = {}
    for key in sorted(sheets):
        sheet = sheets[key]
        if key == denial.claim.report_id or days_between(sheets[denial.claim.report_id], sheet) > AROUND:
            continue
        held = {s.statement_id: s for s in sheet.statements}
        for event in sheet.events:
            if not _against(event, denial, sheet):
                continue
            where = (Span(event.start, event.end),)
            said = held.get(event.statement_id or "")
            first, last = sentence_around(sheet.report.text, event.start, event.end)
            words_of = sheet.report.text[first:last].strip()
            claim = Claim(event.event_id, "event", key, where, words_of, said, None, event)
            origin = roots.origin(claim)
            if not {origin.party, origin.entity_id} & denial.sides:
                order = (event.territory is None, event.start, claim)
                told[key, origin.origin_id] = min(order, told.get((key, origin.origin_id), order), key=lambda o: o[:2])
    yield from (claim for _, _, claim in sorted(told.values(), key=lambda o: (roots.when(o[2]), o[1])))


def _against(event: Event, denial: Unopposed, sheet: Sheet) -> bool:
    """Whether an event is fighting that has happened, against that side, in a sentence that names one of those places."""
    if event.type != "ASSAULT" or event.realis != "actual" or not denial.sides & set(event.recipient_entities):
        return False
    first, last = sentence_around(sheet.report.text, event.start, event.end)
    return any(p.geoname_id in denial.places for p in sheet.places if first <= p.start < last)


def _question(denial: Unopposed, sheet: Sheet, names: Mapping[str, str]) -> str:
    places = sorted({p.name for p in sheet.places if p.geoname_id in denial.places})
    return f"Did {' and '.join(sorted(names[s] for s in denial.sides))} meet resistance ({', '.join(places[:3])})?"
