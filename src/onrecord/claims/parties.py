"""Actors and recipients by name: the fullest name the report gives for a phrase, or the words of the report."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from onrecord.claims.frames import is_of
from onrecord.claims.scenes import Scene
from onrecord.claims.speakers import Cast
from onrecord.claims.trees import phrase
from onrecord.records import Mention, Sheet, Span, Statement

FIRST = frozenset("i me my mine myself".split())
FIRST_PLURAL = frozenset("we us our ours ourselves".split())
THIRD = frozenset("you your he him his himself she her herself they them their themselves it its itself".split())
PLURAL = frozenset("they them their themselves it its itself".split())
LOOSE = frozenset("acl acl:relcl appos advcl conj cc parataxis punct cop nsubj case mark".split())
SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|representative|head|leader|official|envoy|negotiator|commander)\b", re.I)
CHILD = re.compile(
    r"\s*[,–—-]?\s*(?:is |was )?(?:the |a )?(?:\w+ ){0,2}(?:son|daughter) of (?:the )?(?:\w+ ){0,3}", re.I
)
NEAR = 80  # characters around a speaker's name in which his post is sought


def _before(scene: Scene, k: int) -> int | None:
    """The subject in the plural that stands before "they" in its sentence, when there is one only."""
    t = scene.t
    found = [
        m
        for m in range(k)
        if t.words[m].relation.startswith("nsubj") and "Number=Plur" in t.words[m].features and t.words[m].tag == "NOUN"
    ]
    return found[0] if len(found) == 1 and scene.agent(found[0]) and scene.names.get(found[0]) != "person" else None


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
        self._starts = [m.start for m in sheet.mentions]
        self._statements = sorted(
            (s for s in sheet.statements if s.attitude is None), key=lambda s: (s.content[0].start, s.content[-1].end)
        )
        self._openings = [s.content[0].start for s in self._statements]
        self._pointers = {(p.start, p.end): p for p in sheet.reading.pointers}
        self._parents: dict[str, str] | None = None
        self._last: dict[str, set[str]] | None = None
        self._kinds: dict[str, str] = {}
        self._groups: dict[str, str | None] = {}

    def mention(self, start: int, end: int) -> Mention | None:
        """The name that holds these characters."""
        k = bisect_right(self._starts, start) - 1
        while k >= 0 and self._starts[k] > start - 200:
            if self._sheet.mentions[k].end >= end:
                return self._sheet.mentions[k]
            k -= 1
        return None

    def statement(self, start: int, end: int) -> Statement | None:
        """The innermost statement whose words hold these characters."""
        best: tuple[int, Statement] | None = None
        for s in self._statements[: bisect_right(self._openings, start)]:
            for span in s.content:
                if span.start <= start and end <= span.end and (best is None or span.end - span.start < best[0]):
                    best = (span.end - span.start, s)
        return best[1] if best else None

    def party(self, scene: Scene, k: int, within: Statement | None) -> Party | None:
        """Who the phrase with head k is; None where a pronoun cannot be told."""
        word = scene.t.words[k]
        span = Span(word.start, word.end)
        low = word.text.lower() if word.tag == "PRON" else ""
        if low in FIRST | FIRST_PLURAL:
            name = self._speaker(within, low in FIRST_PLURAL)
            return Party(name, span) if name else None
        if low in THIRD or low in ("who", "whom"):
            if low in ("you", "your"):
                return None
            if low == "they" and (before := _before(scene, k)) is not None:
                return self.party(scene, before, within)
            name = self._pronoun(span, low, within)
            return Party(name, span) if name else None
        owner = scene.t.kid(k, "nmod:poss")
        if owner is not None and is_of(scene.lemma(k), "standing"):
            return self.party(scene, owner, within)
        if owner is not None and (parent := self._kin(scene, k, owner, within)) is not None:
            return parent
        if owner is not None and is_of(scene.lemma(k), "armed") and scene.t.lower(owner) in PLURAL:
            return self.party(scene, owner, within)
        for m in scene.core(k):
            below = scene.t.kid(m, "nmod:poss")
            if m != k and below is not None and scene.t.lower(below) in PLURAL and is_of(scene.lemma(m), "armed"):
                return self.party(scene, below, within)
        return self._phrase(scene, k, span)

    def _kin(self, scene: Scene, k: int, owner: int, within: Statement | None) -> Party | None:
        """ "her father": the person whose daughter the report says she is."""
        if scene.lemma(k) not in ("father", "mother") or scene.t.lower(owner) not in ("his", "her", "my"):
            return None
        child = self.party(scene, owner, within)
        parent = self.parents().get(child.name) if child is not None else None
        return Party(parent, scene.t.span(k, k)) if parent is not None else None

    def is_name(self, name: str) -> bool:
        """Whether the report names somebody so."""
        return self._kind_of(name) != "unknown"

    def _kind_of(self, name: str) -> str:
        if name not in self._kinds:
            self._kinds[name] = next((m.type for m in self._sheet.mentions if m.name == name), "unknown")
        return self._kinds[name]

    def parents(self) -> dict[str, str]:
        """Parents by child, as far as the report says "X, the son of Y"."""
        if self._parents is None:
            people = [m for m in self._sheet.mentions if m.type == "person" and m.name]
            text = self._sheet.report.text
            self._parents = {}
            for one, other in itertools.pairwise(people):
                if (
                    CHILD.fullmatch(text[one.end : max(one.end, other.start)])
                    and one.name
                    and other.name
                    and one.name != other.name
                ):
                    self._parents.setdefault(one.name, other.name)
        return self._parents

    def _phrase(self, scene: Scene, k: int, head: Span) -> Party:
        left_out = {m for m in scene.t.kids[k] if scene.t.words[m].relation in LOOSE}
        first, last = phrase(scene.t, k, left_out)
        while first < k and scene.t.words[first].relation in ("case", "mark", "punct"):
            first += 1
        span = scene.t.span(first, last) if first <= k <= last else head
        mention = self.mention(head.start, head.end) or self._beside(scene, k)
        if mention is not None and not (mention.end < span.end and scene.t.words[k].tag == "NOUN"):
            return Party(mention.name or mention.text, Span(min(span.start, mention.start), max(mention.end, head.end)))
        words = " ".join(span.of(self._sheet.report.text).split())
        if (short := self._short(words)) is not None:
            return Party(short, span)
        if words.lower().startswith(("the ", "that ", "this ")) and not any(
            m in scene.names for m in range(first, last + 1)
        ):
            told = self._cast.resolve(span)
            if told.name and told.confidence >= 0.6:
                return Party(told.name, span)
        return Party(words, span)

    def _short(self, words: str) -> str | None:
        """ "the front": the one group of the report whose name ends so."""
        if self._last is None:
            self._last = {}
            for m in self._sheet.mentions:
                if m.type == "group" and m.name and len(m.name.split()) > 1:
                    self._last.setdefault(m.name.split()[-1].lower(), set()).add(m.name)
        low = words.lower().split()
        named = self._last.get(low[-1], set()) if low and low[0] == "the" and len(low) == 2 else set()
        return next(iter(named)) if len(named) == 1 else None

    def _beside(self, scene: Scene, k: int) -> Mention | None:
        """The person whom a title or a description stands before: "her brother Ilan Dovan"."""
        for m in scene.t.kids[k]:
            if scene.t.words[m].relation in ("appos", "flat", "nmod:desc") and scene.names.get(m) == "person":
                return self.mention(scene.t.words[m].start, scene.t.words[m].end)
        return None

    def _speaker(self, within: Statement | None, plural: bool) -> str | None:
        if within is None or within.speaker is None:
            return None
        return (self._speaks_for(within.speaker) if plural else None) or within.speaker

    def _speaks_for(self, speaker: str) -> str | None:
        """The group that a report calls this speaker a spokesman, head or envoy of."""
        if speaker not in self._groups:
            self._groups[speaker] = next(
                (g for m in self._sheet.mentions if m.name == speaker and (g := self._post(m))), None
            )
        return self._groups[speaker]

    def _groups_of(self, name: str) -> set[str]:
        """The groups that a report puts a person into by a post: "Dovan, leader of the front"."""
        return {g for m in self._sheet.mentions if m.name == name for g in self._posts(m)}

    def _posts(self, mention: Mention) -> set[str]:
        text = self._sheet.report.text
        lo, hi = bisect_left(self._starts, mention.start - NEAR), bisect_right(self._starts, mention.end + NEAR)
        found = set()
        for other in self._sheet.mentions[lo:hi]:
            between = text[min(mention.end, other.end) : max(mention.start, other.start)]
            if other.type == "group" and other.name and "\n" not in between and SPEAKS_FOR.search(between):
                found.add(other.name)
        return found

    def _post(self, mention: Mention) -> str | None:
        text = self._sheet.report.text
        lo, hi = bisect_left(self._starts, mention.start - NEAR), bisect_right(self._starts, mention.end + NEAR)
        for other in self._sheet.mentions[lo:hi]:
            between = text[min(mention.end, other.end) : max(mention.start, other.start)]
            if other.type == "group" and "\n" not in between and "." not in between and SPEAKS_FOR.search(between):
                spokes = re.search(r"spokes|head|representative", between, re.I)
                return other.name if spokes else None
        return None

    def _pronoun(self, span: Span, low: str, within: Statement | None) -> str | None:
        indirect = within is not None and within.kind not in ("direct", "turn", "question")
        if within is not None and indirect and within.speaker is not None and self._fits(within.speaker, low):
            return within.speaker
        pointer = self._pointers.get((span.start, span.end))
        if (
            pointer is not None
            and (named := self.mention(pointer.to_start, pointer.to_end)) is not None
            and named.type != "outlet"
        ):
            return named.name or named.text
        told = self._cast.resolve(span)
        sure = told.name and told.name.lower() != low and told.confidence >= 0.5 and told.type != "outlet"
        return told.name if sure else None

    def _fits(self, speaker: str, low: str) -> bool:
        """Whether a pronoun in what somebody is said to say may be that speaker: "he" a person, "it" and "they" a group."""
        kind = self._kind_of(speaker)
        return kind == "group" if low in PLURAL else kind in ("person", "unknown")

    def rival(self, at: int, names: set[str], reach: int = 1500) -> Party | None:
        """Of the groups named before a character, none of `names` nor on their side, the one the report names most."""
        own = names | {g for n in names for g in self._groups_of(n)}
        words = {w.lower() for n in own for w in n.split() if len(w) > 3}
        for n in names:
            if against := re.search(r"\banti-(\w+)", n):
                group = next((m for m in self._sheet.mentions if m.name and against.group(1) in m.name.split()), None)
                return Party(group.name or group.text, Span(group.start, group.end)) if group else None
        lo, hi = bisect_left(self._starts, at - reach), bisect_left(self._starts, at)
        before = [m for m in self._sheet.mentions[lo:hi] if m.type == "group" and m.name and m.name not in own]
        before = [m for m in before if not self._theirs(m, words)]
        if not before:
            return None
        often = Counter(m.name for m in self._sheet.mentions if m.type == "group")
        best = max(before, key=lambda m: (often[m.name], m.start))
        return Party(best.name or best.text, Span(best.start, best.end))

    def _theirs(self, mention: Mention, words: set[str]) -> bool:
        """Whether a group shares a word with a name, or is named as its own: "Dovan's front"."""
        before = self._sheet.report.text[max(0, mention.start - 30) : mention.start].lower()
        owner = re.search(r"(\w+)['’]s\s+$", before)
        return bool(words & set((mention.name or "").lower().split())) or bool(owner and owner.group(1) in words)

    def groups(self, start: int, end: int) -> tuple[Party, ...]:
        """The groups named between two characters."""
        lo, hi = bisect_left(self._starts, start), bisect_left(self._starts, end)
        found = {
            m.name: Party(m.name, Span(m.start, m.end))
            for m in self._sheet.mentions[lo:hi]
            if m.type == "group" and m.name
        }
        return tuple(found.values())

    def side(self, within: Statement | None) -> Party | None:
        """The side of the one whose words these are: the group he speaks for, else himself; outlets have none."""
        if (
            within is None
            or within.speaker is None
            or within.source is None
            or self._kind_of(within.speaker) not in ("person", "group")
        ):
            return None
        return Party(self._speaks_for(within.speaker) or within.speaker, within.source)

    def heard(self, upto: int) -> None:
        """Lets the cast know who has spoken before a character."""
        while self._statements and len(self._cast.spoken) < len(self._statements):
            s = self._statements[len(self._cast.spoken)]
            if s.content[0].start >= upto:
                return
            source = s.source or s.content[0]
            told = self._cast.resolve(source) if s.source else None
            kind = told.type if told else "unknown"
            from onrecord.claims.speakers import Speaker

            self._cast.spoken.append(Speaker(s.speaker, kind, s.why, s.confidence))
