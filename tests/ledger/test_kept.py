"""Raw copies: kept by their hash, logged line by line, and every change to them named."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.errors import CannotWrite
from onrecord.ledger.kept import LOG, Kept, beside
from onrecord.ledger.store import Ledger
from onrecord.reports import read
from onrecord.views.cli import cli
from tests.reports.samples import SAID, zipped


def run(*words: str | Path) -> Result:
    """A command of ours."""
    return CliRunner().invoke(cli, [str(w) for w in words])


@pytest.fixture()
def built(tmp_path: Path) -> Path:
    """A ledger of three files, one of them an archive, with copies kept."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(SAID)
    (folder / "b.txt").write_text("The school at Kessa is open, the mayor said on Tuesday.")
    (folder / "c.zip").write_bytes(
        zipped({"one.txt": b"The road is open, she said.", "two.txt": b"It rained, he said."})
    )
    (folder / "manifest.csv").write_text("file,outlet\na.txt,Border Post\n")
    ledger = tmp_path / "ledger.db"
    result = run("build", folder, "-o", ledger, "--keep", "--operator", "Hanne Lund", "--reading", "none", "--quiet")
    assert result.exit_code == 0, result.output
    return ledger


def test_every_file_has_a_copy_and_a_line(built: Path) -> None:
    kept = Kept(beside(built))
    entries = list(kept.entries())
    assert [e["item"] for e in entries] == ["manifest.csv", "a.txt", "b.txt", "c.zip"]
    for entry in entries:
        source = Path(entry["source"])
        assert kept.place(entry["sha256"]).read_bytes() == source.read_bytes()
        assert entry["size"] == source.stat().st_size
        assert (entry["operator"], entry["method"]) == ("Hanne Lund", "copied")
        assert entry["program"].startswith("onrecord ")
        assert datetime.fromisoformat(entry["time"]).tzinfo == UTC
    with Ledger(built) as ledger:
        hashes = {row["path"]: row["source_sha256"] for row in ledger.rows("reports")}
    assert hashes["c.zip/one.txt"] == hashes["c.zip/two.txt"] == entries[3]["sha256"]
    assert run("verify", built, "--sources", built.parent / "in").exit_code == 0


def test_the_ledger_knows_neither_clock_nor_person(built: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / "in"
    shutil.copytree(built.parent / "in", moved)
    other = tmp_path / "other.db"
    run("build", moved, "-o", other, "--reading", "none", "--quiet")
    assert other.read_bytes() == built.read_bytes()
    assert not beside(other).exists()


def test_building_again_adds_no_line(built: Path) -> None:
    log = (beside(built) / LOG).read_bytes()
    run("build", built.parent / "in", "-o", built, "--keep", "--reading", "none", "--quiet")
    assert (beside(built) / LOG).read_bytes() == log
    (built.parent / "in" / "d.txt").write_text("A fourth one, she said.")
    run("build", built.parent / "in", "-o", built, "--keep", "--reading", "none", "--quiet", "--operator", "")
    lines = [json.loads(line) for line in (beside(built) / LOG).read_bytes().splitlines()]
    assert [e["item"] for e in lines][4:] == ["d.txt"]
    assert lines[4]["operator"] is None
    assert run("verify", built).exit_code == 0


def test_raw_copies_are_no_reports_of_their_own(built: Path) -> None:
    found = read([str(built.parent)])
    assert sorted(r.path or "" for r in found.reports) == [
        "in/a.txt",
        "in/b.txt",
        "in/c.zip/one.txt",
        "in/c.zip/two.txt",
    ]


def test_verify_names_a_copy_of_which_one_byte_has_changed(built: Path) -> None:
    for path in sorted(beside(built).glob("*/*")):
        whole = path.read_bytes()
        path.chmod(0o644)
        for at in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            result = run("verify", built)
            assert result.exit_code == 1
            assert path.name in result.output and "changed since it was kept" in result.output
            assert len(result.output.splitlines()) == 1
        path.write_bytes(whole)
    assert run("verify", built).exit_code == 0


def test_verify_names_a_copy_that_is_lost_or_that_nobody_logged(built: Path) -> None:
    first, second, *_ = sorted(beside(built).glob("*/*"))
    first.unlink()
    stray = second.with_name("0" * 64)
    stray.write_bytes(b"x")
    told = run("verify", built).output
    assert f"{first.name}: lost; the log has it for" in told
    assert f"{stray.name}: named by no line of the log" in told


@pytest.mark.parametrize("how", ["changed", "taken out", "put in", "turned round"])
def test_verify_names_a_log_that_was_changed(built: Path, how: str) -> None:
    log = beside(built) / LOG
    lines = log.read_bytes().splitlines(keepends=True)
    changed = {
        "changed": [lines[0].replace(b"Hanne Lund", b"Somebody"), *lines[1:]],
        "taken out": [lines[0], *lines[2:]],
        "put in": [lines[0], lines[0], *lines[1:]],
        "turned round": [lines[1], lines[0], *lines[2:]],
    }
    log.write_bytes(b"".join(changed[how]))
    result = run("verify", built)
    assert result.exit_code == 1
    assert f"{LOG}:" in result.output


def test_a_line_cut_short_by_a_crash_is_ended_and_named(built: Path) -> None:
    log = beside(built) / LOG
    with log.open("ab") as out:
        out.write(b'{"item": "cut')
    (built.parent / "in" / "d.txt").write_text("A fourth one, she said.")
    assert run("build", built.parent / "in", "-o", built, "--keep", "--reading", "none", "--quiet").exit_code == 0
    assert [e["item"] for e in Kept(beside(built)).entries()][-1] == "d.txt"
    assert f"{LOG}:5" in run("verify", built).output


def test_verify_with_sources_names_files_that_changed_or_are_gone(built: Path) -> None:
    folder = built.parent / "in"
    whole = (folder / "a.txt").read_bytes()
    (folder / "a.txt").write_bytes(whole[:-1] + b"!")
    (folder / "b.txt").unlink()
    (folder / "c.zip").write_bytes((folder / "c.zip").read_bytes() + b"\0")
    result = run("verify", built, "--sources", folder)
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 3
    assert "a.txt: changed since it was read" in result.output
    assert "b.txt: not there" in result.output
    assert "c.zip: changed since it was read" in result.output
    (folder / "a.txt").write_bytes(whole)
    assert "a.txt" not in run("verify", built, "--sources", folder).output


def test_a_copy_that_cannot_be_kept_ends_in_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.ledger.kept.os.fsync", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        Kept(tmp_path / "l.raw").copied("a.txt", "/a.txt", b"x")
    assert not list(tmp_path.glob("l.raw/*"))


def test_a_name_in_a_log_leads_nowhere(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "l.raw")
    kept.folder.mkdir()
    evil = {
        "item": "https://a.example/",
        "sha256": "../../etc/passwd",
        "status": 200,
        "headers": [],
        "hops": [],
        "source": "x",
    }
    (kept.folder / LOG).write_text(json.dumps(evil) + "\n[1]\n{}\nnonsense\n")
    assert list(kept.entries()) == []
    assert kept.earlier("https://a.example/") is None
