"""`onrecord show`, `search`, `why`: look into a ledger."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import UnknownRow
from onrecord.views.cli.plainly import plain, say

if TYPE_CHECKING:
    from onrecord.ledger.store import Ledger

CUT = 60  # characters of a cell on a screen; --json and --csv never cut


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("table")
@click.option("--contested", is_flag=True, help="Matters only: those contested or changed.")
@click.option(
    "--where",
    "wheres",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only these rows: speaker=Irsa, confidence_min=0.6, q=market, sort=-said_from; may be repeated.",
)
@click.option("--limit", type=click.IntRange(1), help="At most so many rows.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV with a header.")
def show(
    ledger: str, table: str, contested: bool, wheres: tuple[str, ...], limit: int | None, as_json: bool, as_csv: bool
) -> None:
    """Print the rows of a TABLE: reports, statements, quantities, matters, matter_claims, reuse, entities, doubts, runs ..."""
    from onrecord.ledger.shape import TABLES
    from onrecord.ledger.store import Ledger

    with Ledger(ledger) as opened:
        if table not in (*TABLES, "runs", "meta"):
            raise UnknownRow(f"no table {table!r}", where=ledger, hint=f"tables are {', '.join((*TABLES, 'runs'))}")
        rows = _rows(opened, table, contested, wheres)
    total = len(rows)
    rows = rows[:limit]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif as_csv:
        _csv(rows)
    else:
        _screen(rows, total, table)


def _rows(opened: Ledger, table: str, contested: bool, wheres: tuple[str, ...]) -> list[dict[str, Any]]:
    from onrecord.ledger.queries import Filter, pairs_of, rows

    if contested and table != "matters":
        raise click.UsageError("--contested is for the table matters")
    pairs = [("verdict", "contested"), ("verdict", "changed")] if contested else []
    return list(rows(opened, Filter.parse(table, [*pairs_of(wheres), *pairs])))


def _csv(rows: list[dict[str, Any]]) -> None:
    if rows:
        writer = csv.writer(sys.stdout)
        writer.writerow(rows[0])
        writer.writerows([_cell(v) for v in row.values()] for row in rows)


def _cell(value: Any) -> Any:
    from onrecord.views.cells import cell

    return cell(value)


# What a person reads first; the rest is in --json and --csv.
BRIEF = {
    "events": ("event_id", "type", "realis", "actors", "text", "recipients", "date_from", "assertion"),
    "reports": ("report_id", "outlet", "published", "title", "path", "characters"),
    "statements": ("statement_id", "speaker", "kind", "text", "confidence"),
    "quantities": ("quantity_id", "text", "low", "high", "class", "why"),
    "matters": ("matter_id", "verdict", "question", "reports", "origins", "low", "high"),
    "matter_claims": ("matter_id", "claim_id", "value", "stance", "fold"),
    "entities": ("entity_id", "type", "name", "aliases", "roles"),
    "doubts": ("doubt_id", "one", "other", "weight", "why"),
    "reuse": ("reuse_id", "from_report", "to_report", "characters", "quoted_share", "direction", "why"),
    "mentions": ("mention_id", "type", "text", "name"),
    "passages": ("passage_id", "report_id", "role", "start", "end"),
}


def _screen(rows: list[dict[str, Any]], total: int, table: str) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(soft_wrap=False)
    columns = BRIEF.get(table, tuple(rows[0]) if rows else ())
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold", no_wrap=column.endswith("_id"))
    for row in rows:
        drawn.add_row(*(_short(row.get(c)) for c in columns))
    if rows:
        console.print(drawn, markup=False)
    click.echo(
        f"{total} {'row' if total == 1 else 'rows'}" + (f", {len(rows)} shown" if len(rows) < total else ""), err=True
    )


def _short(value: Any) -> str:
    if value is None:
        return ""
    text = " ".join(str(", ".join(map(str, value)) if isinstance(value, list) else value).split())
    text = plain(text).replace("[", "\\[")
    return text if len(text) <= CUT else text[: CUT - 1] + "…"


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def search(ledger: str, words: tuple[str, ...], as_json: bool) -> None:
    """Find reports by their words, best first."""
    from onrecord.ledger.store import Ledger

    with Ledger(ledger) as opened:
        hits = opened.search(" ".join(words))
    for hit in hits:
        head = f"{hit['published'] or 'no date'}  {hit['outlet'] or 'unknown outlet'}  {hit['report_id']}"
        say(json.dumps(hit, ensure_ascii=False) if as_json else f"{head}\n  {' '.join(hit['hit'].split())}")
    if not hits:
        click.echo("no report holds these words", err=True)


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("row_id")
def why(ledger: str, row_id: str) -> None:
    """The evidence for one row, by its id: the sentence, the chain, the rule, the claims of a matter, both sides of a copy."""
    from onrecord.ledger.store import Ledger
    from onrecord.views.cli.reasons import reasons

    with Ledger(ledger) as opened:
        found = opened.find(row_id)
        if found is None:
            raise UnknownRow(
                f"no row {row_id!r}", where=ledger, hint="ids are in the first column of onrecord show LEDGER TABLE"
            )
        say("\n".join(reasons(opened, *found)))
