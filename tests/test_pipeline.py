"""The pile decides, not its order, the number of workers, or one bad report."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.engines.limits import Limits
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


@pytest.mark.skipif(sys.platform == "win32", reason="one process holds time by a signal of POSIX")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # rung while garbage is collected
@pytest.mark.parametrize("workers", [1, 2])
def test_a_report_that_takes_too_long_is_skipped_and_its_row_says_where(workers: int) -> None:
    long = report_of("Mayor Hanne Lund said that the bridge was shut, and that the road was not. " * 20_000, name="r-2")
    short = [report_of(f"Mayor Hanne Lund said the bridge {k} was shut.", name=f"r-{k}") for k in (1, 3, 4)]
    found = build([short[0], long, *short[1:]], workers=workers, limits=Limits(seconds=4.0))
    assert [s.report.report_id for s in found.sheets] == ["r-1", "r-3", "r-4"]
    (skipped,) = found.run.skipped
    assert skipped.path == "r-2.txt"
    assert re.fullmatch(r"stage \w+: took longer than 4 seconds", skipped.reason)
    assert "--seconds" in skipped.hint
