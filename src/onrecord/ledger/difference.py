"""What differs between two ledgers, row by row, each with the reason: a report came or went, a person decided, or the
program read otherwise.

Rows are matched by id. A row whose id is gone is matched with a new one that stands on the same characters, a matter
with a new one that holds most of its claims: that is a change, not a loss and a gain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.ledger.shape import TABLES, Row
from onrecord.ledger.store import Ledger

Kind = Literal["added", "removed", "changed"]
MADE_BY = {"version": "another version", "code_hash": "other code", "settings": "other settings", "words_hash": "other word tables", "model_hash": "another model"}  # fmt: skip
# Where a report lies tells nothing about what it says; claims are told with their matters.
PASSED_OVER = {"reports": ("path",), "statements": (), "runs": ()}
FOLDED = ("matter_claims", "decisions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that differs."""

    table: str
    kind: Kind
    row_id: str  # in the newer ledger; in the older one where it was removed
    was: str | None = None  # its id in the older ledger, where that differs
    columns: Mapping[str, tuple[Any, Any]]  # what changed: older and newer value; empty for rows added or removed
    told: str  # the row in its own words
    reason: str


def changes(old: Ledger, new: Ledger) -> Iterator[Change]:
    """Every row that differs, in the order of the tables, then of the ids.

    Columns that only one of the ledgers has (another version made it) are not compared.
    """
    known = _Both(old, new)
    for table in TABLES:
        if table not in FOLDED:
            yield from _of_table(table, known)


class _Both:
    """Two ledgers, and what explains their differences."""

    def __init__(self, old: Ledger, new: Ledger) -> None:
        self.old, self.new = old, new
        before, after = (set(self.rows(ledger, "reports")) for ledger in (old, new))
        self.came, self.went = after - before, before - after
        self.run = _run(old, new)
        self.decided = _decided(old, new)
        self.claims = {ledger: _claims(ledger) for ledger in (old, new)}

    def rows(self, ledger: Ledger, table: str) -> dict[str, Row]:
        """The rows of a table by id; none where an older ledger has no such table."""
        key = TABLES[table][1]
        return {row[key]: row for row in ledger.rows(table)} if ledger.columns(table) else {}


def _run(old: Ledger, new: Ledger) -> str:
    """How the two were made differently, "" where they were not."""
    one, two = next(old.rows("runs")), next(new.rows("runs"))
    found = [says for column, says in MADE_BY.items() if one.get(column) != two.get(column)]
    if one["version"] != two["version"]:
        found[0] = f"another version ({one['version']}, now {two['version']})"
    return ", ".join(found)


def _decided(old: Ledger, new: Ledger) -> dict[str, str]:
    """By row: what people decided on it that stands in one ledger only."""
    sets = [
        {d["judgement_id"]: d for d in ledger.rows("decisions")} if ledger.columns("decisions") else {}
        for ledger in (old, new)
    ]
    found: dict[str, str] = {}
    for here, there, says in ((sets[0], sets[1], "no longer decided"), (sets[1], sets[0], "decided")):
        for key, d in here.items():
            for row in {d["row_id"], d["row_then"]} - {None} if key not in there else ():
                found[row] = f"{says}: {d['act']} by {d['who']}" + (f" ({d['reason']})" if d["reason"] else "")
    return found


def _claims(ledger: Ledger) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for claim in ledger.rows("matter_claims"):
        held[claim["matter_id"]].add(claim["claim_id"])
    return {matter: frozenset(claims) for matter, claims in held.items()}


def _of_table(table: str, both: _Both) -> Iterator[Change]:
    before, after = both.rows(both.old, table), both.rows(both.new, table)
    gone = {k: row for k, row in before.items() if k not in after}
    fresh = {k: row for k, row in after.items() if k not in before}
    pairs = {k: k for k in before if k in after} | dict(_matched(table, gone, fresh, both))
    for was, now in sorted(pairs.items(), key=lambda pair: pair[1]):
        if columns := _unlike(table, before[was], after[now], both):
            reason = _reason(table, after[now], (was, now), columns, both)
            yield Change(
                table=table,
                kind="changed",
                row_id=now,
                was=was if was != now else None,
                columns=columns,
                told=_told(table, after[now], both.new),
                reason=reason,
            )
    for kind, ledger, rows, matched in (
        ("removed", both.old, gone, set(pairs)),
        ("added", both.new, fresh, set(pairs.values())),
    ):
        for row_id in sorted(set(rows) - matched):
            row = rows[row_id]
            reason = _reason(table, row, (row_id,), {}, both)
            told = _told(table, row, ledger)
            yield Change(table=table, kind=kind, row_id=row_id, columns={}, told=told, reason=reason)  # type: ignore[arg-type]


def _matched(table: str, gone: Mapping[str, Row], fresh: Mapping[str, Row], both: _Both) -> Iterator[tuple[str, str]]:
    """Rows under a new id that are the same: on the same characters, or with most of the claims."""
    if table == "matters":
        yield from _same_matters(gone, fresh, both)
        return
    by_report: dict[str, list[str]] = defaultdict(list)
    for key, row in fresh.items():
        by_report[row.get("report_id") or ""].append(key)
    taken: set[str] = set()
    for was, row in gone.items():
        extent = _extent(row)
        near = [k for k in by_report.get(row.get("report_id") or "", ()) if k not in taken] if extent else []
        shared = [(_shared(extent, _extent(fresh[k])), k) for k in near]
        best = max(shared, default=(0.0, ""), key=lambda s: (s[0], s[1]))
        if best[0] > 0.5:
            taken.add(best[1])
            yield was, best[1]


def _same_matters(gone: Mapping[str, Row], fresh: Mapping[str, Row], both: _Both) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for was in gone:
        held = both.claims[both.old].get(was, frozenset())
        near = [(len(held & both.claims[both.new].get(k, frozenset())), k) for k in fresh if k not in taken]
        most, now = max(near, default=(0, ""))
        if most * 2 > len(held):
            taken.add(now)
            yield was, now


def _extent(row: Row) -> tuple[int, int] | None:
    """First and last character a row of one report stands on."""
    if "content" in row:
        return row["content"][0][0], row["content"][-1][1]
    return (row["start"], row["end"]) if "start" in row and "report_id" in row else None


def _shared(one: tuple[int, int] | None, two: tuple[int, int] | None) -> float:
    """Characters in common, as a share of those of both."""
    if one is None or two is None:
        return 0.0
    common = min(one[1], two[1]) - max(one[0], two[0])
    return max(0, common) / (max(one[1], two[1]) - min(one[0], two[0]))


def _unlike(table: str, before: Row, after: Row, both: _Both) -> dict[str, tuple[Any, Any]]:
    passed = {TABLES[table][1], *PASSED_OVER.get(table, ())}
    found = {c: (before[c], after[c]) for c in after if c in before and c not in passed and before[c] != after[c]}
    if table == "matters":
        one = both.claims[both.old].get(before["matter_id"], frozenset())
        two = both.claims[both.new].get(after["matter_id"], frozenset())
        if one != two:
            found["claims"] = (sorted(one - two), sorted(two - one))
    return found


def _reason(table: str, row: Row, ids: Iterable[str], columns: Mapping[str, tuple[Any, Any]], both: _Both) -> str:
    """Why it differs, the surest reason first."""
    reports = {row[c] for c in ("report_id", "from_report", "to_report") if row.get(c)}
    if reports & both.came:
        return "a report that is new"
    if reports & both.went:
        return "a report that is gone"
    if decided := next((both.decided[i] for i in ids if i in both.decided), None):
        return decided
    if "claims" in columns:
        gone, came = columns["claims"]
        return f"{len(came)} claims more, {len(gone)} fewer"
    if both.run:
        return f"read by {both.run}"
    moved = [f"{len(both.came)} reports new" if both.came else "", f"{len(both.went)} gone" if both.went else ""]
    return (
        ", ".join(filter(None, [*moved, "other decisions" if both.decided else ""]))
        or "the same reports, read otherwise"
    )


def _told(table: str, row: Row, ledger: Ledger) -> str:
    """A row in its own words: the first of its columns that a person can read."""
    words = {"statements": ("speaker", "text"), "events": ("type", "text"), "matters": ("question", "verdict"), "reuse": ("from_report", "to_report")}  # fmt: skip
    chosen = words.get(table, ("title", "name", "text", "question", "one", "other", "role", "path"))
    return (
        ": ".join(" ".join(str(row[c]).split()) for c in chosen if row.get(c)) if table != "reports" else _report(row)
    )


def _report(row: Row) -> str:
    return f"{row['outlet'] or 'unknown outlet'}, {row['published'] or 'no date'}, {row['title'] or row['path'] or row['url']}"
