"""What only many reports together show, and the record of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.records.found import Sheet
from onrecord.records.judged import Decided
from onrecord.records.received import Skipped

Verdict = Literal["single-origin", "corroborated", "contested", "changed", "compatible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who or what somebody is, across all reports."""

    entity_id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    same_why: str  # the rules that joined its names, and none where it has one name only
    party: str | None = None  # entity it speaks for, by a role some report gives it; whose interest its word is


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two entities that may be one: not joined, but offered to a person, who decides (`--decisions`)."""

    doubt_id: str
    one_entity: str
    other_entity: str
    one: str  # their names
    other: str
    weight: float  # sum of the weights of the evidence, `words/same.tsv`
    why: str


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
    from_share: float  # of the first report's characters outside furniture: what it shares with the second in all
    to_share: float  # the same of the second report
    quoted_share: float  # share of the characters that stand inside quotation marks
    in_order: bool  # all that the two share stands in the same order in both
    direction: str  # from-to, undirected
    parent: str | None  # the agency that both name as their source
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The mouth, or act of witnessing, at the root of a chain once copies are folded: what "independent" counts."""

    origin_id: str
    kind: str  # speaker, witness, agency, document
    name: str | None
    entity_id: str | None
    why: str
    party: str | None = (
        None  # entity whose interest it is, where it speaks for one; two mouths of one party are one origin
    )
    named: bool = True  # whether it is known apart from others; "a monitor", "the source" may be anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One question, and what all claims about it amount to."""

    matter_id: str
    kind: str  # figure, statement
    question: str
    verdict: Verdict
    outlets: int
    reports: int
    origins: int  # independent ones: copies, chains and parties folded, mouths that may be another left out
    mouths: int  # distinct speakers and outlets' own accounts, parties not folded
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
    fold: str  # how it is tied to an earlier claim of its origin: first, same text, same utterance, same speaker, same party
    fold_why: str | None  # the reuse row and span pair, or the name, that ties it


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What made the ledger."""

    version: str
    settings: str  # JSON
    words_hash: str  # hash of the word tables
    code_hash: str  # hash of the code that reads and compares
    model_hash: str | None  # of the model that read the reports; None where none did
    inputs: int
    skipped: tuple[Skipped, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that a build found, ready to be laid down as a ledger."""

    run: Run
    sheets: tuple[Sheet, ...]
    entities: tuple[Entity, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    origins: tuple[Origin, ...] = ()
    matters: tuple[Matter, ...] = ()
    claims: tuple[MatterClaim, ...] = ()
    decisions: tuple[Decided, ...] = ()
