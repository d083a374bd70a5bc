"""The pile decides, not its order, the number of workers, or one bad report."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.ledger.store import publish
from onrecord.pipeline import build
from onrecord.records import Findings, Sheet, Skipped
from onrecord.reports import read
from tests.conftest import EXAMPLES, report_of


def test_the_order_of_reports_changes_no_byte(findings: Findings, ledger: Path, tmp_path: Path) -> None:
    reports = list(read([str(EXAMPLES)]).reports)
    random.Random(3).shuffle(reports)
    publish(tmp_path / "again.db", build(reports))
    assert (tmp_path / "again.db").read_bytes() == ledger.read_bytes()


def test_a_pool_finds_what_one_process_finds() -> None:
    reports = [
        report_of(f'Mayor Hanne Lund said the bridge {k} was shut. "It is shut," she said.', name=f"r-{k}")
        for k in range(70)
    ]
    assert build(reports, workers=2) == build(reports, workers=1)


def test_a_stage_that_breaks_costs_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(sheet: Sheet) -> tuple[()]:
        if "bridge" in sheet.report.text:
            raise ValueError("no bridges")
        return ()

    monkeypatch.setattr(pipeline, "ALONE", (*pipeline.ALONE[:-1], ("quantities", broken)))
    found = build([report_of("The bridge is shut.", name="r-1"), report_of("The road is shut.", name="r-2")])
    assert [s.report.report_id for s in found.sheets] == ["r-2"]
    assert found.run.skipped == (
        Skipped(
            path="r-1.txt", reason="stage quantities: ValueError: no bridges", hint="please report this text as a bug"
        ),
    )


def test_an_empty_pile_is_an_empty_ledger(tmp_path: Path) -> None:
    publish(tmp_path / "none.db", build([]))
    assert (tmp_path / "none.db").stat().st_size > 0
