"""Reports: bytes become reports here, one reader a format. What cannot be read is listed, never lost."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from onrecord.errors import NotFetched, OnrecordError, UnreadableReport
from onrecord.records import Report, Skipped
from onrecord.reports import archive, feed, html, mail, office, packed, pdf, plain, rows, warc
from onrecord.reports.draft import Draft, report
from onrecord.reports.limits import timed
from onrecord.reports.manifest import NAME, manifest
from onrecord.reports.source import Source
from onrecord.reports.ways import ADDRESS, Found, Ways

# A file is read by the first of these that knows its first bytes, else by the first that knows its ending.
READERS: tuple[ModuleType, ...] = (pdf, warc, packed, office, archive, feed, html, mail, rows, plain)
# Taking one of these apart costs so much that it is worth remembering what came of it.
COSTLY = (pdf, office, feed, html, mail)


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: its name below the folder that was given, and what a manifest says of it."""

    path: Path
    name: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of the inputs: reports sorted by id, and what was skipped with its reason and cure."""

    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...]


def read(
    inputs: Sequence[str],
    *,
    fields: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    ways: Ways | None = None,
) -> Reading:
    """Reads files, folders, standard input ("-"), and addresses on the web where `ways` lead there.

    Args:
        inputs: paths; a folder is read with all below it, hidden files left out. A file's facts are taken from the
            manifest.csv beside it, also when the file is named by itself.
        fields: for tables and JSON Lines, our field name to their column.
        stdin: where "-" reads from; the process's standard input when None.
        ways: these two, and what else reading may use; see `onrecord.reports.ways`.

    Nothing is raised for a bad file: it is listed in `skipped`. The order of the inputs changes nothing.
    """
    reports: dict[str, Report] = {}
    skipped: list[Skipped] = []
    ways = ways or Ways(fields=fields or {}, stdin=stdin)
    everything = [found for item in dict.fromkeys(inputs) for found in _guarded(item, ways)]
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
    """A name as text that can be stored: bytes that are no UTF-8, and NUL, are shown as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def _guarded(item: str, ways: Ways) -> Iterator[Found]:
    """Everything that one input holds; what goes wrong outside a file is a row, too."""
    try:
        if item == "-":
            yield from _read(ways.standard_input())
        elif item.lower().startswith(ADDRESS):
            yield from _read(ways.page(item))
        else:
            for one in _files(item, ways):
                yield from of_file(one, ways) if isinstance(one, File) else one
    except NotFetched as error:
        yield item, _skip(item, f"{error.what}{'' if error.where == item else f' ({error.where})'}", error.hint)
    except (OSError, ValueError) as error:
        yield _cannot(item, error)


def _cannot(item: str, error: Exception) -> Found:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return item, _skip(item[:200], f"cannot be opened: {why}", "check the path and its permissions")


def _files(item: str, ways: Ways) -> Iterator[File | list[Found]]:
    """A file with its facts, or those below a folder."""
    path = Path(item)
    if path.is_dir():
        yield from _folder(path, ways)
    elif path.name != NAME:  # a manifest named by itself has been read beside its files
        yield File(path, path.name, manifest(path.parent)[0].get(path.name, {}))


def _folder(top: Path, ways: Ways) -> Iterator[File | list[Found]]:
    """All files below a folder, hidden ones left out, with the facts of the nearest manifest that names them."""
    barred: list[OSError] = []
    facts: dict[str, Mapping[str, str]] = {}
    files: list[Path] = []
    for here, folders, names in os.walk(top, onerror=barred.append):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and not html.beside(f, names) and not _ours(Path(here, f))
        )
        told, faults = manifest(Path(here))
        inside = Path(here).relative_to(top)
        if told or faults:
            own = Path(here, NAME)
            ways.put_away((inside / NAME).as_posix(), str(own.absolute()), own)
        facts |= {(inside / name).as_posix(): told[name] for name in told}
        files += [Path(here, name) for name in sorted(names) if name != NAME and not name.startswith(".")]
        yield [(f.where, _skip(f.where, f.what, f.hint)) for f in faults]
    for error in barred:
        where = str(error.filename)
        yield [(where, _skip(where, f"cannot be opened: {error.strerror}", "make the folder readable"))]
    if not files:
        yield [(str(top), _skip(str(top), "a folder without reports", "name the folder that holds the reports"))]
    for file in files:
        name = file.relative_to(top).as_posix()
        yield File(file, name, facts.get(name, {}))


def _ours(folder: Path) -> bool:
    """Whether a folder holds the raw copies of a ledger, or the work kept for it, which are no reports of their own."""
    if folder.suffix == ".work":
        return (folder / "alone").is_dir() or (folder / "pages").is_dir()
    return folder.suffix == ".raw" and (folder / "log.jsonl").is_file()


def of_file(one: File, ways: Ways) -> Iterator[Found]:
    """Everything that one file holds."""
    where = str(one.path)
    try:
        _check(one.path, where)
        source = ways.file(one.path, _printable(one.name), one.facts, NAME if "published" in one.facts else None)
    except UnreadableReport as error:
        yield where, _skip(where, error.what, error.hint)
    except PermissionError:
        yield where, _skip(where, "may not be read: permission denied", "make the file readable")
    else:
        yield from ways.recall(source, _read) if ways.recall is not None and _costly(source) else _read(source)


def _costly(source: Source) -> bool:
    """Whether a file is read at once, and by one of `COSTLY`."""
    return source.held is not None and any(
        r.knows(source.start(), source) or source.suffix in r.SUFFIXES for r in COSTLY
    )


def of_bytes(
    name: str, raw: bytes, fields: Mapping[str, str], *, suffix: str | None = None, sha256: str | None = None
) -> Iterator[Found]:
    """Everything that bytes hold which somebody else has read: a file, or a line of one.

    Args:
        name: of the file: where it lies, and the path of its reports.
        raw: the bytes.
        fields: for tables and JSON Lines, our field name to their column.
        suffix: where the name has not the right one.
        sha256: of the whole file.
    """
    suffix = suffix or Path(name).suffix.lower()
    yield from _read(Source(where=name, suffix=suffix, path=_printable(name), held=raw, fields=fields, sha256=sha256))


def listed(inputs: Sequence[str]) -> Iterator[File | list[Found]]:
    """The files that `read` would read, in its order, and what it would skip without reading."""
    for item in dict.fromkeys(inputs):
        try:
            yield from _files(item, Ways())
        except (OSError, ValueError) as error:
            yield [_cannot(item, error)]


def _check(file: Path, where: str) -> None:
    if not file.exists():
        what = "a link that leads nowhere" if file.is_symlink() else "no such file"
        raise UnreadableReport(what, where=where, hint="check the path")
    if not file.is_file():
        raise UnreadableReport("a pipe or device, not a file", where=where, hint="give it on standard input, as -")


def _read(source: Source) -> Iterator[Found]:
    """All that a source holds, things inside it included. Whatever breaks costs what is broken, and is named."""
    where = source.where
    try:
        for item in timed(_found(source), where):
            yield from _item(item, source)
    except OnrecordError as error:
        yield error.where, _skip(error.where, error.what, error.hint)
    except PermissionError:
        yield where, _skip(where, "may not be read: permission denied", "make the file readable")
    except MemoryError:
        yield where, _skip(where, "needs more memory than there is", "split it, or give its text as .txt")
    except Exception as error:  # the edge: whatever a broken file does to a parser costs that file only
        yield where, _skip(where, f"{type(error).__name__}: {str(error)[:200]}", "give its text as .txt")


def _found(source: Source) -> Iterator[Draft | OnrecordError | Source]:
    """Whatever its reader finds; the choice of the reader takes part of its time."""
    yield from _reader(source).read(source)


def _item(item: Draft | OnrecordError | Source, source: Source) -> Iterator[Found]:
    if isinstance(item, Source):
        yield from _read(item)
    elif isinstance(item, OnrecordError):
        yield item.where, _skip(item.where, item.what, item.hint)
    else:
        place = source.where if item.line is None else f"{source.where}:{item.line}"
        told: dict[str, Any] = {"facts": {**item.facts, **source.facts}}
        if item.line is not None and "url" in item.facts:  # an entry's own address, not that of the feed it stands in
            told["facts"]["url"] = item.facts["url"]
        if "published" in source.facts:
            told["published_why"] = source.published_why
        try:
            yield place, report(replace(item, **told), source.path, place, source.sha256)
        except OnrecordError as error:
            yield place, _skip(place, error.what, error.hint)


def _reader(source: Source) -> ModuleType:
    """Who reads it: its first bytes are believed before its ending.

    Raises:
        UnreadableReport: nobody does.
    """
    start = source.start()
    for reader in READERS:
        if reader.knows(start, source):
            return reader
    for reader in READERS:
        if source.suffix in reader.SUFFIXES:
            return reader
    known = " ".join(s for reader in READERS for s in reader.SUFFIXES)
    what = f"no reader for {source.suffix or 'a file without an ending'}"
    raise UnreadableReport(what, where=source.where, hint=f"readers exist for {known}")
