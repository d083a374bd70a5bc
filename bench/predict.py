"""Runs our extractors over a public gold file and writes predictions in the shape that the scorer beside it reads.

    python bench/predict.py KIND IN.jsonl OUT.jsonl

KIND is one of quotes, time, place, resolve, quantity, reuse. Only texts, titles, dates and outlets of IN are read,
never its gold (`resolve` is given the gold's spans and nothing else of it).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.claims.statements import statements
from onrecord.mentions import mentions
from onrecord.passages import passages
from onrecord.records import Report, Sheet, Span, content_id

Row = dict[str, Any]


def report_of(doc: Row) -> Report:
    """A gold document as a report: its text, date and outlet, nothing else."""
    text = doc["text"]
    return Report(
        report_id=content_id("r", text),
        path=str(doc.get("doc_id")),
        url=None,
        outlet=doc.get("outlet") or doc.get("publisher"),
        title=None,
        byline=None,
        dateline=None,
        published=doc.get("date") or doc.get("dct"),
        published_why=None,
        language="en",
        text=text,
    )


def sheet_of(doc: Row) -> Sheet:
    """The sheet of a gold document with passages and mentions."""
    report = report_of(doc)
    sheet = Sheet(report=report, passages=passages(report))
    return replace(sheet, mentions=mentions(sheet))


def quotes(doc: Row) -> Row:
    """Statements as source, cue and content spans."""
    spans: Callable[[Span | None], list[list[int]]] = lambda s: [[s.start, s.end]] if s else []  # noqa: E731 - a local shorthand
    found = [
        {
            "content": [[c.start, c.end] for c in s.content],
            "source": spans(s.source),
            "cue": spans(s.cue),
            "kind": s.kind,
        }
        for s in statements(sheet_of(doc))
    ]
    return {"doc_id": doc["doc_id"], "gold": found}


KINDS: dict[str, Callable[[Row], Row]] = {"quotes": quotes}


def main(kind: str, source: str, target: str) -> None:
    """One prediction line for every line of the gold file."""
    predict = KINDS[kind]
    with Path(source).open(encoding="utf-8") as lines, Path(target).open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(predict(json.loads(line)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        sys.exit(__doc__)
    main(*sys.argv[1:])
