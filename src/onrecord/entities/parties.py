"""For whom a person speaks: the group that a role names, where a report sets the role beside the person's name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onrecord.entities.sameness import folded
from onrecord.records import Sheet, Statement
from onrecord.text.tables import words

# Between a high office and a country: "president of Kenya", "Kenya's foreign minister".
OF_COUNTRY = re.compile(r"\s+(?:of|to)\s+(?:the\s+)?")
COUNTRYS = re.compile(r"(?:['’]s|s)?\s+(?:(?:acting|interim)\s+)?")
# What may stand between a role and the group: "head of the X", "X's political office spokesperson".
AFTER = re.compile(r"\s+(?:(?:\w+\s+){0,3}?(?:of|for|at|to)\s+)(?:the\s+|\w+['’]s\s+)?", re.I)
BEFORE = re.compile(r"(?:['’]s|s)?\s+(?:\w+\s+){0,2}", re.I)
FORMER = re.compile(r"\b(?:former|ex-|late)\b", re.I)


@cache
def _offices(kind: str) -> re.Pattern[str]:
    """Offices of `words/offices.tsv`. Kinds: speaks (the mouth or head of a group; an analyst "of" an institute is neither),
    spokes (its mouth alone), governs (who speaks for a country whose name stands beside)."""
    found = sorted(words("offices", kind), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.I)


def parties(sheets: Sequence[Sheet], index: Mapping[str, str], groups: frozenset[str]) -> dict[str, str]:
    """Entity of a person to entity of the group spoken for; nothing where reports disagree in equal number.

    Args:
        index: folded name to entity id.
        groups: entity ids that are groups.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for sheet in sheets:
        for statement in sheet.statements:
            person = index.get(folded(statement.speaker or ""))
            if person is None or person in groups:
                continue
            beside = {g for g in _named_beside(sheet, statement, index) if g in groups}
            for group in (beside or set(_governed(sheet, statement, index))) - {person}:
                votes[person][group] += 1
    return {person: _first(count) for person, count in votes.items() if _first(count)}


def spokesmen(sheets: Sequence[Sheet]) -> dict[str, frozenset[str]]:
    """Folded name of a person to the folded names of the groups whose spokesman some report calls him."""
    itself = {folded(m.name): folded(m.name) for s in sheets for m in s.mentions if m.name and m.type == "group"}
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for statement in sheet.statements:
            if statement.source is not None and _offices("spokes").search(statement.source.of(sheet.report.text)):
                found[folded(statement.speaker or "")] |= set(_named_beside(sheet, statement, itself, "spokes"))
    return {person: frozenset(groups) for person, groups in found.items() if person and groups}


def _first(count: Counter[str]) -> str:
    best = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return best[0][0] if len(best) == 1 or best[0][1] > best[1][1] else ""


def _governed(sheet: Sheet, statement: Statement, index: Mapping[str, str]) -> Iterator[str]:
    """The country that the phrase naming the source gives a high office of."""
    if statement.source is None:
        return
    phrase, at = statement.source.of(sheet.report.text), statement.source.start
    offices = [] if FORMER.search(phrase) else [m.span() for m in _offices("governs").finditer(phrase)]
    countries = {p.start for p in sheet.places if p.precision == "country"} if offices else set()
    for m in sheet.mentions:
        if m.start in countries and at <= m.start and m.end <= statement.source.end and m.name and m.type == "place":
            beside = any(
                COUNTRYS.fullmatch(phrase[m.end - at : first]) or OF_COUNTRY.fullmatch(phrase[last : m.start - at])
                for first, last in offices
            )
            if beside and (entity := index.get(folded(m.name))) is not None:
                yield entity


def _named_beside(sheet: Sheet, statement: Statement, index: Mapping[str, str], kind: str = "speaks") -> Iterator[str]:
    """Groups that the phrase naming the source names with a role: "Nazary, spokesperson of the Front"."""
    if statement.source is None or statement.speaker is None:
        return
    phrase = statement.source.of(sheet.report.text)
    roles = [m.span() for m in _offices(kind).finditer(phrase)]
    if not roles or FORMER.search(phrase):
        return
    at = statement.source.start
    inside = [m for m in sheet.mentions if at <= m.start and m.end <= statement.source.end and m.name]
    for m in inside:
        beside = any(
            AFTER.fullmatch(phrase[last : m.start - at]) or BEFORE.fullmatch(phrase[m.end - at : first])
            for first, last in roles
        )
        if beside and (entity := index.get(folded(m.name or ""))) is not None:
            yield entity
