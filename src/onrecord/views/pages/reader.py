"""The reader: one report whole, everything found in it marked, copied stretches shaded, each with its note."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass

from onrecord.views.pages import events, filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf, leaf_of

SURE, LIKELY = 0.85, 0.65  # docs/benchmarks.md: how often statements of a confidence are right
Mark = tuple[int, int, str, str | None, str | None]  # start, end, class, statement, note


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in which nothing begins or ends: its classes, the statement it belongs to, anchors that start here."""

    text: str
    classes: str
    statement: str | None
    anchors: tuple[str, ...]
    note: str | None


def listed(shelf: Shelf, asked: Asked) -> Row:
    """What reports.html shows: reports in order of time, with what each holds and shares."""
    leaf = leaf_of(asked, filters.total(shelf, "reports", asked.filters))
    order = "published is null, published, outlet, id"
    rows = []
    for report in filters.rows(shelf, "reports", asked.filters, leaf, order):
        here = report["report_id"]
        rows.append(
            {
                **shelf.brief(here),
                "characters": report["characters"],
                "statements": shelf.count("select count(*) from statements where report_id = ?", here),
                "share": _share(_runs(shelf, here), report["characters"]),
            }
        )
    return {"leaf": leaf, "rows": rows}


def _share(runs: list[Row], characters: int) -> float:
    """Which share of a report other reports hold too, each character counted once."""
    covered, at = 0, 0
    for run in sorted(runs, key=lambda r: (r["start"], r["end"])):
        covered += max(0, run["end"] - max(at, run["start"]))
        at = max(at, run["end"])
    return round(covered / max(1, characters), 4)


def page(shelf: Shelf, asked: Asked) -> Row | None:
    """What report/<id>.html shows; None where there is no such report."""
    report = shelf.row("reports", "report_id", asked.row)
    if report is None:
        return None
    here = report["report_id"]
    statements = sorted(shelf.of_report("statements", here), key=lambda s: (s["content"][0], s["statement_id"]))
    runs = _runs(shelf, here)
    span = asked_span(asked.get("span"), report["characters"])
    marks = [*_marks(shelf, here, statements, runs), *([(*span, "asked", None, None)] if span else [])]
    return {
        "title": shelf.title(report),
        "report": {k: v for k, v in report.items() if k != "text"} | {"label": report["outlet"] or "unknown outlet"},
        "blocks": [_block(report, p, marks) for p in shelf.of_report("passages", here)],
        "notes": [_note(shelf, s) for s in statements],
        "copies": _copies(shelf, runs),
        "events": events.of_report(shelf, here),
        "span": span,
    }


def asked_span(span: str | None, characters: int) -> tuple[int, int] | None:
    """The characters [start, end) that an address points at, None where it points at none of this report.

    >>> asked_span("120-158", 500), asked_span("158-120", 500), asked_span("a-b", 500)
    ((120, 158), None, None)
    """
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", span or "", re.ASCII)
    if not match:
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end <= characters else None


def _block(report: Row, passage: Row, marks: list[Mark]) -> Row:
    label = passage["label_start"] is not None
    return {
        "role": passage["role"],
        "start": passage["start"],
        "end": passage["end"],
        "label": report["text"][passage["label_start"] : passage["label_end"]] if label else None,
        "pieces": _pieces(report["text"], passage["start"], passage["end"], marks),
    }


def _note(shelf: Shelf, statement: Row) -> Row:
    confidence = statement["confidence"]
    sure = "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "unsure"
    return {**statement, "matters": shelf.matters_of(statement["statement_id"]), "sure": sure}


def _marks(shelf: Shelf, here: str, statements: list[Row], runs: list[Row]) -> list[Mark]:
    found: list[Mark] = []
    for s in statements:
        for k, (a, b) in enumerate(s["content"]):  # the anchor stands before the first stretch alone
            anchor = f" s-{s['statement_id']}" if k == 0 else ""
            found.append((a, b, f"said {s['kind']}{anchor}", s["statement_id"], None))
        for part in ("source", "cue"):
            if s[f"{part}_start"] is not None:
                found.append((s[f"{part}_start"], s[f"{part}_end"], part, None, None))
    for q in shelf.of_report("quantities", here):
        found.append((q["start"], q["end"], f"figure q-{q['quantity_id']}", None, q["why"]))
    for e in shelf.of_report("events", here):
        told = f"{e['type']}, {e['realis']}: {'; '.join(e['actors']) or 'unknown'} › {'; '.join(e['recipients'])}"
        found.append((e["start"], e["end"], f"event {e['realis']} v-{e['event_id']}", None, told))
    for t in shelf.of_report("times", here):
        if t["value"]:
            found.append((t["start"], t["end"], "when", None, t["value"]))
    for p in shelf.of_report("places", here):
        found.append((p["start"], p["end"], "where", None, f"{p['name']}: {p['how']}"))
    for run in runs:
        found.append((run["start"], run["end"], "copied", None, run["note"]))
    return found


def _runs(shelf: Shelf, here: str) -> list[Row]:
    """Stretches of a report that others hold too, and what is known of the order."""
    found = []
    for mine, other in (("from", "to"), ("to", "from")):
        for r in shelf.all(f"select * from reuse where {mine}_report = ? order by id", here):
            brief = shelf.brief(r[f"{other}_report"])
            known = r["direction"] == "from-to"
            verb = "also in" if not known else "copied by" if mine == "from" else "first seen in"
            day = f", {brief['published'][:10]}" if brief["published"] else ""
            found.append(
                {
                    "start": r[f"{mine}_start"], "end": r[f"{mine}_end"], "report": brief, "characters": r["characters"],
                    "first": known and mine == "to", "note": f"{verb} {brief['label']}{day}",
                }
            )  # fmt: skip
    return found


ANCHOR = re.compile(r"[sqv]-")


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> list[Piece]:
    """Text [start, end) cut wherever a mark begins or ends. Classes that are an anchor and an id become the piece's anchors."""
    inside = [m for m in marks if m[0] < end and start < m[1]]
    cuts = sorted({start, end, *(max(start, m[0]) for m in inside), *(min(end, m[1]) for m in inside)})
    pieces = []
    for a, b in itertools.pairwise(cuts):
        over = [m for m in inside if m[0] <= a and b <= m[1]]
        said = [m for m in over if m[3]]
        innermost = min(said, key=lambda m: m[1] - m[0]) if said else None
        words = {c for m in over for c in m[2].split() if not ANCHOR.match(c)}
        begins = [c for m in over if m[0] == a for c in m[2].split() if ANCHOR.match(c)]
        notes = sorted({m[4] for m in over if m[4]})
        pieces.append(
            Piece(
                text[a:b], " ".join(sorted(words)), innermost[3] if innermost else None,
                tuple(dict.fromkeys(begins)), "; ".join(notes) or None,
            )
        )  # fmt: skip
    return pieces


def _copies(shelf: Shelf, runs: list[Row]) -> list[Row]:
    """Reports that share wording with this one, most first, and whether each was there before it."""
    totals: dict[str, int] = defaultdict(int)
    first = {r["report"]["report_id"]: r["first"] for r in runs}
    for r in runs:
        totals[r["report"]["report_id"]] += r["characters"]
    return [
        {"report": shelf.brief(k), "characters": n, "first": first[k]}
        for k, n in sorted(totals.items(), key=lambda i: (-i[1], i[0]))
    ]
