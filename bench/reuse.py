"""Quality and speed of shared wording on made workloads, and beside rensa and datasketch.

    python -m bench.reuse quality LINEAGE BASE.jsonl.gz N SEED [SEED ...]
    python -m bench.reuse speed DOCS.jsonl

LINEAGE is the folder that holds `make_reuse.py` and `score_reuse.py`, BASE a file of documents that do not overlap. For
every seed a workload of N documents is made, compared, scored, and thrown away. `speed` runs each tool over one file in
a process of its own, one after the other, and prints CPU seconds from the first line read to the last written, start of
Python included, with peak memory. rensa and datasketch find pairs at a likeness of 0.2 from five-word shingles, no spans.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.directions import parents, verdicts

WORD = re.compile(r"[^\W_]+")
LIKENESS, PERMUTATIONS, BANDS, WORDS = 0.2, 128, 64, 5
TOOLS = ("spans", "spans and order", "rensa", "datasketch")


def quality(lineage: Path, base: Path, size: int, seeds: list[int]) -> None:
    """Prints a line of figures for every seed."""
    print("seed  pairs P / R    100-299  characters P / R  decided / right")
    for seed in seeds:
        with tempfile.TemporaryDirectory() as made:
            folder, predicted = Path(made), Path(made) / "predicted.tsv"
            options = ["--base", str(base), "--n", str(size), "--seed", str(seed), "--out", made]
            _run([sys.executable, str(lineage / "make_reuse.py"), *options])
            _run([sys.executable, "-m", "bench.predict_reuse", str(folder / "docs.jsonl"), str(predicted)])
            got = json.loads(_run([sys.executable, str(lineage / "score_reuse.py"), made, str(predicted)]))
            right, decided = directed(folder, predicted)
        print(
            f"{seed:4}  {got['pair_precision']:.4f} / {got['pair_recall']:.4f}  {got['recall_by']['chars:100-299']:.3f}"
            f"    {got['char_precision']:.4f} / {got['char_recall']:.4f}   {decided:.3f} / {right:.3f}",
            flush=True,
        )


def directed(workload: Path, predicted: Path) -> tuple[float, float]:
    """How often the order of a parent and its copy is right where decided, and how often it is decided."""
    found = verdicts(predicted)
    met = [(first, found[pair][0]) for pair, first in parents(workload).items() if pair in found]
    decided = [first == got for first, got in met if got is not None]
    return sum(decided) / max(1, len(decided)), len(decided) / max(1, len(met))


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def speed(docs: Path) -> None:
    """Prints documents a CPU second and peak memory of every tool, and the ratio to datasketch."""
    with docs.open("rb") as lines:
        count = sum(1 for _ in lines)
    spent = {tool: _measured(tool, docs) for tool in TOOLS}
    for tool, (seconds, peak) in spent.items():
        ratio = spent["datasketch"][0] / seconds
        print(f"{tool:16} {count / seconds:7.0f} a CPU s  {peak:6.0f} MB  {ratio:5.2f} x datasketch")


def _measured(tool: str, docs: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as made:
        out = str(Path(made) / "out.tsv")
        command = [sys.executable, "-m", "bench.reuse", "one", tool, str(docs), out]
        if tool in TOOLS[:2]:
            command = [sys.executable, "-m", "bench.predict_reuse", str(docs), out]
            command += ["--spans-only"] if tool == "spans" else []
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"})
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{tool} failed; is it installed? pip install 'onrecord[bench]'")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def one(tool: str, docs: Path, out: Path) -> None:
    """Pairs of a peer, written as two ids a line."""
    ids: list[str] = []
    sets: list[list[str]] = []
    with docs.open(encoding="utf-8") as lines:
        for doc in map(json.loads, lines):
            words = WORD.findall(doc["text"].lower())
            ids.append(doc["doc_id"])
            sets.append(list({" ".join(words[k : k + WORDS]) for k in range(len(words) - WORDS + 1)}))
    found = (rensa if tool == "rensa" else datasketch)(sets)
    with out.open("w", encoding="utf-8") as written:
        written.writelines(f"{ids[a]}\t{ids[b]}\n" for a, b in sorted(found))


def rensa(sets: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Pairs by rensa's MinHash."""
    from rensa import RMinHash, RMinHashLSH

    made: list[Any] = RMinHash.from_token_sets(sets, num_perm=PERMUTATIONS, seed=42)
    index = RMinHashLSH(threshold=LIKENESS, num_perm=PERMUTATIONS, num_bands=BANDS)
    index.insert_pairs(list(enumerate(made)))
    for a, sketch in enumerate(made):
        yield from ((a, b) for b in index.query(sketch) if a < b and sketch.jaccard(made[b]) >= LIKENESS * 0.8)


def datasketch(sets: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Pairs by datasketch's MinHash."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=LIKENESS, num_perm=PERMUTATIONS)
    made: list[Any] = []
    for a, words in enumerate(sets):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([word.encode() for word in words])
        made.append(sketch)
        index.insert(a, sketch)
    for a, sketch in enumerate(made):
        yield from ((a, b) for b in index.query(sketch) if a < b and sketch.jaccard(made[b]) >= LIKENESS * 0.8)


def main() -> None:
    """Reads the command line."""
    words = sys.argv[1:]
    if words[:1] == ["quality"] and len(words) >= 5:
        quality(Path(words[1]), Path(words[2]), int(words[3]), [int(seed) for seed in words[4:]])
    elif words[:1] == ["speed"] and len(words) == 2:
        speed(Path(words[1]))
    elif words[:1] == ["one"] and len(words) == 4:
        one(words[1], Path(words[2]), Path(words[3]))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
