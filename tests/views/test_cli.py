"""The command line as its user meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from onrecord.views.cli import cli, main
from tests.conftest import EXAMPLES


def run(*words: str, code: int = 0) -> str:
    """Runs a command, holds it to its exit code, gives what it printed."""
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == code, result.output
    return result.output


def test_build_says_what_a_person_wants_to_know(tmp_path: Path) -> None:
    target = str(tmp_path / "ledger.db")
    said = run("build", str(EXAMPLES), "-o", target)
    assert "10 reports (10 new), 7 outlets" in said
    assert "[contested, 2 origins]" in said
    assert "‹ Pavle Irsa" in said
    again = Path(target).read_bytes()
    assert "0 new reports" in run("build", str(EXAMPLES), "-o", target)
    assert Path(target).read_bytes() == again


def test_build_adds_what_is_new(tmp_path: Path) -> None:
    target, one = str(tmp_path / "ledger.db"), EXAMPLES / "10-wire-brief.txt"
    run("build", str(one), "-o", target, "--quiet")
    assert json.loads(run("build", str(EXAMPLES / "08-lift.txt"), "-o", target, "--json"))["reports"] == 2


def test_skipped_reports_are_named_and_the_exit_code_is_1(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    (tmp_path / "good.txt").write_text("Hanne Lund said the bridge was shut.")
    said = run("build", str(tmp_path), "-o", str(tmp_path / "l.db"), code=1)
    assert "bad.txt: NUL bytes in it: binary, or damaged text; " in said


def test_show_prints_any_table(ledger: Path) -> None:
    rows = [
        json.loads(line)
        for line in run("show", str(ledger), "matters", "--contested", "--json").splitlines()
        if line[0] == "{"
    ]
    assert rows and all(r["verdict"] in ("contested", "changed") for r in rows)
    assert "Pavle Irsa" in run("show", str(ledger), "statements", "--where", "speaker=Pavle Irsa")
    assert "report_id" in run("show", str(ledger), "reports", "--csv", "--limit", "1")


def test_filters_are_values_and_never_sql(ledger: Path) -> None:
    assert "0 rows" in run("show", str(ledger), "statements", "--where", "speaker=x' or '1'='1")


def test_why_shows_the_evidence(ledger: Path) -> None:
    lines = run("show", str(ledger), "statements", "--json").splitlines()
    row = next(r for line in lines if line[0] == "{" and "every roof" in (r := json.loads(line))["text"])
    said = run("why", str(ledger), row["statement_id"])
    assert "Border Post ‹ Border Post ‹ Lise Holm ‹ Sorrel" in said or "Border Post ‹ Lise Holm ‹ Sorrel" in said
    assert "{said}" in said
    matter = json.loads(run("show", str(ledger), "matters", "--contested", "--json").splitlines()[0])
    assert "origin:" in run("why", str(ledger), matter["matter_id"])


@pytest.mark.parametrize(
    "words",
    [
        ("show", "{}", "nothing"),
        ("show", "{}", "statements", "--where", "speaker or 1=1"),
        ("export", "{}", "csv", "-o", "x.csv", "--table", "statements", "--where", "speeker=Irsa"),
        ("export", "{}", "docx", "-o", "x.docx"),
        ("why", "{}", "s-0"),
        ("verify", "none.db"),
        ("build", "examples", "-o", "none.db", "--reading", "stanza"),
    ],
)
def test_wrong_use_ends_in_2_with_a_hint(
    ledger: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["onrecord", *(w.format(ledger) for w in words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "hint:" in capsys.readouterr().err


def test_exports_hold_every_row_and_quote_their_source(ledger: Path, tmp_path: Path) -> None:
    for name in ("jsonl", "csv", "parquet"):
        run("export", str(ledger), name, "-o", str(tmp_path / name))
    lines = [json.loads(line) for line in (tmp_path / "jsonl" / "statements.jsonl").read_text("utf-8").splitlines()]
    texts = {
        r["report_id"]: r["text"]
        for r in map(json.loads, (tmp_path / "jsonl" / "reports.jsonl").read_text("utf-8").splitlines())
    }
    assert all(s["text"] == " ".join(texts[s["report_id"]][a:b] for a, b in s["content"]) for s in lines)
    with (tmp_path / "csv" / "statements.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(lines)
    count = duckdb.sql(f"select count(*) from '{tmp_path / 'parquet' / 'statements.parquet'}'").fetchall()
    assert count == [(len(lines),)]


def test_export_writes_what_show_prints(ledger: Path, tmp_path: Path) -> None:
    where = ("--where", "speaker=Irsa", "--where", "sort=-said_from")
    shown = [
        json.loads(line)
        for line in run("show", str(ledger), "statements", *where, "--json").splitlines()
        if line[0] == "{"
    ]
    said = run("export", str(ledger), "jsonl", "-o", str(tmp_path / "irsa.jsonl"), "--table", "statements", *where)
    written = [json.loads(line) for line in (tmp_path / "irsa.jsonl").read_text("utf-8").splitlines()]
    assert f"{len(shown)} rows in" in said
    assert [r["statement_id"] for r in written] == [r["statement_id"] for r in shown]
    lines = run("export", str(ledger), "csv", "-o", "-", "--table", "matters").splitlines()
    assert len([line for line in lines if line.startswith("x-")]) == len(json_rows(ledger, "matters"))
    run("export", str(ledger), "sqlite", "-o", str(tmp_path / "d" / "x.db"), code=1)
    run("export", str(ledger), "csv", "-o", str(tmp_path / "t"), "--where", "speaker=Irsa", code=2)
    said = run("export", str(ledger), "acled", "-o", str(tmp_path), "--where", "type=ASSAULT")
    assert "left out: denied, so no act" in said and (tmp_path / "acled.csv").is_file()


def json_rows(ledger: Path, table: str) -> list[str]:
    return [line for line in run("show", str(ledger), table, "--json").splitlines() if line[0] == "{"]


def test_another_reading_reads_the_same_reports_anew(tmp_path: Path) -> None:
    target = tmp_path / "ledger.db"
    report = tmp_path / "one.txt"
    report.write_text(
        "General Pavle Irsa said on Friday that his men would never leave the valley.\n", encoding="utf-8"
    )
    run("build", str(report), "-o", str(target), "--reading", "none")
    assert "Nothing changed" in run("build", str(report), "-o", str(target), "--reading", "none")
    assert "Nothing changed" not in run("build", str(report), "-o", str(target))
    assert "Nothing changed" in run("build", str(report), "-o", str(target))


def test_verify_is_quiet_about_a_sound_ledger(ledger: Path) -> None:
    assert "sound" in run("verify", str(ledger))
