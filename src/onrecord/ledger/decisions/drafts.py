"""Entries of the log, made of what somebody wants done with a row of a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import BadDecision, UnknownRow
from onrecord.ledger.decisions.anchors import anchor
from onrecord.ledger.decisions.corrections import Unfollowable, parsed, shown
from onrecord.ledger.decisions.follow import CLAIMS, ROWS
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger
from onrecord.matters.moves import KINDS
from onrecord.records import Anchor, Judgement

Row = dict[str, Any]
ON_ROWS = ("accept", "reject", "correct", "unsure")
ON_NAMES = {"merge": "merge", "accept": "merge", "split": "split", "reject": "split", "unsure": "unsure"}
ON_CLAIMS = ("statements", "quantities", "events")
OUT = frozenset({"", "none", "out"})
ACTS = ("accept", "reject", "correct", "unsure", "merge", "split", "move")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants done with one row."""

    who: str
    act: str
    row_id: str
    field: str | None = None
    new: str | None = None
    reason: str | None = None


def drafts(ledger: Ledger, wanted: Wanted, acts: Sequence[Judgement] = ()) -> list[Judgement]:
    """The entries that this comes to; several where a matter is taken apart.

    Args:
        ledger: where the row lies.
        wanted: what shall be done.
        acts: the log; a row that was rejected is in no ledger any more, but may be decided on again.

    Raises:
        UnknownRow: the ledger has no such row.
        BadDecision: this act cannot be done on it, or `field` and `new` do not say how.
    """
    found = ledger.find(wanted.row_id)
    if found is None and (again := _again(acts, wanted)):
        return [again]
    if found is None:
        raise UnknownRow(
            f"no row {wanted.row_id!r}",
            where=str(ledger.path),
            hint="ids are in the first column of onrecord show LEDGER TABLE",
        )
    table, row = found
    if table in ("doubts", "entities"):
        return [_names(ledger, table, row, wanted)]
    if wanted.act == "move" and table in ON_CLAIMS:
        return _moves(ledger, table, row, wanted)
    if wanted.act == "reject" and table == "matters":
        return _apart(ledger, row, wanted)
    allowed = ON_ROWS if table in ROWS else ("accept", "unsure")
    if wanted.act not in allowed:
        raise _bad(ledger, wanted, f"{table} take {', '.join(allowed)}" + (", move" if table in ON_CLAIMS else ""))
    field, old, new = _correction(ledger, table, row, wanted) if wanted.act == "correct" else (None, None, None)
    return [
        Judgement(
            who=wanted.who,
            act=wanted.act,
            row_table=table,
            row_id=wanted.row_id,
            anchor=anchored(ledger, table, row),
            field=field,
            old=old,
            new=new,
            reason=wanted.reason,
        )
    ]


def alike(
    ledger: Ledger, rows: Sequence[tuple[str, str]], who: str, act: str, reason: str | None = None
) -> list[Judgement]:
    """One act on many rows of reports, given as table and id; ids that are not there any more are passed over."""
    made = []
    for table, row_id in rows:
        assert table in ROWS and act in ("accept", "reject", "unsure"), (table, act)
        row = next(ledger.rows(table, f"{TABLES[table][1]} = ?", (row_id,)), None)
        if row is not None:
            kept = anchored(ledger, table, row)
            made.append(Judgement(who=who, act=act, row_table=table, row_id=row_id, anchor=kept, reason=reason))
    return made


def _again(acts: Sequence[Judgement], wanted: Wanted) -> Judgement | None:
    before = [a for a in acts if a.row_id == wanted.row_id and a.row_table in ROWS and a.act in ON_ROWS]
    if not before or wanted.act not in ("accept", "reject", "unsure"):
        return None
    last = before[-1]
    return Judgement(
        who=wanted.who,
        act=wanted.act,
        row_table=last.row_table,
        row_id=last.row_id,
        anchor=last.anchor,
        reason=wanted.reason,
    )


def anchored(ledger: Ledger, table: str, row: Row) -> Anchor | None:
    """Where a row of a report stands; None for rows that many reports make."""
    if table not in ROWS:
        return None
    start, end = (row["content"][0][0], row["content"][-1][1]) if table == "statements" else (row["start"], row["end"])
    return anchor(row["report_id"], _text(ledger, row["report_id"]), start, end)


def _text(ledger: Ledger, report_id: str) -> str:
    return str(next(ledger.rows("reports", "report_id = ?", (report_id,)))["text"])


def _bad(ledger: Ledger, wanted: Wanted, hint: str, what: str | None = None) -> BadDecision:
    return BadDecision(what or f"cannot {wanted.act} {wanted.row_id}", where=str(ledger.path), hint=hint)


def _correction(ledger: Ledger, table: str, row: Row, wanted: Wanted) -> tuple[str, str | None, str | None]:
    if wanted.field is None or wanted.new is None:
        raise _bad(
            ledger, wanted, "say what and how: --field speaker --new NAME", "a correction needs a field and a value"
        )
    try:
        new = parsed(table, wanted.field, wanted.new, _text(ledger, row["report_id"]))
    except Unfollowable as reason:
        raise _bad(ledger, wanted, "see `correct` in the codebook under `decisions`", str(reason)) from reason
    if wanted.field == "place" and table != "places" and new is not None:
        new = _place(ledger, row, wanted, new)
    return wanted.field, shown(table, wanted.field, row), new


def _place(ledger: Ledger, row: Row, wanted: Wanted, new: str) -> str:
    """The name of the place, which outlives its id; it must be one that the report names."""
    here = list(ledger.rows("places", "report_id = ?", (row["report_id"],)))
    for place in here:
        if new.casefold() in (place["place_id"], place["name"].casefold(), place["text"].casefold()):
            return str(place["name"])
    named = sorted({p["name"] for p in here})
    raise _bad(ledger, wanted, f"it names {', '.join(named) or 'none'}", f"the report names no place {new!r}")


def _names(ledger: Ledger, table: str, row: Row, wanted: Wanted) -> Judgement:
    """A pair of names that are one, or are not; the pair is kept as it was decided."""
    act = ON_NAMES.get(wanted.act)
    if act is None:
        raise _bad(ledger, wanted, f"{table} take merge, split, unsure")
    if table == "doubts":
        one, other = row["one"], row["other"]
    elif act == "unsure" or wanted.act == "accept":
        return Judgement(who=wanted.who, act=wanted.act, row_table=table, row_id=wanted.row_id, reason=wanted.reason)
    else:
        one, other = row["name"], _other(ledger, row, act, wanted)
    return Judgement(
        who=wanted.who,
        act=act,
        row_table=table,
        row_id=wanted.row_id,
        field="names",
        old=one,
        new=other,
        reason=wanted.reason,
    )


def _other(ledger: Ledger, row: Row, act: str, wanted: Wanted) -> str:
    if wanted.new is None:
        what = "the entity or name that it is one with" if act == "merge" else "the name that is not its"
        raise _bad(ledger, wanted, f"say --new: {what}")
    found = ledger.find(wanted.new)
    other = found[1]["name"] if found and found[0] == "entities" else wanted.new
    if act == "split" and other not in row["aliases"]:
        raise _bad(
            ledger,
            wanted,
            f"its other names are {', '.join(row['aliases']) or 'none'}",
            f"{other!r} is none of its names",
        )
    if other == row["name"]:
        raise _bad(ledger, wanted, "give another name", "this is the name itself")
    return str(other)


def _moves(ledger: Ledger, table: str, row: Row, wanted: Wanted) -> list[Judgement]:
    """A claim moved to the matter of another claim, or out of its matters."""
    claims = [c for c in KINDS if CLAIMS[KINDS[c]] == table]
    if wanted.new is None:
        raise _bad(ledger, wanted, "say --new: the id of a matter, or of a claim in it, or none")
    if wanted.new.lower() in OUT:
        held = _kinds(ledger, wanted.row_id)
        kinds = [k for k in held if wanted.field in (None, k)]
        if not kinds:
            raise _bad(ledger, wanted, "only a claim that is in a matter can leave it")
        return [_move(ledger, table, row, wanted, kind, None) for kind in kinds]
    kind, other = _target(ledger, wanted, claims)
    return [_move(ledger, table, row, wanted, kind, other)]


def _kinds(ledger: Ledger, claim: str) -> list[str]:
    sql = "select distinct kind from matters join matter_claims using (matter_id) where claim_id = ? order by kind"
    return [str(r["kind"]) for r in ledger.db.execute(sql, (claim,))]


def _target(ledger: Ledger, wanted: Wanted, kinds: Sequence[str]) -> tuple[str, str]:
    """The kind of the matter a claim is moved to, and one claim of it."""
    new = wanted.new or ""
    found = ledger.find(new)
    if found is None:
        raise _bad(ledger, wanted, "give the id of a matter, or of a claim in it", f"no row {new!r}")
    if found[0] == "matters":
        others = (c["claim_id"] for c in ledger.rows("matter_claims", "matter_id = ?", (new,)))
        kind, other = found[1]["kind"], next((c for c in others if c != wanted.row_id), "")
    else:
        kind = wanted.field or next((k for k in _kinds(ledger, new) if k in kinds), kinds[0])
        other = new
    target = ledger.find(other)
    if kind not in kinds or target is None or CLAIMS[KINDS[kind]] != target[0]:
        raise _bad(ledger, wanted, f"such a claim can stand in matters of kind {', '.join(kinds)}")
    return kind, other


def _move(ledger: Ledger, table: str, row: Row, wanted: Wanted, kind: str, other: str | None) -> Judgement:
    target = ledger.find(other) if other else None
    held = ledger.db.execute(
        "select matter_id from matter_claims join matters using (matter_id) where claim_id = ? and kind = ?",
        (row[TABLES[table][1]], kind),
    ).fetchone()
    return Judgement(
        who=wanted.who,
        act="move",
        row_table=table,
        row_id=row[TABLES[table][1]],
        anchor=anchored(ledger, table, row),
        field=kind,
        old=held["matter_id"] if held else None,
        new=other,
        target=anchored(ledger, *target) if target else None,
        reason=wanted.reason,
    )


def _apart(ledger: Ledger, matter: Row, wanted: Wanted) -> list[Judgement]:
    """A matter taken apart: each of its claims leaves it."""
    made = []
    for claim in ledger.rows("matter_claims", "matter_id = ?", (matter["matter_id"],)):
        found = ledger.find(claim["claim_id"])
        if found is not None:
            made.append(_move(ledger, *found, wanted, matter["kind"], None))
    return made
