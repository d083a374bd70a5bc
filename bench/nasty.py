"""Reads a folder of files that break ingesters, each in a process of its own, and tabulates what came of them.

    python bench/nasty.py FOLDER [--list] [--reading bundled]     (any folder; manifest.jsonl with path and kind is used if there)

Each file is built into a ledger alone. Counted by kind: files that gave reports, that were skipped with a reason, that
gave nothing (a fault of ours), that crashed, that took longer than 20 seconds or more than 1 GiB; connections opened and
files written outside the output, by the interpreter's own audit of both; offsets of rows that do not quote their text.
JSON Lines whose rows carry `html_b64`, `payload` or `s` are read once as they are and once more with each row as a page
or text of its own.
"""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from onrecord.ledger.store import publish
from onrecord.pipeline import build
from onrecord.reports import read

LONGEST = 20.0
LARGEST = 2**30
COLUMNS = ("files", "reports", "skipped", "nothing", "crashed", "late", "large", "network", "written", "offsets")


def kinds(folder: Path) -> dict[str, str]:
    """Kind by path, from manifest.jsonl; by ending without it."""
    listed = folder / "manifest.jsonl"
    if not listed.is_file():
        return {}
    rows = (json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines() if line)
    return {row["path"]: row["kind"] for row in rows}


def jobs(folder: Path, spare: Path) -> Iterator[tuple[str, Path]]:
    """Kind and path of each file, and of each row that is to be a file of its own."""
    known = kinds(folder)
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = file.relative_to(folder).as_posix()
        if name in ("manifest.jsonl", "README.md"):
            continue
        yield known.get(name, file.suffix), file
        if file.suffix == ".jsonl":
            made = spare / name.replace("/", "_")
            if _rows(file, made):
                yield f"{known.get(name, 'jsonl')}, row by row", made


def _rows(file: Path, target: Path) -> bool:
    """Writes each row as a page or text into a folder; False when the file has no such rows."""
    for number, line in enumerate(file.read_bytes().splitlines()):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(row, dict) or not row.keys() & {"html_b64", "payload", "s"}:
            continue
        target.mkdir(exist_ok=True)
        if "s" in row:
            (target / f"{number}.txt").write_bytes(str(row["s"]).encode("utf-8", "surrogatepass"))
        elif "payload" in row:
            words = "The mayor said on Monday that the bridge was shut because of the flood. " * 8
            page = f"<html><head><title>{row['payload']}</title></head><body><article><p>{words}{row['payload']}</p></article></body></html>"
            (target / f"{number}.html").write_bytes(page.encode("utf-8", "surrogatepass"))
        else:
            (target / f"{number}.html").write_bytes(base64.b64decode(row["html_b64"]))
    return target.is_dir()


def one(file: Path, reading: str, answer: Connection) -> None:
    """Builds one file into a ledger and sends what came of it."""
    faults: dict[str, list[str]] = {"network": [], "written": []}
    with tempfile.TemporaryDirectory() as out:

        def watch(event: str, args: tuple[Any, ...]) -> None:
            if event in ("socket.connect", "socket.getaddrinfo"):
                faults["network"].append(repr(args)[:100])
            elif event == "open" and _writes(args) and not str(args[0]).startswith((out, "/dev/null")):
                faults["written"].append(str(args[0]))

        sys.addaudithook(watch)
        began = time.monotonic()
        received = read([str(file)])
        reading_took = time.monotonic() - began
        findings = build(received.reports, received.skipped, reading=reading)
        publish(Path(out) / "ledger.db", findings)
    missed = sum(
        s.report.text[row.start : row.end] != row.text
        for s in findings.sheets
        for row in (*s.mentions, *s.quantities, *s.times, *s.places)
    )
    answer.send({
        "reports": len(findings.sheets),
        "skipped": [(s.path, s.reason, s.hint) for s in findings.run.skipped],
        "read": reading_took,
        "seconds": time.monotonic() - began,
        "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "offsets": missed,
        **faults,
    })  # fmt: skip


def _writes(args: tuple[Any, ...]) -> bool:
    mode, flags = args[1], args[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def run(file: Path, reading: str) -> dict[str, Any]:
    """What came of a file in a process of its own, killed after twice the time allowed."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    job = context.Process(target=one, args=(file, reading, there))
    began = time.monotonic()
    job.start()
    there.close()
    most = LONGEST * (1 if file.is_file() else 20) * 2
    try:
        result: dict[str, Any] = here.recv() if here.poll(most) else {"late": True}
    except EOFError:
        result = {"crashed": True}
    if job.is_alive() and "late" in result:
        job.kill()
    job.join()
    return {"seconds": time.monotonic() - began, **result}


def tally(result: dict[str, Any], alone: bool) -> dict[str, int]:
    """A file's result as counts for the table."""
    made, skipped = result.get("reports", 0), len(result.get("skipped", ()))
    lost = "crashed" in result or "late" in result
    return {
        "files": 1,
        "reports": made,
        "skipped": skipped,
        "nothing": int(not made and not skipped and not lost),
        "crashed": int("crashed" in result),
        "late": int("late" in result or (alone and result["seconds"] > LONGEST)),
        "large": int(result.get("bytes", 0) > LARGEST),
        "network": len(result.get("network", ())),
        "written": len(result.get("written", ())),
        "offsets": result.get("offsets", 0),
    }


def main() -> None:
    """Prints the table, the slowest and largest files, and with --list what was said of each file."""
    words = [w for w in sys.argv[1:] if not w.startswith("--")]
    if not words:
        sys.exit(__doc__)
    reading = "none" if "--reading" not in sys.argv else words.pop()
    table: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COLUMNS, 0))
    slow: list[tuple[float, int, str]] = []
    with tempfile.TemporaryDirectory() as spare:
        for kind, file in jobs(Path(words[0]), Path(spare)):
            result = run(file, reading)
            for row in (table[kind], table["all"]):
                for name, count in tally(result, file.is_file()).items():
                    row[name] += count
            slow.append((result["seconds"], result.get("bytes", 0), file.name))
            if "--list" in sys.argv:
                print(json.dumps({"file": str(file), "kind": kind, **result}, ensure_ascii=True)[:3000])
    print(f"{'kind':28}" + "".join(f"{name:>9}" for name in COLUMNS))
    for kind, row in sorted(table.items(), key=lambda r: (r[0] == "all", r[0])):
        print(f"{kind:28}" + "".join(f"{row[name]:9,}" for name in COLUMNS))
    print("slowest", [f"{name} {seconds:.1f} s" for seconds, _, name in sorted(slow, reverse=True)[:5]])
    print("largest", [f"{n} {size >> 20} MiB" for _, size, n in sorted(slow, key=lambda s: -s[1])[:5]])


if __name__ == "__main__":
    main()
