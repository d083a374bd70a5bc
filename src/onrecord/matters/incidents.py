"""Incidents: events of different reports that are one happening, so that a copied account counts once and a denial stands beside it.

Two accounts are of one incident where they tell of the killing of one named person, or of the same kind of act at the same
town, in the same days, with a named side in common. What they say of its day and its toll may differ; that is shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from onrecord.matters.figures import stars
from onrecord.matters.origins import Claim, Roots
from onrecord.records import Entity, Event, Sheet, Span
from onrecord.text.marks import quotations
from onrecord.text.sentences import sentences

# Acts that leave a mark; words ("accused", "met") are many a day between the same two sides.
ACTS = frozenset({"ASSAULT", "COERCE", "PROTEST"})
DONE = frozenset({"actual", "historical"})
EXACT = frozenset({"point", "district"})
KILLED = re.compile(r"\b(?:kill|assassinat|murder|slain|slay|execut|shot dead)", re.I)
DAYS = timedelta(days=3)  # longer spans ("in 2012") tell no incident from the next
APART = timedelta(days=7)  # days of one death that two reports may give
SHOWN = {"year": 4, "month": 7}  # characters of an ISO day that a precision bears out
MOST = 400  # accounts in one block; more say only that a war goes on


@dataclass(frozen=True, slots=True)
class Account:
    """One report's account of an event, with what tells incidents apart."""

    claim: Claim
    event: Event
    victims: frozenset[str]  # entities of named people on the receiving side
    sides: frozenset[str]  # entities of all named people and groups in it
    town: int | None  # GeoNames id of a place no wider than a district
    days: tuple[date, date] | None


def incident_groups(sheets: Sequence[Sheet], entities: Sequence[Entity], roots: Roots) -> list[list[Claim]]:
    """Groups of events of different reports that are one incident; one claim a report, mouth and side, a dated one before others."""
    accounts = list(_accounts(sheets, entities))
    links: dict[int, set[int]] = defaultdict(set)
    for block in _blocks(accounts):
        for i, j in combinations(block[:MOST], 2):
            if _one(accounts[i], accounts[j]):
                links[i].add(j)
                links[j].add(i)
    texts = {s.report.report_id: s for s in sheets}
    groups = []
    for group in stars(links):
        first: dict[tuple[str, str, bool], int] = {}
        told = lambda k: (roots.when(accounts[k].claim), accounts[k].days is None, accounts[k].event.start)  # noqa: E731
        for k in sorted(group, key=told):
            mouth = roots.origin(accounts[k].claim).origin_id
            first.setdefault((accounts[k].claim.report_id, mouth, accounts[k].event.realis in DONE), k)
        if len({report for report, _, _ in first}) > 1:
            groups.append([_in_words(accounts[k].claim, texts) for k in first.values()])
    return groups


def _accounts(sheets: Sequence[Sheet], entities: Sequence[Entity]) -> Iterator[Account]:
    kind = {e.entity_id: e.type for e in entities}
    for sheet in sorted(sheets, key=lambda s: s.report.report_id):
        towns = {p.place_id: p.geoname_id for p in sheet.places if p.precision in EXACT and p.exact}
        held = {s.statement_id: s for s in sheet.statements}
        for event in sheet.events:
            if event.type not in ACTS or not (event.realis in DONE or event.realis == "denied"):
                continue
            people = {e for e in event.recipient_entities if e and kind.get(e) == "person"}
            sides = {
                e
                for e in (*event.actor_entities, *event.recipient_entities)
                if e and kind.get(e) in ("person", "group")
            }
            said = held.get(event.statement_id or "")
            span = (Span(event.start, event.end),)
            yield Account(
                Claim(event.event_id, "event", event.report_id, span, event.text, said, None, event),
                event,
                frozenset(people) if KILLED.search(event.text) else frozenset(),
                frozenset(sides),
                towns.get(event.place_id or ""),
                _days(event),
            )


def _days(event: Event) -> tuple[date, date] | None:
    if event.date_from is None or event.date_to is None:
        return None
    return date.fromisoformat(event.date_from[:10]), date.fromisoformat(event.date_to[:10])


def _blocks(accounts: Sequence[Account]) -> Iterator[list[int]]:
    """Accounts that may be of one incident: of one person's death, or of one kind of act in one town on one day."""
    by_person: dict[str, list[int]] = defaultdict(list)
    by_day: dict[tuple[str, int, date], list[int]] = defaultdict(list)
    for k, account in enumerate(accounts):
        for person in account.victims:
            by_person[person].append(k)
        if account.town is not None and account.days is not None and account.days[1] - account.days[0] <= DAYS:
            for ahead in range((account.days[1] - account.days[0]).days + 1):
                by_day[account.event.type, account.town, account.days[0] + timedelta(days=ahead)].append(k)
    yield from (b for b in by_person.values() if len(b) > 1)
    yield from (b for b in by_day.values() if len(b) > 1)


def _one(one: Account, two: Account) -> bool:
    """Whether two accounts are of one incident; two of one report only where they tell of one person's death."""
    if one.event.type != two.event.type:
        return False
    if one.victims & two.victims:
        return one.days is None or two.days is None or _apart(one.days, two.days) <= APART
    if one.event.report_id == two.event.report_id:
        return False
    modes = {one.event.mode, two.event.mode} - {None}
    if one.town is None or one.town != two.town or len(modes) > 1 or one.days is None or two.days is None:
        return False
    short = max(one.days[1] - one.days[0], two.days[1] - two.days[0]) <= DAYS
    return short and _apart(one.days, two.days) <= timedelta(0) and bool(one.sides & two.sides)


def _apart(one: tuple[date, date], two: tuple[date, date]) -> timedelta:
    """Days between two spans; nothing where they overlap."""
    return max(one[0] - two[1], two[0] - one[1], timedelta(0))


def _in_words(claim: Claim, sheets: Mapping[str, Sheet]) -> Claim:
    """The claim with the sentence it stands in for its text."""
    sheet, at = sheets[claim.report_id], claim.spans[0].start
    passage = next((p for p in sheet.passages if p.start <= at < p.end), None)
    if passage is None:
        return claim
    text = sheet.report.text
    cut = sentences(text, passage.start, passage.end, quotations(text, passage.start, passage.end))
    sentence = next((s for s in cut if s.start <= at < s.end), None)
    return claim if sentence is None else replace(claim, text=sentence.of(text))


def named(group: Sequence[Claim]) -> str:
    """The question of an incident in words: "The killing of Marek Dovan (2009): did it happen, and when?"."""
    dated = next((e for c in group if (e := c.event) is not None and e.date_from), None)
    day = dated.date_from[: SHOWN.get(dated.date_precision or "", 10)] if dated and dated.date_from else None
    told = done_to(group)
    return f"{told[:1].upper()}{told[1:]}{f' ({day})' if day else ''}: did it happen, and when?"


def done_to(group: Sequence[Claim]) -> str:
    """An incident in words: "the killing of Marek Dovan"."""
    events = [c.event for c in group if c.event is not None]
    first = min(
        events, key=lambda e: (not e.recipients, not all(map(_proper, e.recipients)), not e.date_from, e.event_id)
    )
    act = (
        "killing"
        if KILLED.search(first.text)
        else {"ASSAULT": "attack", "COERCE": "coercion"}.get(first.type, "protest")
    )
    whom = " and ".join(first.recipients[:2])
    of = {"killing": "of", "coercion": "of"}.get(act, "against" if act == "protest" else "on")
    return f"the {act}{f' {of} {whom}' if whom else ''}"


def _proper(name: str) -> bool:
    """Whether words are a name rather than a description."""
    return name[:1].isupper()
