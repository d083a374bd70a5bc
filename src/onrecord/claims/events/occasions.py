"""Where and when an event is, as far as its own sentence says; background told with an old date is history.

A day counts for an event when it hangs on the trigger or on the clause that holds it; a place when it hangs there after
"in", "at", "near" and the like. Nothing is carried over from other sentences, and nothing is taken from the dateline.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from onrecord.claims.events.moods import cues
from onrecord.claims.events.scenes import Scene
from onrecord.records import Place, Sheet, Time

WHERE = frozenset("in at near outside inside across around within on throughout into over from to".split())
PAST_DAYS = 366  # older than a year before the report, and in another year: history
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)s?\b")
BEYOND = re.compile(r"\b(?:before|after|prior to|ahead of|following|since|until|till)\s+(?:the\s+)?$", re.I)
LONG_AGO = re.compile(
    r"\bin the past\b|\b(?:decades?|centur(?:y|ies)|years) (?:ago|earlier)\b|\bduring the (?:soviet|civil) war\b", re.I
)


Row = TypeVar("Row", Time, Place)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Place and days of an event; `old` are the words that make it history, "" where none do."""

    place: Place | None
    time: Time | None
    old: str


class Occasions:
    """The days and places of one report, asked by sentence and trigger."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._times = sorted(sheet.times, key=lambda t: t.start)
        self._places = sorted(sheet.places, key=lambda p: p.start)
        self._published = _day(sheet.report.published)

    def of(self, scene: Scene, i: int) -> Occasion:
        """Where and when the event with trigger word i is."""
        inside = _reach(scene, i)
        words = scene.t.words
        times = [t for t in _between(self._times, words[0].start, words[-1].end) if _holds(scene, inside, t.start)]
        places = [p for p in _between(self._places, words[0].start, words[-1].end) if _stands(scene, inside, p.start)]
        at = words[i].start
        time = min((t for t in times if t.date_from or t.date_to), key=lambda t: abs(t.start - at), default=None)
        place = min(places, key=lambda p: abs(p.start - at), default=None)
        old = self._old(scene, i, inside, time)
        return Occasion(place, None if time is not None and self._beyond(time, at) else time, old)

    def _beyond(self, time: Time, trigger: int) -> bool:
        """Whether the event only lies before or after a day: "killed days before the May 1 vote" was not on May 1."""
        if 0 <= trigger - time.end <= 2:  # the vote itself was
            return False
        return BEYOND.search(self._sheet.report.text, max(0, time.start - 24), time.start) is not None

    def _old(self, scene: Scene, i: int, inside: set[int], time: Time | None) -> str:
        """The words that put an event long before the report."""
        if time is not None and time.date_to is not None and self._published is not None:
            last = date.fromisoformat(time.date_to[:10])
            if (self._published - last).days > PAST_DAYS and last.year < self._published.year:
                return time.text
        text = self._sheet.report.text
        first, last_word = min(inside), max(inside)
        stretch = text[scene.t.words[first].start : scene.t.words[last_word].end]
        if ended := self._ended(scene, i):
            return ended
        if (said := LONG_AGO.search(stretch)) and time is None:
            return said.group()
        years = [m for m in YEAR.finditer(stretch) if self._published and int(m.group(1)) < self._published.year - 1]
        covered = [m for m in years if _holds(scene, inside, scene.t.words[first].start + m.start())]
        return covered[0].group() if covered and (time is None or time.date_to is None) else ""

    def _ended(self, scene: Scene, i: int) -> str:
        """A state on the trigger that was no more when the report was printed: "confronted the Soviet Union"."""
        if self._published is None:
            return ""
        for k in _flat(scene, i):
            year = cues().get((scene.t.lower(k), "ended"))
            if year is not None and int(year) < self._published.year:
                return scene.t.words[k].text
        return ""


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published and re.match(r"\d{4}-\d\d-\d\d", published) else None


def _reach(scene: Scene, i: int) -> set[int]:
    """The trigger with what hangs on it, and what hangs on the verbs above it up to its clause, other clauses left out."""
    t = scene.t
    found = _flat(scene, i)
    at = i
    for _ in range(4):
        word = t.words[at]
        if word.head < 0 or word.relation in ("ccomp", "acl:relcl", "parataxis", "advcl", "root"):
            break
        if word.relation == "conj" and t.words[at].tag == "VERB":
            break
        at = word.head
        found |= {k for k in t.kids[at] if t.words[k].relation in ("obl", "obl:unmarked", "advmod", "nmod")} | {at}
        found |= {m for k in t.kids[at] if t.words[k].relation in ("obl", "obl:unmarked") for m in _flat(scene, k)}
    return found


def _flat(scene: Scene, i: int) -> set[int]:
    """What hangs on word i without other clauses."""
    t = scene.t
    clauses = {
        k for k in range(len(t.words)) if k != i and t.words[k].relation in ("ccomp", "acl:relcl", "parataxis", "advcl")
    }
    clauses |= {k for k in t.kids[i] if t.words[k].relation == "conj" and t.words[k].tag == "VERB"}
    return t.under(i, clauses)


def _between(rows: Sequence[Row], start: int, end: int) -> Sequence[Row]:
    lo = bisect_left(rows, start, key=lambda r: r.start)
    hi = bisect_left(rows, end, key=lambda r: r.start)
    return rows[lo:hi]


def _holds(scene: Scene, inside: set[int], start: int) -> bool:
    return any(w.start <= start < w.end for w in (scene.t.words[k] for k in inside))


def _stands(scene: Scene, inside: set[int], start: int) -> bool:
    """Whether a place is a venue of the event: it hangs in its reach after a preposition of place."""
    t = scene.t
    k = next((k for k in inside if t.words[k].start <= start < t.words[k].end), None)
    for _ in range(5):
        if k is None:
            return False
        if scene.case(k) in WHERE:
            return True
        k = (
            t.words[k].head
            if t.words[k].relation in ("compound", "amod", "nmod", "appos", "conj", "flat", "nmod:desc", "nmod:poss")
            else None
        )
    return False
