"""Who is who across reports: one entity per person, group, outlet or place.

Evidence that two names are one entity's adds up (`likeness.py`, weights in `words/same.tsv`); constraints forbid what
evidence suggests (father and son, two names that a person keeps apart); what is neither sure nor forbidden is a doubt,
offered and not joined. A surname stands for a full name inside the report that says so. A person's decisions win.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.engines.memory import uncollected
from onrecord.entities.likeness import DOUBTED, JOINED, Named, Pair, pairs
from onrecord.entities.parties import parties, spokesmen
from onrecord.entities.sameness import folded
from onrecord.entities.told import Ties, bound, parents_found, ties
from onrecord.entities.wishes import SAME, Wishes
from onrecord.records import Doubt, Entity, Event, Mention, Sheet, Statement, content_id
from onrecord.records.made import changed
from onrecord.text.tables import table

KINDS = ("person", "group", "outlet", "place", "unknown")


@dataclass(slots=True)
class Group:
    """Names that are one entity's while they are being gathered."""

    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    why: set[str] = field(default_factory=set)

    @property
    def type(self) -> str:
        """The kind most of its mentions are; what is known beats unknown."""
        return min(self.types.items(), key=lambda item: (item[0] == "unknown", -item[1], item[0]))[0]

    @property
    def name(self) -> str:
        """The commonest form, the longer one of two; of a group the commonest of several words, where that is in use."""
        order = sorted(self.names.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
        full = [(n, count) for n, count in order if " " in n] if self.type in ("group", "unknown") else []
        in_use = full and full[0][1] * 10 >= sum(self.names.values())
        return full[0][0] if in_use else order[0][0]


@dataclass(frozen=True, slots=True)
class Known:
    """Sheets that point at entities, the entities, and the pairs of them that a person may want to look at."""

    sheets: tuple[Sheet, ...]
    entities: tuple[Entity, ...]
    doubts: tuple[Doubt, ...]


@uncollected(lasting=True)
def resolve(sheets: Sequence[Sheet], wishes: Wishes | None = None) -> Known:
    """Sheets with every mention, speaker and chain link pointing at its entity, and the entities.

    Args:
        sheets: what each report says by itself, in any order.
        wishes: what a person has said about names; always wins.
    """
    wishes = wishes or Wishes()
    sheets = [bound(sheet) for sheet in sheets]
    groups = _gather(sheets, dict(wishes.types))
    _roles(sheets, groups)
    told = ties(sheets, spokesmen(sheets))
    joined, open_pairs = _joined(groups, _named(groups, sheets), told, wishes)
    entities = {key: _entity(joined[key]) for key in joined}
    index = {folded(n): entities[key].entity_id for key, group in joined.items() for n in group.names}
    index |= {k: v for k, v in _kin(told, index).items() if k not in index}
    index |= {k: v for k, v in _short_forms(sheets, index).items() if k not in index}
    spoken = parties(sheets, index, frozenset(e.entity_id for e in entities.values() if e.type == "group"))
    rows = {e.entity_id: replace(e, party=spoken.get(e.entity_id)) for e in entities.values()}
    return Known(
        sheets=tuple(parents_found(_pointed(sheet, index), index, told.raised_by) for sheet in sheets),
        entities=tuple(rows[k] for k in sorted(rows)),
        doubts=_doubts(open_pairs, index, rows),
    )


def _gather(sheets: Sequence[Sheet], types: Mapping[str, str]) -> dict[str, Group]:
    groups: dict[str, Group] = defaultdict(Group)
    for sheet in sheets:
        told = Counter((m.name, m.text, m.type, m.why) for m in sheet.mentions if m.name is not None)
        for (name, text, kind, why), count in told.items():
            if kind not in KINDS:
                continue
            key = folded(name)
            group = groups[key]
            group.names[" ".join(name.split())] += count
            group.types[types.get(key, kind)] += count
            group.reports.add(sheet.report.report_id)
            if folded(text) != key:
                group.aliases.add(" ".join(text.split()))
                group.why.add(why)
    return {key: groups[key] for key in sorted(groups) if key}


def _named(groups: Mapping[str, Group], sheets: Sequence[Sheet]) -> list[Named]:
    shorts: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for m in sheet.mentions:
            if m.name and m.text.isupper() and folded(m.text) != folded(m.name):
                shorts[folded(m.name)].add(folded(m.text))
    return [
        Named(key, g.name, g.type, frozenset(g.reports), frozenset(g.roles), frozenset(shorts[key]))
        for key, g in groups.items()
    ]


def _joined(
    groups: dict[str, Group], named: Sequence[Named], told: Ties, wishes: Wishes
) -> tuple[dict[str, Group], list[Pair]]:
    """The groups once joined, by the key of the commonest name, and the pairs that stay open."""
    said = wishes.standing()
    different = set(told.apart) | {pair for pair, d in said.items() if d.verdict != SAME}
    wanted = [Pair(*pair, evidence=("decided",), weight=100.0) for pair, d in sorted(said.items()) if d.verdict == SAME]
    different -= {(p.one, p.other) for p in wanted}
    owner = {key: key for key in groups}
    members = {key: {key} for key in groups}
    left = []
    for pair in [*wanted, *_called(groups), *pairs(named, told)]:
        one, other = owner.get(pair.one), owner.get(pair.other)
        if one is None or other is None or one == other:
            continue
        barred = any((min(a, b), max(a, b)) in different for a in members[one] for b in members[other])
        if barred or pair.weight < JOINED:
            left += [] if barred or pair.weight < DOUBTED else [pair]
            continue
        kept, gone = sorted((one, other), key=lambda k: (-sum(groups[k].names.values()), k))
        _join(groups[kept], groups[gone], f"{', '.join(pair.evidence)}: {pair.one} = {pair.other}")
        for key in members[gone]:
            owner[key] = kept
        members[kept] |= members.pop(gone)
    return {key: groups[key] for key in members}, [p for p in left if owner[p.one] != owner[p.other]]


def _called(groups: Mapping[str, Group]) -> list[Pair]:
    """Other names of well-known groups, from `words/called.tsv`; the name itself need not be the table's."""
    known: dict[str, list[str]] = defaultdict(list)
    for row in table("called"):
        known[folded(row["name"])].append(row["word"])
    found = []
    for name, forms in sorted(known.items()):
        held = [f for f in (name, *forms) if f in groups and groups[f].type != "person"]
        found += [Pair(held[0], other, ("table of groups",), JOINED) for other in held[1:]]
    return found


def _doubts(left: Sequence[Pair], index: Mapping[str, str], rows: Mapping[str, Entity]) -> tuple[Doubt, ...]:
    found: dict[str, Doubt] = {}
    for pair in left:
        one, other = sorted((index[pair.one], index[pair.other]))
        doubt_id = content_id("d", one, other)
        doubt = Doubt(
            doubt_id=doubt_id,
            one_entity=one,
            other_entity=other,
            one=rows[one].name,
            other=rows[other].name,
            weight=pair.weight,
            why=f"{', '.join(pair.evidence)}: {pair.one} / {pair.other}",
        )
        if doubt_id not in found or found[doubt_id].weight < doubt.weight:
            found[doubt_id] = doubt
    return tuple(found[k] for k in sorted(found))


def _join(kept: Group, other: Group, why: str) -> None:
    kept.aliases |= other.aliases | set(other.names)
    kept.names.update(other.names)
    kept.types.update(other.types)
    kept.roles |= other.roles
    kept.reports |= other.reports
    kept.why |= other.why | {why}


def _roles(sheets: Sequence[Sheet], groups: dict[str, Group]) -> None:
    """Roles are what stands in apposition to a speaker's name: "Nazary, spokesperson of the front, said", or before it."""
    names = {folded(n): group for group in groups.values() for n in group.names}
    for sheet in sheets:
        for statement in sheet.statements:
            if statement.source is None or statement.speaker is None:
                continue
            before, comma, role = statement.source.of(sheet.report.text).partition(",")
            group = names.get(folded(statement.speaker))
            clean = " ".join(role.split()).strip(" ,")
            if names.get(folded(clean)) is group:  # "the mayor of Tarn, Ilyan Sorrel, said"
                clean = " ".join(before.split())
            if comma and clean and group is not None and not clean.startswith(("who ", "whose ")) and len(clean) <= 120:
                group.roles.add(clean)


def _entity(group: Group) -> Entity:
    name, kind = group.name, group.type
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


def _kin(told: Ties, index: dict[str, str]) -> dict[str, str]:
    """ "the son of X" is whom some report calls so by name; dropped when reports name two."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, relation, other in told.kin:
        if one in index:
            found[f"{relation} of {other}"].add(index[one])
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
        quantities=tuple(changed(q, subject_entity=_find(q.subject, index)) for q in sheet.quantities),
        events=tuple(_event(e, index) for e in sheet.events),
    )


def _mention(mention: Mention, index: dict[str, str]) -> Mention:
    return changed(mention, entity_id=index.get(folded(mention.name))) if mention.name else mention


def _statement(statement: Statement, index: dict[str, str]) -> Statement:
    chain = tuple(changed(link, entity_id=_find(link.name, index)) for link in statement.chain)
    return changed(statement, chain=chain, speaker_entity=_find(statement.speaker, index))


def _event(event: Event, index: dict[str, str]) -> Event:
    return changed(
        event,
        actor_entities=tuple(_find(name, index) for name in event.actors),
        recipient_entities=tuple(_find(name, index) for name in event.recipients),
    )


def _find(name: str | None, index: dict[str, str]) -> str | None:
    return index.get(folded(name)) if name else None
