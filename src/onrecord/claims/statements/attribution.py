"""One act of communication as its sentence shows it, before anyone asks who the source is."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Span
from onrecord.text.tokens import Token

# Confidence where nothing but the rules reads English; as a whole .76 of them are right (PolNeAR, speech).
RULE_ALONE = 0.9


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of communication in one sentence, as spans of the report.

    `content` is empty for a speech tag around other attributions ("..., reports Al Arabiya"), whose `wraps` is true.
    `named` is what a source that is "who" points at. `relay` is a mouth between outlet and source that the same words
    name ("A report quoted B as saying"). `sure` is how likely the whole is right.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    lemma: str
    kind: str
    rule: str
    negated: bool = False
    told: Span | None = None
    named: Span | None = None
    relay: Span | None = None
    wraps: bool = False
    sure: float = RULE_ALONE


@dataclass(frozen=True, slots=True)
class Reach:
    """An attribution and the token from which the sentence is still unread."""

    found: Attribution
    resume: int


def span_of(row: tuple[Token, ...], first: int, last: int) -> Span:
    """The characters of tokens [first, last]."""
    return Span(row[first].start, row[last].end)
