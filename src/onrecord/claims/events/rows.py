"""Events of a report: each word that a frame names, with roles, realis, where and when, and on whose word.

Where nothing reads English (`--reading none`) there are no events: without trees a threat cannot be told from an act.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from onrecord.claims.events.contexts import contexts
from onrecord.claims.events.drafts import Desk, Draft
from onrecord.claims.events.frames import Frame
from onrecord.claims.events.occasions import Occasion, Occasions
from onrecord.claims.events.parties import Parties, Party
from onrecord.claims.events.realis import realis
from onrecord.claims.events.roles import fill, under
from onrecord.claims.events.scenes import Scene
from onrecord.claims.events.stands import assertion, stands
from onrecord.claims.events.triggers import Trigger, triggers
from onrecord.claims.events.unsaid import against_rival, with_rival, without_observers
from onrecord.claims.trees import NOT, tree
from onrecord.records import Event, Sentence, Sheet, Span, Statement, content_id

UNREAD = ("furniture", "byline", "credit", "dateline")
KILLING = re.compile(r"kill|murder|assassinat|slain|slay|execut|behead")
# What makes a report one of bombing, where "strikes" are no stoppages, and one of stoppages whatever else it tells.
BOMBING = re.compile(
    r"\b(?:(?:air|missile|drone|rocket)[- ]?(?:strike|raid|attack)|war ?plane|air force|missile|jets?\b|barrel bomb"
    r"|bombard|shelling|strikes? (?:on|hit|killed)\b|raids? (?:on|kill))",
    re.I,
)
STOPPAGE = re.compile(r"\b(?:on strike|general strike|hunger strike|strikers?|walkouts?|trade unions?|wages)\b", re.I)
WILL = frozenset("will would wo 'll ’ll shall".split())


def events(sheet: Sheet) -> tuple[Event, ...]:
    """All events of a report in text order; none where nothing read its English."""
    if not sheet.reading.sentences:
        return ()
    text = sheet.report.text
    bombed = BOMBING.search(text) is not None and STOPPAGE.search(text) is None
    towns = frozenset(p.text for p in sheet.places if p.precision not in ("country", "region"))
    desk = Desk(sheet, Parties(sheet), Occasions(sheet), towns, bombed)
    skipped = [p.span for p in sheet.passages if p.role in UNREAD]
    said: list[tuple[Scene, Draft]] = []
    for sentence in sheet.reading.sentences:
        if not sentence.words or any(s.start <= sentence.start < s.end for s in skipped):
            continue
        desk.parties.heard(sentence.start)
        said += _of_sentence(desk, sentence)
    rows: dict[str, Event] = {}
    for scene, draft in without_observers(desk, said):
        for row in _rows(desk, scene, with_rival(desk, scene, draft)):
            rows.setdefault(row.event_id, row)
    return tuple(sorted(_once(rows.values()), key=lambda e: (e.start, e.end, e.event_id)))


def _once(rows: Iterable[Event]) -> Iterator[Event]:
    """Nobody is killed twice: where a report dates a killing long ago, its other words for that killing are history, too."""
    held = tuple(rows)
    long_dead = {n for e in held if e.realis == "historical" and _kills(e) for n in e.recipients if n[:1].isupper()}
    for e in held:
        if e.realis == "actual" and _kills(e) and long_dead & set(e.recipients):
            yield replace(e, realis="historical", why=f"{e.why}; historical: told with a date elsewhere")
        else:
            yield e


def _kills(event: Event) -> bool:
    return event.type == "ASSAULT" and KILLING.match(event.text.lower()) is not None


def _of_sentence(desk: Desk, sentence: Sentence) -> Iterator[tuple[Scene, Draft]]:
    scene = scene_of(desk.sheet, sentence, desk.towns, desk.bombed)
    for trigger in triggers(scene):
        if (draft := _draft(desk, scene, trigger)) is not None:
            yield scene, draft


def _rows(desk: Desk, scene: Scene, draft: Draft) -> Iterator[Event]:
    occasion = desk.occasions.of(scene, draft.trigger.at)
    draft = _dated(draft, occasion)
    yield _row(desk, scene, draft, occasion)
    if (refused := _refusal(desk, scene, draft)) is not None:
        yield _row(desk, scene, refused, Occasion(occasion.place, None, ""))


def scene_of(sheet: Sheet, sentence: Sentence, towns: Collection[str] = (), bombed: bool = False) -> Scene:
    """A sentence with the names that its words belong to; `towns` and `bombed` as a `Desk` has them."""
    names: dict[int, str] = {}
    rows = [m for m in sheet.mentions if m.start < sentence.end and sentence.start < m.end]
    for mention in rows:
        for k, word in enumerate(sentence.words):
            if mention.start <= word.start and word.end <= mention.end and word.tag in ("PROPN", "NOUN", "ADJ", "X"):
                names[k] = mention.type
    inside = frozenset(k for k, word in enumerate(sentence.words) if word.text in towns)
    return Scene(tree(sentence), names, inside, bombed)


def _draft(desk: Desk, scene: Scene, trigger: Trigger) -> Draft | None:
    t, i, frame = scene.t, trigger.at, trigger.frame
    start, end = t.words[i].start, t.words[i].end
    within = desk.parties.statement(start, end)
    actor_heads, recipient_heads = fill(scene, i, frame, trigger.part)
    actors = _named(desk, scene, actor_heads, within)
    if frame.is_a("ultimatum") and within is not None and within.speaker is not None:
        actors = (Party(within.speaker, t.span(i, i)),)
    recipients = _named(desk, scene, recipient_heads or under(scene, i), within)
    recipients = tuple(p for p in recipients if p.name not in {a.name for a in actors})
    if frame.is_a("goods") and not actors and not recipients:  # "sold aid at the market": goods, nobody's help
        return None
    if frame.is_a("weak") and not _telling(scene, actor_heads, recipient_heads):
        return None
    spoken = frame.is_a("speech") and trigger.part == "verb" and not scene.passive(i)
    if spoken and not actors and scene.doers(i):  # "a conflict threatens to spread": nobody speaks
        return None
    value, by = realis(scene, i)
    if frame.is_a("foiled") and value == "actual":
        value, by = "attempted", scene.lemma(trigger.at)
    if trigger.part == "verb" and _declined(frame, scene, i, value):
        trigger = replace(trigger, frame=replace(frame, type="REJECT", mode="yield"), why=f"not {trigger.why}")
        value, by = "actual", "spoken"
    why = [trigger.why, f"{value}: {by}" if by else value]
    return Draft(trigger, actors, recipients, value, tuple(why), within)


def _telling(scene: Scene, actors: list[int], recipients: list[int]) -> bool:
    """Whether somebody who can act is named: words as common as "allow" or "go" tell of an event only then."""
    acting = [
        k for k in actors if scene.t.words[k].tag != "PRON" and (scene.agent(k) or scene.t.words[k].tag == "PROPN")
    ]
    return bool(acting) or (bool(actors) and any(k in scene.names for k in recipients))


def _named(desk: Desk, scene: Scene, heads: list[int], within: Statement | None) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for k in heads:
        party = desk.parties.party(scene, k, within)
        if party is not None:
            found.setdefault(party.name, party)
    return tuple(found.values())


def _dated(draft: Draft, occasion: Occasion) -> Draft:
    """An old date makes what would be actual or generic history."""
    if occasion.old and draft.realis in ("actual", "generic"):
        return replace(draft, realis="historical", why=(*draft.why, f"historical: {occasion.old}"))
    return draft


def _refusal(desk: Desk, scene: Scene, draft: Draft) -> Draft | None:
    """ "will not surrender": beside the act denied, the refusal itself, which is an act of speech."""
    frame, i = draft.trigger.frame, draft.trigger.at
    if draft.realis != "denied" or not frame.is_a("yield") or _asks(draft.within):
        return None
    span = _refusing(scene, i) if draft.trigger.part == "verb" else _no_question(scene, i, draft.within)
    if span is None:
        return None
    made = Frame((), "REJECT", "yield", frame.actors, frame.recipients, frozenset())
    trigger = Trigger(i, draft.trigger.part, made, span, "refusal of yielding")
    speaker = draft.within.speaker if draft.within is not None else None
    actors = draft.actors or ((Party(speaker, scene.t.span(i, i)),) if speaker else ())
    again = Draft(trigger, actors, draft.recipients, "actual", (trigger.why, "actual: spoken"), draft.within)
    if again.recipients or len(actors) != 1:
        return again
    return against_rival(desk, scene, again, {actors[0].name})


def _asks(within: Statement | None) -> bool:
    return within is not None and within.kind == "question"


def _refusing(scene: Scene, i: int) -> Span | None:
    """ "will not hand over": from the modal to the verb; None where it is no refusal of something to come."""
    t = scene.t
    modal = [k for k in t.kids[i] if t.lower(k) in WILL and t.words[k].relation == "aux"]
    denied = [k for k in t.kids[i] if t.lower(k) in NOT]
    return t.span(min(modal), i) if modal and denied else None


def _no_question(scene: Scene, i: int, within: Statement | None) -> Span | None:
    """ "there is no question of surrender", said by somebody: he refuses."""
    return scene.t.span(i, i) if within is not None and within.speaker is not None else None


def _declined(frame: Frame, scene: Scene, i: int, value: str) -> bool:
    """ "does not agree": to withhold consent in so many words is to reject."""
    return frame.type == "AGREE" and value == "denied" and any(scene.t.lower(k) in NOT for k in scene.t.kids[i])


def _row(desk: Desk, scene: Scene, draft: Draft, occasion: Occasion) -> Event:
    frame, report = draft.trigger.frame, desk.sheet.report
    time, span = occasion.time, draft.trigger.span
    said = assertion(draft.within, draft.realis, frame.type, tuple(p.name for p in draft.actors))
    words = scene.t.words
    return Event(
        event_id=content_id("v", report.report_id, span.start, span.end, frame.type),
        report_id=report.report_id,
        start=span.start,
        end=span.end,
        text=span.of(report.text),
        type=frame.type,
        mode=frame.mode,
        contexts=contexts([w.lemma for w in words]),
        actors=tuple(p.name for p in draft.actors),
        actor_entities=(None,) * len(draft.actors),
        actor_spans=tuple(p.span for p in draft.actors),
        recipients=tuple(p.name for p in draft.recipients),
        recipient_entities=(None,) * len(draft.recipients),
        recipient_spans=tuple(p.span for p in draft.recipients),
        place_id=occasion.place.place_id if occasion.place else None,
        date_from=time.date_from if time else None,
        date_to=time.date_to if time else None,
        date_precision=precision(time.date_from, time.date_to) if time else None,
        realis=draft.realis,
        assertion=said,
        stands=stands(report.outlet, draft.within, said),
        territory=_territory(frame, draft),
        statement_id=draft.within.statement_id if draft.within else None,
        why="; ".join(draft.why),
        confidence=draft.sure,
    )


def precision(first: str | None, last: str | None) -> str | None:
    """How exact a date is: day, month, year or span.

    >>> precision("2021-08-01", "2021-08-31"), precision("2021-08-15", "2021-08-15")
    ('month', 'day')
    """
    if first is None or last is None:
        return "span" if first or last else None
    if first == last:
        return "day"
    if first[:4] == last[:4] and first[5:] == "01-01" and last[5:] == "12-31":
        return "year"
    return "month" if first[:7] == last[:7] and first[8:] == "01" and last[8:] in ("28", "29", "30", "31") else "span"


def _territory(frame: Frame, draft: Draft) -> tuple[str | None, ...] | None:
    """From whom, to whom, where ground changes hands or would."""
    one = draft.actors[0].name if draft.actors else None
    other = draft.recipients[0].name if draft.recipients else None
    if frame.is_a("gain") or frame.is_a("grab"):
        return (other if frame.is_a("gain") else None, one)
    if frame.is_a("fallen"):
        return (None, one)
    return (one, other) if frame.is_a("give") else None
