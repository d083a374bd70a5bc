"""The overview and the page of one matter: claims by origin, copies folded, figures on one axis."""

from __future__ import annotations

from typing import Any

from onrecord.views.report.book import VERDICTS, Book, Row, shortened
from onrecord.views.report.plot import Bar, range_plot

CONTEXT = 220  # characters around a claim, cut at the paragraph


def overview(book: Book) -> dict[str, Any]:
    """What index.html shows: counts, and matters by verdict, contested first."""
    groups = [(v, [m for m in book.matters if m["verdict"] == v]) for v in VERDICTS]
    briefs = {m["matter_id"]: brief(book, m) for m in book.matters}
    relayed = sum(any(k["role"] == "relay" for k in s["chain"]) for s in book.statement.values())
    return {"groups": [(v, rows) for v, rows in groups if rows], "briefs": briefs, "relayed": relayed}


def brief(book: Book, matter: Row) -> list[str]:
    """One short line a mouth: who says what."""
    lines = []
    for claim in book.claims.get(matter["matter_id"], ()):
        name = (book.origin.get(claim["origin_id"]) or {}).get("name") or "unnamed"
        lines.append(f"{name}: {shortened(claim['value'] or '', 60)}" if matter["kind"] == "figure" else name)
    return list(dict.fromkeys(lines))[:5]


def page(book: Book, matter: Row) -> dict[str, Any]:
    """What matter/<id>.html shows."""
    claims = [_claim(book, c) for c in book.claims.get(matter["matter_id"], ())]
    origins: dict[str, list[dict[str, Any]]] = {}
    for claim in sorted(
        claims, key=lambda c: (c["report"]["published"] or "9999", c["report"]["report_id"], c["start"])
    ):
        origins.setdefault(claim["origin_id"], []).append(claim)
    grouped = [(book.origin[o], rows) for o, rows in origins.items() if o in book.origin]
    plot = range_plot([_bar(o, rows) for o, rows in grouped]) if matter["kind"] == "figure" else None
    parties = {o["party"]: book.entity[o["party"]] for o, _ in grouped if o["party"] in book.entity}
    shared = {o["origin_id"]: folded(book, rows) for o, rows in grouped}
    return {
        "matter": matter,
        "grouped": grouped,
        "plot": plot,
        "title": matter["question"],
        "parties": parties,
        "folded": shared,
    }


# The ladder, weakest tie to a new voice first, as a reader is told of it.
RUNGS = {
    "same text": "the same text, printed again",
    "same utterance": "the same utterance",
    "same speaker": "the same speaker, another time",
    "same party": "another mouth of the same party",
}


def folded(book: Book, rows: list[dict[str, Any]]) -> str:
    """How the claims of an origin hang together: "+2 outlets print this; the same speaker, another time"."""
    labels = {r["label"] for r in rows}
    more = (
        f"+{len(labels) - 1} {'outlet prints' if len(labels) == 2 else 'outlets print'} this" if len(labels) > 1 else ""
    )
    rungs = [text for rung, text in RUNGS.items() if any(r["fold"] == rung for r in rows)]
    return "; ".join(filter(None, [more, *rungs]))


def _bar(origin: Row, rows: list[dict[str, Any]]) -> Bar:
    quantity = rows[0]["quantity"]
    more = len({r["report"]["report_id"] for r in rows}) - 1
    note = f"+{more} report{'s' if more > 1 else ''}" if more else ""
    return Bar(
        origin["name"] or "unnamed", rows[0]["value"], quantity["low"], quantity["high"], not quantity["exact"], note
    )


def _claim(book: Book, claim: Row) -> dict[str, Any]:
    quantity = book.quantity.get(claim["claim_id"])
    statement = book.statement.get(claim["claim_id"]) or book.statement.get((quantity or {}).get("statement_id") or "")
    event = book.event.get(claim["claim_id"])
    statement = statement or book.statement.get((event or {}).get("statement_id") or "")
    row = quantity or event or statement
    assert row is not None
    report = book.report[row["report_id"]]
    placed = quantity or event
    spans = [(placed["start"], placed["end"])] if placed else [tuple(s) for s in row["content"]]
    return {
        **claim,
        "quantity": quantity,
        "statement": statement,
        "report": report,
        "label": book.label(report),
        "start": spans[0][0],
        "pieces": pieces(report["text"], spans),
        "chain": statement["chain"]
        if statement
        else [{"role": "outlet", "name": report["outlet"], "channel": None, "entity_id": None}],
        "anchor": f"v-{claim['claim_id']}"
        if event
        else f"s-{statement['statement_id']}"
        if statement
        else f"q-{claim['claim_id']}",
        "why": row["why"],
        "confidence": row["confidence"],
    }


def pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The paragraph around spans, cut to what is near, as stretches with a mark on what was claimed."""
    first, last = spans[0][0], spans[-1][1]
    start = max(text.rfind("\n", 0, first) + 1, first - CONTEXT)
    stop = text.find("\n", last)
    end = min(len(text) if stop < 0 else stop, last + CONTEXT)
    parts: list[tuple[str, bool]] = [("… ", False)] if start and text[start - 1] != "\n" else []
    at = start
    for a, b in spans:
        parts += [(text[at:a], False), (text[a:b], True)]
        at = b
    parts.append((text[at:end] + (" …" if end < len(text) and text[end] != "\n" else ""), False))
    return [p for p in parts if p[0]]
