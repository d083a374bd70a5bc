"""`onrecord export`, `report`, `verify`: take things away, and check them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.views.cli.plainly import say

if TYPE_CHECKING:
    from onrecord.ledger.queries import Filter
    from onrecord.views.taking import Taken


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("format_", metavar="FORMAT")
@click.option("-o", "--output", required=True, help="A file, a folder, or - for standard output.")
@click.option("--table", "tables", multiple=True, help="Only this table; may be repeated where a file holds several.")
@click.option("--where", "wheres", multiple=True, metavar="NAME=VALUE", help="Only these rows, as with show.")
def export(ledger: str, format_: str, output: str, tables: tuple[str, ...], wheres: tuple[str, ...]) -> None:
    """Write what a filter asks for as FORMAT: csv, xlsx, jsonl, parquet, geojson, sqlite, html, site, acled, ucdp, polecat,
    ftm, webannotation, qdpx or prov. text[start:end] of a report is the quote, in Unicode code points."""
    from onrecord.ledger.store import Ledger
    from onrecord.views.exports import everything, export_all
    from onrecord.views.exports import export as write

    asked = _asked(format_, tables, wheres)
    with Ledger(ledger) as opened:
        if output == "-":
            files = {output: write(opened, format_, asked or everything(format_), sys.stdout.buffer)}
        elif Path(output).suffix and not Path(output).is_dir():
            files = {output: write(opened, format_, asked or everything(format_), Path(output))}
        else:
            files = {str(path): taken for path, taken in export_all(opened, format_, Path(output), asked).items()}
    for path, taken in files.items():
        _told(path, taken)


def _asked(format_: str, tables: Sequence[str], wheres: Sequence[str]) -> tuple[Filter, ...]:
    """A filter for each table named; the one table there is, where a format tells of one only."""
    from onrecord.ledger.queries import Filter, pairs_of
    from onrecord.views.exports import named

    only = named(format_).tables
    pairs = pairs_of(wheres)
    if pairs and not tables and len(only) == 1:
        tables = only
    if pairs and len(tables) != 1:
        raise click.UsageError("--where needs one --table, whose rows it chooses")
    return tuple(Filter.parse(table, pairs) for table in tables)


def _told(path: str, taken: Taken) -> None:
    """What came of it, on standard error: rows, rows left out with the reason, and what to know."""
    click.echo(f"{taken.rows} {'row' if taken.rows == 1 else 'rows'} in {path}", err=True)
    for reason, count in taken.left_out.items():
        click.echo(f"  {count} left out: {reason}", err=True)
    for remark in taken.remarks:
        click.echo(f"  {remark}", err=True)


@click.command()
@click.argument("ledger", type=click.Path())
@click.option("-o", "--output", default="site", show_default=True, type=click.Path(), help="The folder to write.")
def report(ledger: str, output: str) -> None:
    """Write a static site that opens from file:// with no network."""
    from onrecord.views.report import write

    first = write(Path(ledger), Path(output))
    click.echo(f"pages written; open {first}")


@click.command()
@click.argument("ledger", type=click.Path())
@click.option(
    "--sources", multiple=True, metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that was read: name its files that have changed since, or are gone. May be repeated.",
)  # fmt: skip
def verify(ledger: str, sources: tuple[Path, ...]) -> None:
    """Check that every quote equals its source, every table has its seal, and every raw copy its hash."""
    from onrecord.ledger.custody import copies_at_fault, count, sources_at_fault
    from onrecord.ledger.evidence import faults
    from onrecord.ledger.store import Ledger

    with Ledger(ledger) as opened:
        found = [*faults(opened), *copies_at_fault(opened), *(sources_at_fault(opened, sources) if sources else ())]
        rows = sum(1 for _ in opened.rows("statements"))
        copies = count(opened)
    for fault in found:
        say(fault)
    if found:
        sys.exit(1)
    click.echo(f"sound: {rows} statements and all other rows equal their sources; every seal holds")
    if copies:
        click.echo(f"sound: {copies} raw {'copy has its hash' if copies == 1 else 'copies have their hashes'}")
    if sources:
        click.echo("sound: every file that was read is there, unchanged")
