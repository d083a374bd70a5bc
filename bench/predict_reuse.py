"""Runs `matters.reuse` over a workload of documents and writes what its scorer reads.

    python bench/predict_reuse.py DOCS.jsonl OUT.tsv

Each line of DOCS.jsonl holds `doc_id`, `text` and, where known, `outlet` and `published`; nothing else is read. Each
line of OUT.tsv is one shared run: both documents' ids, then its start and end in the first and in the second
document, in code points, half-open. Speed in documents per CPU second goes to standard error.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from onrecord.matters.reuse import reuse as shared_wording
from onrecord.passages import passages
from onrecord.records import Report, Sheet

Row = dict[str, Any]


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


def reuse(in_path: str | Path, out_path: str | Path) -> None:
    """One line for every shared run of the documents, tab-separated."""
    with Path(in_path).open(encoding="utf-8") as lines:
        sheets = [sheet_of(json.loads(line)) for line in lines]
    began = time.process_time()
    found = shared_wording(sheets)
    spent = time.process_time() - began
    print(f"{len(sheets)} documents, {len(found)} runs, {len(sheets) / spent:.0f} documents per CPU s", file=sys.stderr)
    with Path(out_path).open("w", encoding="utf-8") as out:
        for r in found:
            out.write(f"{r.from_report}\t{r.to_report}\t{r.from_start}\t{r.from_end}\t{r.to_start}\t{r.to_end}\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    reuse(*sys.argv[1:])
