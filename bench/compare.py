"""Everything that is fast or slow about onrecord in one table, beside its peers, in one run on the same texts.

    python -m bench.compare DOCS.jsonl [--most 200] [--growth 500,2000,20000] [--reading bundled] [--peers-see 20]

DOCS holds reports, one JSON object a line ("text", and "published" or "date"). Three tables are printed:

stages   kilobytes and reports a CPU second of each stage, given what the stages before it found; a peer of the stage on
         the first texts (it is slow), and how many times as fast ours is. Peers that are not installed are named.
reuse    shared wording of all texts beside rensa and datasketch, which find pairs and no spans (`bench/reuse.py`).
growth   whole builds of the first N reports in processes of their own: CPU seconds, reports a CPU second, peak memory, and
         by how much time grew for each doubling above linear (1.00 is linear). 100,000 takes hours with the model.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.predict import report_of
from bench.speed import textacy_quotes
from onrecord.pipeline import stages
from onrecord.records import Sheet

# A process remembers the size of the one that started it as its own peak, so a small one stands between.
SMALL = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-m", *sys.argv[1:], "--quiet"], stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(code > 1)
"""
Peer = Callable[[list[str]], object]


def quantulum(texts: list[str]) -> object:
    """Figures with units by quantulum3."""
    parser = importlib.import_module("quantulum3.parser")
    return [parser.parse(text) for text in texts]


def recognised_numbers(texts: list[str]) -> object:
    """Numbers by Recognizers-Text."""
    numbers = importlib.import_module("recognizers_number")
    return [numbers.recognize_number(text, "en-us") for text in texts]


def recognised_times(texts: list[str]) -> object:
    """Times by Recognizers-Text."""
    times = importlib.import_module("recognizers_date_time")
    return [times.recognize_datetime(text, "en-us") for text in texts]


def searched_dates(texts: list[str]) -> object:
    """Times by dateparser."""
    search = importlib.import_module("dateparser.search")
    return [search.search_dates(text, languages=["en"]) for text in texts]


PEERS: tuple[tuple[str, str, Peer], ...] = (
    ("times", "dateparser", searched_dates),
    ("times", "Recognizers-Text", recognised_times),
    ("quantities", "quantulum3", quantulum),
    ("quantities", "Recognizers-Text", recognised_numbers),
)


def documents(path: Path, most: int) -> list[dict[str, Any]]:
    """The first reports of a file."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(most), lines, strict=False)]
    return [{**row, "date": row.get("published") or row.get("date") or row.get("dct")} for row in rows]


def by_stage(docs: Sequence[dict[str, Any]], reading: str) -> tuple[dict[str, float], list[Sheet]]:
    """CPU seconds of every stage within reports, and the sheets; a first report is not counted, for it loads models."""
    spent: dict[str, float] = {}
    sheets = []
    for k, doc in enumerate([docs[0], *docs]):
        sheet = Sheet(report=report_of(doc))
        for name, stage in stages(reading):
            start = time.process_time()
            found: dict[str, Any] = {name: stage(sheet)}
            spent[name] = spent.get(name, 0.0) * (k > 0) + (time.process_time() - start) * (k > 0)
            sheet = replace(sheet, **found)
        sheets.append(sheet)
    return spent, sheets[1:]


def print_stages(docs: Sequence[dict[str, Any]], reading: str, few: int) -> None:
    """The first table."""
    spent, sheets = by_stage(docs, reading)
    size = _size([str(doc["text"]) for doc in docs])
    words = sum(len(str(doc["text"]).split()) for doc in docs)
    print(f"{len(docs)} reports of {words / len(docs):.0f} words on average, reading {reading}; one core")
    print(f"{'stage':12} {'kB/s':>8} {'reports/s':>10} {'share':>6}   beside")
    total = sum(spent.values())
    for name, seconds in [*spent.items(), ("all", total)]:
        if seconds < 1e-3:
            continue
        beside = [_beside(label, peer, docs[:few], size / seconds) for stage, label, peer in PEERS if stage == name]
        beside += [_textacy(sheets[:few], size / seconds)] if name == "statements" else []
        print(
            f"{name:12} {size / seconds:8.0f} {len(docs) / seconds:10.1f} {seconds / total:6.1%}   {'; '.join(beside)}",
            flush=True,
        )


def _size(texts: Sequence[str]) -> float:
    return sum(len(text.encode()) for text in texts) / 1000


def _beside(label: str, peer: Peer, docs: Sequence[dict[str, Any]], ours: float) -> str:
    texts = [str(doc["text"]) for doc in docs]
    try:
        peer(texts[:1])  # loads what it loads
        start = time.process_time()
        peer(texts)
    except ImportError as error:
        return f"{label}: not installed ({error.name})"
    except Exception as error:  # a peer that breaks on a text is told of, and costs only its row
        return f"{label}: {type(error).__name__}"
    rate = _size(texts) / max(1e-9, time.process_time() - start)
    return f"{label} {rate:.1f} kB/s, ours {ours / rate:.1f} x"


def _textacy(sheets: list[Sheet], ours: float) -> str:
    found = textacy_quotes(sheets)
    if found is None:
        return "textacy: not installed"
    rate = _size([s.report.text for s in sheets]) / max(1e-9, found[0])
    return f"textacy, direct quotations, its parser not counted {rate:.1f} kB/s, ours {ours / rate:.1f} x"


def print_reuse(docs: Path) -> None:
    """The second table."""
    print("\nshared wording of all texts", flush=True)
    subprocess.run([sys.executable, "-m", "bench.reuse", "speed", str(docs)], check=False)


def print_growth(docs: Path, sizes: Sequence[int], reading: str) -> None:
    """The third table."""
    print(
        f"\n{'whole build':>11} {'CPU s':>8} {'reports/s':>10} {'MB':>6} {'time':>6} {'memory':>7}   reading {reading}, one process"
    )
    before: tuple[int, float, float] | None = None
    with docs.open(encoding="utf-8") as lines:
        held = [line for _, line in zip(range(max(sizes)), lines, strict=False)]
    for size in (s for s in sizes if s <= len(held)):
        seconds, peak = _built(held[:size], reading)
        grown = ["", ""]
        if before is not None:
            doublings = math.log2(size / before[0])
            grown = [
                f"{(now / then / (size / before[0])) ** (1 / doublings):.2f}"
                for now, then in ((seconds, before[1]), (peak, before[2]))
            ]
        print(f"{size:11} {seconds:8.1f} {size / seconds:10.1f} {peak:6.0f} {grown[0]:>6} {grown[1]:>7}", flush=True)
        before = size, seconds, peak


def _built(lines: Sequence[str], reading: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a build in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "docs.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        command = [
            "onrecord",
            "build",
            str(path),
            "-o",
            str(Path(folder) / "l.db"),
            "--workers",
            "1",
            "--reading",
            reading,
        ]
        said = subprocess.run(
            [sys.executable, "-c", SMALL, *command], check=True, capture_output=True, text=True
        ).stdout
    seconds, peak = said.split()
    return float(seconds), float(peak)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("docs", type=Path)
    parser.add_argument("--most", type=int, default=200, help="reports in the first table")
    parser.add_argument("--peers-see", type=int, default=20, help="reports that slow peers get")
    parser.add_argument("--growth", default="500,2000", help="sizes of whole builds; empty for none")
    parser.add_argument("--reading", default="bundled")
    told = parser.parse_args()
    print_stages(documents(told.docs, told.most), told.reading, told.peers_see)
    print_reuse(told.docs)
    if told.growth:
        print_growth(told.docs, [int(size) for size in told.growth.split(",")], told.reading)


if __name__ == "__main__":
    main()
