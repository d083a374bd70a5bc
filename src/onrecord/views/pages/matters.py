"""Matters: the list, and the page of one: claims by origin, copies folded, figures on one axis."""

from __future__ import annotations

from typing import Any

from onrecord.views.pages import filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.matrix import matrix
from onrecord.views.pages.plot import Bar, range_plot
from onrecord.views.pages.shelf import MEANINGS, VERDICTS, Row, Shelf, grouped, leaf_of, shortened

ORIGINS = 25  # on one leaf of the page of a matter
MOST = 30  # claims of one origin on a page of the server; files hold them all
CONTEXT = 220  # characters around a claim, cut at the paragraph
BRIEF = 5  # mouths named on a card
ORDER = "kind = 'figure' desc, reports desc, question, id"
# The claims of a matter in order of time: which report, and where in it.
CLAIMS = """select c.*, r.report_id, r.outlet from matter_claims c left join quantities q on q.quantity_id = c.claim_id
  left join events v on v.event_id = c.claim_id left join statements s on s.statement_id = c.claim_id
  join reports r on r.report_id = coalesce(q.report_id, v.report_id, s.report_id) where c.matter_id = ?
  order by coalesce(r.published, '9999'), r.report_id, coalesce(q.start, v.start, json_extract(s.content, '$[0][0]')), c.id"""
RANK = f"case verdict {' '.join(f'''when '{v}' then {k}''' for k, v in enumerate(VERDICTS))} end"


def listed(shelf: Shelf, asked: Asked) -> Row:
    """What matters.html shows: matters under the filter, contested first."""
    leaf = leaf_of(asked, filters.total(shelf, "matters", asked.filters))
    rows = filters.rows(shelf, "matters", asked.filters, leaf, f"{RANK}, {ORDER}")
    counts = {r["verdict"]: r["n"] for r in shelf.all("select verdict, count(*) as n from matters group by verdict")}
    return {
        "leaf": leaf,
        "rows": [card(shelf, m) for m in rows],
        "verdicts": [{"verdict": v, "total": counts[v], "meaning": MEANINGS[v]} for v in VERDICTS if v in counts],
    }


def card(shelf: Shelf, matter: Row) -> Row:
    """A matter with one short line a mouth: who says what."""
    claims = shelf.all(
        "select c.value, o.name from matter_claims c left join origins o on o.origin_id = c.origin_id where c.matter_id = ? order by c.id limit 40",
        matter["matter_id"],
    )
    figure = matter["kind"] == "figure"
    lines = [(c["name"] or "unnamed", shortened(c["value"] or "", 60) if figure else "") for c in claims]
    return {**matter, "brief": [{"name": n, "value": v} for n, v in dict.fromkeys(lines)][:BRIEF]}


def page(shelf: Shelf, asked: Asked) -> Row | None:
    """What matter/<id>.html shows; None where there is no such matter."""
    matter = shelf.matter(asked.row)
    if matter is None:
        return None
    by_origin = grouped(shelf.all(CLAIMS, asked.row), "origin_id")
    leaf = leaf_of(asked, len(by_origin), len(by_origin) if asked.whole else ORIGINS)
    shown = list(by_origin.items())[leaf["skip"] : leaf["skip"] + leaf["take"]]
    most = None if asked.whole else MOST
    origins = [_origin(shelf, o, claims, most) for o, claims in shown]
    return {
        "title": matter["question"],
        "matter": matter,
        "meaning": MEANINGS[matter["verdict"]],
        "leaf": leaf,
        "origins": origins,
        "matrix": matrix(origins),
        "plot": range_plot([_bar(o) for o in origins]) if matter["kind"] == "figure" else None,
    }


def _origin(shelf: Shelf, origin_id: str | None, claims: list[Row], most: int | None) -> Row:
    """An origin with its claims; one that the ledger does not name stands by itself."""
    origin = shelf.row("origins", "origin_id", origin_id) or {
        "origin_id": origin_id, "kind": "unknown", "name": None, "entity_id": None, "why": "", "party": None, "named": 1
    }  # fmt: skip
    party = shelf.entity(origin["party"]) if origin["party"] != origin["entity_id"] else None
    return {
        **origin,
        **folded(claims),
        "party_name": party["name"] if party else None,
        "claims": [_claim(shelf, c) for c in claims[:most]],
        "more": len(claims) - len(claims[:most]),
        "reports": len({c["report_id"] for c in claims}),
    }


# The ladder, weakest tie to a new voice first, as a reader is told of it.
RUNGS = {
    "same text": "the same text, printed again",
    "same utterance": "the same utterance",
    "same speaker": "the same speaker, another time",
    "same party": "another mouth of the same party",
}


def folded(claims: list[Row]) -> Row:
    """How the claims of an origin hang together: outlets beyond the first that print it, and the rungs that tie them."""
    labels = {c["outlet"] for c in claims}
    return {
        "copies": len(labels) - 1,
        "rungs": [text for rung, text in RUNGS.items() if any(c["fold"] == rung for c in claims)],
    }


def _bar(origin: Row) -> Bar:
    first = origin["claims"][0]
    quantity = first["quantity"]
    return Bar(
        origin["name"] or "unnamed",
        first["value"] or "",
        quantity["low"],
        quantity["high"],
        not quantity["exact"],
        origin["reports"] - 1,
    )


def _claim(shelf: Shelf, claim: Row) -> Row:
    """A claim in its sentence with the chain that carries it."""
    here = claim["claim_id"]
    quantity = shelf.row("quantities", "quantity_id", here)
    event = shelf.row("events", "event_id", here)
    placed = quantity or event
    statement = shelf.row("statements", "statement_id", placed["statement_id"] if placed else here)
    row = placed or statement
    assert row is not None, here
    report = shelf.report(row["report_id"])
    spans = [(placed["start"], placed["end"])] if placed else [tuple(s) for s in row["content"]]
    outlet = {"role": "outlet", "name": report["outlet"], "channel": None, "entity_id": None}
    return {
        **claim,
        "quantity": quantity,
        "report": shelf.brief(row["report_id"]),
        "spans": spans,
        "start": spans[0][0],
        "pieces": pieces(report["text"], spans),
        "chain": statement["chain"] if statement else [outlet],
        "anchor": f"v-{here}" if event else f"s-{statement['statement_id']}" if statement else f"q-{here}",
        "said": (statement or {}).get("said_from"),
        "why": row["why"],
        "confidence": row["confidence"],
    }


def pieces(text: str, spans: list[tuple[Any, ...]]) -> list[tuple[str, bool]]:
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
