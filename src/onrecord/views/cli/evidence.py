"""`onrecord freeze`: a ledger with all that it rests on, as a folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("ledger", type=click.Path())
@click.option("-o", "--output", required=True, type=click.Path(), help="The folder to write; it must be new.")
def freeze(ledger: str, output: str) -> None:
    """Write a folder to put away: ledger, raw copies, pages, tables, and SHA256SUMS over all of it."""
    from onrecord.views.freeze import freeze as write

    count = write(Path(ledger), Path(output))
    click.echo(f"{count} files in {output}; check them with: cd {output} && sha256sum -c SHA256SUMS")
