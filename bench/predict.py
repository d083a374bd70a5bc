"""Runs our extractors over a public gold file and writes predictions in the shape that the scorer beside it reads.

    python bench/predict.py KIND IN.jsonl OUT.jsonl [--reading READING]

KIND is one of quotes, time, place, quantity, events, reuse, reading. Only texts, titles, dates and outlets of IN are read, never
its gold. READING (bundled, spacy:NAME or none) reads the English for quotes, events and reading. `reuse` writes the tab-separated
lines that its scorer reads. `reading` writes sentences with words in CoNLL-U's terms (heads count from 1, 0 is the root),
names and pointers, all with character offsets; no scorer lies beside gold for it, see `bench/reading.py`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.claims.events import events, scene_of
from onrecord.claims.plover import as_plover
from onrecord.claims.quantities import quantities
from onrecord.claims.statements import statements
from onrecord.matters.reuse import reuse
from onrecord.mentions import mentions
from onrecord.mentions.days import days
from onrecord.mentions.places import places
from onrecord.passages import passages
from onrecord.reading import DEFAULT, read
from onrecord.records import Event, Passage, Quantity, Report, Sheet, Span, content_id
from onrecord.text.dates import parse

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


def place(doc: Row) -> Row:
    """Places with their point where our extract has one, and their id."""
    report = report_of(doc)
    found = places(Sheet(report=report, passages=passages(report)))
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


def happened(doc: Row, reading: str = DEFAULT) -> Row:
    """Events in the words of the gold: type, mode, trigger, actor and recipient with spans, realis, assertion.

    The first one is the sentence's main event: the one nearest to the root of the first sentence that has any.
    """
    sheet = sheet_of({**doc, "text": unwrapped(doc["text"])}, reading)
    if _shouts(sheet.report.text):
        sheet = sheet_of({**doc, "text": recased(sheet)}, reading)
    sheet = replace(sheet, places=places(sheet), times=days(sheet))
    sheet = replace(sheet, statements=statements(sheet))
    found = sorted(events(sheet), key=lambda e: _depth(sheet, e))
    return {"id": doc["id"], "pred": [_event(sheet, e) for e in found]}


def unwrapped(text: str) -> str:
    """A text without line breaks inside paragraphs, character for character as long as it was."""
    return re.sub(r"(?<=[^\n])\n(?=[^\n\s])", " ", text)


def _shouts(text: str) -> bool:
    """Whether a text is written in capitals, as old wires were."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def recased(sheet: Sheet) -> str:
    """A text of capitals with capitals only where the reading sees a name or a sentence starts; as long as before."""
    text = list(sheet.report.text.lower())
    for sentence in sheet.reading.sentences:
        for k, word in enumerate(sentence.words):
            if (
                word.tag == "PROPN"
                and len(word.text) > 1
                and (len(word.text) > 4 or not word.text.isalpha() or k == 0 or word.text not in SHORT)
            ):
                text[word.start : word.end] = (
                    word.text.title() if len(word.text) > 4 or word.text in SHORT else word.text
                )
            elif k == 0:
                text[word.start] = word.text[0]
    return "".join(text)


SHORT = frozenset("JUAN JOSE LUIS PAUL PERU CUBA LIMA LEON CRUZ SAN EL LA LOS DE DEL LAS JUNE JULY MAY".split())


def _depth(sheet: Sheet, event: Event) -> tuple[int, int, int]:
    """Sentence, steps from its root that lead into other clauses, and place: the main event comes first."""
    for number, sentence in enumerate(sheet.reading.sentences):
        if sentence.start <= event.start < sentence.end:
            scene = scene_of(sheet, sentence)
            words = scene.t.words
            at = next((k for k, w in enumerate(words) if w.start <= event.start < w.end), 0)
            steps = 0
            while words[at].head >= 0 and steps < len(words):
                said = words[at].relation in ("ccomp", "parataxis") and scene.lemma(words[at].head) in SAYING
                steps += 0 if said else 1
                at = words[at].head
            return number, steps, event.start
    return len(sheet.reading.sentences), 0, event.start


SAYING = frozenset("say tell report announce add state note confirm claim declare believe".split())


def _type(sheet: Sheet, span: Span) -> str | None:
    """The type of the name that a phrase ends in; None where it ends in no name."""
    return next((m.type for m in sheet.mentions if m.start < span.end <= m.end), None)


WEAPON = re.compile(
    r"\b(?:(?:car|bus|truck|time|homemade|high-power|powerful|petrol|gasoline|hand|fragmentation|antipersonnel) )*"
    r"(?:bombs?|dynamite|grenades?|mines?|machine-?guns?|submachine-?guns?|rifles?|mortars?|rockets?|explosives?|pistols?|missiles?|"
    r"explosive devices?|explosive charges?|molotov cocktails|gunfire|mortar shells)\b",
    re.I,
)


def _instruments(sheet: Sheet, event: Event) -> list[str]:
    """Weapons that the sentence of a violent event names."""
    if event.type != "ASSAULT":
        return []
    for sentence in sheet.reading.sentences:
        if sentence.start <= event.start < sentence.end:
            return [m.group() for m in WEAPON.finditer(sheet.report.text, sentence.start, sentence.end)]
    return []


def _event(sheet: Sheet, event: Event) -> Row:
    text = sheet.report.text
    sides: Callable[[tuple[str, ...], tuple[Span, ...]], list[Row]] = lambda names, spans: [  # noqa: E731 - a local shorthand
        {"start": s.start, "end": s.end, "text": s.of(text), "name": n, "type": _type(sheet, s)}
        for n, s in zip(names, spans, strict=True)
    ]
    return {
        "type": event.type,
        "plover": as_plover(event.type, event.realis, event.why),
        "mode": event.mode,
        "trigger": {"start": event.start, "end": event.end, "text": event.text},
        "actor": sides(event.actors, event.actor_spans),
        "recipient": sides(event.recipients, event.recipient_spans),
        "instrument": _instruments(sheet, event),
        "realis": event.realis,
        "assertion": event.assertion,
        "date_from": event.date_from,
        "date_to": event.date_to,
        "inferred": event.confidence < 0.8,
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
    "quotes": quotes, "time": time, "place": place, "quantity": quantity, "reading": english,
    "events": happened,
}  # fmt: skip
READ = ("quotes", "reading", "events")  # kinds that a reading of English serves


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
