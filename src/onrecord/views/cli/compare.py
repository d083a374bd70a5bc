"""`onrecord diff`: what changed between two ledgers, and why."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onrecord.ledger.difference import Change

FIRST = ("matters", "reports", "statements", "quantities", "events")  # what a person looks for comes first
CUT = 100  # characters of a value on a screen; --json never cuts
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option("--table", "tables", multiple=True, help="Only this table; may be repeated.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows a table on a screen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, all rows and values whole.")
def diff(old: str, new: str, tables: tuple[str, ...], limit: int, as_json: bool) -> None:
    """What changed from the ledger OLD to NEW: rows added, removed and changed, each with its reason.

    The exit code is 0 where nothing differs and 1 where something does.
    """
    from onrecord.ledger.difference import changes
    from onrecord.ledger.queries import Filter
    from onrecord.ledger.store import Ledger

    wanted = {Filter.parse(table).table for table in tables}
    with Ledger(old) as one, Ledger(new) as two:
        found = [c for c in changes(one, two) if not wanted or c.table in wanted]
    if as_json:
        for change in found:
            click.echo(json.dumps(asdict(change), ensure_ascii=False))
    else:
        _screen(found, limit)
    sys.exit(1 if found else 0)


def _screen(found: list[Change], limit: int) -> None:
    tables = sorted({c.table for c in found}, key=lambda t: (FIRST.index(t) if t in FIRST else len(FIRST), t))
    for table in tables:
        rows = [c for c in found if c.table == table]
        counts = Counter(str(c.kind) for c in rows)
        click.echo(f"{table}: " + ", ".join(f"{counts[kind]} {kind}" for kind in SIGNS if counts[kind]))
        for change in rows[:limit]:
            for line in _lines(change):
                click.echo(f"  {line}")
        if len(rows) > limit:
            click.echo(f"  and {len(rows) - limit} more: --limit {len(rows)}, or --json")
    if not found:
        click.echo("nothing differs", err=True)


def _lines(change: Change) -> list[str]:
    was = f" (was {change.was})" if change.was else ""
    lines = [f"{SIGNS[change.kind]} {change.row_id}{was}  {_short(change.told)}", f"    because: {change.reason}"]
    return [*lines, *(f"    {name}: {_short(a)} → {_short(b)}" for name, (a, b) in change.columns.items())]


def _short(value: Any) -> str:
    text = "unknown" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= CUT else text[: CUT - 1] + "…"
