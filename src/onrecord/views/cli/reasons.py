"""The evidence for a row, in lines a person can check against the report."""

from __future__ import annotations

from typing import Any

from onrecord.ledger.store import Ledger
from onrecord.views.wording import chain_names, marked, stand_names

Row = dict[str, Any]
AROUND = 160  # characters of context on each side


def reasons(ledger: Ledger, table: str, row: Row) -> list[str]:
    """Lines of evidence for a row of any table."""
    head = [f"{table} {next(iter(row.values()))}"]
    if table == "matters":
        return [*head, *_matter(ledger, row)]
    if table == "reuse":
        return [*head, *_reuse(ledger, row)]
    if table == "statements":
        return [*head, *_statement(ledger, row)]
    if table == "events":
        return [*head, *_event(ledger, row)]
    lines = [f"  {k}: {v}" for k, v in row.items() if v not in (None, [], "") and k not in ("text", "report_id")]
    if "start" in row:
        lines = [*_context(ledger, row["report_id"], [(row["start"], row["end"], "[", "]")]), *lines]
    return [*head, *lines]


def _report_line(ledger: Ledger, report_id: str) -> str:
    report = next(ledger.rows("reports", "report_id = ?", (report_id,)))
    return f"  in {report['outlet'] or 'unknown outlet'}, {report['published'] or 'no date'}, {report['path'] or report['url'] or report_id}"


def _context(ledger: Ledger, report_id: str, spans: list[tuple[int, int, str, str]]) -> list[str]:
    text = next(ledger.rows("reports", "report_id = ?", (report_id,)))["text"]
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    start = max(text.rfind("\n", 0, first) + 1, first - AROUND)
    stop = text.find("\n", last)
    end = min(stop if stop >= 0 else len(text), last + AROUND)
    return ["", f"  {marked(text, start, end, spans)}", "", _report_line(ledger, report_id)]


def _statement(ledger: Ledger, row: Row) -> list[str]:
    spans = [(s, e, "[", "]") for s, e in row["content"]]
    if row["source_start"] is not None:
        spans.append((row["source_start"], row["source_end"], "<", ">"))
    if row["cue_start"] is not None:
        spans.append((row["cue_start"], row["cue_end"], "{", "}"))
    held = [m["matter_id"] for m in ledger.rows("matter_claims", "claim_id = ?", (row["statement_id"],))]
    lines = [
        *_context(ledger, row["report_id"], spans),
        "  [said]  <source>  {cue}",
        "",
        f"  chain: {' ‹ '.join(chain_names(row['chain']))}",
        f"  why: {row['why']}",
        f"  confidence: {row['confidence']}",
    ]
    return [*lines, *(f"  in matter {m}" for m in held)]


def _event(ledger: Ledger, row: Row) -> list[str]:
    spans = [(row["start"], row["end"], "[", "]")]
    near = [(s, e) for s, e in row["actor_spans"] if abs(s - row["start"]) <= AROUND]
    spans += [(s, e, "<", ">") for s, e in near if not (s < row["end"] and row["start"] < e)]
    place = next(ledger.rows("places", "place_id = ?", (row["place_id"],)), None)
    days = (
        "unknown" if row["date_from"] is None and row["date_to"] is None else f"{row['date_from']} to {row['date_to']}"
    )
    return [
        *_context(ledger, row["report_id"], spans),
        "  [event]  <who>",
        "",
        f"  {row['type']}{'/' + row['mode'] if row['mode'] else ''}, {row['realis']}, {row['assertion']}",
        f"  by: {'; '.join(row['actors']) or 'unknown'}",
        f"  to: {'; '.join(row['recipients']) or 'nobody named'}",
        f"  where: {place['name'] if place else 'unknown'}  when: {days}",
        f"  on whose word: {' ‹ '.join(stand_names(row['stands']))}",
        f"  why: {row['why']}",
        f"  confidence: {row['confidence']}",
    ]


def _matter(ledger: Ledger, row: Row) -> list[str]:
    lines = [f"  {row['question']}", f"  {row['verdict']}: {row['why']}", ""]
    for claim in ledger.rows("matter_claims", "matter_id = ?", (row["matter_id"],)):
        found = ledger.find(claim["claim_id"])
        origin = next(ledger.rows("origins", "origin_id = ?", (claim["origin_id"],)), None)
        lines.append(f"  {claim['stance']}: {claim['value']}")
        if found is not None:
            lines.append("  " + _report_line(ledger, found[1]["report_id"]))
        if origin is not None:
            lines.append(f"    origin: {origin['name']} ({origin['kind']}): {origin['why']}")
        lines.append(f"    {claim['fold']}" + (f": {claim['fold_why']}" if claim["fold_why"] else ""))
        lines.append(f"    {claim['claim_id']}")
    return lines


def _reuse(ledger: Ledger, row: Row) -> list[str]:
    lines = []
    for side in ("from", "to"):
        text = next(ledger.rows("reports", "report_id = ?", (row[f"{side}_report"],)))["text"]
        lines += [
            _report_line(ledger, row[f"{side}_report"]),
            f"    {row[f'{side}_start']}-{row[f'{side}_end']}: "
            + " ".join(text[row[f"{side}_start"] : row[f"{side}_end"]].split()),
            "",
        ]
    return [*lines, f"  {row['direction']}: {row['why']}", f"  share inside quotation marks: {row['quoted_share']}"]
