"""What people say of which claims belong together: a claim moved to another matter, or out of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.matters.origins import Claim
from onrecord.records import Event, Sheet, Span

KINDS = {"figure": "quantity", "state": "statement", "statement": "statement", "event": "event"}
Groups = list[tuple[str, list[Claim]]]


@dataclass(frozen=True, slots=True)
class Move:
    """A claim that leaves the matters of one kind that it is in, and joins that of another claim, or none."""

    claim_id: str
    kind: str  # of matter: figure, state, statement, event
    to: str | None  # a claim of the matter it joins; None for out of all matters of this kind


def moved(groups: Groups, moves: Sequence[Move], found: Sequence[Claim], sheets: Sequence[Sheet]) -> Groups:
    """The groups once every move is made, in the order given; a group that is left with one claim is no matter."""
    if not moves:
        return groups
    named = {m.claim_id for m in moves} | {m.to for m in moves}
    known = {c.claim_id: c for c in found if c.claim_id in named}
    known |= {e.event_id: _claim(e, s) for s in sheets for e in s.events if e.event_id in named}
    known |= {c.claim_id: c for _, group in groups for c in group}  # an incident's claims carry their sentence
    for move in moves:
        groups = _after(groups, move, known)
    return [(kind, group) for kind, group in groups if len(group) > 1]


def _after(groups: Groups, move: Move, known: dict[str, Claim]) -> Groups:
    claim, other = known.get(move.claim_id), known.get(move.to or "")
    if claim is None or claim.kind != KINDS.get(move.kind) or (move.to and (other is None or other.kind != claim.kind)):
        return groups
    left = [(k, [c for c in g if k != move.kind or c.claim_id != move.claim_id]) for k, g in groups]
    if other is None:
        return left
    for kind, group in left:
        if kind == move.kind and any(c.claim_id == move.to for c in group):
            group.append(claim)
            group.sort(key=lambda c: (c.report_id, c.spans, c.claim_id))
            return left
    return [*left, (move.kind, sorted((claim, other), key=lambda c: (c.report_id, c.spans, c.claim_id)))]


def _claim(event: Event, sheet: Sheet) -> Claim:
    said = next((s for s in sheet.statements if s.statement_id == event.statement_id), None)
    return Claim(
        event.event_id, "event", event.report_id, (Span(event.start, event.end),), event.text, said, None, event
    )
