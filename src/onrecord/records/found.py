"""What one report says by itself, and the sheet that gathers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.records.read import Reading
from onrecord.records.received import Passage, Report
from onrecord.records.spans import Span

StatementKind = Literal["direct", "indirect", "mixed", "turn", "question"]
LinkRole = Literal["outlet", "relay", "speaker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch that names or points at someone or something."""

    mention_id: str
    report_id: str
    start: int
    end: int
    text: str
    type: str  # person, group, outlet, place, unknown
    name: str | None  # the fullest name this report gives for it; None when no name can be told for sure
    entity_id: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One mouth of a chain. A chain runs from the reader inwards: outlet, relays, speaker last."""

    role: LinkRole
    name: str | None  # None: the report names nobody ("reportedly")
    entity_id: str | None = None
    channel: str | None = None  # interview, telephone, op-ed, Twitter, audio message ...
    start: int | None = None  # where the report names it; None for the report's own outlet
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A reported act of communication: who said what, on whose word."""

    statement_id: str
    report_id: str
    content: tuple[Span, ...]  # a quotation resumed after its cue is one statement with two spans
    text: str  # the content spans joined by one space
    source: Span | None
    cue: Span | None
    kind: StatementKind
    speaker: str | None
    speaker_entity: str | None
    chain: tuple[Link, ...]
    parent_statement: str | None
    polarity: str  # affirmed or denied
    attitude: str | None  # believes, hopes, plans ...: set for attitudes, which are no speech
    addressee: str | None
    said_from: str | None
    said_to: str | None
    why: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure as one source gave it."""

    quantity_id: str
    report_id: str
    start: int
    end: int
    text: str
    low: float | None  # inclusive
    high: float | None  # inclusive; None where the source sets no ceiling
    exact: bool
    modifier: str | None  # "around", "more than", "dozens"
    modifier_start: int | None  # where that stands
    modifier_end: int | None
    unit: str | None  # month, day, hour, year, km, percent, USD ...; None for things counted
    counted: str | None  # "armed people", in the report's words
    counted_class: (
        str | None
    )  # killed, wounded, displaced, detained, fighters, people, places, duration, age, money ...
    scope: str  # whole, part (of a number also given), more (besides those told before)
    subject: str | None  # whose: the name of the group or person, as this report gives it
    subject_entity: str | None
    place_id: str | None
    as_of_from: str | None
    as_of_to: str | None
    realis: str  # actual, attempted, threatened, planned, conditional, denied, historical, generic
    statement_id: str | None  # the innermost statement that holds it
    why: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How far one mouth of a chain stands behind an event."""

    role: LinkRole
    name: str | None
    assertion: str  # reported as fact, claimed, accused, possible, denied; "passed on" by a mouth that only repeats it


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens, or that is said to be done to somebody: one row a predicate.

    `start` and `end` bound the trigger, the words that name the event. Actors and recipients are lists: nobody is
    paired off, and nobody named is an empty list.
    """

    event_id: str
    report_id: str
    start: int
    end: int
    text: str
    type: str  # PLOVER 2.0: ASSAULT, CONSULT, THREATEN ...
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[str, ...]  # names as this report gives them, else its words
    actor_entities: tuple[str | None, ...]
    actor_spans: tuple[Span, ...]
    recipients: tuple[str, ...]
    recipient_entities: tuple[str | None, ...]
    recipient_spans: tuple[Span, ...]
    place_id: str | None
    date_from: str | None
    date_to: str | None
    date_precision: str | None  # day, week, month, year, span
    realis: str  # actual, attempted, threatened, planned, conditional, denied, historical, generic
    assertion: str  # the innermost mouth's: reported as fact, claimed, accused, possible, denied
    stands: tuple[Stand, ...]  # that of every mouth of the chain, outermost first
    territory: tuple[str | None, ...] | None  # ground changes hands: from whom, to whom; None in it is "not said"
    statement_id: str | None  # the innermost statement that holds the trigger
    why: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A day, span or duration that a report names, against the report's own date."""

    time_id: str
    report_id: str
    start: int
    end: int
    text: str
    type: str  # DATE, TIME, DURATION, SET (TimeML)
    value: (
        str | None
    )  # TIMEX3 value; underspecified ("XXXX-WXX-7") or None where relative words have no day to count from
    date_from: str | None  # ISO date, inclusive
    date_to: str | None  # ISO date, inclusive
    precision: str  # time, part of day, day, weekend, week, month, quarter, season, year, decade, century, duration, set, vague
    anchor: str | None  # the ISO date it was counted from
    rule: str  # of text/words/time_rules.tsv, or how two of its matches were put together
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a report names, found in the gazetteer."""

    place_id: str  # of the mention
    report_id: str
    start: int
    end: int
    text: str
    name: str  # the gazetteer's name of what the row stands for
    geoname_id: int | None  # None for regions of no fixed border
    country: str | None  # ISO 3166-1 alpha-2
    province: str | None  # the first division it lies in, or is
    lat: float | None
    lon: float | None
    radius_km: float | None  # how far around the point the place may lie
    precision: str  # point, district, province, country, region
    exact: bool  # False where the row stands for a wider place: what the named one is said to lie in, or a part of the name
    how: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A report with everything found in it so far: the unit of work within one report."""

    report: Report
    passages: tuple[Passage, ...] = ()
    reading: Reading = field(default_factory=Reading)
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
