"""Statements of one report, paragraph by paragraph: attributions of each sentence, quotations without a cue, turns.

Read in order, because who "he" is, who goes on speaking and which report "the report" is depend on what came before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.claims.statements import hearsay, labels
from onrecord.claims.statements.attribution import Attribution
from onrecord.claims.statements.attributions import attributions
from onrecord.claims.statements.chains import Relay, Route, route, wrapped
from onrecord.claims.statements.drafts import Draft, Story, as_row, nested
from onrecord.claims.statements.joined import joined
from onrecord.claims.statements.parsed import seen
from onrecord.claims.statements.speakers import NOBODY, Cast, Speaker
from onrecord.records import Passage, Sheet, Span, Statement
from onrecord.text.marks import Quoted, quotations
from onrecord.text.sentences import sentences
from onrecord.text.tokens import Token, tokens

READ = frozenset({"headline", "deck", "body", "list"})
SPOKEN = frozenset({"turn", "question"})
MARKS = "\"“'‘«"
LONGEST_PAUSE = 200  # characters between a quotation and the one that resumes it
# A sentence is a quotation without a cue when this share of it stands inside the marks.
QUOTE_SHARE = 0.8


def statements(sheet: Sheet) -> tuple[Statement, ...]:
    """All statements of a report, in text order."""
    story = Story(sheet, Cast(sheet))
    for passage in sheet.passages:
        if passage.role in SPOKEN:
            _turn(story, passage)
        elif passage.role in READ:
            _paragraph(story, passage)
        else:
            continue
        story.paragraph += 1
    rows = {r.statement_id: r for r in (as_row(story, draft) for draft in story.drafts if draft.found.content)}
    return tuple(sorted(nested(list(rows.values())), key=lambda s: (s.content, s.statement_id)))


def _turn(story: Story, passage: Passage) -> None:
    """An interview turn is one statement, whole; what an answer tells of others, and believes, stands inside it."""
    kind = "question" if passage.role == "question" else "turn"
    speaker = _answering(story, passage)
    found = Attribution(passage.label, None, (passage.span,), kind, kind, f"interview {kind}")
    turn = Draft(found, speaker, Route((), "interview"), story.paragraph)
    first = len(story.drafts)
    _paragraph(story, passage)
    inner = [d for d in story.drafts[first:] if _told(d.found)]
    story.drafts[first:] = [_within(d, [turn]) for d in inner]
    story.open_quote, story.announced = False, None
    _keep(story, turn)


def _told(found: Attribution) -> bool:
    """Whether an answer reports somebody's words: a colon in speech is only a pause."""
    return found.cue is not None and found.lemma not in (":", "-") and not found.rule.endswith("+ colon")


def _answering(story: Story, passage: Passage) -> Speaker:
    """Whose turn it is: the label says so, or in an interview without labels the one who was introduced before it."""
    known = story.cast.inside(passage.label)[:1] if passage.label else []
    name = (known[0].name if known else None) or passage.name
    if name:
        return Speaker(name, "person", "the label of the turn", 0.97)
    if passage.role == "question" or (introduced := story.interviewee()) is None:
        return NOBODY
    return Speaker(introduced, "person", "an interview without labels: the one introduced before it", 0.7)


def _keep(story: Story, draft: Draft) -> None:
    story.drafts.append(draft)
    if draft.found.content and draft.speaker.name and draft.found.kind != "attitude":
        story.cast.spoken.append(draft.speaker)


def _paragraph(story: Story, passage: Passage) -> None:
    quoted = quotations(story.text, passage.start, passage.end)
    first = len(story.drafts)
    if story.open_quote and quoted and quoted[0].start == passage.start and _goes_on(story, quoted[0]):
        passage_start = quoted[0].end
    else:
        passage_start = passage.start
    shown = seen(story.sheet.reading, passage_start, passage.end, [Span(q.start, q.end) for q in quoted])
    headline = passage.role == "headline"
    if headline:  # a headline's grammar is its own: "Front denies holding hostages" need not hold a noun
        shown = replace(shown, nouns=frozenset())
    spoken = tuple(Span(q.start, q.end) for q in quoted if q.is_speech(story.text))
    for sentence in sentences(story.text, passage_start, passage.end, quoted):
        row = tokens(story.text, sentence, quoted)
        if row:
            by_rule = attributions(row, headline=headline)
            found = joined(story.text, by_rule, shown.of(sentence), spoken)
            _sentence(story, passage, sentence, row, found, first)
    closing = bool(quoted) and not quoted[-1].closed and quoted[-1].end == passage.end
    story.open_quote = closing and len(story.drafts) > 0


def _goes_on(story: Story, quote: Quoted) -> bool:
    """A paragraph that opens with a mark while the last one never closed goes on with the same statement."""
    last = story.drafts[-1]
    if not last.found.content:
        return False
    grown = replace(last.found, content=(*last.found.content, Span(quote.start, quote.end)))
    story.drafts[-1] = replace(last, found=grown)
    return True


def _sentence(
    story: Story,
    passage: Passage,
    sentence: Span,
    row: tuple[Token, ...],
    found: Sequence[Attribution],
    first: int,
) -> None:
    spoken = [f for f in found if f.content]
    label = labels.headline(row) if passage.role == "headline" else labels.labelled(row)
    if not spoken:
        found = [*found, *filter(None, (label or labels.signed(row),))]
        spoken = [f for f in found if f.content]
    elif label is not None and all(f.cue and label.content[0].holds(f.cue) for f in spoken):
        found = [label, *found]  # "Aid worker: general spoke of ...": the worker's words, and the general's in them
        spoken = [label, *spoken]
    if spoken:
        _attributed(story, row, spoken, [f for f in found if f.wraps], first)
    elif (quote := _whole_quote(story, row, sentence)) is not None:
        _unattributed(story, quote, sentence, first, [f for f in found if f.wraps])
    elif (signature := labels.signed(row)) is not None:
        _sign(story, signature)
    elif (unsourced := hearsay.adverb(row)) is not None:
        _keep(story, Draft(unsourced, NOBODY, Route(), story.paragraph))
    story.announced = labels.announcing(row)


def _attributed(
    story: Story, row: tuple[Token, ...], spoken: Sequence[Attribution], tags: Sequence[Attribution], first: int
) -> None:
    """Speakers and routes of one sentence's attributions."""
    made: list[Draft] = []
    for found in sorted(spoken, key=lambda f: _depth(f, spoken)):
        speaker, found = _speaker(story, found, row)
        way = _inherit(story, found, speaker, route(found, row, story.cast, story.earlier()), made)
        made.append(_within(Draft(found, speaker, way, story.paragraph), made))
    earlier = story.earlier()
    for tag in tags:
        ways = wrapped([d.way for d in made], tag, story.cast, earlier)
        # Who is both mouth and speaker is one: "the official" may be a guess at the very speaker.
        made = [
            d if any(r.name == d.speaker.name for r in w.relays) else replace(d, way=w)
            for d, w in zip(made, ways, strict=True)
        ]
        _around_paragraph(story, tag, first)
    for draft in sorted(made, key=lambda d: _outer(d, made) is None):  # who speaks last is the one around
        _keep(story, _through_person(story, draft, bool(tags)))


def _depth(found: Attribution, spoken: Sequence[Attribution]) -> int:
    """How many others' words hold this cue: a mouth around comes before the mouths inside."""
    return sum(1 for f in spoken if f is not found and found.cue and any(c.holds(found.cue) for c in f.content))


def _outer(draft: Draft, made: Sequence[Draft]) -> Draft | None:
    """The innermost of these drafts whose words hold this one's cue."""
    cue = draft.found.cue
    around = [d for d in made if d is not draft and cue and any(c.holds(cue) for c in d.found.content)]
    return around[-1] if around else None


def _within(draft: Draft, made: Sequence[Draft]) -> Draft:
    """What is said inside somebody else's words came through that mouth, and its "I" is that speaker."""
    outer = _outer(draft, made)
    if outer is None or not outer.speaker.name:
        return draft
    if draft.speaker.name in ("I", outer.speaker.name):
        return replace(
            draft, speaker=replace(outer.speaker, how=f"{draft.speaker.name}: the one whose words these are")
        )
    mouth = Relay(outer.speaker.name, outer.found.source, "its words hold these")
    way = draft.way.inside(mouth)
    for relay in reversed(outer.way.relays):
        way = way.inside(relay)
    return replace(draft, way=way)


def _speaker(story: Story, found: Attribution, row: Sequence[Token]) -> tuple[Speaker, Attribution]:
    """Who speaks. An outlet does not speak inside quotation marks: it relays the one who spoke before."""
    if found.source is None:
        return NOBODY, found
    speaker = story.cast.resolve(found.named or found.source)
    quote = found.content[0].of(story.text)[:1] in "\"“'‘«"
    person = any(m.type == "person" for m in story.cast.inside(found.source))
    outlet = None if person else story.cast.outlet(found.source)
    if outlet and quote and found.lemma in ("report", "say", "quote", "write"):
        last = story.cast.spoken[-1] if story.cast.spoken else None
        if last is not None:
            carried = Speaker(last.name, last.type, f"{outlet} prints the words; the last speaker goes on", 0.5)
            return carried, replace(found, relay=found.source)
    return speaker, found


def _inherit(story: Story, found: Attribution, speaker: Speaker, way: Route, made: Sequence[Draft]) -> Route:
    """A second verb, or a pronoun going on in the next paragraph, keeps the printed channel of the words before."""
    if made and found.source == made[-1].found.source:
        kept = made[-1].way
        return Route(way.relays or kept.relays, way.channel or kept.channel)
    last = next((d for d in reversed(story.drafts) if d.found.content), None)
    if last is None or last.speaker.name != speaker.name or story.paragraph - last.paragraph > 1:
        return way
    source = found.source.of(story.text).lower() if found.source else ""
    printed = last.way.channel == "op-ed" and (source in ("he", "she", "they") or way.channel == "op-ed")
    return Route(way.relays or last.way.relays, way.channel or last.way.channel) if printed else way


def _through_person(story: Story, draft: Draft, tagged: bool) -> Draft:
    """Words said to somebody who is himself quoted by an outlet came through both."""
    told = draft.found.told
    if told is None or not tagged:
        return draft
    person = story.cast.resolve(told)
    spoke = any(d.speaker.name == person.name for d in story.drafts)
    if person.type != "person" or not spoke or any(r.name == person.name for r in draft.way.relays) or not person.name:
        return draft
    relays = (*draft.way.relays, Relay(person.name, told, "the words were said to him or her"))
    return replace(draft, way=Route(relays, draft.way.channel))


def _around_paragraph(story: Story, tag: Attribution, first: int) -> None:
    """An outlet's tag at the end of a paragraph stands around all that the paragraph reports without a relay."""
    if tag.source is None or story.cast.outlet(tag.source) is None:
        return
    for k in range(first, len(story.drafts)):
        draft = story.drafts[k]
        if not draft.way.relays and draft.paragraph == story.paragraph:
            way = wrapped([draft.way], tag, story.cast, ())[0]
            story.drafts[k] = replace(draft, way=way)


def _whole_quote(story: Story, row: tuple[Token, ...], sentence: Span) -> Span | None:
    """The quotation that a sentence without a cue consists of."""
    quotes = [t for t in row if t.kind == "quote"]
    inside = sum(t.end - t.start for t in quotes)
    if not quotes or inside < QUOTE_SHARE * (sentence.end - sentence.start):
        return None
    return Span(quotes[0].start, quotes[-1].end)


def _unattributed(story: Story, quote: Span, sentence: Span, first: int, tags: Sequence[Attribution]) -> None:
    """A quotation without a cue: it resumes the one before in the paragraph, or goes to the last speaker."""
    if story.announced is not None:
        _attributed(story, (), [replace(story.announced, content=(quote,))], tags, first)
        return
    k = _resumed(story, first, sentence)
    if k is not None:
        last = story.drafts[k]
        spans = (*last.found.content, quote)
        story.drafts[k] = replace(last, found=replace(last.found, content=tuple(sorted(spans))))
        return
    speaker, source = _carried(story, first)
    found = Attribution(source, None, (quote,), "", "say", "quotation without a cue")
    way = Route()
    for tag in tags:
        way = wrapped([way], tag, story.cast, story.earlier())[0]
    _keep(story, Draft(found, speaker, way, story.paragraph))


def _resumed(story: Story, first: int, sentence: Span) -> int | None:
    """'"A," he said, smiling at C. "B."': the statement of this paragraph that B goes on with: the last one quoted."""
    for k in range(len(story.drafts) - 1, first - 1, -1):
        found = story.drafts[k].found
        if not found.content or found.source != story.drafts[-1].found.source:
            return None
        end = max(s.end for s in (*found.content, found.cue or found.content[-1]))
        if "\n" in story.text[end : sentence.start] or sentence.start - end > LONGEST_PAUSE:
            return None
        if (
            any(c.of(story.text)[:1] in MARKS for c in found.content)
            or '"' in found.content[-1].of(story.text)
            or "”" in found.content[-1].of(story.text)
        ):
            return k
    return None


def _carried(story: Story, first: int) -> tuple[Speaker, Span | None]:
    """The speaker of a quotation that has no tag of its own, and where he was last named."""
    if (introduced := _introduced(story)) is not None:
        return introduced
    for draft in reversed(story.drafts):
        if draft.found.content and draft.speaker.name and draft.found.kind not in ("question", "attitude"):
            how = f"no cue: the last speaker goes on ({draft.speaker.name})"
            return replace(draft.speaker, how=how, confidence=0.7), draft.found.source
    return NOBODY, None


def _sign(story: Story, signature: Attribution) -> None:
    """A line "- X, mayor of Y" names who said the quotation right before it, where nothing else does."""
    last = story.drafts[-1] if story.drafts else None
    if (
        last is None
        or last.found.cue is not None
        or not last.found.content
        or not signature.source
        or not signature.cue
    ):
        return
    between = story.text[last.found.content[-1].end : signature.cue.start]
    if not between.strip() and story.cast.inside(signature.source):
        found = replace(signature, content=last.found.content)
        story.drafts[-1] = replace(last, found=found, speaker=story.cast.resolve(signature.source))


def _introduced(story: Story) -> tuple[Speaker, Span | None] | None:
    """A paragraph that says nothing itself but names one person and a channel introduces the quotation after it."""
    k = story.paragraph - 1
    if any(d.paragraph == k for d in story.drafts) or k < 0:
        return None
    before = [p for p in story.sheet.passages if p.role in READ | SPOKEN][k]
    row = {t.lower for t in tokens(story.text, before.span)}
    people = [m for m in story.cast.inside(before.span) if m.type == "person"]
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
