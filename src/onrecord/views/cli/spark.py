"""`onrecord spark`: a pile too large for one machine into a folder of tables."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.views.cli.build import mapping


@click.command()
@click.argument("reports", nargs=-1, required=True)
@click.option("-o", "--output", required=True, help="Folder or address for the tables; all workers must see it.")
@click.option("--master", help="Where Spark runs: local[2], spark://HOST:7077 ... Default: what spark-submit says.")
@click.option("--conf", "settings", multiple=True, metavar="NAME=VALUE", help="One of Spark's own settings.")
@click.option(
    "--field", "fields", multiple=True, metavar="NAME=COLUMN", help="For JSON Lines and tables: our name, their column."
)
@click.option("--reading", default="bundled", show_default=True, help="What reads English: bundled or none.")
@click.option("--fast", "reading", flag_value="none", help="The same as --reading none.")
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own gazetteer, on a shared disk.",
)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(0.1), help="Time for one report.")
@click.option(
    "--slices", type=click.IntRange(1), help="Parts that the pile is read in; a killed run goes on after them."
)
def spark(
    reports: tuple[str, ...],
    output: str,
    master: str | None,
    settings: tuple[str, ...],
    fields: tuple[str, ...],
    reading: str,
    gazetteer: Path | None,
    seconds: float,
    slices: int | None,
) -> None:
    """Read REPORTS (files, folders, Parquet, JSON Lines, WARC; paths or addresses) into tables, on Apache Spark.

    The tables hold what each report says and the wording they share. `onrecord build OUTPUT -o ledger.db --from DAY --to
    DAY` makes a ledger of any slice, and reads nothing again. The same command goes on where a killed one was.
    """
    from onrecord.engines.limits import Limits
    from onrecord.engines.spark import start
    from onrecord.spread import Told, spread

    told = Told(reading=reading, own=gazetteer, fields=mapping(fields), limits=Limits(seconds), slices=slices)
    where = output.rstrip("/") if "://" in output else str(Path(output).absolute())
    session = start(master, mapping(settings))
    try:
        done = spread(session, reports, where, told, lambda line: click.echo(line, err=True))
    finally:
        session.stop()
    click.echo(
        f"{output}: {done.reports:,} reports, {done.skipped:,} skipped, {done.reuse:,} stretches of shared wording\n"
        f"  {done.caps.long_lists:,} shingles stand in more reports than are compared each with each; "
        f"{done.caps.cut_groups:,} groups of related reports were too large and were cut by story\n"
        f"Next\n  onrecord build {output} -o ledger.db --from 2024-03-01 --to 2024-03-31"
    )
    sys.exit(1 if done.skipped else 0)
