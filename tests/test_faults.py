"""Whatever happens to a build, the ledger is whole, the reason is said, and nothing is left lying about."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench.kill import command, lies, pile, quiet, trial
from click.testing import CliRunner

from onrecord.errors import CannotWrite
from onrecord.views.cli import cli
from tests.conftest import EXAMPLES

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
# RLIMIT_FSIZE is a disk that is full for files of more than so many bytes; Python ignores the signal that comes with it.
SMALL_DISK = "import resource,sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),)*2); sys.argv=sys.argv[2:]; from onrecord.views.cli import main; main()"


def build(*words: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `onrecord build` in a process of its own, on a disk that is full for files above a size."""
    start = ["-m", "onrecord"] if limit is None else ["-c", SMALL_DISK, str(limit), "onrecord"]
    line = [sys.executable, *start, "build", *words, "--reading", "none"]
    return subprocess.run(line, capture_output=True, text=True, check=False)


@posix
@pytest.mark.parametrize("limit", [3_000, 60_000], ids=["no room for what is kept", "no room for the ledger"])
def test_a_full_disk_is_said_and_the_ledger_stays(tmp_path: Path, limit: int) -> None:
    ledger = tmp_path / "l.db"
    assert build(str(EXAMPLES / "08-lift.txt"), "-o", str(ledger)).returncode == 0
    before = ledger.read_bytes()
    ended = build(str(EXAMPLES), "-o", str(ledger), limit=limit)
    assert ended.returncode == 2
    assert re.search(r"(File too large|disk I/O error|disk is full)\n  hint: .*room", ended.stderr), ended.stderr
    assert "Traceback" not in ended.stderr
    assert ledger.read_bytes() == before
    assert lies(tmp_path) == {"l.db", "l.db.work"}
    assert not list(tmp_path.rglob("*.part"))
    assert build(str(EXAMPLES), "-o", str(ledger)).returncode == 0
    assert build(str(EXAMPLES), "-o", str(tmp_path / "m.db")).returncode == 0
    assert ledger.read_bytes() == (tmp_path / "m.db").read_bytes()


def test_no_space_left_while_cells_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    words = ["build", str(EXAMPLES / "08-lift.txt"), "-o", str(tmp_path / "l.db"), "--reading", "none"]
    ended = CliRunner().invoke(cli, words)
    assert isinstance(ended.exception, CannotWrite)
    assert ended.exception.what == "No space left on device"
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_said_before_anything_is_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        ended = build(str(EXAMPLES), "-o", str(tmp_path / "l.db"))
        assert (ended.returncode, "Permission denied" in ended.stderr) == (2, True)
        assert list(tmp_path.iterdir()) == []
    finally:
        tmp_path.chmod(0o755)


def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def barred(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("os.open", barred)
    ended = CliRunner().invoke(cli, ["build", str(EXAMPLES), "-o", str(tmp_path / "l.db"), "--reading", "none"])
    assert isinstance(ended.exception, CannotWrite)
    assert ended.exception.what == "Read-only file system"
    assert list(tmp_path.iterdir()) == []


@posix
def test_two_writers_end_in_one_ledger(tmp_path: Path) -> None:
    reports, ledger = pile(tmp_path / "reports.jsonl", 30), tmp_path / "l.db"
    words = command(reports, ledger, 1, "none")
    with subprocess.Popen(words, stderr=subprocess.PIPE) as one, subprocess.Popen(words, stderr=subprocess.PIPE) as two:
        said = one.communicate()[1] + two.communicate()[1]
    codes = sorted((one.returncode, two.returncode))
    assert codes == [0, 0] or (codes == [0, 2] and b"another build holds it: process" in said)
    with subprocess.Popen([*words, "--wait", "60"]) as one, subprocess.Popen([*words, "--wait", "60"]) as two:
        pass
    assert (one.returncode, two.returncode) == (0, 0)
    quiet(command(reports, tmp_path / "m.db", 1, "none"))
    assert ledger.read_bytes() == (tmp_path / "m.db").read_bytes()
    assert lies(tmp_path) == {"reports.jsonl", "l.db", "l.db.work", "m.db", "m.db.work"}


@posix
def test_a_kill_at_any_moment_changes_no_byte(tmp_path: Path) -> None:
    reports, ledger = pile(tmp_path / "reports.jsonl", 140), tmp_path / "l.db"
    seconds = quiet(command(reports, ledger, 1, "none"))
    draw, kills = random.Random(5), 0
    while kills < 20:
        hits, fault = trial(reports, ledger.read_bytes(), seconds, draw, 1, "none", row=5)
        assert fault is None
        kills += hits


@posix
def test_the_workers_of_a_killed_build_end_and_the_next_one_goes_on(tmp_path: Path) -> None:
    reports, ledger = pile(tmp_path / "reports.jsonl", 70), tmp_path / "l.db"
    words = command(reports, ledger, 2, "none")
    with subprocess.Popen(words) as process:
        children: list[int] = []
        while not children and process.poll() is None:
            time.sleep(0.01)
            children = _children(process.pid)
        process.kill()
    until = time.monotonic() + 20
    while any(_runs(pid) for pid in children) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in children if _runs(pid)]
    quiet(words)
    quiet(command(reports, tmp_path / "m.db", 1, "none"))
    assert ledger.read_bytes() == (tmp_path / "m.db").read_bytes()


@posix
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_cleanly_and_keeps_what_was_read(tmp_path: Path, workers: int) -> None:
    reports, ledger = pile(tmp_path / "reports.jsonl", 200), tmp_path / "l.db"
    words = command(reports, ledger, workers, "none")
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(tmp_path.rglob("*.cell")):
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
    assert (process.returncode, said) == (
        130,
        "stopped; what has been read is kept, and the same command goes on from there\n",
    )
    assert lies(tmp_path) == {"reports.jsonl", "l.db.work"}
    ended = subprocess.run(
        [w for w in words if w != "--quiet"] + ["--json"], capture_output=True, text=True, check=True
    )
    told = json.loads(ended.stdout)
    assert told["kept"] >= 64
    assert told["read"] + told["kept"] == 200


def _children(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in told.stdout.split()]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_seed_of_hashes_decides_nothing(tmp_path: Path, ledger: Path, seed: str) -> None:
    words = [sys.executable, "-m", "onrecord", "build", str(EXAMPLES), "-o", str(tmp_path / "l.db"), "--quiet"]
    subprocess.run(words, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert (tmp_path / "l.db").read_bytes() == ledger.read_bytes()
