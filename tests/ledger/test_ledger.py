"""The ledger: sealed, read-only, never half written."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from onrecord.errors import BadLedger, CannotWrite
from onrecord.ledger.evidence import faults
from onrecord.ledger.store import Ledger, publish
from onrecord.records import Findings


def test_a_sound_ledger_has_no_faults(ledger: Path) -> None:
    with Ledger(ledger) as opened:
        assert list(faults(opened)) == []


@pytest.mark.parametrize("table", ["statements", "reports", "quantities"])
def test_a_changed_text_is_noticed(ledger: Path, tmp_path: Path, table: str) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(ledger, copy)
    with sqlite3.connect(copy) as db:
        db.execute(f"update {table} set text = replace(text, 'e', 'o') where id = 1")
    db.close()
    with Ledger(copy) as opened:
        assert any(f.startswith(table) for f in faults(opened))


def test_reports_come_back_as_they_went_in(ledger: Path, findings: Findings) -> None:
    with Ledger(ledger) as opened:
        assert sorted(opened.reports(), key=lambda r: r.report_id) == sorted(
            (s.report for s in findings.sheets), key=lambda r: r.report_id
        )


def test_a_ledger_cannot_be_written_through_its_reader(ledger: Path) -> None:
    with Ledger(ledger) as opened, pytest.raises(sqlite3.OperationalError):
        opened.db.execute("delete from reports")


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all, only words")
    sqlite3.connect(tmp_path / "other.db").close()
    for name in ("text.db", "other.db", "none.db"):
        with pytest.raises(BadLedger):
            Ledger(tmp_path / name)


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(findings: Findings, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        publish(tmp_path / "no" / "where" / "ledger.db", findings)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_ledger(
    ledger: Path, findings: Findings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "ledger.db"
    shutil.copy(ledger, target)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        publish(target, findings)
    assert target.read_bytes() == ledger.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["ledger.db"]


def test_search_finds_words_and_survives_odd_ones(ledger: Path) -> None:
    with Ledger(ledger) as opened:
        assert opened.search("barracks")
        assert opened.search('"unclosed OR (') == []
        assert opened.search("") == []
