"""Reports: bytes become reports here, one reader a format. What cannot be read is listed, never lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import OnrecordError, UnreadableReport
from onrecord.records import Report, Skipped
from onrecord.reports import html, plain, rows
from onrecord.reports.draft import Draft, report
from onrecord.reports.manifest import NAME, manifest

READERS = (plain, html, rows)  # the first whose SUFFIXES hold the file's ending reads it
LARGEST_FILE = 200_000_000
Found = tuple[str, Report | Skipped]  # where it lies, for the reader of the list; and what came of it


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of the inputs: reports sorted by id, and what was skipped with its reason and cure."""

    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...]


def read(inputs: Sequence[str], *, fields: Mapping[str, str] | None = None, stdin: BinaryIO | None = None) -> Reading:
    """Reads files, folders and standard input ("-").

    Args:
        inputs: paths; a folder is read with all below it, hidden files left out. A file's facts are taken from the
            manifest.csv beside it, also when the file is named by itself.
        fields: for CSV and JSON Lines, our field name to their column.
        stdin: where "-" reads from; the process's standard input when None.

    Nothing is raised for a bad file: it is listed in `skipped`. The order of the inputs changes nothing.
    """
    reports: dict[str, Report] = {}
    skipped: list[Skipped] = []
    everything = [found for item in dict.fromkeys(inputs) for found in _guarded(item, fields or {}, stdin)]
    for where, one in sorted(everything, key=lambda found: (_path(found), found[0])):
        if isinstance(one, Skipped):
            skipped.append(one)
        elif (same := reports.setdefault(one.report_id, one)) is not one:
            skipped.append(_skip(where, f"same bytes as {same.path}", "nothing to do: it is in the ledger once"))
    return Reading(tuple(sorted(reports.values(), key=lambda r: r.report_id)), tuple(dict.fromkeys(skipped)))


def _path(found: Found) -> str:
    return found[1].path or ""


def _skip(where: str, reason: str, hint: str) -> Skipped:
    return Skipped(path=_printable(where), reason=_printable(reason), hint=hint)


def _printable(name: str) -> str:
    """A file name as text that can be stored: bytes that are no UTF-8 are shown as escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _guarded(item: str, fields: Mapping[str, str], stdin: BinaryIO | None) -> Iterator[Found]:
    """Everything that one input holds; what goes wrong outside a file is a row, too."""
    try:
        if item == "-":
            yield from _standard_input((stdin or sys.stdin.buffer).read(), fields)
        elif Path(item).is_dir():
            yield from _folder(Path(item), fields)
        elif Path(item).name != NAME:  # a manifest named by itself has been read beside its files
            path = Path(item)
            facts = manifest(path.parent)[0].get(path.name, {})
            yield from _file(path, path.name, facts, fields)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        yield item, _skip(item[:200], f"cannot be opened: {why}", "check the path and its permissions")


def _folder(top: Path, fields: Mapping[str, str]) -> Iterator[Found]:
    """All files below a folder, hidden ones left out, with the facts of the nearest manifest that names them."""
    barred: list[OSError] = []
    facts: dict[str, Mapping[str, str]] = {}
    files: list[Path] = []
    for here, folders, names in os.walk(top, onerror=barred.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        told, faults = manifest(Path(here))
        inside = Path(here).relative_to(top)
        facts |= {(inside / name).as_posix(): told[name] for name in told}
        files += [Path(here, name) for name in sorted(names) if name != NAME and not name.startswith(".")]
        yield from ((f.where, _skip(f.where, f.what, f.hint)) for f in faults)
    for error in barred:
        where = str(error.filename)
        yield where, _skip(where, f"cannot be opened: {error.strerror}", "make the folder readable")
    if not files:
        yield str(top), _skip(str(top), "a folder without reports", "name the folder that holds the reports")
    for file in files:
        name = file.relative_to(top).as_posix()
        yield from _file(file, name, facts.get(name, {}), fields)


def _standard_input(raw: bytes, fields: Mapping[str, str]) -> Iterator[Found]:
    where = "standard input"
    try:
        if raw.lstrip()[:1] in (b"{", b"["):
            yield from _reports(rows.read(raw, where, fields, ".jsonl"), None, where)
        else:
            yield from _reports(plain.read(raw, where), None, where)
    except OnrecordError as error:
        yield where, _skip(where, error.what, error.hint)


def _file(file: Path, name: str, facts: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[Found]:
    where = str(file)
    try:
        drafts = _drafts(_bytes(file, where), where, file.suffix.lower(), fields)
        told = (
            replace(d, facts={**d.facts, **facts}, published_why=NAME if "published" in facts else d.published_why)
            for d in drafts
        )
        yield from _reports(told, _printable(name), where)
    except OnrecordError as error:
        yield where, _skip(where, error.what, error.hint)
    except PermissionError:
        yield where, _skip(where, "may not be read: permission denied", "make the file readable")
    except Exception as error:  # the edge: whatever a broken file does to a parser costs that file only
        yield where, _skip(where, f"{type(error).__name__}: {str(error)[:200]}", "give its text as .txt")


def _reports(drafts: Iterator[Draft], path: str | None, where: str) -> Iterator[Found]:
    """A report a draft; a bad record costs itself only, and is named by its line."""
    for draft in drafts:
        place = where if draft.line is None else f"{where}:{draft.line}"
        try:
            yield place, report(draft, path, place)
        except OnrecordError as error:
            yield place, _skip(place, error.what, error.hint)


def _bytes(file: Path, where: str) -> bytes:
    if not file.exists():
        what = "a link that leads nowhere" if file.is_symlink() else "no such file"
        raise UnreadableReport(what, where=where, hint="check the path")
    if not file.is_file():
        raise UnreadableReport("a pipe or device, not a file", where=where, hint="give it on standard input, as -")
    if file.stat().st_size > LARGEST_FILE:
        raise UnreadableReport("larger than 200 MB", where=where, hint="split it")
    return file.read_bytes()


def _drafts(raw: bytes, where: str, suffix: str, fields: Mapping[str, str]) -> Iterator[Draft]:
    if suffix in rows.SUFFIXES:
        return rows.read(raw, where, fields, suffix)
    if suffix in html.SUFFIXES:
        return html.read(raw, where)
    if suffix in plain.SUFFIXES:
        return plain.read(raw, where)
    known = " ".join(s for reader in READERS for s in reader.SUFFIXES)
    what = f"no reader for {suffix or 'a file without an ending'}"
    raise UnreadableReport(what, where=where, hint=f"readers exist for {known}")
