"""`onrecord gazetteer`: GeoNames' files into a gazetteer that `build --gazetteer` asks."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.errors import CannotWrite


@click.command()
@click.argument(
    "dumps", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DUMPS..."
)
@click.option(
    "-o", "--output", default="places.db", show_default=True, type=click.Path(path_type=Path), help="The file to write."
)
def gazetteer(dumps: tuple[Path, ...], output: Path) -> None:
    """Make a gazetteer of GeoNames' DUMPS, plain or zipped.

    Takes country files (AF.txt, AF.zip), allCountries or cities500, admin1CodesASCII.txt, admin2Codes.txt,
    countryInfo.txt and alternateNamesV2, in any order, told apart by their columns.
    """
    from onrecord.text.gazetteer.dumps import import_dumps

    if output.is_dir() or not output.absolute().parent.is_dir():
        raise CannotWrite("no file can be written here", where=str(output), hint="give a file name: -o places.db")
    count = import_dumps(dumps, output)
    click.echo(f"{output}: {count:,} places. Use it: onrecord build REPORTS... --gazetteer {output}")
