"""Who stands on whose side in one report: posts ("spokesman of the front"), and the other side that goes unsaid.

A side that is inferred is never shown as said: the row's `why` tells, and its confidence is lower.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from onrecord.claims.events.moods import cues
from onrecord.records import Mention, Sheet

POST = re.compile(r"\b(?:spokes\w+|representative|head|leader|official|envoy|negotiator|commander)\b", re.I)
SPEAKING = re.compile(r"\b(?:spokes\w+|representative|head)\b", re.I)  # whose "we" is the group
AGAINST = re.compile(r"\banti-(\w+)")
OWNER = re.compile(r"(\w+)['’]s\s+$")
NEAR = 80  # characters around a name in which a post is sought
REACH = 1500  # characters before a word of fighting in which the other side is sought
MOST, TWICE = 0.75, 2  # of all the fighting on the other side
SLIP = 3  # who is quoted three times for each time that he is said to fight does not fight: the tree was wrong
LONG_WORD = 4  # letters; shorter words of names ("of", "the") join nobody


class Sides:
    """The people and groups of one report, by side."""

    def __init__(self, sheet: Sheet) -> None:
        self._text = sheet.report.text
        self._mentions = sheet.mentions
        self._starts = [m.start for m in sheet.mentions]
        self._did: Counter[str] = Counter()
        self._fought: Counter[str] = Counter()
        self._spoke = Counter(s.speaker for s in sheet.statements)
        self._held: dict[str, list[tuple[str, str]]] = {}
        self._kinds: dict[str, str] = {}
        self._last: dict[str, set[str]] = {}
        for m in reversed(sheet.mentions):
            if m.name:
                self._kinds[m.name] = m.type
            if m.type == "group" and m.name and " " in m.name:
                self._last.setdefault(m.name.split()[-1].lower(), set()).add(m.name)

    def kind(self, name: str) -> str:
        """What a name names in this report: person, group, outlet, place; unknown where the report has no such name."""
        return self._kinds.get(name, "unknown")

    def short(self, words: str) -> str | None:
        """ "the front": the one group of the report whose name ends so."""
        low = words.lower().split()
        named = self._last.get(low[1], set()) if len(low) == 2 and low[0] == "the" else set()
        return next(iter(named)) if len(named) == 1 else None

    def speaks_for(self, name: str) -> str | None:
        """The group that the report calls somebody a spokesman, head or representative of."""
        found = (g for g, between in self._posts(name) if SPEAKING.search(between) and "." not in between)
        return next(found, None)

    def _posts(self, name: str) -> list[tuple[str, str]]:
        """The groups near a person's name with a post between, and the words between."""
        if name not in self._held:
            self._held[name] = list(self._sought(name))
        return self._held[name]

    def _sought(self, name: str) -> Iterator[tuple[str, str]]:
        for mention in self._mentions:
            if mention.name == name and mention.type == "person":
                for other in self._between(mention.start - NEAR, mention.end + NEAR):
                    between = self._text[min(mention.end, other.end) : max(mention.start, other.start)]
                    if "\n" not in between and POST.search(between):
                        yield other.name or other.text, between

    def _between(self, start: int, end: int) -> list[Mention]:
        lo, hi = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [m for m in self._mentions[lo:hi] if m.type == "group" and m.name]

    def did(self, names: Iterable[str]) -> None:
        """Takes down who does harm in this report or suffers it, once for each time that a sentence names him so."""
        self._did = self._but_slips(names)

    def fought(self, names: Iterable[str]) -> None:
        """Takes down who fights in this report, likewise."""
        self._fought = self._but_slips(names)

    def _but_slips(self, names: Iterable[str]) -> Counter[str]:
        return Counter({name: n for name, n in Counter(names).items() if n * SLIP > self._spoke[name]})

    def fights(self, name: str) -> bool:
        """Whether a group fights in this report, or a person is on the side of one that does."""
        return name in self._fought or any(group in self._fought for group, _ in self._posts(name))

    def observes(self, name: str) -> bool:
        """Whether somebody, no person, is quoted in this report and does no harm in it."""
        return self._spoke[name] > 0 and name not in self._did and self.kind(name) not in ("person", "place")

    def named(self, start: int, end: int) -> list[Mention]:
        """The groups named between two characters that fight in this report, each once."""
        return list({m.name: m for m in self._between(start, end - 1) if m.name in self._fought}.values())

    def rival(self, at: int, names: set[str]) -> Mention | None:
        """The other side of `names` in a report of two sides, as it was last named before a character; else None.

        That is the group that fights most among those not on their side, where hardly any third one fights.
        "anti-Mirani forces" stand against Miran, wherever it is named.
        """
        for name in sorted(names):
            if against := AGAINST.search(name):
                return next((m for m in self._mentions if m.name and against.group(1) in m.name.split()), None)
        own = names | {group for name in names for group, _ in self._posts(name)}
        fought = {n: k for n, k in self._fought.items() if self.kind(n) == "group"}
        others = Counter({n: k for n, k in fought.items() if not any(n == o or self.allied(o, n) for o in own)})
        ((most, times),) = others.most_common(1) or [("", 0)]
        if times < TWICE or times < MOST * others.total() or any((w.lower(), "ended") in cues() for w in most.split()):
            return None
        before = [m for m in self._between(at - REACH, at - 1) if m.name == most]
        return before[-1] if before else None

    def allied(self, name: str, other: str) -> bool:
        """Whether a report puts two names on one side: by a post, a shared word, or "Dovan's front"."""
        words = {w.lower() for w in name.split() if len(w) >= LONG_WORD}
        posts = any(group == other for group, _ in self._posts(name))
        return posts or any(m.name == other and self._theirs(m, words) for m in self._mentions)

    def _theirs(self, mention: Mention, words: set[str]) -> bool:
        """Whether a group shares a word with a name, or is named as its own: "Dovan's front"."""
        owner = OWNER.search(self._text[max(0, mention.start - 30) : mention.start].lower())
        return bool(words & set((mention.name or "").lower().split())) or bool(owner and owner.group(1) in words)
