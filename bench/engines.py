"""The same ledger from one process, a pool, Spark on threads, and a Spark cluster one of whose executors is killed.

    python -m bench.engines REPORTS [--reading none] [--only NAME,NAME]      (REPORTS: a folder or a file; Spark needs Java)

Each engine builds in a process of its own. Prints wall and CPU seconds of all its processes, and whether its ledger has
the bytes of the first one's. The tables of shared wording that Spark writes are compared with the ledger's. Exit code 1
where anything differs.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from onrecord.ledger.store import Ledger
from onrecord.spread.folder import is_tables, parquet_of

ENGINES: Mapping[str, tuple[str, bool]] = {  # workers or a master, and whether an executor is killed midway
    "one process": ("1", False),
    "pool of 2": ("2", False),
    "spark local[2]": ("local[2]", False),
    "spark cluster one killed": ("local-cluster[2,1,1024]", True),
}
EXECUTOR = "CoarseGrainedExecutorBackend"


def onrecord(*words: str, kill: bool = False) -> tuple[float, float, int]:
    """Runs a command; wall and CPU seconds of it and all it started, and how many executors were killed."""
    start = time.monotonic()
    killed: list[int] = []
    spent: dict[int, float] = {}
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen([sys.executable, "-m", "onrecord", *words], stdout=subprocess.DEVNULL, stderr=told)
        threading.Thread(target=_meter, args=(process, spent), daemon=True).start()
        if kill:
            threading.Thread(target=_kill_one, args=(process, killed), daemon=True).start()
        if process.wait() > 1:
            told.seek(0)
            said = told.read().decode(errors="replace")[-2000:]
            sys.exit(f"onrecord {' '.join(words)} failed with {process.returncode}\n{said}")
    return time.monotonic() - start, sum(spent.values()), len(killed)


def _meter(process: subprocess.Popen[bytes], spent: dict[int, float]) -> None:
    """Looks now and then how much each process has spent: what Java starts is not counted by the system as ours."""
    tick = os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        for pid in (process.pid, *(child for child, _ in _below(process.pid))):
            try:
                told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            spent[pid] = (int(told[11]) + int(told[12])) / tick
        time.sleep(0.2)


def _kill_one(process: subprocess.Popen[bytes], killed: list[int]) -> None:
    """Kills the first executor whose Python workers are at work."""
    while process.poll() is None and not killed:
        for pid, words in _below(process.pid):
            if EXECUTOR in words and any("pyspark" in w for _, w in _below(pid)):
                time.sleep(8)  # time enough for it to have read some reports, and to hold some
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return
        time.sleep(0.5)


def _below(pid: int) -> Iterator[tuple[int, str]]:
    """Processes that a process started, those that these started too, each with its command."""
    for path in Path("/proc").glob(f"{pid}/task/*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            try:
                yield child, Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            yield from _below(child)


def build(
    name: str, reports: str, reading: str, folder: Path, settings: Sequence[str] = ()
) -> tuple[Path, float, float, str]:
    """The ledger that one engine makes, what it took, and a remark."""
    where, kill = ENGINES[name]
    ledger, tables = folder / f"{name}.db", folder / name
    if where.isdigit():
        words = ("build", reports, "-o", str(ledger), "--workers", where, "--reading", reading, "--fresh", "--quiet")
        return ledger, *onrecord(*words)[:2], ""
    more = [word for pair in settings for word in ("--conf", pair)]
    wall, spent, killed = onrecord(
        "spark", reports, "-o", str(tables), "--master", where, "--reading", reading, *more, kill=kill
    )
    if not is_tables(tables):
        sys.exit(f"onrecord spark --master {where} failed; give the command by hand to see why")
    onrecord("build", str(tables), "-o", str(ledger), "--fresh", "--quiet")
    same = reuse_of(tables) == [tuple(r) for r in _reuse(ledger)]
    return (
        ledger,
        wall,
        spent,
        f"shared wording {'the same' if same else 'DIFFERS'}" + (f", {killed} killed" if kill else ""),
    )


COLUMNS = "reuse_id, from_report, from_start, to_report, to_start, characters, from_share, to_share, direction, why"


def reuse_of(tables: Path) -> list[tuple[object, ...]]:
    """The rows of shared wording that a cluster wrote."""
    files = parquet_of(tables / "tables" / "reuse")
    return duckdb.execute(f"select {COLUMNS} from read_parquet(?) order by reuse_id", [files]).fetchall()


def _reuse(ledger: Path) -> Iterator[tuple[object, ...]]:
    with Ledger(ledger) as opened:
        yield from opened.db.execute(f"select {COLUMNS} from reuse order by reuse_id")


def main() -> None:
    """Prints a row an engine."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("reports")
    parser.add_argument("--reading", default="bundled")
    parser.add_argument("--conf", action="append", default=[], help="one of Spark's own settings, NAME=VALUE")
    parser.add_argument("--only", default=",".join(ENGINES))
    told = parser.parse_args()
    first: bytes | None = None
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in told.only.split(","):
            ledger, wall, spent, remark = build(name, told.reports, told.reading, Path(folder), told.conf)
            first = first or ledger.read_bytes()
            same = ledger.read_bytes() == first
            failed |= not same or "DIFFERS" in remark
            print(
                f"{name:26} {wall:7.1f} s wall {spent:7.1f} s CPU  ledger {'the same' if same else 'DIFFERS'}  {remark}",
                flush=True,
            )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
