"""Ties that reports themselves state: other names of one group, kin, the office somebody speaks from, "the Valley".

Each finder returns folded names. What is found here is evidence or a bar; `likeness.py` and `words/same.tsv` weigh it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.entities.sameness import folded
from onrecord.records import Mention, Passage, Sheet, Span
from onrecord.records.made import changed
from onrecord.text.tables import table, words

CHILDREN = "son|daughter"
KIN_WORDS = f"{CHILDREN}|brother|sister|widow|wife|nephew|niece|father|mother|uncle|cousin"
KIN = re.compile(
    rf"^\s*[,–—-]?\s*(?:the\s+|a\s+)?(?P<kin>(?:(?!and\b)\w+\s+){{0,2}}(?:{KIN_WORDS}) of)\s+$",
    re.I,
)
# "Tomas Dovan, a member of the delegation and son of Marek Dovan": one apposition, the kin its second half.
KIN_AFTER = re.compile(
    rf"^\s*,\s+(?:an?|the)\s[^.,:;!?\n]{{1,100}}\sand\s(?:the\s)?(?:\w+\s)?(?P<kin>(?:{KIN_WORDS}) of)\s+$", re.I
)
SON_OF = re.compile(rf"\s+(?:is|was)\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:{CHILDREN})\s+of\s+(?:the\s+|an?\s+)?$", re.I)
PARENT = re.compile(r"\b(?P<whose>your|my)\s+(?:late\s+|own\s+)?(?:father|mother)\s*,?\s+$", re.I)
# "the Northern League or Harbour Union (HU)": no second article, and the short form of one thing behind it.
OR = re.compile(r"\s+or\s+")
KNOWN_AS = re.compile(
    r"\s*[,(]?\s*(?:(?P<when>also|formerly|previously|better|otherwise|locally|widely|commonly)\s+"
    r"(?:known|called)(?:\s+as)?|(?:a\.k\.a\.|aka))\s+(?:the\s+)?[\"“'‘]?",
    re.I,
)
SHORT_FORM = re.compile(r"\s*\([A-Z]{2,7}\)")
CHOICE = re.compile(r"\b(?:either|whether|neither|nor|any|if)\b[^.;:!?\n]{0,40}$", re.I)
ARTICLE = re.compile(r"\b(?:the|an?)\s+$", re.I)
NEXT_WORD = re.compile(r"\s+(\w+)")
LISTED = re.compile(r"\s*(?:,|and|,\s*and|&|with|against|between)\s+(?:the\s+)?", re.I)


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of folded names, sorted within a pair, and what reports say of single names."""

    apart: frozenset[tuple[str, str]]  # kin of each other
    stated: frozenset[
        tuple[str, tuple[str, str]]
    ]  # evidence and pair: one is, or was, the other's name; never listed both
    parents: frozenset[tuple[str, str]]  # both are told as parent of one person
    raised_by: Mapping[str, frozenset[str]]  # person to the names that reports give for a parent
    spoke_for: Mapping[str, frozenset[str]]  # person to the groups whose spokesman a report calls him
    kin: Sequence[tuple[str, str, str]] = ()  # folded name, "son" or the like, folded name; report by report


def ties(sheets: Sequence[Sheet], spoke_for: Mapping[str, frozenset[str]]) -> Ties:
    """All that reports state about their names.

    Args:
        sheets: what each report says by itself.
        spoke_for: spokesmen and their groups, from `parties.spokesmen`.
    """
    kin = [k for s in sheets for k in kinships(s)]
    raised: dict[str, set[str]] = defaultdict(set)
    for one, relation, other in kin:
        if relation in CHILDREN.split("|"):
            raised[one].add(other)
    listed = {p for s in sheets for p in _listed(s)}
    return Ties(
        apart=frozenset(_pair(one, other) for one, _, other in kin),
        stated=frozenset((how, pair) for s in sheets for how, pair in _other_names(s) if pair not in listed),
        parents=frozenset(_pair(a, b) for named in raised.values() for a, b in itertools.combinations(named, 2)),
        raised_by={child: frozenset(named) for child, named in raised.items()},
        spoke_for=spoke_for,
        kin=kin,
    )


def _pair(one: str, other: str) -> tuple[str, str]:
    a, b = sorted((one, other))
    return a, b


def kinships(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Folded name, "son" or the like, folded name: "X, the son of Y"; "your father Y", asked of the one interviewed."""
    people = [m for m in sheet.mentions if m.type == "person" and m.name]
    for one, other in itertools.pairwise(people):
        if other.start <= one.end:
            continue
        between = sheet.report.text[one.end : other.start]
        if found := KIN.match(between) or KIN_AFTER.match(between):
            yield folded(one.name or ""), found["kin"].split()[-2].lower(), folded(other.name or "")
    yield from _parents_in_turns(sheet, people)


def _parents_in_turns(sheet: Sheet, people: Sequence[Mention]) -> Iterator[tuple[str, str, str]]:
    answering = {folded(p.name) for p in sheet.passages if p.role == "turn" and p.name}
    if len(answering) != 1:
        return
    child = next(iter(answering))
    for m in people:
        passage = next((p for p in sheet.passages if p.start <= m.start < p.end), None)
        before = sheet.report.text[max(0, m.start - 40) : m.start]
        found = PARENT.search(before)
        if passage is not None and found is not None and _asks(passage, found["whose"]):
            yield child, "son", folded(m.name or "")


def _asks(passage: Passage, whose: str) -> bool:
    return (passage.role, whose.lower()) in {("question", "your"), ("turn", "my")}


def _other_names(sheet: Sheet) -> Iterator[tuple[str, tuple[str, str]]]:
    """How a report says that two are one group's names, by its evidence in `words/same.tsv`, and the pair."""
    text = sheet.report.text
    for one, other in _neighbours(sheet):
        between = text[one.end : other.start]
        pair = _pair(folded(one.name or ""), folded(other.name or ""))
        if pair[0] == pair[1]:
            continue
        if known := KNOWN_AS.fullmatch(between):
            yield "formerly called" if known["when"] in ("formerly", "previously") else "called so", pair
        if OR.fullmatch(between) and ARTICLE.search(text[max(0, one.start - 6) : one.start]):
            choice = CHOICE.search(text[max(0, one.start - 60) : one.start])
            if SHORT_FORM.match(text, other.end) and not choice:
                yield "named with or", pair


def _neighbours(sheet: Sheet) -> Iterator[tuple[Mention, Mention]]:
    groups = sorted((m for m in sheet.mentions if m.type == "group" and m.name), key=lambda m: m.start)
    yield from ((a, b) for a, b in itertools.pairwise(groups) if b.start > a.end)


def _listed(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Groups that a report names side by side ("A and B"): nobody lists one group twice."""
    for one, other in _neighbours(sheet):
        if LISTED.fullmatch(sheet.report.text[one.end : other.start]):
            yield _pair(folded(one.name or ""), folded(other.name or ""))


def parents_found(sheet: Sheet, index: Mapping[str, str], raised_by: Mapping[str, frozenset[str]]) -> Sheet:
    """The sheet whose events know the parent behind a description: "Irsa is the son of a commander who was killed".

    Args:
        sheet: its mentions point at entities.
        index: folded name to entity id.
        raised_by: see `Ties`.
    """
    if not raised_by or not sheet.events:
        return sheet
    ends = {m.end: m.entity_id for m in sheet.mentions if m.type == "person" and m.entity_id}
    parents: dict[str, set[str]] = defaultdict(set)
    for child, names in raised_by.items():
        if child in index:
            parents[index[child]] |= {index[n] for n in names if n in index}

    def whose(entity: str | None, span: Span) -> str | None:
        before = sheet.report.text[max(0, span.start - 60) : span.start]
        told = SON_OF.search(before) if entity is None else None
        found = parents.get(ends.get(span.start - len(before) + told.start()) or "", set()) if told else set()
        return min(found) if len(found) == 1 else entity

    def named(entities: Sequence[str | None], spans: Sequence[Span]) -> tuple[str | None, ...]:
        return tuple(map(whose, entities, spans)) if len(entities) == len(spans) else tuple(entities)

    events = tuple(
        changed(
            e,
            actor_entities=named(e.actor_entities, e.actor_spans),
            recipient_entities=named(e.recipient_entities, e.recipient_spans),
        )
        for e in sheet.events
    )
    return replace(sheet, events=events) if parents and events != sheet.events else sheet


def bound(sheet: Sheet) -> Sheet:
    """The sheet with "the Valley" called by the one valley that the report names ("Lenn valley")."""
    text, nouns = sheet.report.text, _place_nouns()
    named: dict[str, set[str]] = defaultdict(set)
    for m in sheet.mentions:
        after = NEXT_WORD.match(text[m.end : m.end + 30]) if m.type == "place" and m.name else None
        if after and after[1].lower() in nouns and folded(m.name or "") not in nouns:
            named[after[1].lower()].add(m.name or "")
    if not named:
        return sheet
    made = tuple(_bound(m, text, named) for m in sheet.mentions)
    return replace(sheet, mentions=made) if made != sheet.mentions else sheet


def _bound(mention: Mention, text: str, named: Mapping[str, set[str]]) -> Mention:
    noun = folded(mention.name or "")
    whose = named.get(noun, set())
    if mention.type != "place" or len(whose) != 1 or not text[: mention.start].lower().endswith("the "):
        return mention
    return replace(mention, name=next(iter(whose)), why=f"the only {noun} that this report names")


@cache
def _place_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in table("place_cues") if row["kind"] in ("site", "province"))


def shared_name(one: str, other: str) -> str | None:
    """The word that ends one name of two words and begins the other: "Marek Irsa", "Irsa Dovan". No common given name.

    >>> shared_name("marek irsa", "irsa dovan"), shared_name("marek irsa", "pavle irsa"), shared_name("noor ahmad", "ahmad irsa")
    ('irsa', None, None)
    """
    a, b = one.split(), other.split()
    if len(a) != 2 or len(b) != 2:
        return None
    word = a[1] if a[1] == b[0] else b[1] if b[1] == a[0] else None
    given = words("gender") if word is not None else frozenset()
    return None if word in given else word
