"""What a cluster does, done here without one: the SQL by DuckDB, the groups one by one, give the rows of one machine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
import pytest

from onrecord.ledger.shape import row_of
from onrecord.matters.families import families
from onrecord.matters.imprint import imprint
from onrecord.matters.postings import Pile, blocks, gather, shingles
from onrecord.matters.reuse import reuse
from onrecord.passages import passages
from onrecord.records import Sheet, Skipped
from onrecord.spread.alone import outcome_of, report_of, row_for, sheet_of
from onrecord.spread.shared import KIN, RUNS, _judge, _roots, _statement
from tests.conftest import report_of as made_report
from tests.conftest import sheet_of as made_sheet
from tests.matters.piles import pile


def runs_of(made: Pile) -> tuple[list[dict[str, Any]], list[int]]:
    """The runs that the statements give, and the family of each report."""
    mixed, whole = shingles(made)
    at = np.flatnonzero(whole)
    owner = made.owner[at]
    numbers = np.arange(len(made.reports))
    con = duckdb.connect(config={"threads": 1})
    con.register("raw", {"h": mixed[at].view(np.int64), "doc": owner.astype(np.int64), "pos": at - made.first[owner]})
    con.register("lengths", {"doc": numbers, "words": made.sizes})
    con.execute(f"create table shingles as {_statement('shared_shingles')}")
    roots = _roots(con.execute(_statement("strong_pairs"), KIN).fetchall())
    kin = [roots.get(k, k) for k in range(len(made.reports))]
    con.register("families", {"doc": numbers, "family": np.array(kin), "words": made.sizes})
    names = ("a", "b", "a_first", "b_first", "words")
    found = [dict(zip(names, row, strict=True)) for row in con.execute(_statement("runs"), RUNS).fetchall()]
    con.close()
    return found, kin


def renamed(sheets: list[Sheet]) -> list[Sheet]:
    """The same reports under other ids."""
    reports = [replace(s.report, report_id=f"s-{s.report.report_id}") for s in sheets]
    return [Sheet(report=report, passages=passages(report)) for report in reports]


@pytest.mark.parametrize("seed", [1, 7, 23])
def test_groups_judged_apart_give_the_rows_of_the_whole(seed: int) -> None:
    sheets = sorted([*pile(seed), *renamed(pile(seed + 100))], key=lambda s: s.report.report_id)
    made = gather(imprint(sheet) for sheet in sheets)
    found, kin = runs_of(made)
    assert kin == families(made, blocks(made)).tolist()
    groups = _roots((row["a"], row["b"]) for row in found)
    assert len(set(groups.values())) > 1
    rows = []
    for group in sorted(set(groups.values())):
        inside = [k for k, root in groups.items() if root == group]
        members = [{"doc": k, "family": kin[k], **row_for(sheets[k].report, sheets[k])} for k in reversed(inside)]
        rows += list(_judge(members, [row for row in reversed(found) if groups[row["a"]] == group]))
    expected = [row_of(row) for row in reuse(sheets)]
    assert expected
    assert sorted(rows, key=lambda r: str(r["reuse_id"])) == sorted(expected, key=lambda r: str(r["reuse_id"]))


def test_an_outcome_comes_back_from_its_line() -> None:
    sheet = made_sheet('Mayor Hanne Lund said the bridge at Kessa was shut. "It is shut," she said.')
    row = row_for(sheet.report, sheet)
    assert report_of(row["report"]) == sheet.report
    assert sheet_of(row) == sheet
    lost = Skipped(path="r-0.txt", reason="took longer than 2 seconds", hint="split it")
    row = row_for(made_report("The bridge is shut."), lost)
    assert sheet_of(row) is None
    assert outcome_of(report_of(row["report"]), row["outcome"]) == lost


def test_a_sheet_says_what_stands_apart() -> None:
    sheets: list[Sheet] = pile(3)
    sheet = next(s for s in sheets if s.passages)
    apart = row_for(sheet.report, sheet)["apart"]
    assert len(apart) % 2 == 0


def test_roots_are_the_least_of_what_hangs_together() -> None:
    assert _roots([(5, 3), (3, 9), (7, 8)]) == {3: 3, 5: 3, 9: 3, 7: 7, 8: 7}
