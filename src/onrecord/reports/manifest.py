"""manifest.csv: what is known of the files in a folder (outlet, day of publication, address), beside the files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from onrecord.errors import BadManifest
from onrecord.reports.draft import FIELDS, decode

NAME = "manifest.csv"


def manifest(folder: Path) -> tuple[dict[str, dict[str, str]], list[BadManifest]]:
    """Facts by file name, and every fault found. A folder without manifest.csv has neither.

    Columns: file, and any of outlet, title, byline, dateline, published, url, language; other columns are for people.
    """
    path = folder / NAME
    if not path.is_file():
        return {}, []
    try:
        text = decode(path.read_bytes(), str(path))
    except Exception as error:  # the manifest is a convenience: a broken one must not cost the reports
        return {}, [BadManifest(f"cannot be read: {error}", where=str(path), hint="save it as UTF-8 CSV")]
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    columns = [c.strip().lower() for c in reader.fieldnames or []]
    if "file" not in columns:
        return {}, [
            BadManifest(
                f"no column 'file' (columns: {', '.join(columns) or 'none'})",
                where=str(path),
                hint="add a column 'file' with the file names",
            )
        ]
    facts: dict[str, dict[str, str]] = {}
    faults: list[BadManifest] = []
    for row in reader:
        clean = {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
        name = clean.get("file", "")
        where = f"{path}:{reader.line_num}"
        target = (folder / name).resolve()
        if not name or not target.is_relative_to(folder.resolve()):
            faults.append(
                BadManifest(
                    f"file {name!r} lies outside the folder", where=where, hint="name files relative to the folder"
                )
            )
        elif not target.is_file():
            faults.append(
                BadManifest(
                    f"names {name!r}, which is not there", where=where, hint="put the file there, or take the line out"
                )
            )
        else:
            facts[name] = {k: v for k, v in clean.items() if k in FIELDS and v}
    return facts, faults
