"""Who a source phrase is: the fullest name this report gives, or the phrase itself where it gives none.

A guess is never shown as a fact: a pronoun, a description or a carried speaker says so in its reason and lowers the
confidence. What cannot be told stays the words of the report ("a police officer").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.mentions.names import outlet_name
from onrecord.records import Mention, Sheet, Span
from onrecord.text.tables import words

PERSON_PRONOUNS = frozenset("he she him her his".split())
GROUP_PRONOUNS = frozenset("it they them their".split())
AGED = re.compile(r"\b\d{1,3}-year-old$")
KIN_HEAD = re.compile(
    r"^(?:the\s+)?(?:\w+\s+){0,2}(?:son|daughter|brother|sister|widow|wife|father|mother|nephew|uncle) of\b", re.I
)
# Below this the last one who spoke is the better guess: of six that differed from it, two above were right, four below wrong.
SURE_POINTER = 0.85
# A description without a name is cut before the clause that tells more: "the mayor, whose house ...".
RELATIVE = re.compile(r",? (?:who|whose|whom|which)\b")
# Nouns that stand for the group last spoken of; "the government" or "the police" stand for themselves, and so do those
# who fight ("the rebels"): spoken of last is often a monitor.
SAME_GROUP = frozenset("group bloc movement organisation organization alliance party company side".split())
KINDS_OF_GROUP = SAME_GROUP | frozenset("militia agency rebels militants".split())  # "Tesh Front rebels"

PREPOSITIONS = frozenset("of for to by with from about in on at near against under".split())
TITLED = words("nouns", "title") | {"the", "a", "an", "former", "then", "late"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody with a mouth: a name or phrase, person, group, outlet or unknown, how it was told, how sure (0 to 1)."""

    name: str | None
    type: str
    how: str
    confidence: float


NOBODY = Speaker(None, "unknown", "nobody is named", 0.9)


def has_title(text: str, mention: Mention, title: str) -> bool:
    """Whether a report calls somebody by a title right before his name: "Governor Irsa"."""
    before = text[max(0, mention.start - len(title) - 1) : mention.start].lower()
    return before == f"{title} " or mention.text.lower().startswith(f"{title} ")


class Cast:
    """The people and groups of one report, and who spoke last: the reading memory of one report, read in order."""

    def __init__(self, sheet: Sheet) -> None:
        self._text = sheet.report.text
        self._mentions = sheet.mentions
        self._starts = [m.start for m in sheet.mentions]
        self._places = {(p.start, p.end) for p in sheet.places}
        self._pointers = {(p.start, p.end): p for p in sheet.reading.pointers if p.confidence >= SURE_POINTER}
        self.spoken: list[Speaker] = []

    def inside(self, span: Span) -> list[Mention]:
        """Names inside a span, in order."""
        lo, hi = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [m for m in self._mentions[lo:hi] if m.end <= span.end]

    def before(self, at: int, kind: str, reach: int = 600) -> Mention | None:
        """The last name of a type before a character, within `reach` characters."""
        k = bisect_left(self._starts, at) - 1
        while k >= 0 and self._mentions[k].start > at - reach:
            if self._mentions[k].type == kind:
                return self._mentions[k]
            k -= 1
        return None

    def last(self, *kinds: str) -> Speaker | None:
        """The last speaker of one of these types among the last four."""
        return next((s for s in reversed(self.spoken[-4:]) if s.type in kinds), None)

    def resolve(self, span: Span) -> Speaker:
        """Who the phrase at `span` is."""
        phrase = " ".join(span.of(self._text).split())
        folded = phrase.lower()
        if folded in PERSON_PRONOUNS:
            return self._pronoun(span, folded, "person")
        if folded in GROUP_PRONOUNS:
            return self._pronoun(span, folded, "group")
        if folded in ("i", "we", "you", "others", "some", "many", "one", "who"):
            return Speaker(phrase, "unknown", "the words of the report", 0.5)
        return (
            self._named(span, phrase)
            or self._described(span, phrase)
            or Speaker(RELATIVE.split(phrase)[0], self._kind(phrase), "the words of the report", 0.8)
        )

    def _pronoun(self, span: Span, word: str, kind: str) -> Speaker:
        if kind == "person" and (pointed := self._pointed(span, word)) is not None:
            return pointed
        last = self.last(kind, "unknown") if kind == "person" else self.last("group", "place", "outlet", "unknown")
        if last is not None and last.name:
            return Speaker(last.name, last.type, f"{word}: the last {kind} who spoke", 0.75)
        mention = self.before(span.start, kind)
        if mention is not None:
            return Speaker(mention.name, kind, f"{word}: the last {kind} named before", 0.6)
        return Speaker(word, "unknown", "a pronoun that nobody before it explains", 0.3)

    def _pointed(self, span: Span, word: str) -> Speaker | None:
        """The person whom the reading takes a pronoun for."""
        pointer = self._pointers.get((span.start, span.end))
        if pointer is None:
            return None
        named = [m for m in self.inside(Span(pointer.to_start, pointer.to_end)) if m.type == "person" and m.name]
        if not named:
            return None
        sure = round(min(pointer.confidence, 0.8), 4)
        return Speaker(
            named[-1].name, "person", f"{word}: {self._text[pointer.to_start : pointer.to_end]}, by the reading", sure
        )

    def _named(self, span: Span, phrase: str) -> Speaker | None:
        """A phrase that holds a name which is its head, not the owner or the kin of its head."""
        if KIN_HEAD.match(phrase):
            return Speaker(self._kin(phrase), "person", "described by kin, in the words of the report", 0.7)
        found = [m for m in self.inside(span) if not self._owned(m)]
        head = self._head_end(span)
        for kind in ("person", "outlet"):
            for mention in found:
                if mention.type == kind and (
                    mention.start < head or (kind == "person" and not self._follows_preposition(mention))
                ):
                    return Speaker(mention.name, kind, mention.why, 0.95)
        for mention in found:
            tail = self._text[mention.end : head].strip(" ,").lower().split()
            named_whole = not tail or (len(tail) == 1 and tail[0] in KINDS_OF_GROUP and mention.type != "place")
            if mention.start < head and named_whole and not self._follows_preposition(mention):
                return Speaker(mention.name, self._type(mention), mention.why, 0.93)
        return None

    def _follows_preposition(self, mention: Mention) -> bool:
        """Whether a name is only what the head is of or for: "a spokesman for Mayor Lund", not "the mayor of Lenna, Lund"."""
        before = self._text[max(0, mention.start - 60) : mention.start].split()
        while before and before[-1].lower().rstrip(".") in TITLED:
            before.pop()
        return bool(before) and before[-1].lower() in PREPOSITIONS

    def _type(self, mention: Mention) -> str:
        """What a speaking name is; "place" only where the gazetteer has one, for a reading takes odd surnames for towns."""
        known = mention.type != "place" or (mention.start, mention.end) in self._places
        return mention.type if known else "unknown"

    def _owned(self, mention: Mention) -> bool:
        """Whether the name only qualifies what follows: "Irsa's men", "the Kessa-based observers"."""
        after = self._text[mention.end : mention.end + 2]
        return after in ("'s", "’s", "' ", "’ ") or (after[:1] == "-" and after[1:].islower())

    def _head_end(self, span: Span) -> int:
        """Where the head of a phrase ends: before its first comma, dash, preposition or relative pronoun."""
        cut = re.search(r"[,–—(]|\s(?:who|which|whose|from|in|at|on|with|for|to|of)\s", span.of(self._text))
        return span.start + cut.start() if cut else span.end

    @staticmethod
    def _kin(phrase: str) -> str:
        return re.split(r",| who | which ", phrase)[0].strip()

    def _described(self, span: Span, phrase: str) -> Speaker | None:
        """ "the spokesman", "the group", "the 32-year-old": the last one of that kind, said to be a guess."""
        head = self._text[span.start : self._head_end(span)].split()
        if len(head) < 2 or head[0].lower() not in ("the", "that", "this") or len(head) > 4:
            return None
        noun = head[-1].lower()
        if len(head) > 2 and not AGED.search(phrase) and not self.inside(span):
            return None  # "the barracks commander" is somebody new
        person = noun in words("nouns", "personnoun") or AGED.search(phrase) is not None
        group = noun in words("nouns", "groupnoun")
        if (not person and not group) or len(span.of(self._text).split()) > 5:
            return None
        if group and not person and noun not in SAME_GROUP:
            return self._institution(span, phrase, noun)
        if not person and any(self._owned(m) for m in self.inside(span)):
            return None
        kinds = ("person",) if person else ("group", "place")
        if noun in words("nouns", "office"):  # "the president" is no spokesman of his
            return self._titled(span, phrase, noun)
        last = self.last(*kinds)
        if last is not None and last.name:
            return Speaker(last.name, last.type, f"{phrase}: the last {kinds[0]} who spoke", 0.6)
        mention = self.before(span.start, kinds[0])
        if mention is not None:
            return Speaker(mention.name, kinds[0], f"{phrase}: the last {kinds[0]} named before", 0.5)
        return None

    def _titled(self, span: Span, phrase: str, noun: str) -> Speaker | None:
        """ "the governor" is the one person whom the report calls Governor so far; with none, or two, he is himself."""
        people = [m for m in self._before(span.start) if m.type == "person" and m.name]
        held = {m.name for m in people if has_title(self._text, m, noun)}
        if len(held) != 1:
            return None
        return Speaker(min(held, key=str), "person", f"{phrase}: the {noun} named before", 0.7)

    def _institution(self, span: Span, phrase: str, noun: str) -> Speaker | None:
        """ "the ministry" is the last named group that has the word in its name; "the government" is itself."""
        mention = next((m for m in reversed(self._before(span.start)) if noun in (m.name or "").lower().split()), None)
        return Speaker(mention.name, "group", f"{phrase}: the last {noun} named before", 0.7) if mention else None

    def _before(self, at: int) -> tuple[Mention, ...]:
        return self._mentions[: bisect_left(self._starts, at)]

    def _kind(self, phrase: str) -> str:
        last = phrase.split()[-1].lower() if phrase.split() else ""
        if last in words("nouns", "personnoun"):
            return "person"
        return "group" if last in words("nouns", "groupnoun") or last.endswith("s") else "unknown"

    def outlet(self, span: Span) -> str | None:
        """The outlet that a phrase names ("AFP news agency", "A Hindustan Times report", "a global wire service")."""
        for mention in self.inside(span):
            if mention.type == "outlet":
                return mention.name
        phrase = " ".join(span.of(self._text).split())
        if known := outlet_name(phrase):
            return known
        phrase = re.split(r"\b(?:with|in|on|to|by|from)\s", phrase)[-1]
        tail = phrase.lower().split()
        generic = {
            "service",
            "agency",
            "newspaper",
            "channel",
            "broadcaster",
            "network",
            "magazine",
            "daily",
            "paper",
            "website",
        }
        media = {
            "wire",
            "news",
            "tv",
            "television",
            "newspaper",
            "broadcaster",
            "magazine",
            "daily",
            "channel",
            "media",
        }
        if (
            tail
            and (tail[-1] in generic or tail[-1] in ("television", "tv", "radio", "media", "reports"))
            and media & set(tail)
        ):
            return phrase.removesuffix(" reports")
        return None
