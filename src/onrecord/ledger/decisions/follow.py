"""Decisions put into effect: rows found again, corrected or left out, before anything is compared.

A pure function of sheets and of the decisions that stand. What cannot be followed stays in the list with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.entities.sameness import folded
from onrecord.entities.wishes import DIFFERENT, SAME, Decision
from onrecord.ledger.decisions.anchors import find_again, likest
from onrecord.ledger.decisions.consequences import settled, without
from onrecord.ledger.decisions.corrections import Unfollowable, corrected
from onrecord.ledger.decisions.replay import PAIRS, disputes, live, standing
from onrecord.ledger.shape import TABLES
from onrecord.matters.moves import KINDS, Move
from onrecord.records import Anchor, Decided, Judgement, Sheet
from onrecord.text.gazetteer import Gazetteer

# What a report says by itself; corrections of a row may look for names and places among those before it.
ROWS = ("mentions", "times", "places", "statements", "quantities", "events")
CLAIMS = {"quantity": "quantities", "statement": "statements", "event": "events"}
SURE = 1.0  # confidence of a row that a person vouches for


@dataclass(frozen=True, slots=True)
class Found:
    """Where the row of a decision is now: its id and how it was found; no id where it was not."""

    row_id: str | None
    how: str  # id, anchor, names, orphan
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Sheets as people have judged them, what they said of names and matters, and every decision that stands."""

    sheets: tuple[Sheet, ...]
    names: tuple[Decision, ...]
    moves: tuple[Move, ...]
    decided: tuple[Decided, ...]


def judged(sheets: Sequence[Sheet], entries: Iterable[Judgement], known: Gazetteer) -> Judged:
    """What becomes of sheets once the decisions of a log are followed.

    Args:
        sheets: what each report says by itself, in any order; the same order comes back.
        entries: a log, or several put together, in any order.
        known: places, for corrections of them.
    """
    acts = live(entries)
    if not acts:
        return Judged(tuple(sheets), (), (), ())
    places = _Places(sheets)
    found = {a.judgement_id: places.row(a) for a in acts}
    rows = {key: f.row_id for key, f in found.items()}
    stand = standing(acts, rows)
    failed: dict[str, str] = {}
    done = _followed(sheets, _by_row(stand, found), known, failed)
    moves = [_move(a, rows[a.judgement_id], places) for s, a in stand.items() if _kind(s) == "move"]
    names = [a for s, a in stand.items() if _kind(s) == "names"]
    disputed = {e.judgement_id for said in disputes(acts, rows).values() for e in said.values()}
    listed = {a.judgement_id: a for a in stand.values()}
    return Judged(
        sheets=done,
        names=tuple(_decision(a) for a in names if a.act in PAIRS),
        moves=tuple(m for m in moves if m is not None),
        decided=tuple(
            _decided(a, found[key], failed.get(key) or _lost(a, places), key in disputed)
            for key, a in sorted(listed.items())
        ),
    )


class _Places:
    """The rows of a pile, by id and by report."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = {s.report.report_id: s for s in sheets}
        self._texts = {s.report.report_id: s.report.text for s in sheets}
        self._ids = {
            table: frozenset(getattr(r, TABLES[table][1]) for s in sheets for r in getattr(s, table)) for table in ROWS
        }
        self.names = frozenset(folded(m.name) for s in sheets for m in s.mentions if m.name)

    def row(self, act: Judgement) -> Found:
        """Where the row of a decision is now."""
        if act.act in PAIRS or act.field == "names":
            return Found(None, "names", "pair of names")
        if act.row_table not in ROWS:
            return Found(act.row_id, "id", "")  # a row that the comparison makes: looked up after it
        return self.at(act.row_table, act.row_id, act.anchor)

    def at(self, table: str, row_id: str | None, kept: Anchor | None) -> Found:
        """The row with an id, else the one that stands where its quote stands now."""
        if row_id in self._ids[table]:
            return Found(row_id, "id", "found by its id")
        place = find_again(kept, self._texts) if kept else None
        if place is None:
            return Found(None, "orphan", "no report holds its words any more" if kept else "no row has this id")
        row = likest(getattr(self._sheets[place[0]], table), place[1], place[2])
        if row is None:
            return Found(
                None, "orphan", f"its words stand at {place[1]}-{place[2]} of {place[0]}, but no such row there"
            )
        return Found(getattr(row, TABLES[table][1]), "anchor", f"found again by its words at {place[1]}-{place[2]}")


def _kind(slot: Hashable) -> str:
    return str(slot[0]) if isinstance(slot, tuple) else ""


def _by_row(stand: Mapping[Hashable, Judgement], found: Mapping[str, Found]) -> dict[str, list[Judgement]]:
    """Corrections and the verdict on each row that was found, the verdict last."""
    rows: dict[str, list[Judgement]] = defaultdict(list)
    for kind in ("field", "verdict"):
        for slot, act in stand.items():
            row = found[act.judgement_id].row_id
            if _kind(slot) == kind and row is not None and act.row_table in ROWS:
                rows[row].append(act)
    return rows


def _followed(
    sheets: Sequence[Sheet], rows: Mapping[str, list[Judgement]], known: Gazetteer, failed: dict[str, str]
) -> tuple[Sheet, ...]:
    return tuple(_sheet(sheet, rows, known, failed) for sheet in sheets)


def _sheet(sheet: Sheet, rows: Mapping[str, list[Judgement]], known: Gazetteer, failed: dict[str, str]) -> Sheet:
    """One report's sheet with its decisions in effect; the same object where there are none."""
    for table in ROWS:
        key, gone, kept = TABLES[table][1], set(), []
        here = getattr(sheet, table)
        if not any(getattr(r, key) in rows for r in here):
            continue
        for row in here:
            acts = rows.get(getattr(row, key), ())
            if acts and acts[-1].act == "reject":
                gone.add(getattr(row, key))
            else:
                kept.append(_row(sheet, row, table, acts, known, failed))
        before, sheet = sheet, replace(sheet, **{table: tuple(kept)})  # type: ignore[arg-type]
        sheet = settled(before, without(sheet, before, table, gone))
    return sheet


def _row(
    sheet: Sheet, row: Any, table: str, acts: Sequence[Judgement], known: Gazetteer, failed: dict[str, str]
) -> Any:
    """A row with its corrections in it, and its why telling whose they are."""
    said = []
    for act in acts[:-1]:
        try:
            row = corrected(sheet, row, table, act.field or "", act.new, known)
            said.append(f"{act.field} corrected by {act.who}")
        except Unfollowable as reason:
            failed[act.judgement_id] = str(reason)
    verdict = acts[-1] if acts else None
    if verdict is not None and verdict.act in ("accept", "unsure"):
        said.append(f"{'accepted' if verdict.act == 'accept' else 'left open'} by {verdict.who}")
    if not said:
        return row
    note = "how" if table == "places" else "why"
    changes: dict[str, Any] = {note: "; ".join((getattr(row, note), *said))}
    vouched = verdict is not None and verdict.act in ("accept", "correct") and verdict.judgement_id not in failed
    if vouched and hasattr(row, "confidence"):
        changes["confidence"] = SURE
    return replace(row, **changes)


def _move(act: Judgement, row: str | None, places: _Places) -> Move | None:
    if row is None or act.field not in KINDS:
        return None
    if act.new is None:
        return Move(row, act.field, None)
    to = places.at(CLAIMS[KINDS[act.field]], act.new, act.target).row_id
    return Move(row, act.field, to) if to else None


def _lost(act: Judgement, places: _Places) -> str | None:
    """Why a decision on names or matters comes to nothing, where it does."""
    if act.act in PAIRS:
        away = [n for n in (act.old, act.new) if folded(n or "") not in places.names]
        return f"no report names {' or '.join(map(repr, away))}" if away else None
    if act.act == "move" and act.new is not None and act.field in KINDS:
        other = places.at(CLAIMS[KINDS[act.field]], act.new, act.target)
        return f"the claim it shall stand with: {other.why}" if other.row_id is None else None
    return None


def _decision(act: Judgement) -> Decision:
    return Decision(act.old or "", act.new or "", SAME if act.act == "merge" else DIFFERENT, act.who, act.reason or "")


def _decided(act: Judgement, found: Found, failure: str | None, disputed: bool) -> Decided:
    kept = act.anchor
    return Decided(
        judgement_id=act.judgement_id,
        who=act.who,
        decided_at=act.when,
        act=act.act,
        batch=act.batch,
        row_table=act.row_table,
        row_then=act.row_id,
        row_id=found.row_id,
        found="orphan" if failure else found.how,
        report_id=kept.report_id if kept else None,
        quote=kept.quote if kept else None,
        quote_start=kept.start if kept else None,
        quote_end=kept.end if kept else None,
        field=act.field,
        old=act.old,
        new=act.new,
        reason=act.reason,
        disputed=disputed,
        why=failure or found.why,
    )


def closed(decided: Sequence[Decided], ids: Mapping[str, frozenset[str]]) -> tuple[Decided, ...]:
    """The decisions once the comparison is done: those on rows that it makes are found, or are orphans.

    Args:
        decided: as `judged` gave them.
        ids: of the rows of each table that the comparison makes.
    """
    gone = "no such row any more: what it was made of has changed"
    return tuple(
        replace(d, found="orphan", row_id=None, why=gone)
        if d.found == "id" and d.row_table and d.row_id not in ids.get(d.row_table, {d.row_id})
        else replace(d, why=d.why or "found by its id")
        for d in decided
    )
