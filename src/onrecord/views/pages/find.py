"""Search: all hits of some words in reports and in what was said, best first, the words marked."""

from __future__ import annotations

import re

from onrecord.views.pages.asked import Asked
from onrecord.views.pages.filters import matching
from onrecord.views.pages.shelf import Row, Shelf, leaf_of

HITS = 20
AROUND = 28  # words of a report around a hit
# Characters for private use: no report that was read holds them as text, so nobody can forge a mark.
START, STOP = "\ue000", "\ue001"
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
    totals = {k: _total(shelf, k, query) for k in KINDS} if words else dict.fromkeys(KINDS, 0)
    leaf = leaf_of(asked, totals[kind], HITS)
    found = shelf.all(KINDS[kind], START, STOP, AROUND, query, leaf["take"], leaf["skip"]) if words else []
    return {"q": words, "kind": kind, "totals": totals, "leaf": leaf, "rows": [_hit(shelf, r, kind) for r in found]}


def _total(shelf: Shelf, kind: str, query: str) -> int:
    return shelf.count(f"select count(*) from {kind}_search where {kind}_search match ?", query)


def _hit(shelf: Shelf, row: Row, kind: str) -> Row:
    about = {"statement_id": row["statement_id"], "speaker": row["speaker"], "chain": row["chain"], "kind": row["kind"]}
    return {
        "report": shelf.brief(row["report_id"]),
        "pieces": marked(row["hit"]),
        "statement": about if kind == "statements" else None,
    }


def marked(hit: str) -> list[tuple[str, bool]]:
    """A hit as stretches with a mark on the words that were looked for.

    >>> marked("the \\ue000bridge\\ue001 fell")
    [('the ', False), ('bridge', True), (' fell', False)]
    """
    line = " ".join(hit.split())
    return [(t.strip(START + STOP), t[0] == START) for t in re.split(f"({START}[^{STOP}]*{STOP})", line) if t]
