"""Spark gives the ledger of one machine, byte for byte. Skipped where PySpark or Java is absent.

To run it: pip install 'onrecord[spark]', Java 17 or newer, then pytest tests/spread. Each session is a process of its own.
Larger piles, and an executor killed midway: python -m bench.engines REPORTS.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from onrecord.errors import BadTables, MissingEngine
from onrecord.ledger.store import Ledger, publish
from onrecord.pipeline import build, made_by
from onrecord.reports import read
from onrecord.spread.folder import ABOUT, Slice, Tables, is_tables
from onrecord.views.cli import cli
from tests.conftest import EXAMPLES

HERE = importlib.util.find_spec("pyspark") and importlib.util.find_spec("pyarrow") and shutil.which("java")
spark = pytest.mark.skipif(not HERE, reason="needs pip install 'onrecord[spark]' and Java 17")
SLICES = "3"


def command(*words: str) -> list[str]:
    """The command line that spreads reports over two threads, by rules alone."""
    return [sys.executable, "-m", "onrecord", "spark", *words, "--master", "local[2]", "--fast"]


def run(*words: str) -> str:
    """What the command says on both streams; it must not fail."""
    done = subprocess.run(command(*words), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr[-3000:]
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example pile, with lines of JSON and a double beside it."""
    folder = tmp_path_factory.mktemp("pile") / "reports"
    shutil.copytree(EXAMPLES, folder)
    lines = [{"text": f"The mayor said bridge {k} at Kessa was shut.", "outlet": "Border Post"} for k in range(6)]
    (folder / "more.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    shutil.copy(EXAMPLES / "08-lift.txt", folder / "99-double.txt")
    (folder / "noise.bin").write_bytes(b"\x00\x01\x02")
    return folder


@pytest.fixture(scope="module")
def tables(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of that pile: the command was killed once, and given again."""
    folder = tmp_path_factory.mktemp("tables") / "tables"
    words = (str(pile), "-o", str(folder), "--slices", SLICES)
    process = subprocess.Popen(
        command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < deadline:
        if list(folder.glob("work/*/alone/slice-*/_SUCCESS")):
            os.killpg(process.pid, 9)
        time.sleep(0.05)
    process.wait()
    done = len(list(folder.glob("work/*/alone/slice-*/_SUCCESS")))
    assert done and not is_tables(folder)
    assert f"{done} of {SLICES} slices were finished before" in run(*words)
    return folder


@spark
def test_the_ledger_of_the_tables_is_the_ledger_of_the_files(pile: Path, tables: Path, tmp_path: Path) -> None:
    read([str(pile)])  # what it imports counts as time to read a file, and a busy machine takes long for it
    received = read([str(pile)])
    publish(tmp_path / "here.db", build(received.reports, received.skipped, reading="none"))
    done = CliRunner().invoke(cli, ["build", str(tables), "-o", str(tmp_path / "there.db"), "--quiet"])
    assert done.exit_code == 1, done.output  # the noise was skipped
    assert (tmp_path / "there.db").read_bytes() == (tmp_path / "here.db").read_bytes()


@spark
def test_the_tables_hold_what_the_ledger_holds(tables: Path, tmp_path: Path) -> None:
    CliRunner().invoke(cli, ["build", str(tables), "-o", str(tmp_path / "l.db"), "--quiet"])
    with Ledger(tmp_path / "l.db") as ledger:
        for name, columns in (
            ("reuse", "reuse_id, why"),
            ("statements", "statement_id, text"),
            ("places", "place_id, name"),
        ):
            files = str(tables / "tables" / name / "**" / "*.parquet")
            rows = duckdb.sql(f"select {columns} from read_parquet('{files}') order by 1").fetchall()
            assert rows == [tuple(row) for row in ledger.db.execute(f"select {columns} from {name} order by 1")] != []


@spark
def test_a_second_run_finds_all_done(pile: Path, tables: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in tables.glob("work/*/alone/*/*.parquet")}
    said = run(str(pile), "-o", str(tables), "--slices", SLICES)
    assert f"{SLICES} of {SLICES} slices were finished before" in said
    assert {p: p.stat().st_mtime_ns for p in tables.glob("work/*/alone/*/*.parquet")} == before


@spark
def test_a_slice_is_the_reports_of_its_days_and_place(tables: Path) -> None:
    everything = Tables(tables, Slice()).reports()
    days = sorted(r.published for r in everything if r.published)
    some = Tables(tables, Slice(since=days[1][:10], until=days[1][:10])).reports()
    assert some == tuple(r for r in everything if r.published and r.published[:10] == days[1][:10])
    assert Tables(tables, Slice(place="Atlantis")).reports() == ()


@spark
def test_tables_of_another_version_are_refused(tables: Path) -> None:
    opened = Tables(tables, Slice())
    opened.must_be_of(made_by("none"))
    with pytest.raises(BadTables, match="made with another version"):
        opened.must_be_of({**made_by("none"), "version": "0.0.0"})


def test_without_spark_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.engines.spark import start

    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingEngine, match=r"onrecord\[spark\]"):
        start("local[2]")


@pytest.mark.skipif(not importlib.util.find_spec("pyspark"), reason="needs pip install 'onrecord[spark]'")
def test_without_java_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.engines.spark import start

    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingEngine, match="Java 17"):
        start("local[2]")


def test_a_folder_that_is_no_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / ABOUT).write_text('{"kind": "something"}', encoding="utf-8")
    with pytest.raises(BadTables, match="no whole folder of tables"):
        Tables(tmp_path, Slice())


def test_days_and_places_are_asked_of_tables_only(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["build", str(EXAMPLES), "-o", str(tmp_path / "l.db"), "--from", "2024-03-01"])
    assert done.exit_code == 2
    assert "onrecord spark makes" in done.output
