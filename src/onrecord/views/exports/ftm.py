"""FollowTheMoney entities, one JSON object a line, as Aleph and OpenAleph load them (schema of followthemoney 4).

Statements become notes that a `Documentation` ties to their article, events `Event`, reports `Article`, names `Person`,
`Organization`, `LegalEntity` or `Address`, mentions `Mention`. The model has no place for offsets and chains: they lie
under the key `onrecord` of each entity, which readers of the format keep as context.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row
from onrecord.ledger.store import Ledger
from onrecord.views.taking import UNIT, Sources, Taken, about, label, spans, taken
from onrecord.views.wording import chain_names

TABLES = ("reports", "entities", "mentions", "statements", "events")
SCHEMATA = {"person": "Person", "group": "Organization", "outlet": "Organization", "place": "Address"}
LANGUAGES = {"en": "eng"}  # the model writes ISO 639-3
Thing = dict[str, Any]


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes the rows of all filters, and once each article and name that they point at."""
    sources = Sources(ledger)
    names = {e["entity_id"]: e for e in ledger.rows("entities")}
    says = about(ledger, asked)
    written: set[str] = set()
    needed: dict[str, None] = {}
    count = 0

    def put(thing: Thing) -> None:
        written.add(thing["id"])
        out.write(json.dumps(thing, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")

    for one in asked:
        for row in taken(ledger, one, sources):
            for thing in _things(one.table, row, names, says):
                put(thing)
                needed.update(dict.fromkeys(v for key in POINTING for v in thing["properties"].get(key, ())))
            count += 1
    further = [i for i in needed if i not in written]
    for i in further:
        put(_name(names[i], says) if i in names else _article(_report(ledger, i), says))
    return Taken(
        rows=count, remarks=(f"with {len(further)} articles and names that the rows point at",) if further else ()
    )


POINTING = ("proof", "document", "entity", "involved", "organizer", "resolved")


def _report(ledger: Ledger, report_id: str) -> Row:
    return next(ledger.rows("reports", "report_id = ?", (report_id,)))


def _things(table: str, row: Row, names: dict[str, Row], says: dict[str, str]) -> Iterator[Thing]:
    if table == "statements":
        yield from _note(row, names, says)
    elif table == "events":
        yield _event(row, names, says)
    elif table == "mentions":
        yield _mention(row, names, says)
    else:
        yield _name(row, says) if table == "entities" else _article(row, says)


def _thing(thing_id: str, schema: str, properties: dict[str, Any], says: dict[str, str], **ours: Any) -> Thing:
    """An entity of the model: every value a list of strings, each once, absent ones left out."""
    listed = {k: v if isinstance(v, list) else [v] for k, v in properties.items()}
    kept = {k: list(dict.fromkeys(str(i) for i in v if i not in (None, ""))) for k, v in listed.items()}
    return {
        "id": thing_id,
        "schema": schema,
        "properties": {k: v for k, v in kept.items() if v},
        "onrecord": {"made_by": says["made_by"], "offsets": UNIT, **ours},
    }


def _note(row: Row, names: dict[str, Row], says: dict[str, str]) -> Iterator[Thing]:
    who = row["speaker_entity"] if row["speaker_entity"] in names else None
    chain = " ‹ ".join(chain_names(row["chain"]))
    told = {
        "name": label("statements", row), "description": row["text"], "entity": who, "proof": row["report_id"],
        "summary": chain, "keywords": [row["kind"], row["polarity"]], "publisher": row["outlet"], "sourceUrl": row["url"],
    }  # fmt: skip
    yield _thing(row["statement_id"], "Note", told, says, **_place_of(row), chain=row["chain"], why=row["why"])
    stretch = ", ".join(f"{a}-{b}" for a, b in spans(row))
    tied = {
        "document": row["report_id"], "entity": row["statement_id"], "role": "statement",
        "summary": f"characters {stretch} ({UNIT})", "date": _day(row["published"]), "startDate": row["said_from"],
        "endDate": row["said_to"],
    }  # fmt: skip
    yield _thing(f"{row['statement_id']}-doc", "Documentation", tied, says)


def _place_of(row: Row) -> Row:
    return {
        "report_id": row["report_id"],
        "spans": [list(s) for s in spans(row)],
        "quote": row.get("quote") or row["text"],
    }


def _event(row: Row, names: dict[str, Row], says: dict[str, str]) -> Thing:
    sides = [*row["actor_entities"], *row["recipient_entities"]]
    told = {
        "name": label("events", row), "summary": row["text"], "startDate": row["date_from"], "endDate": row["date_to"],
        "involved": [i for i in dict.fromkeys(sides) if i in names and names[i]["type"] != "place"],
        "proof": row["report_id"], "keywords": [row["type"], row["mode"], row["realis"], row["assertion"]],
        "description": f"{'; '.join(row['actors']) or 'unknown'} › {'; '.join(row['recipients']) or 'nobody named'}",
        "publisher": row["outlet"], "sourceUrl": row["url"],
    }  # fmt: skip
    return _thing(
        row["event_id"],
        "Event",
        told,
        says,
        **_place_of(row),
        realis=row["realis"],
        stands=row["stands"],
        why=row["why"],
    )


def _mention(row: Row, names: dict[str, Row], says: dict[str, str]) -> Thing:
    known = names.get(row["entity_id"] or "")
    schema = SCHEMATA.get(row["type"], "LegalEntity")
    resolved = row["entity_id"] if known and known["type"] != "place" else None
    told = {"name": row["text"], "document": row["report_id"], "resolved": resolved, "detectedSchema": schema}
    return _thing(row["mention_id"], "Mention", told, says, **_place_of(row), why=row["why"])


def _name(row: Row, says: dict[str, str]) -> Thing:
    schema = SCHEMATA.get(row["type"], "LegalEntity")
    told = {"name": row["name"], "alias": row["aliases"], "description": row["roles"]}
    if schema == "Address":
        told["full"] = row["name"]
    return _thing(row["entity_id"], schema, told, says, type=row["type"], same_why=row["same_why"])


def _article(row: Row, says: dict[str, str]) -> Thing:
    told = {
        "title": row["title"] or row["path"] or row["report_id"], "publisher": row["outlet"], "sourceUrl": row["url"],
        "author": row["byline"], "publishedAt": _day(row["published"]), "fileName": row["path"], "bodyText": row["text"],
        "language": LANGUAGES.get(row["language"] or ""),
    }  # fmt: skip
    return _thing(row["report_id"], "Article", told, says, published=row["published"])


def _day(published: str | None) -> str | None:
    return published[:10] if published else None
