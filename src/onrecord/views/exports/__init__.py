"""Exports: every table of a ledger as files that other tools open, and its events as coders of conflict know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from onrecord.errors import CannotWrite
from onrecord.ledger.shape import TABLES
from onrecord.ledger.store import Ledger
from onrecord.views.exports import acled, csv, jsonl, parquet, polecat, ucdp

FORMATS: Mapping[str, Callable[[Ledger, str, Path], int]] = {
    "jsonl": jsonl.write,
    "csv": csv.write,
    "parquet": parquet.write,
    "acled": acled.write,
    "ucdp": ucdp.write,
    "polecat": polecat.write,
}


def write(ledger: Ledger, name: str, folder: Path) -> int:
    """Writes all tables into a folder, one file each (acled, ucdp and polecat: the events alone); returns the number of rows.

    Raises:
        CannotWrite: the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return sum(FORMATS[name](ledger, table, folder) for table in (*TABLES, "runs"))
    except OSError as error:
        raise CannotWrite(str(error), where=str(folder), hint="give a folder you may write to") from error
