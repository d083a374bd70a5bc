"""The rows of the review queue, with what a person needs to decide: the sentence and its neighbours, the chain, the why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.ledger.decisions.corrections import FIELDS, shown
from onrecord.ledger.decisions.queue import Item
from onrecord.ledger.shape import TABLES
from onrecord.records import Judgement, Span
from onrecord.text.marks import quotations
from onrecord.text.sentences import sentences
from onrecord.views.pages.catalogue import Catalogue
from onrecord.views.pages.shelf import Row, Shelf

# What stands before the values that a row claims (`facts`).
LABELS = (
    "speaker", "kind", "said", "attitude", "polarity", "figure", "of", "whose", "realis", "when", "type", "by", "to", "where", "date", "precision",
    "value", "counted from", "place", "in", "point", "GeoNames id",
)  # fmt: skip
NEIGHBOURS = 2  # sentences on each side
NEAR = 2000  # characters: a passage further away is no neighbour
MENTIONS = 3  # places that a name is shown in
LETTERS = {"statements": "s", "quantities": "q", "events": "v"}  # of rows that a report's page marks
SILENT = ("furniture", "caption", "byline", "credit")
KINDS = {
    "statements": "statement",
    "quantities": "figure",
    "events": "event",
    "times": "date",
    "places": "place",
    "doubts": "one or two?",
}
LISTS = {
    "statements": "statements",
    "quantities": "figures",
    "events": "events",
    "times": "dates",
    "places": "places",
    "doubts": "names: one or two?",
}


def item(shelf: Shelf, waiting: Item, acts: Sequence[Judgement], disputed: bool) -> Row:
    """One item of the queue as the page shows it."""
    row = shelf.row(waiting.table, TABLES[waiting.table][1], waiting.row_id)
    assert row is not None, waiting.row_id
    told = {
        "table": waiting.table,
        "row_id": waiting.row_id,
        "kind": KINDS[waiting.table],
        "contested": waiting.contested,
        "effect": waiting.effect,
        "why": row["how" if waiting.table == "places" else "why"],
        "decided": [decided(a) for a in acts],
        "disputed": disputed,
    }
    return told | (_pair(shelf, row) if waiting.table == "doubts" else _claim(shelf, waiting.table, row))


def decided(act: Judgement) -> Row:
    """A decision as a page tells it."""
    return {
        "id": act.judgement_id,
        "act": act.act,
        "who": act.who,
        "field": act.field,
        "new": act.new,
        "reason": act.reason,
    }


def worded(act: Judgement, words: Catalogue) -> Row:
    """A decision in words: what was done, and by whom."""
    field = words.say(act.field) if act.field and act.field != "names" else ""
    done = " ".join(filter(None, (words.say(act.act), field)))
    return {"says": f"{done}: {act.new}" if field and act.new else done, "by": words.say("by {who}", who=act.who)}


def _claim(shelf: Shelf, table: str, row: Row) -> Row:
    held = row.get("statement_id")
    statement = row if table == "statements" else shelf.row("statements", "statement_id", held) if held else None
    spans = row["content"] if table == "statements" else [[row["start"], row["end"]]]
    report = shelf.report(row["report_id"])
    start, end = around(shelf, row["report_id"], spans[0][0], spans[-1][1])
    letter = LETTERS.get(table)
    fields = [{"field": f, "now": _now(shelf, table, f, row) or ""} for f in FIELDS[table]]
    place = shelf.row("places", "place_id", row.get("place_id"))
    return {
        "report": shelf.brief(row["report_id"]),
        "anchor": f"{letter}-{row[TABLES[table][1]]}" if letter else f"span={spans[0][0]}-{spans[0][1]}",
        "start": start,
        "pieces": marked(report["text"], start, end, spans),
        "chain": statement["chain"] if statement else [_outlet(report)],
        "confidence": row.get("confidence"),
        "facts": facts(shelf, table, row),
        "matters": shelf.matters_of(row[TABLES[table][1]]),
        "fields": fields,
        "now": {f["field"]: f["now"] for f in fields},
        "place": {"row_id": place["place_id"], "text": place["text"], "name": place["name"]} if place else None,
        "named": _named(shelf, row["report_id"]) if table in ("quantities", "events") else [],
    }


def _named(shelf: Shelf, report_id: str) -> list[str]:
    """The places that a report names, which a claim may be laid in."""
    return sorted({p["name"] for p in shelf.of_report("places", report_id)})


def _outlet(report: Row) -> Row:
    return {"role": "outlet", "name": report["outlet"], "channel": None, "entity_id": None}


def _now(shelf: Shelf, table: str, field: str, row: Row) -> str | None:
    value = shown(table, field, row)
    place = shelf.row("places", "place_id", value) if field == "place" else None
    return str(place["name"]) if place else value


def facts(shelf: Shelf, table: str, row: Row) -> list[tuple[str, str]]:
    """What the row claims, as label and value; absent ones are left out."""
    if table == "places":
        return _whereabouts(row)
    place = shelf.row("places", "place_id", row.get("place_id"))
    columns: Mapping[str, tuple[tuple[str, Any], ...]] = {
        "statements": (
            ("speaker", row.get("speaker") or "unknown"),
            ("kind", row.get("kind")),
            ("said", shown(table, "date", row)),
            ("attitude", row.get("attitude")),
            ("polarity", row["polarity"] if row.get("polarity") == "denied" else None),
        ),
        "quantities": (
            ("figure", shown(table, "figure", row) if table == "quantities" else None),
            ("of", row.get("class") or row.get("counted")),
            ("whose", row.get("subject")),
            ("realis", row.get("realis")),
            ("when", shown(table, "date", row)),
        ),
        "events": (
            ("type", "/".join(filter(None, (row.get("type"), row.get("mode"))))),
            ("by", "; ".join(row.get("actors") or ()) or "unknown"),
            ("to", "; ".join(row.get("recipients") or ()) or "nobody named"),
            ("realis", row.get("realis")),
            ("when", shown(table, "date", row)),
        ),
        "times": (
            ("date", shown(table, "date", row)),
            ("precision", row.get("precision")),
            ("value", row.get("value")),
            ("counted from", row.get("anchor")),
        ),
    }
    told = (*columns[table], ("where", place["name"] if place else None))
    return [(name, str(value)) for name, value in told if value]


def _whereabouts(row: Row) -> list[tuple[str, str]]:
    at = f"{row['lat']:.4f}, {row['lon']:.4f}" if row["lat"] is not None and row["lon"] is not None else None
    told = (
        ("place", row["name"]),
        ("precision", row["precision"]),
        ("in", ", ".join(filter(None, (row["province"] if row["province"] != row["name"] else None, row["country"])))),
        ("point", at),
        ("GeoNames id", row["geoname_id"]),
    )
    return [(name, str(value)) for name, value in told if value]


def _pair(shelf: Shelf, row: Row) -> Row:
    """Both names of a doubt with the sentences they stand in, side by side."""
    return {
        "names": [row["one"], row["other"]],
        "sides": [_side(shelf, row[f"{side}_entity"]) for side in ("one", "other")],
        "confidence": None,
    }


def _side(shelf: Shelf, entity_id: str) -> Row:
    found = shelf.all(
        'select m.report_id, m.start, m."end" from mentions m join reports r using (report_id) where m.entity_id = ? '
        "and m.id in (select min(id) from mentions where entity_id = ? group by report_id) "
        "order by r.published is null, r.published, m.id limit ?",
        entity_id,
        entity_id,
        MENTIONS,
    )
    total = shelf.count("select count(*) from mentions where entity_id = ?", entity_id)
    return {"entity": shelf.entity(entity_id), "total": total, "places": [_mention(shelf, m) for m in found]}


def _mention(shelf: Shelf, mention: Row) -> Row:
    text = shelf.report(mention["report_id"])["text"]
    span = [mention["start"], mention["end"]]
    start, end = around(shelf, mention["report_id"], span[0], span[1], 0)
    return {"report": shelf.brief(mention["report_id"]), "pieces": marked(text, start, end, [span])}


def around(shelf: Shelf, report_id: str, first: int, last: int, neighbours: int = NEIGHBOURS) -> tuple[int, int]:
    """The stretch from some sentences before the one that holds `first` to some after the one that holds `last`."""
    text = shelf.report(report_id)["text"]
    cut: list[Span] = []
    for p in shelf.of_report("passages", report_id):
        here = p["start"] < last and first < p["end"]
        near = abs(p["start"] - last) < NEAR or abs(p["end"] - first) < NEAR
        if here or (near and p["role"] not in SILENT):
            quoted = quotations(text, p["start"], p["end"])
            cut += sentences(text, p["start"], p["end"], quoted) or (Span(p["start"], p["end"]),)
    held = [k for k, s in enumerate(cut) if s.start < last and first < s.end]
    if not held:
        return max(0, first - 200), min(len(text), last + 200)
    start = cut[max(0, held[0] - neighbours)].start
    end = cut[min(len(cut) - 1, held[-1] + neighbours)].end
    return min(start, first), max(end, last)


def marked(text: str, start: int, end: int, spans: Sequence[Sequence[int]]) -> list[tuple[str, bool]]:
    """text[start:end] in stretches, each with whether it is what the row points at.

    >>> marked("He said yes.", 0, 12, [[8, 11]])
    [('He said ', False), ('yes', True), ('.', False)]
    """
    parts, at = [], start
    for a, b in spans:
        parts += [(text[at:a], False), (text[a:b], True)]
        at = b
    parts.append((text[at:end], False))
    return [p for p in parts if p[0]]
