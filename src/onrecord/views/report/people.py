"""People and groups: the names used for them, and all they said over time."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from onrecord.views.report.book import Book, Row

KINDS = ("person", "group", "outlet", "place")


def _spoken(book: Book) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for statement in book.statement.values():
        if statement["speaker_entity"]:
            found[statement["speaker_entity"]].append(statement)
    return found


def listed(book: Book) -> list[Row]:
    """Entities with a page: all who said something, and relays."""
    relays = {k["entity_id"] for s in book.statement.values() for k in s["chain"] if k["entity_id"]}
    return [e for e in book.entity.values() if e["entity_id"] in relays]


def index(book: Book) -> dict[str, Any]:
    """What who/index.html shows: those who say most first."""
    spoken = _spoken(book)
    rows = [
        {**e, "said": len(spoken.get(e["entity_id"], ())), "named": len(book.mentions.get(e["entity_id"], ()))}
        for e in listed(book)
    ]
    return {"rows": sorted(rows, key=lambda r: (-r["said"], -r["named"], r["name"]))}


def page(book: Book, entity: Row) -> dict[str, Any]:
    """What who/<id>.html shows: statements in order of time, then passages relayed."""
    said = _spoken(book).get(entity["entity_id"], [])
    relayed = [
        s
        for s in book.statement.values()
        if any(k["role"] == "relay" and k["entity_id"] == entity["entity_id"] for k in s["chain"])
    ]
    return {"entity": entity, "title": entity["name"], "said": _rows(book, said), "relayed": _rows(book, relayed)}


def _rows(book: Book, statements: list[Row]) -> list[dict[str, Any]]:
    rows = [
        {**s, "report": book.report[s["report_id"]], "label": book.label(book.report[s["report_id"]])}
        for s in statements
    ]
    return sorted(
        rows, key=lambda r: (r["said_from"] or r["report"]["published"] or "9999", r["report_id"], r["content"][0])
    )
