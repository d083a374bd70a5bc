"""Kills a build at random moments, gives the same command again, and compares the ledger with that of a quiet build.

    python -m bench.kill [KILLS] [REPORTS] [WORKERS] [READING] [ROW]        (default 200 500 1 bundled 1)

From an empty folder: a build, SIGKILL at a moment drawn from the time that a quiet build takes (every third one as soon
as the ledger itself is being written); the same command again, killed again, up to ROW kills in a row; then the same
command to its end. What is compared: every byte of the ledger, and the names of all that lies beside it. A build that
ended before it could be killed counts for nothing. Reports are made up here, about an invented country.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WHO = ("Mayor Hanne Lund", "General Pavle Irsa", "The interior ministry", "Ilian Sorrel", "A spokesman for the front")
WHAT = (
    "the bridge at {p} was shut",
    "{n} people were killed near {p}",
    "talks in {p} had failed",
    "{n} fighters left {p}",
)
TOWNS = ("Tesh", "Lenna", "Oskaran", "Kessa", "Varro")


def pile(path: Path, count: int, seed: int = 1) -> Path:
    """Writes short reports as JSON Lines, every fourth one a copy of the one before it with another first line."""
    draw = random.Random(seed)
    body, rows = "", []
    for k in range(count):
        if k % 4 != 3:
            body = " ".join(_sentence(draw) for _ in range(4))
        row = {
            "outlet": f"Outlet {k % 9}",
            "published": f"2024-03-{1 + k % 28:02d}",
            "text": f"Report {k}.\n\n{body}\n",
        }
        rows.append(json.dumps(row))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _sentence(draw: random.Random) -> str:
    what = draw.choice(WHAT).format(p=draw.choice(TOWNS), n=draw.randrange(2, 400))
    return f"{draw.choice(WHO)} said on Tuesday that {what}."


def command(reports: Path, ledger: Path, workers: int, reading: str) -> list[str]:
    """The command that is given again and again."""
    words = ["build", str(reports), "-o", str(ledger), "--workers", str(workers), "--reading", reading, "--quiet"]
    return [sys.executable, "-m", "onrecord", *words]


def quiet(words: list[str]) -> float:
    """Seconds that an undisturbed build takes.

    Raises:
        CalledProcessError: it fails.
    """
    start = time.monotonic()
    subprocess.run(words, check=True)
    return time.monotonic() - start


def killed(words: list[str], ledger: Path, after: float, at_publish: bool) -> str | None:
    """Starts a build and kills it after so many seconds, or when the ledger itself is being written.

    Gives what it hit; None where the build had ended.
    """
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + (60 if at_publish else after)
        while process.poll() is None and time.monotonic() < until:
            if at_publish and any(p.name.startswith(f".{ledger.name}.") for p in _parts(ledger)):
                time.sleep(after % 0.1)
                break
            time.sleep(0.002)
        cells = len(list(ledger.with_name(f"{ledger.name}.work").rglob("*.cell")))
        process.send_signal(signal.SIGKILL)
        process.wait()
    return None if process.returncode == 0 else f"{cells} cells, {len(_parts(ledger))} half written"


def _parts(ledger: Path) -> list[Path]:
    return [p for p in ledger.parent.iterdir() if p.name.endswith(".part")]


def lies(folder: Path) -> set[str]:
    """What lies in a folder; cells and their versions are left out, for how work is cut hangs on the clock."""
    return {p.name for p in folder.iterdir()}


def trial(
    reports: Path, wanted: bytes, seconds: float, draw: random.Random, workers: int, reading: str, row: int = 1
) -> tuple[int, str | None]:
    """Up to so many kills in a row, then the same command to its end: how many hit, and what is not as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder, "ledger.db")
        words, hits = command(reports, ledger, workers, reading), []
        while len(hits) < row:
            if (hit := killed(words, ledger, draw.uniform(0, seconds), draw.randrange(3) == 0)) is None:
                break
            hits.append(hit)
        quiet(words)
        if ledger.read_bytes() != wanted:
            return len(hits), f"another ledger after kills at: {hits}"
        left = lies(Path(folder)) - {"ledger.db", "ledger.db.work"}
        return len(hits), f"left after kills at: {hits}: {sorted(left)}" if left else None


def main() -> None:
    """Prints how many of the kills ended in the same ledger."""
    if "-h" in sys.argv or "--help" in sys.argv:
        sys.exit(__doc__)
    told = [*sys.argv[1:], *("200", "500", "1", "bundled", "1")[len(sys.argv) - 1 :]]
    kills, count, workers, reading, row = int(told[0]), int(told[1]), int(told[2]), told[3], int(told[4])
    draw, done, faults = random.Random(7), 0, []
    with tempfile.TemporaryDirectory() as folder:
        reports, ledger = pile(Path(folder, "reports.jsonl"), count), Path(folder, "ledger.db")
        seconds = quiet(command(reports, ledger, workers, reading))
        while done < kills:
            hits, fault = trial(reports, ledger.read_bytes(), seconds, draw, workers, reading, row)
            done += hits
            faults += [fault] if fault is not None else []
            print(f"{done} kills, {len(faults)} times another ledger or something left", flush=True)
    print(f"{done} kills over a build of {count} reports: {len(faults)} ended otherwise than an undisturbed build")
    print("\n".join(faults))


if __name__ == "__main__":
    main()
