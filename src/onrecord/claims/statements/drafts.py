"""Statements on their way to being rows: the drafts of one report read so far, and the row that each becomes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from onrecord.claims.statements.attribution import Attribution
from onrecord.claims.statements.chains import Route, links
from onrecord.claims.statements.speakers import Cast, Speaker
from onrecord.records import Sheet, Span, Statement, StatementKind, content_id
from onrecord.text.marks import quotations
from onrecord.text.sentences import sentences

# How likely a quotation without a cue is somebody's words at all.
NO_CUE = 0.8
NEAR = 8  # drafts that a mouth may point back to
WORD = re.compile(r"\w")

# A date after these is that of something else ("since Monday", "after Friday's talks"), and so is one in another clause.
NOT_AFTER = re.compile(
    r"\b(?:since|until|till|before|after|from|between|by|for|during|of|to)\s+(?:the\s+|mid-)?$", re.I
)
OTHER_CLAUSE = re.compile(r"\b(?:where|when|which|but|while|because|since|after|before|until)\b", re.I)
OWNED = re.compile(r"\s*['’]s\b")

# How finely a time must be given to be that of an utterance: "the 1980s" beside a cue belongs to something else.
SAID_WITHIN = frozenset({"time", "part of day", "day", "weekend", "week", "month"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its row is made: the attribution, who speaks, by which route, in which paragraph."""

    found: Attribution
    speaker: Speaker
    way: Route
    paragraph: int


@dataclass(slots=True)
class Story:
    """What has been read of one report so far."""

    sheet: Sheet
    cast: Cast
    drafts: list[Draft] = field(default_factory=list)
    paragraph: int = 0
    open_quote: bool = False
    announced: Attribution | None = None  # "He said:" at the end of the sentence before

    @property
    def text(self) -> str:
        """The report's text."""
        return self.sheet.report.text

    def interviewee(self) -> str | None:
        """The one person whose full name the lines before the first turn give; None where they give none, or several."""
        first = next((p.start for p in self.sheet.passages if p.role in ("turn", "question")), 0)
        before = self.cast.inside(Span(0, first)) if first else []
        names = {m.name for m in before if m.type == "person" and m.name and " " in m.name}
        return names.pop() if len(names) == 1 else None

    def earlier(self) -> list[tuple[Speaker, Route]]:
        """The last speakers and routes so far, in order: nobody points further back than these."""
        return [(d.speaker, d.way) for d in self.drafts[-NEAR:]]


def as_row(story: Story, draft: Draft) -> Statement:
    found, report = draft.found, story.sheet.report
    content = tuple(sorted(set(found.content)))
    said = _said(story, found)
    why = "; ".join(dict.fromkeys((found.rule, draft.speaker.how, *(r.why for r in draft.way.relays))))
    return Statement(
        statement_id=content_id(
            "s", report.report_id, [(s.start, s.end) for s in content], found.cue and found.cue.start
        ),
        report_id=report.report_id,
        content=content,
        text=" ".join(s.of(story.text) for s in content),
        source=found.source,
        cue=found.cue,
        kind=kind_of(story.text, content, found.kind),
        speaker=draft.speaker.name,
        speaker_entity=None,
        chain=links(report.outlet, draft.way, draft.speaker, found.named or found.source),
        parent_statement=None,
        polarity="denied" if found.negated or found.kind == "deny" else "affirmed",
        attitude=found.lemma if found.kind == "attitude" else None,
        addressee=found.told.of(story.text) if found.told else None,
        said_from=said[0],
        said_to=said[1],
        why=why,
        confidence=round(draft.speaker.confidence * (found.sure if found.cue else NO_CUE), 4),
    )


def kind_of(text: str, content: Sequence[Span], kind: str) -> StatementKind:
    """Direct when nine tenths of the letters stand inside marks (PolNeAR's rule), mixed when some do."""
    if kind in ("turn", "question"):
        return "question" if kind == "question" else "turn"
    inside = total = 0
    for span in content:
        total += _letters(text, span.start, span.end)
        inside += sum(_letters(text, q.start, q.end) for q in quotations(text, span.start, span.end))
    if inside == 0:
        return "indirect"
    return "direct" if inside >= 0.9 * total else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return len(WORD.findall(text, start, end))


def _said(story: Story, found: Attribution) -> tuple[str | None, str | None]:
    """The day named beside the cue, outside what was said."""
    if found.cue is None:
        return None, None
    for time in _near(story, found.cue):
        inside = any(s.start <= time[0] < s.end for s in found.content)
        if not inside:
            return time[1], time[2]
    return None, None


def _near(story: Story, cue: Span) -> Iterator[tuple[int, str, str]]:
    for time in story.sheet.times:
        close = cue.start - 60 <= time.start <= cue.end + 60
        if close and time.precision in SAID_WITHIN and time.date_from and time.date_to:
            first, last = min(cue.start, time.start), max(cue.end, time.end)
            one = "\n" not in story.text[first:last] and len(sentences(story.text, first, last)) == 1
            if one and _of_the_cue(story.text, cue, time.start, time.end):
                yield time.start, time.date_from, time.date_to


def _of_the_cue(text: str, cue: Span, start: int, end: int) -> bool:
    """Whether a date beside a cue can be the day of the utterance."""
    between = text[end : cue.start] if end <= cue.start else text[cue.end : start]
    other = NOT_AFTER.search(text[max(0, start - 20) : start]) or OWNED.match(text, end)
    return other is None and OTHER_CLAUSE.search(between) is None


def nested(rows: Sequence[Statement]) -> list[Statement]:
    """The rows, each with the smallest statement around it: the one whose words hold its source, cue and content."""
    stretches = sorted((c.start, c.end, r.statement_id) for r in rows for c in r.content)
    reach = list(accumulate((end for _, end, _ in stretches), max))
    return [replace(r, parent_statement=p) if (p := _around(r, stretches, reach)) else r for r in rows]


def _around(row: Statement, stretches: Sequence[tuple[int, int, str]], reach: Sequence[int]) -> str | None:
    """The statement of the smallest stretch of content around a row.

    Args:
        row: of whom.
        stretches: of all contents, by their start.
        reach: how far those up to each one reach, so that the look back ends where none reaches far enough.
    """
    if row.cue is None:
        return None
    parts = (row.cue, *((row.source,) if row.source else ()), *row.content)
    first, last = min(p.start for p in parts), max(p.end for p in parts)
    holding = []
    k = bisect_right(stretches, first, key=lambda s: s[0]) - 1
    while k >= 0 and reach[k] >= last:
        start, end, statement_id = stretches[k]
        if end >= last and statement_id != row.statement_id:
            holding.append((end - start, statement_id))
        k -= 1
    return min(holding)[1] if holding else None
