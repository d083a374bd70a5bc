"""Who is who across reports: one entity per person, group, outlet or place, by rules that are sure (`sameness.py`).

Names are joined when they are the same full name, spelling variants of the same full name, an acronym and the long
form it was given after, or a description by kin that some report states ("Y, the son of X"). A surname stands for a
full name only inside the report that says so. Nothing is joined because it merely looks alike.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.entities.sameness import folded, near, spelling
from onrecord.records import Entity, Event, Mention, Sheet, Statement, content_id

KINDS = ("person", "group", "outlet", "place", "unknown")
KIN = re.compile(
    r"^\s*[,–—-]?\s*(?:the\s+|a\s+)?(?P<kin>(?:\w+\s+){0,2}(?:son|daughter|brother|sister|widow|wife|nephew|niece) of)\s+$",
    re.I,
)


@dataclass(slots=True)
class Group:
    """Names that are one entity's while they are being gathered."""

    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    why: set[str] = field(default_factory=set)


def resolve(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], tuple[Entity, ...]]:
    """Sheets with every mention, speaker, chain link and owner of a figure pointing at its entity, and the entities."""
    groups = _spellings(_gather(sheets))
    _roles(sheets, groups)
    entities = {key: _entity(group) for key, group in groups.items()}
    index = {folded(n): entities[key].entity_id for key, group in groups.items() for n in group.names}
    index |= {k: v for k, v in _kin(sheets, index).items() if k not in index}
    index |= {k: v for k, v in _short_forms(sheets, index).items() if k not in index}
    rows = sorted({e.entity_id: e for e in entities.values()}.values(), key=lambda e: e.entity_id)
    return tuple(_pointed(sheet, index) for sheet in sheets), tuple(rows)


def _gather(sheets: Sequence[Sheet]) -> dict[str, Group]:
    groups: dict[str, Group] = defaultdict(Group)
    for sheet in sheets:
        for mention in sheet.mentions:
            if mention.name is None or mention.type not in KINDS:
                continue
            group = groups[folded(mention.name)]
            group.names[" ".join(mention.name.split())] += 1
            group.types[mention.type] += 1
            if folded(mention.text) != folded(mention.name):
                group.aliases.add(" ".join(mention.text.split()))
                group.why.add(mention.why)
    return {key: group for key, group in groups.items() if key}


def _spellings(groups: dict[str, Group]) -> dict[str, Group]:
    """Joins people whose full names are spellings of each other; the commonest spelling keeps the entity."""
    keys: dict[tuple[str, ...], list[str]] = defaultdict(list)
    order = sorted(groups, key=lambda k: (-sum(groups[k].names.values()), k))
    for key in order:
        person = groups[key].types.most_common(1)[0][0] == "person"
        if person and (sound := spelling(key)) is not None:
            keys[sound].append(key)
    joined = dict(groups)
    for same in keys.values():
        for other in same[1:]:
            if near(same[0], other):
                _join(joined[same[0]], joined.pop(other), f"spelling of {same[0]}: {other}")
    return joined


def _join(kept: Group, other: Group, why: str) -> None:
    kept.aliases |= other.aliases | set(other.names)
    kept.names.update(other.names)
    kept.types.update(other.types)
    kept.why |= other.why | {why}


def _roles(sheets: Sequence[Sheet], groups: dict[str, Group]) -> None:
    """Roles are what stands in apposition to a speaker's name: "Nazary, spokesperson of the front, said"."""
    names = {folded(n): group for group in groups.values() for n in group.names}
    for sheet in sheets:
        for statement in sheet.statements:
            if statement.source is None or statement.speaker is None:
                continue
            _, comma, role = statement.source.of(sheet.report.text).partition(",")
            group = names.get(folded(statement.speaker))
            clean = " ".join(role.split()).strip(" ,")
            if comma and clean and group is not None and not clean.startswith(("who ", "whose ")) and len(clean) <= 120:
                group.roles.add(clean)


def _entity(group: Group) -> Entity:
    name = min(group.names.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))[0]
    kind = min(group.types.items(), key=lambda item: (-item[1], item[0]))[0]
    aliases = tuple(sorted({a for a in group.aliases | set(group.names) if a != name}))
    why = "; ".join(sorted(group.why)) or "one name only"
    return Entity(
        entity_id=content_id("e", kind, folded(name)),
        name=name,
        type=kind,
        aliases=aliases,
        roles=tuple(sorted(group.roles)),
        same_why=why,
    )


def _kin(sheets: Sequence[Sheet], index: dict[str, str]) -> dict[str, str]:
    """ "the son of X" is whom some report calls so by name; dropped when reports name two."""
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        people = [m for m in sheet.mentions if m.type == "person" and m.name]
        for one, other in itertools.pairwise(people):
            between = KIN.match(sheet.report.text[one.end : other.start]) if other.start > one.end else None
            if between is not None and one.name and other.name and folded(one.name) in index:
                found[folded(f"{between['kin'].split()[-2]} of {other.name}")].add(index[folded(one.name)])
    return {phrase: min(ids) for phrase, ids in found.items() if len(ids) == 1}


def _short_forms(sheets: Sequence[Sheet], index: dict[str, str]) -> dict[str, str]:
    """Acronyms that some report explains stand for the same in reports that do not, when all explanations agree."""
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for mention in sheet.mentions:
            if (
                mention.name
                and mention.text.isupper()
                and folded(mention.text) != folded(mention.name)
                and folded(mention.name) in index
            ):
                found[folded(mention.text)].add(index[folded(mention.name)])
    return {short: min(ids) for short, ids in found.items() if len(ids) == 1}


def _pointed(sheet: Sheet, index: dict[str, str]) -> Sheet:
    return replace(
        sheet,
        mentions=tuple(_mention(m, index) for m in sheet.mentions),
        statements=tuple(_statement(s, index) for s in sheet.statements),
        quantities=tuple(replace(q, subject_entity=_find(q.subject, index)) for q in sheet.quantities),
        events=tuple(_event(e, index) for e in sheet.events),
    )


def _mention(mention: Mention, index: dict[str, str]) -> Mention:
    return replace(mention, entity_id=index.get(folded(mention.name))) if mention.name else mention


def _statement(statement: Statement, index: dict[str, str]) -> Statement:
    chain = tuple(replace(link, entity_id=_find(link.name, index)) for link in statement.chain)
    return replace(statement, chain=chain, speaker_entity=_find(statement.speaker, index))


def _event(event: Event, index: dict[str, str]) -> Event:
    return replace(
        event,
        actor_entities=tuple(_find(name, index) for name in event.actors),
        recipient_entities=tuple(_find(name, index) for name in event.recipients),
    )


def _find(name: str | None, index: dict[str, str]) -> str | None:
    return index.get(folded(name)) if name else None
