"""`onrecord export`, `report`, `verify`: take things away, and check them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.views.cli.plainly import say


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("format_", metavar="FORMAT")
@click.option("-o", "--output", required=True, type=click.Path(), help="The folder to write: one file a table.")
def export(ledger: str, format_: str, output: str) -> None:
    """Write all tables as FORMAT: jsonl, csv or parquet. Quotes equal text[start:end], in Unicode code points."""
    from onrecord.ledger.store import Ledger
    from onrecord.views.exports import FORMATS, write

    if format_ not in FORMATS:
        raise click.UsageError(f"no format {format_!r}; formats are {', '.join(FORMATS)}")
    with Ledger(ledger) as opened:
        count = write(opened, format_, Path(output))
    click.echo(f"{count} rows in {output}", err=True)


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
