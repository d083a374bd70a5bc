"""People and groups: the names used for them, all they said and all that is said of them over time, and where they turned round."""

from __future__ import annotations

from onrecord.views.pages import filters
from onrecord.views.pages.asked import Asked
from onrecord.views.pages.shelf import Row, Shelf, grouped, leaf_of

MOST = 100  # statements in one part of a page; the list of statements has them all, and files are never cut
IN_TIME = "coalesce(s.said_from, r.published, '9999'), s.report_id, s.id"
SAID = "s.speaker_entity = ?1"
# json_extract would open the chain of every statement; a chain is written without spaces (ledger/shape.py).
# Its first half is that of the partial index of ledger/schema.sql.
RELAYED = """s.chain like '%"role":"relay"%' and s.chain like '%"role":"relay"%"entity_id":"' || ?1 || '"%' and s.speaker_entity is not ?1"""
ABOUT = """s.speaker_entity is not ?1 and s.id in (
  select s.id from mentions m join statements s on s.report_id = m.report_id
  where m.entity_id = ?1 and m.start >= json_extract(s.content, '$[0][0]') and m."end" <= json_extract(s.content, '$[#-1][1]'))"""
PARTS = (("said", SAID), ("about", ABOUT), ("relayed", RELAYED))
LISTED = """select e.*, coalesce(s.n, 0) as said, coalesce(m.n, 0) as named from (select t.* from entities t where {clause}) e
  left join (select speaker_entity, count(*) as n from statements group by speaker_entity) s on s.speaker_entity = e.entity_id
  left join (select entity_id, count(*) as n from mentions group by entity_id) m on m.entity_id = e.entity_id
  order by said desc, named desc, e.name, e.id limit ? offset ?"""


def listed(shelf: Shelf, asked: Asked) -> Row:
    """What people.html shows: those who say most first."""
    leaf = leaf_of(asked, filters.total(shelf, "entities", asked.filters))
    clause, values = filters.where("entities", asked.filters)
    types = {
        r["type"]: r["n"] for r in shelf.all("select type, count(*) as n from entities group by type order by n desc")
    }
    rows = shelf.all(LISTED.format(clause=clause), *values, leaf["take"], leaf["skip"])
    return {"leaf": leaf, "rows": rows, "types": [{"type": t, "total": n} for t, n in types.items()]}


def page(shelf: Shelf, asked: Asked) -> Row | None:
    """What who/<id>.html shows; None where there is nobody of this id."""
    entity = shelf.entity(asked.row)
    if entity is None:
        return None
    parts = [_part(shelf, name, clause, entity["entity_id"], asked.whole) for name, clause in PARTS]
    return {
        "title": entity["name"],
        "entity": entity,
        "party": shelf.entity(entity["party"]),
        "parts": [p for p in parts if p["total"]],
        "turned": _turned(shelf, entity["entity_id"]),
    }


def _part(shelf: Shelf, name: str, clause: str, entity_id: str, whole: bool) -> Row:
    """Statements of one kind in order of time, and how many there are in all."""
    rows = shelf.all(
        f"select s.* from statements s join reports r on r.report_id = s.report_id where {clause} order by {IN_TIME} limit ?2",
        entity_id,
        -1 if whole else MOST,
    )
    full = whole or len(rows) < MOST
    total = len(rows) if full else shelf.count(f"select count(*) from statements s where {clause}", entity_id)
    return {"part": name, "total": total, "rows": [statement(shelf, s) for s in rows]}


def statement(shelf: Shelf, row: Row) -> Row:
    """A statement as lists show it: with its report and the matters that it is part of."""
    held = [{k: m[k] for k in ("matter_id", "verdict", "question")} for m in shelf.matters_of(row["statement_id"])]
    return {**row, "report": shelf.brief(row["report_id"]), "matters": held}


def _turned(shelf: Shelf, entity_id: str) -> list[Row]:
    """Matters on which this mouth's own claims cannot all hold, or changed: each claim with its day, earliest first."""
    own = shelf.all(
        "select c.*, coalesce(st.report_id, q.report_id, v.report_id) as report_id, coalesce(st.text, s2.text, c.value) as words "
        "from origins o join matter_claims c on c.origin_id = o.origin_id left join statements st on st.statement_id = c.claim_id "
        "left join quantities q on q.quantity_id = c.claim_id left join events v on v.event_id = c.claim_id "
        "left join statements s2 on s2.statement_id = coalesce(q.statement_id, v.statement_id) where o.entity_id = ? order by c.id",
        entity_id,
    )
    found = []
    for matter_id, claims in grouped(own, "matter_id").items():
        matter = shelf.matter(matter_id)
        if matter and matter["verdict"] in ("contested", "changed") and len({c["stance"] for c in claims}) > 1:
            rows = [{**c, "report": shelf.brief(c["report_id"])} for c in claims]
            rows.sort(key=lambda c: (c["report"]["published"] or "9999", c["claim_id"]))
            found.append({"matter": matter, "claims": rows})
    return found
