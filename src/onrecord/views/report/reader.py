"""The reader: one report whole, statements marked in it, copied stretches shaded, each with its note."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from onrecord.views.report import events
from onrecord.views.report.book import Book, Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in which nothing begins or ends: its classes, the statement it belongs to, anchors that start here."""

    text: str
    classes: str
    statement: str | None
    anchors: tuple[str, ...]
    note: str | None


def page(book: Book, report: Row) -> dict[str, Any]:
    """What report/<id>.html shows."""
    here = report["report_id"]
    statements = sorted(book.statements.get(here, ()), key=lambda s: (s["content"][0], s["statement_id"]))
    marks = _marks(book, report, statements)
    blocks = [(p, _pieces(report["text"], p["start"], p["end"], marks)) for p in book.passages.get(here, ())]
    return {
        "report": report,
        "title": book.title(report),
        "blocks": [(p, pieces, _label(report, p)) for p, pieces in blocks],
        "notes": [_note(book, s) for s in statements],
        "copies": _copies(book, here),
        "events": events.of_report(book, here),
    }


def _label(report: Row, passage: Row) -> str | None:
    if passage["label_start"] is None:
        return None
    return str(report["text"][passage["label_start"] : passage["label_end"]])


def _note(book: Book, statement: Row) -> dict[str, Any]:
    held = [book.matter[c["matter_id"]] for c in book.in_matters.get(statement["statement_id"], ())]
    return {**statement, "matters": held, "sure": _sure(statement["confidence"])}


def _sure(confidence: float) -> str:
    return "sure" if confidence >= 0.85 else "likely" if confidence >= 0.65 else "unsure"


EVENT = "event:"  # before an event's id among the classes of a mark; it becomes the anchor
Mark = tuple[int, int, str, str | None, str | None]  # start, end, class, statement, note


def _marks(book: Book, report: Row, statements: list[Row]) -> list[Mark]:
    here = report["report_id"]
    found: list[Mark] = []
    for s in statements:
        found += [(a, b, f"said {s['kind']}", s["statement_id"], None) for a, b in s["content"]]
        for part in ("source", "cue"):
            if s[f"{part}_start"] is not None:
                found.append((s[f"{part}_start"], s[f"{part}_end"], part, None, None))
    for q in book.quantities.get(here, ()):
        found.append((q["start"], q["end"], "figure", None, q["why"]))
    for e in book.events.get(here, ()):
        told = f"{e['type']}, {e['realis']}: {'; '.join(e['actors']) or 'unknown'} › {'; '.join(e['recipients'])}"
        found.append((e["start"], e["end"], f"event {e['realis']} {EVENT}{e['event_id']}", None, told))
    for t in book.times.get(here, ()):
        if t["value"]:
            found.append((t["start"], t["end"], "when", None, t["value"]))
    for start, end, other in _runs(book, here):
        found.append((start, end, "copied", None, f"also in {other}"))
    return found


def _runs(book: Book, here: str) -> list[tuple[int, int, str]]:
    found = []
    for r in book.reuse:
        for side, other in (("from", "to"), ("to", "from")):
            if r[f"{side}_report"] == here:
                found.append((r[f"{side}_start"], r[f"{side}_end"], book.label(book.report[r[f"{other}_report"]])))
    return found


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> list[Piece]:
    """Text [start, end) cut wherever a mark begins or ends."""
    inside = [m for m in marks if m[0] < end and start < m[1]]
    cuts = sorted({start, end, *(max(start, m[0]) for m in inside), *(min(end, m[1]) for m in inside)})
    pieces = []
    for a, b in itertools.pairwise(cuts):
        over = [m for m in inside if m[0] <= a and b <= m[1]]
        said = [m for m in over if m[3]]
        innermost = min(said, key=lambda m: m[1] - m[0]) if said else None
        classes = " ".join(sorted({c for m in over for c in m[2].split() if not c.startswith(EVENT)}))
        ids = (c.removeprefix(EVENT) for m in over if m[0] == a for c in m[2].split() if c.startswith(EVENT))
        anchors = (*(f"s-{m[3]}" for m in said if m[0] == a), *(f"v-{i}" for i in sorted(ids)))
        notes = sorted({m[4] for m in over if m[4]})
        pieces.append(Piece(text[a:b], classes, innermost[3] if innermost else None, anchors, "; ".join(notes) or None))
    return pieces


def _copies(book: Book, here: str) -> list[dict[str, Any]]:
    """Reports that share wording with this one, most first."""
    totals: dict[str, int] = defaultdict(int)
    for r in book.reuse:
        if here in (r["from_report"], r["to_report"]):
            totals[r["to_report"] if r["from_report"] == here else r["from_report"]] += r["characters"]
    return [
        {"report": book.report[k], "label": book.label(book.report[k]), "characters": n}
        for k, n in sorted(totals.items(), key=lambda i: (-i[1], i[0]))
    ]


def index(book: Book) -> dict[str, Any]:
    """What reports.html shows."""
    rows = []
    for report in book.reports:
        here = report["report_id"]
        copied: set[int] = set()
        for start, end, _ in _runs(book, here):
            copied.update(range(start, end))
        share = len(copied) / max(1, report["characters"])
        rows.append(
            {
                "report": report,
                "title": book.title(report),
                "label": book.label(report),
                "statements": len(book.statements.get(here, ())),
                "share": share,
            }
        )
    return {"rows": rows}
