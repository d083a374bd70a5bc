"""Runs our extractors over a public gold file and writes predictions in the shape that the scorer beside it reads.

    python bench/predict.py KIND IN.jsonl OUT.jsonl [--reading READING]

KIND is one of quotes, time, place, resolve, quantity, reuse, reading. Only texts, titles, dates and outlets of IN are read, never
its gold. READING (bundled, spacy:NAME or none) reads the English for quotes and reading. `reuse` writes the tab-separated
lines that its scorer reads. `reading` writes sentences with words in CoNLL-U's terms (heads count from 1, 0 is the root),
names and pointers, all with character offsets; no scorer lies beside gold for it, see `bench/reading.py`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.claims.quantities import quantities
from onrecord.claims.statements import statements
from onrecord.matters.reuse import reuse
from onrecord.mentions import mentions
from onrecord.mentions.places import places, resolved
from onrecord.passages import passages
from onrecord.reading import DEFAULT, read
from onrecord.records import Passage, Place, Quantity, Report, Sheet, Span, content_id
from onrecord.text.dates import parse

Row = dict[str, Any]


def report_of(doc: Row) -> Report:
    """A gold document as a report: its text, date and outlet, nothing else."""
    text = doc["text"]
    return Report(
        report_id=content_id("r", text),
        path=str(doc.get("doc_id")),
        url=doc.get("url"),
        outlet=doc.get("outlet") or doc.get("publisher"),
        title=None,
        byline=None,
        dateline=None,
        published=doc.get("date") or doc.get("dct"),
        published_why=None,
        language="en",
        text=text,
    )


def sheet_of(doc: Row, reading: str = DEFAULT) -> Sheet:
    """The sheet of a gold document with passages, sentences as read, and mentions."""
    report = report_of(doc)
    sheet = Sheet(report=report, passages=passages(report))
    sheet = replace(sheet, reading=read(sheet, reading))
    return replace(sheet, mentions=mentions(sheet))


def quotes(doc: Row, reading: str = DEFAULT) -> Row:
    """Statements as source, cue and content spans."""
    spans: Callable[[Span | None], list[list[int]]] = lambda s: [[s.start, s.end]] if s else []  # noqa: E731 - a local shorthand
    found = [
        {
            "content": [[c.start, c.end] for c in s.content],
            "source": spans(s.source),
            "cue": spans(s.cue),
            "kind": s.kind,
        }
        for s in statements(sheet_of(doc, reading))
    ]
    return {"doc_id": doc["doc_id"], "gold": found}


def english(doc: Row, reading: str = DEFAULT) -> Row:
    """Sentences as read: words, trees, names, and what pronouns stand for."""
    found = sheet_of(doc, reading).reading
    sentences = [
        {
            "start": s.start,
            "end": s.end,
            "words": [
                {
                    "start": w.start,
                    "end": w.end,
                    "form": w.text,
                    "lemma": w.lemma,
                    "upos": w.tag,
                    "feats": w.features,
                    "head": w.head + 1,
                    "deprel": w.relation,
                }
                for w in s.words
            ],
            "names": [{"start": n.start, "end": n.end, "type": n.type, "confidence": n.confidence} for n in s.names],
        }
        for s in found.sentences
    ]
    pointers = [
        {"start": p.start, "end": p.end, "to": [p.to_start, p.to_end], "confidence": p.confidence}
        for p in found.pointers
    ]
    return {"doc_id": doc["doc_id"], "sentences": sentences, "pointers": pointers}


def time(doc: Row) -> Row:
    """Time expressions with type and value."""
    anchor = date.fromisoformat(doc["dct"][:10]) if doc.get("dct") else None
    found = parse(doc["text"], anchor)
    return {
        "doc_id": doc["doc_id"],
        "pred": [{"start": f.start, "end": f.end, "type": f.type, "value": f.value} for f in found if f.value],
    }


def place(doc: Row, reading: str = DEFAULT) -> Row:
    """Places with their point where our extract has one, and their id."""
    report = report_of(doc)
    sheet = Sheet(report=report, passages=passages(report))
    return _placed(doc, places(replace(sheet, reading=read(sheet, reading))))


def resolve(doc: Row) -> Row:
    """The likeliest place for every span that the gold marks; nothing but the spans is taken from it."""
    report = report_of(doc)
    spans = [(gold["start"], gold["end"]) for gold in doc["gold"]]
    return _placed(doc, resolved(Sheet(report=report, passages=passages(report)), spans))


def _placed(doc: Row, found: Sequence[Place]) -> Row:
    return {
        "doc_id": doc["doc_id"],
        "pred": [
            {"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon, "geonameid": p.geoname_id} for p in found
        ],
    }


def quantity(doc: Row) -> Row:
    """Figures with bounds, unit and what is counted."""
    report = report_of(doc)
    found = quantities(Sheet(report=report, passages=(_whole(report),)))
    return {"doc_id": doc["doc_id"], "pred": [_figure(q) for q in found]}


def _whole(report: Report) -> Passage:
    """The text as one body passage: these texts are sentences, not reports."""
    return Passage(passage_id="p", report_id=report.report_id, start=0, end=len(report.text), role="body")


def _figure(row: Quantity) -> Row:
    modifier = "=" if row.exact else ">" if row.high is None else "<" if row.low == 0 else "~"
    low = row.high if modifier == "<" else row.low
    high = row.high if row.modifier == "range" else low
    return {
        "start": row.start,
        "end": row.end,
        "low": low,
        "high": high,
        "value": low if low == high else None,
        "unit": row.unit or row.counted,
        "modifier": modifier,
        "noun": row.counted,
    }


def reuse_rows(source: str, target: str) -> None:
    """Shared wording of a workload, as the tab-separated lines its scorer reads."""
    with Path(source).open(encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    sheets = []
    for doc in docs:
        report = replace(report_of(doc), report_id=doc["doc_id"], published=doc.get("published"))
        sheets.append(Sheet(report=report, passages=passages(report)))
    with Path(target).open("w", encoding="utf-8") as out:
        for r in reuse(sheets):
            cells = (r.from_report, r.to_report, r.from_start, r.from_end, r.to_start, r.to_end)
            out.write("\t".join(map(str, cells)) + "\n")


KINDS: dict[str, Callable[..., Row]] = {
    "quotes": quotes, "time": time, "place": place, "resolve": resolve, "quantity": quantity, "reading": english,
}  # fmt: skip
READ = ("quotes", "place", "reading")  # kinds that a reading of English serves


def main(kind: str, source: str, target: str, reading: str = DEFAULT) -> None:
    """One prediction line for every line of the gold file."""
    if kind == "reuse":
        reuse_rows(source, target)
        return
    predict = partial(KINDS[kind], reading=reading) if kind in READ else KINDS[kind]
    with Path(source).open(encoding="utf-8") as lines, Path(target).open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(predict(json.loads(line)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    words, named = sys.argv[1:4], sys.argv[4:]
    if len(words) != 3 or words[0] not in (*KINDS, "reuse") or named[:1] not in ([], ["--reading"]) or len(named) == 1:
        sys.exit(__doc__)
    main(*words, *named[1:2])
