"""W3C Web Annotations as JSON-LD: one annotation a stretch, found by position (code points) and by quote with context.

The position counts in the report's text as received, which is `state.cached`; the quote also finds its place on a page
that has changed since. A statement resumed after its cue has two stretches, so two annotations, with one `onrecord:row`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.views.taking import UNIT, Sources, Taken, about, key, label, spans, taken
from onrecord.views.wording import chain_names

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:"}]


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes one collection with one page."""
    sources, rows, number = Sources(ledger), 0, 0
    says = about(ledger, asked)
    top = {
        "@context": CONTEXT,
        "id": f"urn:onrecord:collection:{says['ledger_sha256'][:16]}",
        "type": "AnnotationCollection",
        "label": says["holds"],
        "onrecord:offsets": says["offsets"],
        "generator": _maker(says),
    }
    page = {"id": f"{top['id']}:1", "type": "AnnotationPage", "partOf": top["id"], "startIndex": 0}
    out.write(_json(top)[:-1] + b', "first": ' + _json(page)[:-1] + b', "items": [')
    for one in asked:
        for row in taken(ledger, one, sources):
            rows += 1
            for part, at in enumerate(spans(row)):
                out.write((b",\n" if number else b"\n") + _json(_annotation(one.table, row, part, at, sources, says)))
                number += 1
    out.write(b'\n]}, "total": ' + str(number).encode() + b"}\n")
    return Taken(rows=rows, remarks=(f"{number} stretches of {rows} rows",) if number != rows else ())


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _maker(says: dict[str, str]) -> dict[str, str]:
    return {"id": "urn:onrecord:software", "type": "Software", "name": says["made_by"]}


def _annotation(
    table: str, row: Row, part: int, at: tuple[int, int], sources: Sources, says: dict[str, str]
) -> dict[str, Any]:
    report, (start, end) = row["report_id"], at
    before, after = sources.around(report, start, end)
    cached = f"urn:onrecord:{report}"
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    quote = {"type": "TextQuoteSelector", "exact": sources.quote(report, start, end), "prefix": before, "suffix": after}
    bodies = [
        {"type": "TextualBody", "value": label(table, row), "purpose": "describing"},
        {"type": "TextualBody", "value": table, "purpose": "tagging"},
    ]
    if table == "statements":
        bodies.append({"type": "TextualBody", "value": " ‹ ".join(chain_names(row["chain"])), "purpose": "identifying"})
    return {
        "id": f"urn:onrecord:{row[key(table)]}:{part}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": _maker(says),
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": row["url"] or cached,
            "selector": [position, quote],
            "state": {"type": "TimeState", "cached": cached},
        },
        "onrecord:row": row[key(table)],
        "onrecord:report": report,
        "onrecord:offsets": UNIT,
    }
