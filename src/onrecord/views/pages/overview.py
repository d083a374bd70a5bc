"""The first page: outlets, reports and independent origins side by side; what is contested; what was skipped and why."""

from __future__ import annotations

from collections import Counter

from onrecord.views.pages import matters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import MEANINGS, VERDICTS, Row, Shelf

CARDS = 12  # matters of one verdict on the first page; the list has them all
RELAYED = """chain like '%"role":"relay"%'"""  # as the partial index of ledger/schema.sql says it
SKIPPED = 5


def page(shelf: Shelf, asked: Asked) -> Row:
    """What the overview shows."""
    groups = []
    for verdict in VERDICTS:
        total = shelf.count("select count(*) from matters where verdict = ?", verdict)
        if total:
            cards = shelf.all(
                f"select * from matters where verdict = ? order by {matters.ORDER} limit ?", verdict, CARDS
            )
            groups.append(
                {"verdict": verdict, "meaning": MEANINGS[verdict], "total": total, "cards": [matters.card(shelf, m) for m in cards]}
            )  # fmt: skip
    return {"tally": _tally(shelf), "groups": groups, "skipped": _skipped(shelf)}


def _tally(shelf: Shelf) -> Row:
    return {
        "reports": shelf.count("select count(*) from reports"),
        "outlets": shelf.count("select count(distinct outlet) from reports"),
        "origins": shelf.count("select count(*) from origins"),
        "matters": shelf.count("select count(*) from matters"),
        "statements": shelf.count("select count(*) from statements"),
        "events": shelf.count("select count(*) from events"),
        "relayed": shelf.count(f"select count(*) from statements where {RELAYED}"),
    }


def _skipped(shelf: Shelf) -> Row:
    """How many inputs made no report, by reason, commonest first."""
    skipped = shelf.run["skipped"]
    reasons = Counter(s["reason"] for s in skipped)
    return {
        "total": len(skipped),
        "inputs": shelf.run["inputs"],
        "reasons": [{"reason": r, "inputs": n} for r, n in reasons.most_common(SKIPPED)],
        "more": max(0, len(reasons) - SKIPPED),
    }
