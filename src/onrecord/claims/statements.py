"""Statements of one report, paragraph by paragraph: attributions of each sentence, quotations without a cue, turns.

Read in order, because who "he" is, who goes on speaking and which report "the report" is depend on what came before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.claims.attributions import Attribution, attributions
from onrecord.claims.chains import Relay, Route, links, route, wrapped
from onrecord.claims.speakers import NOBODY, Cast, Speaker
from onrecord.records import Passage, Sheet, Span, Statement, StatementKind, content_id
from onrecord.text.marks import Quoted, quotations
from onrecord.text.sentences import sentences
from onrecord.text.tokens import Token, tokens

READ = frozenset({"headline", "deck", "body", "list"})
SPOKEN = frozenset({"turn", "question"})
HEARSAY = frozenset("reportedly allegedly purportedly supposedly".split())
# A sentence is a quotation without a cue when this share of it stands inside the marks.
QUOTE_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its row is made: the attribution, who speaks, by which route, in which paragraph."""

    found: Attribution
    speaker: Speaker
    way: Route
    paragraph: int


@dataclass(slots=True)
class Reading:
    """What has been read of one report so far."""

    sheet: Sheet
    cast: Cast
    drafts: list[Draft] = field(default_factory=list)
    paragraph: int = 0
    open_quote: bool = False

    @property
    def text(self) -> str:
        """The report's text."""
        return self.sheet.report.text

    def earlier(self) -> list[tuple[Speaker, Route]]:
        """Speakers and routes so far, in order."""
        return [(d.speaker, d.way) for d in self.drafts]


def statements(sheet: Sheet) -> tuple[Statement, ...]:
    """All statements of a report, in text order."""
    reading = Reading(sheet, Cast(sheet))
    for passage in sheet.passages:
        if passage.role in SPOKEN:
            _turn(reading, passage)
        elif passage.role in READ:
            _paragraph(reading, passage)
        else:
            continue
        reading.paragraph += 1
    rows = [_row(reading, draft) for draft in reading.drafts if draft.found.content]
    return tuple(sorted({r.statement_id: r for r in rows}.values(), key=lambda s: (s.content, s.statement_id)))


def _turn(reading: Reading, passage: Passage) -> None:
    """An interview turn is one statement, whole."""
    label = passage.label
    known = reading.cast.inside(label)[:1] if label else []
    name = (known[0].name if known else None) or passage.name
    kind = "question" if passage.role == "question" else "turn"
    speaker = Speaker(name, "person", "the label of the turn", 0.97) if name else NOBODY
    found = Attribution(label, None, (passage.span,), kind, kind, f"interview {kind}")
    _keep(reading, Draft(found, speaker, Route((), "interview"), reading.paragraph))


def _keep(reading: Reading, draft: Draft) -> None:
    reading.drafts.append(draft)
    if draft.found.content and draft.speaker.name and draft.found.kind != "attitude":
        reading.cast.spoken.append(draft.speaker)


def _paragraph(reading: Reading, passage: Passage) -> None:
    quoted = quotations(reading.text, passage.start, passage.end)
    first = len(reading.drafts)
    if reading.open_quote and quoted and quoted[0].start == passage.start and _goes_on(reading, quoted[0]):
        passage_start = quoted[0].end
    else:
        passage_start = passage.start
    for sentence in sentences(reading.text, passage_start, passage.end, quoted):
        _sentence(reading, passage, sentence, quoted, first)
    closing = bool(quoted) and not quoted[-1].closed and quoted[-1].end == passage.end
    reading.open_quote = closing and len(reading.drafts) > 0


def _goes_on(reading: Reading, quote: Quoted) -> bool:
    """A paragraph that opens with a mark while the last one never closed goes on with the same statement."""
    last = reading.drafts[-1]
    if not last.found.content:
        return False
    grown = replace(last.found, content=(*last.found.content, Span(quote.start, quote.end)))
    reading.drafts[-1] = replace(last, found=grown)
    return True


def _sentence(reading: Reading, passage: Passage, sentence: Span, quoted: Sequence[Quoted], first: int) -> None:
    row = tokens(reading.text, sentence, quoted)
    if not row:
        return
    headline = passage.role == "headline"
    found = attributions(row, headline=headline)
    spoken = [f for f in found if f.content]
    if headline and not spoken and (labelled := _label(row)) is not None:
        spoken = [labelled]
    if spoken:
        _attributed(reading, row, spoken, [f for f in found if f.wraps], first)
    elif (quote := _whole_quote(reading, row, sentence)) is not None:
        _unattributed(reading, quote, sentence, first, [f for f in found if f.wraps])
    elif any(t.lower in HEARSAY for t in row):
        _hearsay(reading, row)


def _attributed(
    reading: Reading, row: tuple[Token, ...], spoken: Sequence[Attribution], tags: Sequence[Attribution], first: int
) -> None:
    """Speakers and routes of one sentence's attributions."""
    made: list[Draft] = []
    for found in spoken:
        speaker, found = _speaker(reading, found, row)
        way = _inherit(reading, found, speaker, route(found, row, reading.cast, reading.earlier()), made)
        made.append(Draft(found, speaker, way, reading.paragraph))
    earlier = reading.earlier()
    for tag in tags:
        ways = wrapped([d.way for d in made], tag, reading.cast, earlier)
        made = [replace(d, way=way) for d, way in zip(made, ways, strict=True)]
        _around_paragraph(reading, tag, first)
    for draft in made:
        _keep(reading, _through_person(reading, draft, bool(tags)))


def _speaker(reading: Reading, found: Attribution, row: Sequence[Token]) -> tuple[Speaker, Attribution]:
    """Who speaks. An outlet does not speak inside quotation marks: it relays the one who spoke before."""
    if found.source is None:
        return NOBODY, found
    speaker = reading.cast.resolve(found.source)
    quote = found.content[0].of(reading.text)[:1] in "\"“'‘«"
    outlet = reading.cast.outlet(found.source)
    if outlet and quote and found.lemma in ("report", "say", "quote", "write"):
        last = reading.cast.spoken[-1] if reading.cast.spoken else None
        if last is not None:
            carried = Speaker(last.name, last.type, f"{outlet} prints the words; the last speaker goes on", 0.5)
            return carried, replace(found, relay=found.source)
    return speaker, found


def _inherit(reading: Reading, found: Attribution, speaker: Speaker, way: Route, made: Sequence[Draft]) -> Route:
    """A second verb, or a pronoun going on in the next paragraph, keeps the printed channel of the words before."""
    if made and found.source == made[-1].found.source:
        kept = made[-1].way
        return Route(way.relays or kept.relays, way.channel or kept.channel)
    last = next((d for d in reversed(reading.drafts) if d.found.content), None)
    if last is None or last.speaker.name != speaker.name or reading.paragraph - last.paragraph > 1:
        return way
    source = found.source.of(reading.text).lower() if found.source else ""
    printed = last.way.channel == "op-ed" and (source in ("he", "she", "they") or way.channel == "op-ed")
    return Route(way.relays or last.way.relays, way.channel or last.way.channel) if printed else way


def _through_person(reading: Reading, draft: Draft, tagged: bool) -> Draft:
    """Words said to somebody who is himself quoted by an outlet came through both."""
    told = draft.found.told
    if told is None or not tagged:
        return draft
    person = reading.cast.resolve(told)
    spoke = any(s.name == person.name for s, _ in reading.earlier())
    if person.type != "person" or not spoke or any(r.name == person.name for r in draft.way.relays) or not person.name:
        return draft
    relays = (*draft.way.relays, Relay(person.name, told, "the words were said to him or her"))
    return replace(draft, way=Route(relays, draft.way.channel))


def _around_paragraph(reading: Reading, tag: Attribution, first: int) -> None:
    """An outlet's tag at the end of a paragraph stands around all that the paragraph reports without a relay."""
    if tag.source is None or reading.cast.outlet(tag.source) is None:
        return
    for k in range(first, len(reading.drafts)):
        draft = reading.drafts[k]
        if not draft.way.relays and draft.paragraph == reading.paragraph:
            way = wrapped([draft.way], tag, reading.cast, ())[0]
            reading.drafts[k] = replace(draft, way=way)


def _label(row: tuple[Token, ...]) -> Attribution | None:
    """A headline of the form "X: what X says", or "What X says: X"."""
    colon = next((k for k, t in enumerate(row) if t.text == ":"), None)
    if colon is None or not 1 <= colon < len(row) - 2:
        return None
    left, right = row[:colon], row[colon + 1 :]
    if len(left) <= 4 and all(t.capital or t.of("preposition") for t in left) and len(right) >= 4:
        source, content = left, right
    elif len(right) <= 4 and all(t.capital for t in right) and len(left) >= 4:
        source, content = right, left
    else:
        return None
    spans = (Span(content[0].start, content[-1].end),)
    mark = Span(row[colon].start, row[colon].end)
    return Attribution(Span(source[0].start, source[-1].end), mark, spans, ":", "say", "headline with a colon")


def _whole_quote(reading: Reading, row: tuple[Token, ...], sentence: Span) -> Span | None:
    """The quotation that a sentence without a cue consists of."""
    quotes = [t for t in row if t.kind == "quote"]
    inside = sum(t.end - t.start for t in quotes)
    if not quotes or inside < QUOTE_SHARE * (sentence.end - sentence.start):
        return None
    return Span(quotes[0].start, quotes[-1].end)


def _unattributed(reading: Reading, quote: Span, sentence: Span, first: int, tags: Sequence[Attribution]) -> None:
    """A quotation without a cue: it resumes the one before in the paragraph, or goes to the last speaker."""
    here = reading.drafts[first:]
    if here and here[-1].found.content and _resumes(reading, here[-1], sentence):
        last = here[-1]
        spans = (*last.found.content, quote)
        reading.drafts[-1] = replace(last, found=replace(last.found, content=tuple(sorted(spans))))
        return
    speaker, source = _carried(reading, first)
    found = Attribution(source, None, (quote,), "", "say", "quotation without a cue")
    way = Route()
    for tag in tags:
        way = wrapped([way], tag, reading.cast, reading.earlier())[0]
    _keep(reading, Draft(found, speaker, way, reading.paragraph))


def _resumes(reading: Reading, last: Draft, sentence: Span) -> bool:
    """'"A," he said. "B."': the same statement, when A is a quotation and nothing stands between tag and B."""
    begins = last.found.content[-1].of(reading.text)[:1] in "\"“'‘«"
    end = max(s.end for s in (*last.found.content, last.found.cue or last.found.content[-1]))
    return begins and "\n" not in reading.text[end : sentence.start] and sentence.start - end < 200


def _carried(reading: Reading, first: int) -> tuple[Speaker, Span | None]:
    """The speaker of a quotation that has no tag of its own, and where he was last named."""
    if (introduced := _introduced(reading)) is not None:
        return introduced
    for draft in reversed(reading.drafts):
        if draft.found.content and draft.speaker.name and draft.found.kind not in ("question", "attitude"):
            how = f"no cue: the last speaker goes on ({draft.speaker.name})"
            return replace(draft.speaker, how=how, confidence=0.7), draft.found.source
    return NOBODY, None


def _introduced(reading: Reading) -> tuple[Speaker, Span | None] | None:
    """A paragraph that says nothing itself but names one person and a channel introduces the quotation after it."""
    k = reading.paragraph - 1
    if any(d.paragraph == k for d in reading.drafts) or k < 0:
        return None
    before = [p for p in reading.sheet.passages if p.role in READ | SPOKEN][k]
    row = {t.lower for t in tokens(reading.text, before.span)}
    people = [m for m in reading.cast.inside(before.span) if m.type == "person"]
    posted = row & {
        "twitter",
        "facebook",
        "telegram",
        "posted",
        "shared",
        "tweet",
        "video",
        "post",
        "message",
        "statement",
    }
    if len({m.name for m in people}) != 1 or not posted:
        return None
    only = people[0]
    return Speaker(only.name, "person", "introduced by the paragraph before", 0.6), Span(only.start, only.end)


def _hearsay(reading: Reading, row: tuple[Token, ...]) -> None:
    """ "reportedly": said by nobody the report names."""
    word = next(t for t in row if t.lower in HEARSAY)
    last = len(row) - 1
    while last > 0 and row[last].kind == "mark":
        last -= 1
    spans = (Span(row[0].start, row[last].end),)
    found = Attribution(None, Span(word.start, word.end), spans, word.lower, "hearsay", f"hearsay: {word.lower}")
    _keep(reading, Draft(found, NOBODY, Route(), reading.paragraph))


def _row(reading: Reading, draft: Draft) -> Statement:
    found, report = draft.found, reading.sheet.report
    content = tuple(sorted(set(found.content)))
    said = _said(reading, found)
    why = "; ".join(dict.fromkeys((found.rule, draft.speaker.how, *(r.why for r in draft.way.relays))))
    return Statement(
        statement_id=content_id(
            "s", report.report_id, [(s.start, s.end) for s in content], found.cue and found.cue.start
        ),
        report_id=report.report_id,
        content=content,
        text=" ".join(s.of(reading.text) for s in content),
        source=found.source,
        cue=found.cue,
        kind=_kind(reading.text, content, found.kind),
        speaker=draft.speaker.name,
        speaker_entity=None,
        chain=links(report.outlet, draft.way, draft.speaker, found.source),
        parent_statement=None,
        polarity="denied" if found.negated or found.kind == "deny" else "affirmed",
        attitude=found.lemma if found.kind == "attitude" else None,
        addressee=found.told.of(reading.text) if found.told else None,
        said_from=said[0],
        said_to=said[1],
        why=why,
        confidence=round(min(draft.speaker.confidence, 0.9 if found.cue else 0.8), 4),
    )


def _kind(text: str, content: Sequence[Span], kind: str) -> StatementKind:
    """Direct when nine tenths of the letters stand inside marks (PolNeAR's rule), mixed when some do."""
    if kind in SPOKEN:
        return "question" if kind == "question" else "turn"
    inside = total = 0
    for span in content:
        spans = [(q.start, q.end) for q in quotations(text, span.start, span.end)]
        for match in re.finditer(r"\w", text[span.start : span.end]):
            total += 1
            inside += any(s <= span.start + match.start() < e for s, e in spans)
    if inside == 0:
        return "indirect"
    return "direct" if inside >= 0.9 * total else "mixed"


def _said(reading: Reading, found: Attribution) -> tuple[str | None, str | None]:
    """The day named beside the cue, outside what was said."""
    if found.cue is None:
        return None, None
    for time in _near(reading, found.cue):
        inside = any(s.start <= time[0] < s.end for s in found.content)
        if not inside:
            return time[1], time[2]
    return None, None


def _near(reading: Reading, cue: Span) -> Iterator[tuple[int, str, str]]:
    for time in reading.sheet.times:
        if cue.start - 60 <= time.start <= cue.end + 60 and time.type == "DATE" and time.date_from and time.date_to:
            stretch = reading.text[min(cue.end, time.start) : max(cue.start, time.start)]
            if "\n" not in stretch:
                yield time.start, time.date_from, time.date_to
