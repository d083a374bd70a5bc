"""Two ledgers told apart: what came, went and changed, each with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.ledger.difference import Change, changes
from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build
from onrecord.records import Report
from onrecord.views.cli import cli
from tests.conftest import report_of

ONE = report_of("Hanne Lund said that 14 people were killed in Lenna on Monday.", name="r-1")
TWO = report_of("Rada Minic said that 31 people were killed in Lenna on Monday.", outlet="Valley Courier", name="r-2")


def made(folder: Path, name: str, reports: list[Report], reading: str = "bundled") -> Path:
    publish(folder / name, build(reports, reading=reading))
    return folder / name


def told(old: Path, new: Path) -> list[Change]:
    with Ledger(old) as one, Ledger(new) as two:
        return list(changes(one, two))


def test_a_ledger_does_not_differ_from_itself(ledger: Path) -> None:
    assert told(ledger, ledger) == []
    result = CliRunner().invoke(cli, ["diff", str(ledger), str(ledger)])
    assert (result.exit_code, result.output) == (0, "nothing differs\n")


def test_a_new_report_is_the_reason_of_its_rows_and_going_back_is_the_reverse(tmp_path: Path) -> None:
    old, new = made(tmp_path, "a.db", [ONE]), made(tmp_path, "b.db", [ONE, TWO])
    there, back = told(old, new), told(new, old)
    added = {c.row_id for c in there if c.kind == "added"}
    assert "r-2" in added and added == {c.row_id for c in back if c.kind == "removed"}
    said = [c for c in there if c.table == "statements"]
    assert [(c.kind, c.reason) for c in said] == [("added", "a report that is new")]
    assert {c.reason for c in back if c.table == "statements"} == {"a report that is gone"}


def test_another_reading_of_the_same_characters_is_a_change_and_not_a_loss(tmp_path: Path) -> None:
    old, new = made(tmp_path, "a.db", [ONE], "none"), made(tmp_path, "b.db", [ONE])
    said = [c for c in told(old, new) if c.table == "statements"]
    assert [c.kind for c in said] == ["changed"] and "confidence" in said[0].columns
    assert said[0].reason.startswith("read by other settings")


@pytest.mark.parametrize("table", ["statements", "reports"])
def test_the_command_tells_rows_and_ends_in_1(tmp_path: Path, table: str) -> None:
    old, new = made(tmp_path, "a.db", [ONE]), made(tmp_path, "b.db", [ONE, TWO])
    result = CliRunner().invoke(cli, ["diff", str(old), str(new), "--table", table, "--json"])
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 1 and rows and {r["table"] for r in rows} == {table}
    screen = CliRunner().invoke(cli, ["diff", str(old), str(new), "--table", table, "--limit", "1"]).output
    assert f"{table}: 1 added" in screen and "because: a report that is new" in screen
