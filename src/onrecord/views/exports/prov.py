"""PROV-JSON (W3C member submission of 24 April 2013): what each row was made from, by which run, on whose word.

Rows and reports are entities, the run is an activity, outlets and speakers are agents. A row was derived from its
report, a statement also from the one around it, a matter from its claims, a copied stretch from both reports.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import Row, opened
from onrecord.ledger.store import Ledger
from onrecord.records import content_id
from onrecord.views.taking import UNIT, Sources, Taken, about, key, label, spans, taken

RUN, MAKER = "onrecord:run", "onrecord:software"
Prov = dict[str, dict[str, dict[str, Any]]]


def write(ledger: Ledger, asked: Sequence[Filter], out: BinaryIO) -> Taken:
    """Writes one document: the rows of all filters and the reports they were made from."""
    sources, count = Sources(ledger), 0
    made = _run(ledger, about(ledger, asked))
    for one in asked:
        for row in taken(ledger, one, sources):
            _row(made, one.table, row, sources, ledger)
            count += 1
    document = {"prefix": {"onrecord": "urn:onrecord:"}, **made}
    out.write(json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n")
    reports = sum(e.get("prov:type") == "onrecord:report" for e in made["entity"].values())
    return Taken(rows=count, remarks=(f"with the {reports} reports that the rows were made from",) if reports else ())


def _run(ledger: Ledger, says: dict[str, str]) -> Prov:
    run = opened(dict(ledger.db.execute("select * from runs").fetchone()))
    told = {f"onrecord:{k}": run[k] for k in ("version", "settings", "words_hash", "model_hash") if run[k] is not None}
    return {
        "entity": {},
        "activity": {RUN: {**told, **{f"onrecord:{k}": v for k, v in says.items()}}},
        "agent": {MAKER: {"prov:type": "prov:SoftwareAgent", "prov:label": says["made_by"]}},
        "wasAssociatedWith": {"_:by": {"prov:activity": RUN, "prov:agent": MAKER}},
        "used": {},
        "wasGeneratedBy": {},
        "wasDerivedFrom": {},
        "wasAttributedTo": {},
    }


def _row(made: Prov, table: str, row: Row, sources: Sources, ledger: Ledger) -> None:
    if table == "reports":
        _report(made, row["report_id"], sources)
        return
    name = _name(table, row)
    facts = {k: row[k] for k in ("start", "end", "quote", "text", "why", "confidence") if row.get(k) is not None}
    if at := spans(row) if row.get("report_id") else []:
        facts |= {"spans": json.dumps([list(s) for s in at]), "offsets": UNIT}
    made["entity"][name] = {
        "prov:type": f"onrecord:{table}",
        "prov:label": label(table, row),
        **{f"onrecord:{k}": v for k, v in facts.items()},
    }
    _tie(made, "wasGeneratedBy", {"prov:entity": name, "prov:activity": RUN})
    for report in filter(None, (row.get(c) for c in ("report_id", "from_report", "to_report"))):
        _report(made, report, sources)
        _tie(made, "wasDerivedFrom", {"prov:generatedEntity": name, "prov:usedEntity": f"onrecord:{report}"})
    for other in _others(table, row, ledger):
        _tie(made, "wasDerivedFrom", {"prov:generatedEntity": name, "prov:usedEntity": f"onrecord:{other}"})
    if table == "statements" and row["speaker"]:
        _attribute(made, name, row["speaker_entity"] or content_id("mouth", row["speaker"]), row["speaker"])


def _name(table: str, row: Row) -> str:
    if table == "matter_claims":
        return f"onrecord:{row['matter_id']}:{row['claim_id']}"
    return f"onrecord:{row[key(table)]}"


def _others(table: str, row: Row, ledger: Ledger) -> list[str]:
    """Ids of the rows that a row was made from, besides reports."""
    if table == "matters":
        return [c["claim_id"] for c in ledger.rows("matter_claims", "matter_id = ?", (row["matter_id"],))]
    columns = {"statements": "parent_statement", "matter_claims": "claim_id"}
    made_from = row.get(columns.get(table, "statement_id"))
    return [made_from] if made_from else []


def _report(made: Prov, report: str, sources: Sources) -> None:
    name = f"onrecord:{report}"
    if name in made["entity"]:
        return
    head = sources.head(report)
    told = {f"onrecord:{k}": head[k] for k in ("outlet", "published", "url", "path") if head[k] is not None}
    made["entity"][name] = {
        "prov:type": "onrecord:report",
        "prov:label": head["title"] or head["path"] or report,
        **told,
    }
    _tie(made, "used", {"prov:activity": RUN, "prov:entity": name})
    if head["outlet"]:
        _attribute(made, name, content_id("outlet", head["outlet"]), head["outlet"])


def _attribute(made: Prov, entity: str, agent_id: str, name: str) -> None:
    made["agent"].setdefault(f"onrecord:{agent_id}", {"prov:type": "prov:Agent", "prov:label": name})
    _tie(made, "wasAttributedTo", {"prov:entity": entity, "prov:agent": f"onrecord:{agent_id}"})


def _tie(made: Prov, kind: str, ends: dict[str, Any]) -> None:
    made[kind][f"_:{kind}{len(made[kind]) + 1}"] = ends
