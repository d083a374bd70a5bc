"""Two builds at once: the second says who is first, waits if it is told to, and takes over from the dead."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord.errors import CannotWrite, LedgerHeld
from onrecord.ledger import hold
from onrecord.ledger.hold import held

HOLDER = "import sys,time\nfrom pathlib import Path\nfrom onrecord.ledger.hold import held\nwith held(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)"


@contextmanager
def another(ledger: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the ledger."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(ledger)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_says_who_holds_it(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    with another(ledger) as process:
        with pytest.raises(LedgerHeld) as said, held(ledger):
            pass
        assert f"process {process.pid} on " in said.value.what
        assert re.search(r"since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", said.value.what)
        assert "--wait" in said.value.hint
        with held(tmp_path / "other.db"):
            pass


def test_the_dead_hold_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    with another(ledger) as process:
        process.kill()
        process.wait()
        assert (tmp_path / ".l.db.lock").exists()
        with held(ledger):
            assert str(os.getpid()) in (tmp_path / ".l.db.lock").read_text()
    assert list(tmp_path.iterdir()) == []


def test_the_second_waits_when_told_to(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    with another(ledger) as process:
        threading.Timer(0.5, process.kill).start()
        start = time.monotonic()
        with held(ledger, wait=30):
            assert time.monotonic() - start < 20
        with another(ledger), pytest.raises(LedgerHeld), held(ledger, wait=0.3):
            pass


def test_waiting_minds_no_clock_that_jumps_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 0.0)
    with another(tmp_path / "l.db"), pytest.raises(LedgerHeld), held(tmp_path / "l.db", wait=0.3):
        pass


def test_what_a_killed_build_had_half_written_is_thrown_away_and_nothing_else(tmp_path: Path) -> None:
    for name in (".l.db.77.part", ".m.db.77.part", "l.db.part", "l.db"):
        (tmp_path / name).write_bytes(b"x")
    with held(tmp_path / "l.db"):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == [".m.db.77.part", "l.db", "l.db.part"]


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file"), held(tmp_path / "no" / "l.db"):
        pass


def test_a_folder_that_knows_no_locks_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hold, "_lock", lambda handle: False)
    with held(tmp_path / "l.db") as sure:
        assert not sure


def test_a_system_without_locks_is_one_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hold, "fcntl", None)
    monkeypatch.setattr(hold, "msvcrt", None)
    with held(tmp_path / "l.db") as sure:
        assert not sure


def test_who_has_not_signed_yet_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the lock and the name in it lies a moment in which nobody could be named."""
    ledger, read, unsigned = tmp_path / "l.db", hold._holder, [True]
    monkeypatch.setattr(hold, "_holder", lambda path: None if unsigned and unsigned.pop() else read(path))
    with another(ledger) as process, pytest.raises(LedgerHeld, match=f"process {process.pid} "), held(ledger):
        pass
