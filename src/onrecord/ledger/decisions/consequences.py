"""What follows for other rows of a report when one is left out or corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from onrecord.records import Event, Link, Sheet, Statement


def without(sheet: Sheet, before: Sheet, table: str, gone: set[str]) -> Sheet:
    """The sheet with nothing pointing at rows that are gone: what a statement held falls to the one around it."""
    if not gone:
        return sheet
    if table == "places":
        return replace(
            sheet,
            quantities=tuple(_unplaced(q, gone) for q in sheet.quantities),
            events=tuple(_unplaced(e, gone) for e in sheet.events),
        )
    if table != "statements":
        return sheet
    around = {s.statement_id: s.parent_statement for s in before.statements}
    return replace(
        sheet,
        statements=tuple(
            replace(s, parent_statement=_kept(s.parent_statement, gone, around)) for s in sheet.statements
        ),
        quantities=tuple(replace(q, statement_id=_kept(q.statement_id, gone, around)) for q in sheet.quantities),
        events=tuple(replace(e, statement_id=_kept(e.statement_id, gone, around)) for e in sheet.events),
    )


def _unplaced(row: Any, gone: set[str]) -> Any:
    return replace(row, place_id=None) if row.place_id in gone else row


def _kept(statement: str | None, gone: set[str], around: dict[str, str | None]) -> str | None:
    while statement in gone:
        statement = around.get(statement or "")
    return statement


def settled(before: Sheet, after: Sheet) -> Sheet:
    """The sheet with each corrected speaker put right wherever a statement inside, or an event, rests on his word."""
    were = {s.statement_id: s for s in before.statements}
    turned = {
        s.statement_id: (were[s.statement_id].chain[-1], s.chain[-1])
        for s in after.statements
        if s.chain and s.statement_id in were and were[s.statement_id].chain[-1:] != s.chain[-1:]
    }
    if not turned:
        return after
    return replace(
        after,
        statements=tuple(_inside(s, turned) for s in after.statements),
        events=tuple(_resting(e, turned) for e in after.events),
    )


Turned = dict[str, tuple[Link, Link]]


def _inside(statement: Statement, turned: Turned) -> Statement:
    if statement.parent_statement not in turned:
        return statement
    was, now = turned[statement.parent_statement or ""]
    chain = tuple(
        replace(now, role=link.role) if (link.name, link.start) == (was.name, was.start) else link
        for link in statement.chain
    )
    return replace(statement, chain=chain)


def _resting(event: Event, turned: Turned) -> Event:
    if event.statement_id not in turned:
        return event
    was, now = turned[event.statement_id or ""]
    return replace(event, stands=tuple(replace(s, name=now.name) if s.name == was.name else s for s in event.stands))
