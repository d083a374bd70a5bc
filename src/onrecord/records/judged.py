"""What people decide about rows: entries of the append-only log, and the state that its replay leaves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a row stood when somebody decided on it, with enough around it to find the place again."""

    report_id: str
    start: int
    end: int
    quote: str  # report.text[start:end]
    prefix: str  # up to 32 characters before it
    suffix: str  # up to 32 characters after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One entry of the log. It is never changed: to take it back is another entry, of act "undo"."""

    judgement_id: str = ""  # hash of all the rest; empty until it is in a log
    seq: int = 0  # grows with every entry, whatever the clock does: microseconds since 1970, or one more than the last
    who: str
    when: str = ""  # UTC, as that person's clock had it
    act: str  # accept, reject, correct, unsure, merge, split, move, undo
    batch: str | None = None  # acts of one stroke share it
    row_table: str | None = None
    row_id: str | None = None
    anchor: Anchor | None = None
    field: str | None = None  # what is corrected; the kind of matter a claim is moved in
    old: str | None = None  # what it was, in words; of merge and split the one name
    new: str | None = (
        None  # what it shall be; of merge and split the other name; of a move a claim of the matter it joins
    )
    target: Anchor | None = None  # of that claim
    undoes: str | None = None  # of an undo: the entry it takes back
    settles: int = 0  # 1 where it settles what two people have decided unlike
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision that stands, and what the build made of it."""

    judgement_id: str
    who: str
    decided_at: str
    act: str
    batch: str | None
    row_table: str | None
    row_then: str | None  # the row's id when it was decided on
    row_id: str | None  # the row it was followed on; NULL for pairs of names and for orphans
    found: str  # id, anchor (found again by its quote and context), names, orphan
    report_id: str | None
    quote: str | None
    quote_start: int | None
    quote_end: int | None
    field: str | None
    old: str | None
    new: str | None
    reason: str | None
    disputed: bool  # somebody else's last word on the same row is another
    why: str  # how it was followed, or why it could not be
