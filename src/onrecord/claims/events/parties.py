"""Actors and recipients by name: the fullest name the report gives for a phrase, or the words of the report."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from onrecord.claims.events.frames import is_of
from onrecord.claims.events.scenes import Scene
from onrecord.claims.events.sides import Sides
from onrecord.claims.statements.speakers import SURE_POINTER, Cast, Speaker
from onrecord.claims.trees import phrase
from onrecord.records import Mention, Sheet, Span, Statement

FIRST = frozenset("i me my mine myself".split())
FIRST_PLURAL = frozenset("we us our ours ourselves".split())
SECOND = frozenset("you your yours yourself yourselves".split())
PLURAL = frozenset("they them their themselves it its itself".split())
THIRD = PLURAL | frozenset("he him his himself she her herself who whom".split())
ONE = frozenset("he him his himself she her herself".split())
UNTOLD = frozenset("what which whatever whose whichever that this".split())  # names nobody where nothing tells whom
LOOSE = frozenset("acl acl:relcl appos advcl conj cc parataxis punct cop nsubj case mark".split())
CHILD = re.compile(
    r"\s*[,–—-]?\s*(?:is |was )?(?:the |a )?(?:\w+ ){0,2}(?:son|daughter) of (?:the )?(?:\w+ ){0,3}", re.I
)
# Below these what a pronoun or "the group" stands for is not taken.
SURE_PRONOUN, SURE_PHRASE = 0.5, 0.6
LONGEST_NAME = 200  # characters


@dataclass(frozen=True, slots=True)
class Party:
    """One actor or recipient: its name, and where the sentence points at it."""

    name: str
    span: Span


class Parties:
    """Names of one report's actors. Sentences are to be asked in text order: who spoke last explains pronouns."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._cast = Cast(sheet)
        self.sides = Sides(sheet)
        self._starts = [m.start for m in sheet.mentions]
        self._dated = sorted((t for t in sheet.times if t.type in ("DATE", "TIME")), key=lambda t: t.start)
        spoken = (s for s in sheet.statements if s.attitude is None)
        self._statements = sorted(spoken, key=lambda s: (s.content[0].start, s.content[-1].end))
        self._openings = [s.content[0].start for s in self._statements]
        self._pointers = {(p.start, p.end): p for p in sheet.reading.pointers}

    def _dates(self, span: Span) -> bool:
        """Whether a word stands in an expression of time."""
        k = bisect_right(self._dated, span.start, key=lambda t: t.start) - 1
        return k >= 0 and span.end <= self._dated[k].end

    def heard(self, upto: int) -> None:
        """Lets the cast know who has spoken before a character."""
        while len(self._cast.spoken) < len(self._statements):
            s = self._statements[len(self._cast.spoken)]
            if s.content[0].start >= upto:
                return
            kind = self._cast.resolve(s.source).type if s.source else "unknown"
            self._cast.spoken.append(Speaker(s.speaker, kind, s.why, s.confidence))

    def statement(self, start: int, end: int) -> Statement | None:
        """The innermost statement whose words hold these characters."""
        holding = [
            (span.end - span.start, k)
            for k, s in enumerate(self._statements[: bisect_right(self._openings, start)])
            for span in s.content
            if span.start <= start and end <= span.end
        ]
        return self._statements[min(holding)[1]] if holding else None

    def party(self, scene: Scene, k: int, within: Statement | None) -> Party | None:
        """Who the phrase with head k is; None where a pronoun cannot be told."""
        word = scene.t.words[k]
        span = Span(word.start, word.end)
        if (
            self._dates(span)
            or is_of(scene.lemma(k), "time")
            or (word.tag == "PROPN" and is_of(word.text.lower().removesuffix("s"), "abstract"))
        ):
            return None  # "Friday's attack" is nobody's
        if word.tag != "PRON":
            return self._owned(scene, k, within) or self._phrase(scene, k, span)
        low = word.text.lower()
        if low == "they" and (before := _before(scene, k)) is not None:
            return self.party(scene, before, within)
        crowded = low in ONE and within is not None and _others_before(scene, k, within)
        name = self._pointed(span) if crowded else self._pronoun(span, low, within)
        return Party(name, span) if name else None

    def _pronoun(self, span: Span, low: str, within: Statement | None) -> str | None:
        if low in FIRST | FIRST_PLURAL:
            speaker = within.speaker if within else None
            return (self.sides.speaks_for(speaker) if speaker and low in FIRST_PLURAL else None) or speaker
        if low in SECOND | UNTOLD:
            return None
        return self._third(span, low, within) if low in THIRD else span.of(self._sheet.report.text)

    def _third(self, span: Span, low: str, within: Statement | None) -> str | None:
        """He, she, it, they: who is said to speak of himself, else whom the reading takes them for, else the cast's guess."""
        if within is not None and within.kind in ("indirect", "mixed") and within.speaker is not None:
            kind = self.sides.kind(within.speaker)
            if kind == "group" if low in PLURAL else kind in ("person", "unknown"):
                return within.speaker
        if (pointed := self._pointed(span)) is not None:
            return pointed
        told = self._cast.resolve(span)
        sure = told.confidence >= SURE_PRONOUN and told.type != "outlet"
        return told.name if sure and told.name and told.name.lower() != low else None

    def _pointed(self, span: Span) -> str | None:
        """Whom the reading takes a pronoun for."""
        named = self._aim(span)
        return (named.name or named.text) if named is not None and named.type != "outlet" else None

    def _aim(self, span: Span, least: float = 0.0) -> Mention | None:
        """The name that the reading points at from a phrase, where it is sure enough."""
        pointer = self._pointers.get((span.start, span.end))
        if pointer is None or pointer.confidence < least:
            return None
        return self._mention(pointer.to_start, pointer.to_end)

    def _mention(self, start: int, end: int) -> Mention | None:
        """The name that holds these characters."""
        k = bisect_right(self._starts, start) - 1
        while k >= 0 and self._starts[k] > start - LONGEST_NAME:
            if self._sheet.mentions[k].end >= end:
                return self._sheet.mentions[k]
            k -= 1
        return None

    def _owned(self, scene: Scene, k: int, within: Statement | None) -> Party | None:
        """ "its fighters", "hundreds of its fighters", "their rule": whose they are; "her father": whom the report calls so."""
        owner = scene.t.kid(k, "nmod:poss")
        if owner is not None and is_of(scene.lemma(k), "standing"):
            return self.party(scene, owner, within)
        if owner is not None and scene.lemma(k) in ("father", "mother") and scene.t.words[owner].tag == "PRON":
            child = self.party(scene, owner, within)
            parent = self._parents.get(child.name) if child is not None else None
            return Party(parent, scene.t.span(k, k)) if parent is not None else None
        for m in scene.core(k):
            whose = scene.t.kid(m, "nmod:poss")
            if whose is not None and scene.t.lower(whose) in PLURAL and is_of(scene.lemma(m), "armed"):
                return self.party(scene, whose, within)
        return None

    @cached_property
    def _parents(self) -> dict[str, str]:
        """Parents by child, as far as the report says "X, the son of Y"."""
        people = [m for m in self._sheet.mentions if m.type == "person" and m.name]
        text, found = self._sheet.report.text, dict[str, str]()
        for one, other in itertools.pairwise(people):
            between = text[one.end : max(one.end, other.start)]
            if one.name and other.name and one.name != other.name and CHILD.fullmatch(between):
                found.setdefault(one.name, other.name)
        return found

    def _phrase(self, scene: Scene, k: int, head: Span) -> Party:
        """A noun phrase: the name it ends in, the person it stands before, "the group", or its own words."""
        first, last = phrase(scene.t, k, {m for m in scene.t.kids[k] if scene.t.words[m].relation in LOOSE})
        while first < k and _opens(scene, first, k):
            first += 1
        span = scene.t.span(first, last) if first <= k <= last else head
        mention = self._mention(head.start, head.end) or self._beside(scene, k)
        if mention is not None and not (mention.end < span.end and scene.t.words[k].tag == "NOUN"):
            return Party(mention.name or mention.text, Span(min(span.start, mention.start), max(mention.end, head.end)))
        words = " ".join(span.of(self._sheet.report.text).split())
        nameless = not any(m in scene.names for m in range(first, last + 1))
        return Party(self.sides.short(words) or (self._told(span, words) if nameless else None) or words, span)

    def _told(self, span: Span, words: str) -> str | None:
        """Whom "the spokesman" or "that group" stands for."""
        named = self._aim(span, SURE_POINTER)
        if named is not None and named.type == "group":
            return named.name
        if not words.lower().startswith(("the ", "that ", "this ")):
            return None
        told = self._cast.resolve(span)
        return told.name if told.confidence >= SURE_PHRASE else None

    def _beside(self, scene: Scene, k: int) -> Mention | None:
        """The person whom a title or a description stands before: "her brother Ilan Dovan"."""
        for m in scene.t.kids[k]:
            if scene.t.words[m].relation in ("appos", "flat", "nmod:desc") and scene.names.get(m) == "person":
                return self._mention(scene.t.words[m].start, scene.t.words[m].end)
        return None

    def named(self, party: Party) -> bool:
        """Whether the phrase itself holds a word of the name."""
        told = party.span.of(self._sheet.report.text).lower()
        return any(word.lower() in told for word in party.name.split() if word[:1].isupper())

    def rival(self, at: int, names: set[str]) -> Party | None:
        """The other side of `names` as the report before a character has it."""
        other = self.sides.rival(at, names)
        return Party(other.name or other.text, Span(other.start, other.end)) if other is not None else None

    def groups(self, start: int, end: int) -> tuple[Party, ...]:
        """The groups named between two characters that fight in this report."""
        return tuple(Party(m.name or m.text, Span(m.start, m.end)) for m in self.sides.named(start, end))

    def side(self, within: Statement | None) -> Party | None:
        """The side of the one whose words these are: the group he speaks for, else himself; outlets have none."""
        if within is None or within.speaker is None or within.source is None:
            return None
        if self.sides.kind(within.speaker) not in ("person", "group"):
            return None
        return Party(self.sides.speaks_for(within.speaker) or within.speaker, within.source)


def _opens(scene: Scene, m: int, k: int) -> bool:
    """Whether word m stands before the phrase of k, as "with" does; the "at" of "at least 20 people" is a part of it."""
    word = scene.t.words[m]
    return word.relation == "punct" or (word.relation in ("case", "mark") and word.head == k)


def _others_before(scene: Scene, k: int, within: Statement) -> bool:
    """Whether what was said names somebody else before word k: "he" may then be either."""
    words = scene.t.words
    inside = (m for m in range(k) if any(c.start <= words[m].start < c.end for c in within.content))
    return any(
        words[m].tag != "PRON" and (scene.names.get(m) == "person" or scene.of_class(m, "person")) for m in inside
    )


def _before(scene: Scene, k: int) -> int | None:
    """The subject in the plural that stands before "they" in its sentence, when there is one only."""
    t = scene.t
    subjects = [m for m in range(k) if t.words[m].relation.startswith("nsubj") and t.words[m].tag == "NOUN"]
    found = [m for m in subjects if "Number=Plur" in t.words[m].features]
    return found[0] if len(found) == 1 and scene.agent(found[0]) and scene.names.get(found[0]) != "person" else None
