"""manifest.csv: what is known of the files in a folder (outlet, day of publication, address), beside the files."""

from __future__ import annotations

import csv
import io
import posixpath
from pathlib import Path

from onrecord.errors import BadManifest, OnrecordError
from onrecord.reports.draft import FIELDS
from onrecord.text.encodings import decode

NAME = "manifest.csv"


def manifest(folder: Path) -> tuple[dict[str, dict[str, str]], list[BadManifest]]:
    """Facts by file name, and every fault found. A folder without manifest.csv has neither.

    Columns: file, and any of outlet, title, byline, dateline, published, url, language; other columns are for people.
    """
    path = folder / NAME
    try:
        if not path.is_file():
            return {}, []
        rows = csv.DictReader(io.StringIO(decode(path.read_bytes(), str(path)).text.removeprefix("\ufeff")))
        columns = [c.strip().lower() for c in rows.fieldnames or []]
        if "file" in columns:
            return _follow(folder, rows)
    except Exception as error:  # the manifest is a convenience: a broken one must not cost the reports
        what = error.what if isinstance(error, OnrecordError) else f"{type(error).__name__}: {error}"
        return {}, [BadManifest(f"cannot be read: {what}", where=str(path), hint="save it as UTF-8 CSV")]
    what = f"no column 'file' (columns: {', '.join(columns) or 'none'})"
    return {}, [BadManifest(what, where=str(path), hint="add a column 'file' with the file names")]


def _follow(folder: Path, rows: csv.DictReader[str]) -> tuple[dict[str, dict[str, str]], list[BadManifest]]:
    facts: dict[str, dict[str, str]] = {}
    faults: list[BadManifest] = []
    for row in rows:
        clean = {(k or "").strip().lower(): v.strip() for k, v in row.items() if isinstance(v, str)}
        name = clean.get("file", "")
        if (fault := _fault(folder, name)) is None:
            facts[posixpath.normpath(name)] = {k: v for k, v in clean.items() if k in FIELDS and v}
        else:
            what, hint = fault
            faults.append(BadManifest(what, where=f"{folder / NAME}:{rows.line_num}", hint=hint))
    return facts, faults


def _fault(folder: Path, name: str) -> tuple[str, str] | None:
    """What is wrong with a file that a manifest names, and the cure."""
    try:
        if not name or not (folder / name).resolve().is_relative_to(folder.resolve()):
            return f"file {name!r} lies outside the folder", "name files relative to the folder"
        there = (folder / name).is_file()
    except (OSError, ValueError):  # too long for a name, or a NUL in it
        there = False
    return None if there else (f"names {name[:80]!r}, which is not there", "put the file there, or take the line out")
