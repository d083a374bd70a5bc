"""What is on the screen as a file that other tools open: every format takes the same filters and says what it left out.

`FORMATS` lists them. A new one is a module with `write(ledger, filters, stream)` and a line here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import BadFilter, CannotWrite
from onrecord.ledger.queries import Filter
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger
from onrecord.views.exports import (
    acled,
    csv,
    ftm,
    geojson,
    html,
    jsonl,
    parquet,
    polecat,
    prov,
    qdpx,
    site,
    sqlite,
    ucdp,
    webannotation,
    xlsx,
)
from onrecord.views.taking import EVERY, PLACED, SPANNED, Format, Taken

EVENTS = ("events",)
FORMATS: Mapping[str, Format] = {
    "csv": Format(
        label="CSV", write=csv.write, suffix=".csv", media="text/csv", many=False, says="a table for any spreadsheet"
    ),
    "xlsx": Format(
        label="Excel",
        write=xlsx.write,
        suffix=".xlsx",
        media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        says="a workbook, a sheet a table, no formulas",
    ),
    "jsonl": Format(
        label="JSON Lines",
        write=jsonl.write,
        suffix=".jsonl",
        media="application/jsonl",
        many=False,
        says="one JSON object a row",
    ),
    "parquet": Format(
        label="Parquet",
        write=parquet.write,
        suffix=".parquet",
        media="application/vnd.apache.parquet",
        many=False,
        says="typed columns for DuckDB, pandas, R",
    ),
    "geojson": Format(
        label="GeoJSON",
        write=geojson.write,
        suffix=".geojson",
        media="application/geo+json",
        tables=PLACED,
        says="features for a map, RFC 7946",
    ),
    "sqlite": Format(
        label="SQLite",
        write=sqlite.write,
        suffix=".db",
        media="application/vnd.sqlite3",
        says="a database that Datasette opens, with search and queries",
    ),
    "html": Format(
        label="HTML", write=html.write, suffix=".html", media="text/html", says="one page to read, print or mail"
    ),
    "site": Format(
        label="Site",
        write=site.write,
        suffix=".zip",
        media="application/zip",
        says="the whole ledger as a static site, zipped",
    ),
    "acled": Format(
        label="ACLED",
        write=acled.write,
        suffix=".csv",
        media="text/csv",
        tables=EVENTS,
        many=False,
        says="acts that happened, in ACLED's columns",
    ),
    "ucdp": Format(
        label="UCDP",
        write=ucdp.write,
        suffix=".csv",
        media="text/csv",
        tables=EVENTS,
        many=False,
        says="violence with a count of the dead, in UCDP GED's columns",
    ),
    "polecat": Format(
        label="POLECAT",
        write=polecat.write,
        suffix=".tsv",
        media="text/tab-separated-values",
        tables=EVENTS,
        many=False,
        says="events as PLOVER types them, in POLECAT's columns",
    ),
    "ftm": Format(
        label="FollowTheMoney",
        write=ftm.write,
        suffix=".ftm.json",
        media="application/json+ftm",
        tables=ftm.TABLES,
        says="FollowTheMoney entities for Aleph",
    ),
    "webannotation": Format(
        label="Web Annotation",
        write=webannotation.write,
        suffix=".jsonld",
        media="application/ld+json",
        tables=SPANNED,
        says="W3C Web Annotations, one a stretch",
    ),
    "qdpx": Format(
        label="QDPX",
        write=qdpx.write,
        suffix=".qdpx",
        media="application/zip",
        tables=SPANNED,
        says="a REFI-QDA project for NVivo, ATLAS.ti, MAXQDA",
    ),
    "prov": Format(
        label="PROV",
        write=prov.write,
        suffix=".prov.json",
        media="application/json",
        tables=tuple(TABLES),
        says="PROV: what each row was made from",
    ),
}


def export(ledger: Ledger, name: str, asked: Filter | Sequence[Filter], target: Path | BinaryIO) -> Taken:
    """Writes the rows of a filter, or of several where the format holds several tables, to a file or a stream.

    A file is written aside and put in place when it is whole. With `sqlite`, what Datasette reads lies beside it.

    Raises:
        BadFilter: no such format, or it cannot tell of such a table.
        CannotWrite: the file cannot be written.
    """
    filters = (asked,) if isinstance(asked, Filter) else tuple(asked)
    made = _fitting(name, filters)
    if not isinstance(target, Path):
        return made.write(ledger, filters, target)
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as out:
            taken = made.write(ledger, filters, out)
        aside.replace(target)
        if name == "sqlite":
            beside = target.with_suffix(".metadata.json")
            beside.write_bytes(sqlite.metadata(ledger, filters, target.stem))
    except OSError as error:
        raise CannotWrite(str(error), where=str(target), hint="give a file in a folder you may write to") from error
    finally:
        aside.unlink(missing_ok=True)
    return taken


def named(name: str) -> Format:
    """The format of this name.

    Raises:
        BadFilter: there is none.
    """
    if name not in FORMATS:
        raise BadFilter(f"no format {name!r}", where="export", hint=f"formats are {', '.join(FORMATS)}")
    return FORMATS[name]


def _fitting(name: str, filters: Sequence[Filter]) -> Format:
    made = named(name)
    for one in filters:
        if one.table not in made.tables:
            raise BadFilter(
                f"{name} cannot tell of {one.table}", where="export", hint=f"it tells of {', '.join(made.tables)}"
            )
    if len(filters) != 1 and not made.many:
        raise BadFilter(f"{name} holds one table a file", where="export", hint="name it with --table, or give a folder")
    return made


def everything(name: str) -> tuple[Filter, ...]:
    """A filter without conditions for each table that a format tells of, in the order of the ledger."""
    return tuple(Filter(table=t) for t in EVERY if t in named(name).tables)


def export_all(ledger: Ledger, name: str, folder: Path, asked: Sequence[Filter] = ()) -> dict[Path, Taken]:
    """Writes into a folder: one file a table where a format holds one, one file else. All there is, or these filters.

    Raises:
        BadFilter: no such format.
        CannotWrite: the folder cannot be made or written to.
    """
    made, filters = named(name), tuple(asked) or everything(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(str(error), where=str(folder), hint="give a folder you may write to") from error
    groups = [filters] if made.many else [(one,) for one in filters]
    found = {}
    for group in groups:
        path = folder / f"{file_name(name, group)}{made.suffix}"
        found[path] = export(ledger, name, group, path)
    return found


def write(ledger: Ledger, name: str, folder: Path) -> int:
    """Writes all there is in a format into a folder; returns the number of rows.

    Raises:
        BadFilter: no such format.
        CannotWrite: the folder cannot be made or written to.
    """
    return sum(taken.rows for taken in export_all(ledger, name, folder).values())


def file_name(name: str, filters: Sequence[Filter]) -> str:
    """What a file of these rows is called, without its ending: the coding, the site, else the table, else "ledger"."""
    if FORMATS[name].tables == EVENTS or name == "site":
        return name
    return filters[0].table if len(filters) == 1 else "ledger"
