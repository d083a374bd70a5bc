"""Word tables: data beside the code, one .tsv a subject, each row with where it comes from."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FOLDER = files("onrecord.text") / "words"


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `words/<name>.tsv`, as mappings from column to cell; empty cells are "".

    Raises:
        FileNotFoundError: no such table ships with the package.
    """
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def words(name: str, kind: str = "") -> frozenset[str]:
    """The `word` column of a table as a set, only rows of one `kind` when that is given."""
    return frozenset(row["word"] for row in table(name) if not kind or row["kind"] == kind)


@cache
def tables_hash() -> str:
    """SHA-256 over all word tables: part of what made a ledger."""
    digest = hashlib.sha256()
    for entry in sorted(FOLDER.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".tsv"):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()
