"""Runs the comparison of wording over a workload of documents and writes what its scorer reads.

    python -m bench.predict_reuse DOCS.jsonl OUT.tsv [--spans-only]

Each line of DOCS.jsonl holds `doc_id`, `text` and, where known, `outlet` and `published`; nothing else is read. Each
line of OUT.tsv is one shared run: both documents' ids, its start and end in the first and in the second document, in code
points, half-open, then "from-to" (the first is the earlier) or "undirected", and why. With `--spans-only` nobody asks who
copied whom: that is what peers do. Documents are read one at a time and only their imprints are kept.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.matters.imprint import Imprint, imprint
from onrecord.matters.reuse import Quotes, judged, pairs, put_together, quoted
from onrecord.matters.standing import Standing, standing
from onrecord.passages import passages
from onrecord.records import Report, Sheet

Row = dict[str, Any]
ID = re.compile(rb'\{"doc_id": ?"([^"\\]+)"')


def sheet_of(doc: Row) -> Sheet:
    """A document as a sheet with passages; its id stands in for the hash of bytes."""
    report = Report(
        report_id=str(doc["doc_id"]),
        path=None,
        url=None,
        outlet=doc.get("outlet"),
        title=None,
        byline=None,
        dateline=None,
        published=doc.get("published") or doc.get("date"),
        published_why=None,
        language="en",
        text=doc["text"],
    )
    return Sheet(report=report, passages=passages(report))


def places(lines: BinaryIO) -> list[tuple[str, int]]:
    """Id and place in the file of every document, sorted by id."""
    found, at = [], 0
    for line in lines:
        named = ID.match(line)
        found.append((named[1].decode() if named else str(json.loads(line)["doc_id"]), at))
        at += len(line)
    return sorted(found)


def sheets(path: Path) -> Iterator[Sheet]:
    """The documents of a file as sheets, one at a time, sorted by id."""
    with path.open("rb") as lines:
        for _, at in places(lines):
            lines.seek(at)
            yield sheet_of(json.loads(lines.readline()))


def reuse(in_path: str | Path, out_path: str | Path, spans_only: bool = False) -> None:
    """One line for every shared run of the documents, tab-separated."""
    began = time.process_time()
    facts: dict[str, tuple[Standing, Quotes]] = {}

    def imprints() -> Iterator[Imprint]:
        for sheet in sheets(Path(in_path)):
            if not spans_only:
                facts[sheet.report.report_id] = (standing(sheet), quoted(sheet))
            yield imprint(sheet)

    runs = 0
    with Path(out_path).open("w", encoding="utf-8") as out:
        found = pairs(imprints())
        found = found if spans_only else list(found)
        together = {} if spans_only else put_together(found)
        for pair in found:
            verdict = None if spans_only else judged(pair, facts, together)[0]
            swap = verdict is not None and verdict.swap
            tail = f"\t{'from-to' if verdict.known else 'undirected'}\t{verdict.why}" if verdict else ""
            for r in pair.runs:
                one, two = f"{r.a_start}\t{r.a_end}", f"{r.b_start}\t{r.b_end}"
                if swap:
                    out.write(f"{pair.b}\t{pair.a}\t{two}\t{one}{tail}\n")
                else:
                    out.write(f"{pair.a}\t{pair.b}\t{one}\t{two}{tail}\n")
            runs += len(pair.runs)
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{runs} runs, {spent:.2f} CPU s, peak {peak:.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    reuse(sys.argv[1], sys.argv[2], "--spans-only" in sys.argv)
