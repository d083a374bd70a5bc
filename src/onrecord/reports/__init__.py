"""Reports: bytes become reports here, one reader a format. What cannot be read is listed, never lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import OnrecordError
from onrecord.records import Report, Skipped
from onrecord.reports import html, plain, rows
from onrecord.reports.draft import Draft, report
from onrecord.reports.manifest import NAME, manifest

READERS = (plain, html, rows)  # the first whose SUFFIXES hold the file's ending reads it
LARGEST_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of the inputs: reports sorted by id, and what was skipped with its reason and cure."""

    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...]


def read(inputs: Sequence[str], *, fields: Mapping[str, str] | None = None, stdin: BinaryIO | None = None) -> Reading:
    """Reads files, folders and standard input ("-").

    Args:
        inputs: paths; a folder is read with all below it, hidden files left out.
        fields: for CSV and JSON Lines, our field name to their column.
        stdin: where "-" reads from; the process's standard input when None.

    Nothing is raised for a bad file: it is listed in `skipped`.
    """
    found: dict[str, Report] = {}
    skipped: list[Skipped] = []
    for item in inputs:
        for name, make in _sources(item, fields or {}, stdin, skipped):
            _take(name, make, found, skipped)
    return Reading(tuple(sorted(found.values(), key=lambda r: r.report_id)), tuple(skipped))


def _take(name: str, make: Callable[[], Iterator[Report]], found: dict[str, Report], skipped: list[Skipped]) -> None:
    try:
        for one in make():
            if one.report_id in found:
                same = found[one.report_id].path
                skipped.append(
                    Skipped(path=name, reason=f"same bytes as {same}", hint="nothing to do: it is in the ledger once")
                )
            else:
                found[one.report_id] = one
    except OnrecordError as error:
        skipped.append(Skipped(path=name, reason=error.what, hint=error.hint))
    except Exception as error:  # the edge: whatever a broken file does to a parser costs that file only
        skipped.append(
            Skipped(path=name, reason=f"{type(error).__name__}: {str(error)[:200]}", hint="give its text as .txt")
        )


def _sources(
    item: str, fields: Mapping[str, str], stdin: BinaryIO | None, skipped: list[Skipped]
) -> Iterator[tuple[str, Callable[[], Iterator[Report]]]]:
    path = Path(item)
    if item == "-":
        raw = (stdin or sys.stdin.buffer).read()
        yield "-", partial(_from_stdin, raw, fields)
    elif path.is_dir():
        facts, faults = manifest(path)
        skipped += [Skipped(path=f.where, reason=f.what, hint=f.hint) for f in faults]
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            name = file.relative_to(path).as_posix()
            if name != NAME and not any(part.startswith(".") for part in Path(name).parts):
                yield str(file), partial(_from_file, file, name, facts.get(name, {}), fields)
    else:
        yield item, partial(_from_file, path, path.name, {}, fields)


def _from_stdin(raw: bytes, fields: Mapping[str, str]) -> Iterator[Report]:
    if raw.lstrip()[:1] in (b"{", b"["):
        drafts = rows.read(raw, "standard input", fields, ".jsonl")
    else:
        drafts = plain.read(raw, "standard input")
    for draft in drafts:
        yield report(draft, None, "standard input")


def _from_file(file: Path, name: str, facts: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[Report]:
    where = str(file)
    if not file.is_file():
        raise OnrecordError("no such file", where=where, hint="check the path")
    if file.stat().st_size > LARGEST_FILE:
        raise OnrecordError("larger than 200 MB", where=where, hint="split it")
    suffix = file.suffix.lower()
    raw = file.read_bytes()
    drafts = _drafts(raw, where, suffix, fields)
    for draft in drafts:
        told = Draft(
            draft.text, draft.raw, {**draft.facts, **facts}, NAME if "published" in facts else draft.published_why
        )
        yield report(told, name, where)


def _drafts(raw: bytes, where: str, suffix: str, fields: Mapping[str, str]) -> Iterator[Draft]:
    if suffix in rows.SUFFIXES:
        return rows.read(raw, where, fields, suffix)
    if suffix in html.SUFFIXES:
        return html.read(raw, where)
    if suffix in plain.SUFFIXES:
        return plain.read(raw, where)
    known = " ".join(s for reader in READERS for s in reader.SUFFIXES)
    raise OnrecordError(
        f"no reader for {suffix or 'a file without an ending'}", where=where, hint=f"readers exist for {known}"
    )
