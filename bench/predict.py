"""Runs our extractors over a public gold file and writes predictions in the shape that the scorer beside it reads.

    python bench/predict.py KIND IN.jsonl OUT.jsonl [--reading READING]

KIND is one of quotes, time, place, resolve, quantity, events, reuse, reading. Only texts, titles, dates and outlets of IN are read,
never its gold. READING (bundled, spacy:NAME or none) reads the English for quotes, place, quantity, events and reading. `reuse` writes the tab-separated
lines that its scorer reads. `reading` writes sentences with words in CoNLL-U's terms (heads count from 1, 0 is the root),
names and pointers, all with character offsets; no scorer lies beside gold for it, see `bench/reading.py`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.claims.events import events, scene_of
from onrecord.claims.events.plover import as_plover
from onrecord.claims.quantities import all_figures
from onrecord.claims.quantities.counted import one_of
from onrecord.claims.quantities.figure import Figure
from onrecord.claims.quantities.sight import Sight
from onrecord.claims.statements import statements
from onrecord.mentions import mentions
from onrecord.mentions.days import days
from onrecord.mentions.places import places, resolved
from onrecord.passages import passages
from onrecord.reading import DEFAULT, read
from onrecord.records import Event, Passage, Place, Report, Sheet, Span, Statement, content_id
from onrecord.text.dates import parse

Row = dict[str, Any]
# "fell from 80 dollars a sack to 60": two figures in a ledger, one range with both ends in the gold.
CHANGE, TO = (
    re.compile(r"\bfrom\s+(?:just\s+|about\s+|some\s+)?$"),
    re.compile(r"[^,;()\d]{0,24}\s+to\s+(?:just\s+|about\s+)?"),
)


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
    """Statements as source, cue and content spans, and the mouths around them that are no statement of their own.

    Turns of an interview that has no labels are left out: no gold set has rows for them (GUM lists them apart).
    """
    sheet = sheet_of(doc, reading)
    rows = tuple(s for s in statements(sheet) if s.source or s.kind not in ("turn", "question"))
    found = [
        {
            "content": [[c.start, c.end] for c in s.content],
            "source": _spans(s.source),
            "cue": _spans(s.cue),
            "kind": s.kind,
            "speaker": s.speaker,
        }
        for s in rows
    ]
    return {"doc_id": doc["doc_id"], "gold": found + _around(sheet.report.text, rows)}


def _spans(span: Span | None) -> list[list[int]]:
    return [[span.start, span.end]] if span else []


def _around(text: str, rows: tuple[Statement, ...]) -> list[Row]:
    """Relays that stand around a statement in its sentence ("..., according to the Bulletin"), as the gold sets write them.

    The ledger keeps such a mouth as a link of the chain; the gold sets give it a row whose content is the whole inner one.
    """
    sources = {(s.source.start, s.source.end) for s in rows if s.source}
    found: dict[tuple[int, int], Row] = {}
    for s in rows:
        parts = [*s.content, *filter(None, (s.source, s.cue))]
        start, end = min(p.start for p in parts), max(p.end for p in parts)
        for link in s.chain:
            if link.role != "relay" or link.start is None or link.end is None:
                continue
            at, between = (link.start, link.end), text[min(end, link.start) : max(start, link.end)]
            told = text[link.start : link.end] == s.addressee
            if start <= link.start < end or told or at in sources or "\n" in between:
                continue
            row = {"content": [[start, end]], "source": [list(at)], "cue": [], "kind": "indirect", "speaker": link.name}
            found.setdefault(at, row)
    return list(found.values())


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


def quantity(doc: Row, reading: str = DEFAULT) -> Row:
    """All figures with bounds, unit and what is counted, also those that no ledger wants: the gold counts them."""
    report = report_of(doc)
    sheet = Sheet(report=report, passages=(_whole(report),))
    sheet = replace(sheet, reading=read(sheet, reading))
    rows: list[Row] = []
    for sight, figure in all_figures(sheet):
        row = _figure(sight, figure)
        if (
            rows
            and CHANGE.search(report.text[: rows[-1]["start"]])
            and TO.fullmatch(_between(report.text, rows[-1], row))
        ):
            rows[-1] |= {"high": row["high"], "value": None, "end": row["end"], "unit": row["unit"] or rows[-1]["unit"]}
        else:
            rows.append(row)
    return {"doc_id": doc["doc_id"], "pred": rows}


def _between(text: str, one: Row, other: Row) -> str:
    return text[one["end"] : other["start"]]


def _whole(report: Report) -> Passage:
    """The text as one body passage: these texts are sentences, not reports."""
    return Passage(passage_id="p", report_id=report.report_id, start=0, end=len(report.text), role="body")


def _figure(sight: Sight, figure: Figure) -> Row:
    """A figure as the gold writes one: the number as written, a vague word as its usual range, the unit's English name."""
    amount = figure.amount
    return {
        "start": sight.start + amount.number_start,
        "end": sight.start + amount.number_end,
        "low": amount.number,
        "high": amount.most,
        "value": amount.number if amount.number == amount.most else None,
        "unit": _unit(sight, figure),
        "modifier": {"<~": "~", ">=": ">", "<=": "<"}.get(amount.sign, amount.sign) or "=",
        "noun": figure.counted,
    }


def _unit(sight: Sight, figure: Figure) -> str | None:
    if figure.kind == "age":
        return f"{figure.unit.name if figure.unit else 'year'} of age"
    noun = one_of(_lemmas(sight, figure).replace(" and ", " ")) if figure.counted else None
    if figure.unit is not None and figure.unit.name.startswith("per "):
        return f"{noun} {figure.unit.name}"
    return figure.unit.name if figure.unit else "count" if noun == "time" else noun


def _lemmas(sight: Sight, figure: Figure) -> str:
    """The counted phrase with its adjectives as dictionaries write them, where a tree knows them."""
    noun = figure.counted or ""
    start = sight.text.find(noun, figure.start)
    if start < 0:
        return noun
    words, at = [], start
    for word in noun.split():
        place = sight.word(sight.text.find(word, at))
        read = place[0].words[place[1]] if place is not None else None
        words.append(read.lemma if read is not None and read.tag == "ADJ" and read.text == word else word)
        at += len(word)
    return " ".join(words)


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
    """Shared wording of a workload, as the tab-separated lines its scorer reads (`bench/predict_reuse.py`)."""
    sys.path.append(str(Path(__file__).parents[1]))  # run as a script, this file stands outside the package `bench`
    from bench.predict_reuse import reuse

    reuse(source, target)


KINDS: dict[str, Callable[..., Row]] = {
    "quotes": quotes, "time": time, "place": place, "resolve": resolve, "quantity": quantity, "reading": english,
    "events": happened,
}  # fmt: skip
READ = ("quotes", "place", "quantity", "events", "reading")  # kinds that a reading of English serves


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
