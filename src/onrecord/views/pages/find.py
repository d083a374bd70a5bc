"""Search: all hits of some words in reports and in what was said, best first, the words marked."""

from __future__ import annotations

import secrets

from onrecord.views.pages.asked import Asked
from onrecord.views.pages.filters import matching
from onrecord.views.pages.shelf import Row, Shelf, leaf_of

HITS = 20
AROUND = 28  # words of a report around a hit
KINDS = {
    "reports": "select r.report_id, snippet(reports_search, -1, ?, ?, ' … ', ?) as hit from reports_search "
    "join reports r on r.id = reports_search.rowid where reports_search match ? order by rank, r.id limit ? offset ?",
    "statements": "select s.*, snippet(statements_search, 0, ?, ?, ' … ', ?) as hit from statements_search "
    "join statements s on s.id = statements_search.rowid where statements_search match ? order by rank, s.id limit ? offset ?",
}


def page(shelf: Shelf, asked: Asked) -> Row:
    """What the search shows; without words, nothing but the question."""
    words, kind = asked.get("q") or "", asked.get("in") or "reports"
    kind = kind if kind in KINDS else "reports"
    query = matching(words)
    totals = {k: _total(shelf, k, query) for k in KINDS} if query else dict.fromkeys(KINDS, 0)
    leaf = leaf_of(asked, totals[kind], HITS)
    start, stop = _marks()
    found = shelf.all(KINDS[kind], start, stop, AROUND, query, leaf["take"], leaf["skip"]) if query else []
    rows = [_hit(shelf, r, kind, marked(r["hit"], start, stop)) for r in found]
    return {"q": words, "kind": kind, "totals": totals, "leaf": leaf, "rows": rows}


def _total(shelf: Shelf, kind: str, query: str) -> int:
    return shelf.count(f"select count(*) from {kind}_search where {kind}_search match ?", query)


def _marks() -> tuple[str, str]:
    """What stands around a hit: drawn anew for each search, so that no report can hold it and forge a mark."""
    drawn = secrets.token_hex(8)
    return f"\ue000{drawn}", f"{drawn}\ue001"


def _hit(shelf: Shelf, row: Row, kind: str, pieces: list[tuple[str, bool]]) -> Row:
    shown = ("statement_id", "speaker", "chain", "kind")
    return {
        "report": shelf.brief(row["report_id"]),
        "pieces": pieces,
        "statement": {k: row[k] for k in shown} if kind == "statements" else None,
    }


def marked(hit: str, start: str, stop: str) -> list[tuple[str, bool]]:
    """A hit as stretches with a mark on the words that were looked for.

    >>> marked("the [bridge] fell", "[", "]")
    [('the ', False), ('bridge', True), (' fell', False)]
    """
    pieces: list[tuple[str, bool]] = []
    for k, part in enumerate(" ".join(hit.split()).split(start)):
        inside, _, after = part.partition(stop) if k else ("", "", part)
        pieces += [(inside, True), (after, False)]
    return [(text, mark) for text, mark in pieces if text]
