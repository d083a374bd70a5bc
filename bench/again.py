"""What a second build costs: a pile built once, then again with 1 % new reports, then again with nothing new.

    python -m bench.again REPORTS.jsonl [SHARE]        (JSON Lines with `text`; SHARE of them are new, default 0.01)

Each build is a process of its own with one worker; seconds are its CPU seconds, children counted. The second ledger is
compared with one built from nothing where `--check` is given, byte by byte.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def cost(*words: str) -> float:
    """CPU seconds of one build.

    Raises:
        CalledProcessError: it failed.
    """
    before = os.times()
    subprocess.run([sys.executable, "-m", "onrecord", "build", *words, "--workers", "1", "--quiet"], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Prints seconds and shares."""
    words = [w for w in sys.argv[1:] if w != "--check"]
    if not words:
        sys.exit(__doc__)
    lines = Path(words[0]).read_bytes().splitlines(keepends=True)
    new = max(1, round(len(lines) * float(words[1] if len(words) > 1 else 0.01)))
    with tempfile.TemporaryDirectory() as folder:
        old, added = Path(folder, "old.jsonl"), Path(folder, "new.jsonl")
        old.write_bytes(b"".join(lines[:-new]))
        added.write_bytes(b"".join(lines[-new:]))
        ledger = Path(folder, "ledger.db")
        first = cost(str(old), "-o", str(ledger))
        rows = [(f"first build, {len(lines) - new} reports", first)]
        rows.append((f"second build, {new} new", cost(str(old), str(added), "-o", str(ledger))))
        second = ledger.read_bytes()
        rows.append(("third build, nothing new", cost(str(old), str(added), "-o", str(ledger))))
        work = sum(p.stat().st_size for p in Path(folder, "ledger.db.work").rglob("*") if p.is_file())
        print(f"ledger {len(second) / 1e6:.1f} MB, work kept {work / 1e6:.1f} MB")
        for name, seconds in rows:
            print(f"{name:<32} {seconds:8.2f} s  {100 * seconds / first:6.2f} %")
        if "--check" in sys.argv:
            cost(str(old), str(added), "-o", str(Path(folder, "fresh.db")))
            print("equal to a fresh ledger:", Path(folder, "fresh.db").read_bytes() == second)


if __name__ == "__main__":
    main()
