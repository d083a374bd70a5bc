"""Every row that flows through onrecord, from a report as received to a verdict on a matter.

Offsets are Unicode code points into `Report.text`, half-open: `text[start:end]` is the stretch meant. They are never
bytes and never UTF-16 units. Absent is `None`, never `""`. Dates are ISO 8601 strings. Rows are facts: they hold no
database handle and no pointer back to a document, so they may cross any process border.

A row's `why` names the method that made it and the evidence it rests on, in one line that a person can check.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "headline", "deck", "dateline", "byline", "caption", "body", "question", "turn", "list", "furniture", "credit"
]
StatementKind = Literal["direct", "indirect", "mixed", "turn", "question"]
LinkRole = Literal["outlet", "relay", "speaker"]
Verdict = Literal["single-origin", "corroborated", "contested", "changed", "compatible"]


def content_id(kind: str, *parts: object) -> str:
    """An id made from content: the same facts give the same id in every run, on every machine.

    Args:
        kind: one or two letters that tell a reader what the id names ("s" statement, "q" quantity ...).
        parts: whatever makes the row the row it is; rendered with `repr`, so `1` and `"1"` differ.

    Returns:
        `kind`, a dash and 16 hexadecimal digits of SHA-256 (64 bits: a collision among ten million rows has odds
        of about 3 in a million).

    >>> content_id("s", "r-1", 0, 12) == content_id("s", "r-1", 0, 12)
    True
    """
    digest = hashlib.sha256("\x1f".join(map(repr, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of one report's text exactly as frozen when read."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}..{self.end} is empty or backward")

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as received. Its text is frozen when read: code points, LF line ends, no BOM."""

    report_id: str  # hash of the bytes it came from
    path: str | None
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    dateline: str | None
    published: str | None  # ISO 8601 date, or date and time with its zone as the source gave it
    published_why: str | None  # where that came from: "manifest.csv", "JSON-LD datePublished", "<time>" ...
    language: str | None  # ISO 639-1
    text: str

    @property
    def characters(self) -> int:
        """Length of the text in code points."""
        return len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input that made no report: where it lies, what is wrong with it, what to do."""

    path: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a report with a role. Passages do not overlap and lie in text order; blank lines lie between them.

    An interview turn has role "turn" or "question", and `label` is the span of the label before it ("WION" in
    "WION: How is ...?"); the passage itself starts after the colon. `name` is that label's text, a byline's names,
    or the agencies of a credit line ("TRTWorld and agencies").
    """

    passage_id: str
    report_id: str
    start: int
    end: int
    role: Role
    label: Span | None = None
    name: str | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One token as the reading of English sees it. Tags, features and relations are Universal Dependencies v2."""

    start: int
    end: int
    text: str  # report.text[start:end]
    lemma: str
    tag: str  # universal part of speech: VERB, PROPN ...
    features: str  # "Number=Sing|Tense=Past", or "_"
    head: int  # position in its sentence of the word it hangs on; -1 for the root
    relation: str  # nsubj, obj, ccomp, obl:agent ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name that the reading sees in a sentence: what kind of name, and how sure (0 to 1)."""

    start: int
    end: int
    type: str  # person, organisation, place, other
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as read. Its words lie in text order, do not overlap, and may leave blanks between them."""

    start: int
    end: int
    words: tuple[Word, ...]
    names: tuple[Named, ...] = ()
    vector: bytes | None = None  # what it is about: 384 float16, unit length; None where the reading gives none


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A pronoun or a common noun ("he", "the group") and the name in the same report that it stands for."""

    start: int
    end: int
    to_start: int  # the name, as it stands in the text
    to_end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One report as read: its sentences in text order, and what its pronouns stand for. Empty where nothing read it."""

    sentences: tuple[Sentence, ...] = ()
    pointers: tuple[Pointer, ...] = ()


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
class Entity:
    """Who or what somebody is, across all reports."""

    entity_id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    same_why: str  # the rules that joined its names, and none where it has one name only


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
    modifier: str | None  # "around", "more than", "dozens of"
    unit: str | None  # month, day, hour, year, km, percent, USD ...; None for things counted
    counted: str | None  # "armed people", in the report's words
    counted_class: (
        str | None
    )  # killed, wounded, displaced, detained, fighters, people, places, duration, age, money ...
    subject: str | None  # whose: the name of the group or person, as this report gives it
    subject_entity: str | None
    place_id: str | None
    as_of_from: str | None
    as_of_to: str | None
    statement_id: str | None  # the innermost statement that holds it
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
    value: str | None  # TIMEX3 value; None where the report has no date and the words are relative
    date_from: str | None  # ISO date, inclusive
    date_to: str | None  # ISO date, inclusive
    anchor: str | None  # the ISO date it was counted from
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a report names, found in the gazetteer."""

    place_id: str  # of the mention
    report_id: str
    start: int
    end: int
    text: str
    name: str  # the gazetteer's name
    geoname_id: int | None
    country: str | None  # ISO 3166-1 alpha-2
    lat: float | None
    lon: float | None
    precision: str  # point, district, province, country
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A report with everything found in it so far: the unit of work within one report."""

    report: Report
    passages: tuple[Passage, ...] = ()
    reading: Reading = Reading()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """One stretch of wording that two reports share, character for character but for case and punctuation.

    With `direction` "from-to" the first report is the earlier mouth; "undirected" claims no order.
    """

    reuse_id: str
    from_report: str
    from_start: int
    from_end: int
    to_report: str
    to_start: int
    to_end: int
    characters: int  # length in the first report
    quoted_share: float  # share of the characters that stand inside quotation marks
    direction: str  # from-to, undirected
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The mouth, or act of witnessing, at the root of a chain once copies are folded: what "independent" counts."""

    origin_id: str
    kind: str  # speaker, witness, agency, document
    name: str | None
    entity_id: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One question, and what all claims about it amount to."""

    matter_id: str
    kind: str  # figure, statement
    question: str
    verdict: Verdict
    outlets: int
    reports: int
    origins: int
    low: float | None
    high: float | None
    first: str | None
    last: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterClaim:
    """One claim's place in a matter."""

    matter_id: str
    claim_id: str
    claim_kind: str  # statement, quantity
    origin_id: str | None
    value: str | None  # what this claim answers
    stance: str  # supports, differs, denies, later


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What made the ledger."""

    version: str
    settings: str  # JSON
    words_hash: str  # hash of the word tables
    model_hash: str | None  # of the model that read the reports; None where none did
    inputs: int
    skipped: tuple[Skipped, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that a build found, ready to be laid down as a ledger."""

    run: Run
    sheets: tuple[Sheet, ...]
    entities: tuple[Entity, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    origins: tuple[Origin, ...] = ()
    matters: tuple[Matter, ...] = ()
    claims: tuple[MatterClaim, ...] = ()
