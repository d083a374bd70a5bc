"""The summary after a build: what a person wants to know first."""

from __future__ import annotations

from pathlib import Path

from onrecord.records import Findings, Link, Matter, Sheet
from onrecord.text.languages import ENGLISH

MOST_MATTERS, MOST_SKIPPED = 8, 12


def summary(findings: Findings, new: int, target: Path) -> str:
    """Counts, contested matters with every mouth, what was skipped and why, what to type next."""
    return "\n".join(
        [
            *_head(findings, new, target),
            *_contested(findings),
            *_folded(findings),
            *_decided(findings, target),
            *_skipped(findings),
            *_next(target),
        ]
    )


def _head(findings: Findings, new: int, target: Path) -> list[str]:
    sheets = findings.sheets
    outlets = len({s.report.outlet for s in sheets if s.report.outlet})
    unnamed = sum(s.report.outlet is None for s in sheets)
    statements = sum(len(s.statements) for s in sheets)
    relayed = sum(any(k.role == "relay" for k in x.chain) for s in sheets for x in s.statements)
    acts = sum(e.realis == "actual" for s in sheets for e in s.events)
    pairs = len({frozenset((r.from_report, r.to_report)) for r in findings.reuse})
    unread = sum(s.report.language not in ENGLISH for s in sheets)
    return [
        f"{target}: {_many(len(sheets), 'report')} ({new} new), {_many(outlets, 'outlet')}"
        + (f" and {_many(unnamed, 'report')} without one" if unnamed else ""),
        f"  {_many(statements, 'statement')}, {relayed} of them through another mouth; "
        f"{_many(sum(len(s.quantities) for s in sheets), 'figure')}; {_many(pairs, 'pair')} of reports with shared wording",
        f"  {_many(sum(len(s.events) for s in sheets), 'event')}, {acts} of them told as acts that happened",
        f"  {_many(len(findings.matters), 'matter')} on which claims meet, {_many(len(findings.origins), 'independent origin')}",
        *([f"  {_many(unread, 'report')} not in English: kept, shown and searched, not read"] if unread else []),
        "",
    ]


def _decided(findings: Findings, target: Path) -> list[str]:
    lost = sum(d.found == "orphan" for d in findings.decisions)
    if not findings.decisions:
        return []
    see = f", {lost} could not be followed: onrecord decisions {target} --orphans" if lost else ""
    return [f"{_many(len(findings.decisions), 'decision')} of people followed{see}", ""]


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _contested(findings: Findings) -> list[str]:
    contested = [m for m in findings.matters if m.verdict in ("contested", "changed")]
    if not contested:
        return ["No contested matters.", ""]
    lines = [f"Contested ({len(contested)})"]
    for matter in sorted(contested, key=lambda m: (m.verdict, m.question))[:MOST_MATTERS]:
        lines.append(f"  {matter.question}  [{matter.verdict}, {_many(matter.origins, 'origin')}]")
        lines += _claims(findings, matter)
    return [*lines, ""]


def _claims(findings: Findings, matter: Matter) -> list[str]:
    lines = []
    rows = {c.claim_id: c for c in findings.claims if c.matter_id == matter.matter_id}
    for sheet in findings.sheets:
        held = {s.statement_id: s for s in sheet.statements}
        for quantity in sheet.quantities:
            if quantity.quantity_id in rows:
                said = held.get(quantity.statement_id or "")
                lines.append(f"    {quantity.text:<28} {_mouths(sheet, said.chain if said else ())}")
        for event in sheet.events:
            if event.event_id in rows:
                said = held.get(event.statement_id or "")
                value = " ".join((rows[event.event_id].value or "").split())
                lines.append(
                    f"    {value[:70]}{'…' if len(value) > 70 else ''}  {_mouths(sheet, said.chain if said else ())}"
                )
        for statement in sheet.statements:
            if statement.statement_id in rows:
                text = " ".join(statement.text.split())
                lines.append(f"    {text[:70]}{'…' if len(text) > 70 else ''}  {_mouths(sheet, statement.chain)}")
    return lines


def _mouths(sheet: Sheet, chain: tuple[Link, ...]) -> str:
    outlet = sheet.report.outlet or sheet.report.path or "unknown outlet"
    return " ‹ ".join([outlet, *(k.name for k in chain[1:] if k.name)])


def _folded(findings: Findings) -> list[str]:
    """The single-origin matters that the most outlets print: copies that look like confirmation."""
    single = [m for m in findings.matters if m.verdict == "single-origin" and m.reports > 1]
    if not single:
        return []
    top = sorted(single, key=lambda m: (-m.reports, -m.outlets, m.question))[:3]
    lines = [f"One origin behind several reports ({len(single)})"]
    return [*lines, *(f"  {m.question}  [{_many(m.reports, 'report')}, 1 origin]" for m in top), ""]


def _skipped(findings: Findings) -> list[str]:
    skipped = findings.run.skipped
    if not skipped:
        return []
    lines = [f"Skipped ({len(skipped)})", *(f"  {s.path}: {s.reason}; {s.hint}" for s in skipped[:MOST_SKIPPED])]
    more = len(skipped) - MOST_SKIPPED
    return [*lines, *([f"  and {more} more: onrecord show LEDGER runs"] if more > 0 else []), ""]


def _next(target: Path) -> list[str]:
    return [
        "Next",
        f"  onrecord report {target} -o site/        pages to read in a browser",
        f"  onrecord show {target} matters --contested",
    ]
