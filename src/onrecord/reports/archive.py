"""ZIP and TAR: members are read as streams, never unpacked to disk; what would lie outside, links and bombs are refused."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from onrecord.errors import OnrecordError, UnreadableReport
from onrecord.reports.html import BESIDE, LONGEST_NAME, beside
from onrecord.reports.limits import bounded
from onrecord.reports.packed import MOST_RATIO, SMALL, TAR, opener, peek
from onrecord.reports.source import LARGEST_INSIDE, Source

SUFFIXES = (".zip", ".tar", ".tgz", ".tbz2", ".txz")
ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
MOST_MEMBERS = 100_000
LARGEST_WHOLE = 2**31  # bytes that all members together unpack to
BY_HAND = "unpack it by hand, if you trust it"
BROKEN = (
    OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, RuntimeError,
    NotImplementedError, ValueError, LookupError,
)  # fmt: skip


def knows(start: bytes, source: Source) -> bool:
    """The mark of a zip or of a tar, also under a packing."""
    return start.startswith(ZIPS) or start[TAR] == b"ustar" or peek(start)[TAR] == b"ustar"


def read(source: Source) -> Iterator[Source | OnrecordError]:
    """A source a member; an error a member that is refused, by its name.

    Raises:
        UnreadableReport: it is damaged, or holds too much.
    """
    start = source.start()
    left = LARGEST_WHOLE
    try:
        for item in _zip(source) if start.startswith(ZIPS) else _tar(source):
            left -= len(item.held or b"") if isinstance(item, Source) else 0
            if left < 0:
                raise UnreadableReport("unpacks to more than 2 GB", where=source.where, hint=BY_HAND)
            yield item
    except BROKEN as error:
        what = f"damaged, or not what its name says: {str(error)[:120]}"
        raise UnreadableReport(what, where=source.where, hint="fetch it anew") from error


def _zip(source: Source) -> Iterator[Source | OnrecordError]:
    with source.stream() as stream, zipfile.ZipFile(stream) as whole:
        members = whole.infolist()
        _count(len(members), source)
        names = {member.filename for member in members}
        for member in members:
            if member.filename.endswith("/") or beside(member.filename, names):
                continue
            fault = _fault(member.filename) or _zip_fault(member)
            if fault:
                yield _refused(source, member.filename, fault)
            elif _wanted(member.filename):
                yield _member(source, member.filename, lambda m=member: whole.open(m))


def _zip_fault(member: zipfile.ZipInfo) -> str | None:
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return "a link"
    if member.flag_bits & 1:
        return "locked by a password"
    if member.file_size > max(SMALL, member.compress_size * MOST_RATIO):
        return f"unpacks to {member.file_size // max(1, member.compress_size):,} times its size"
    return None


def _tar(source: Source) -> Iterator[Source | OnrecordError]:
    names: set[str] | None = None
    with _tape(source) as whole:
        for number, member in enumerate(whole):
            _count(number, source)
            if BESIDE.search(member.name[:LONGEST_NAME]):  # it may belong to a page that lies before or after it
                names = _tar_names(source) if names is None else names
            if member.isdir() or (names and beside(member.name, names)):
                continue
            fault = _fault(member.name) or (None if member.isreg() else "a link or device")
            if fault:
                yield _refused(source, member.name, fault)
            elif _wanted(member.name):
                yield _member(source, member.name, lambda m=member: whole.extractfile(m))


@contextmanager
def _tape(source: Source) -> Iterator[tarfile.TarFile]:
    """As a stream, so that a packed one is not wound back and forth, and never a whole tar in memory."""
    with source.stream() as stream:
        unpack = opener(source.start())
        with tarfile.open(fileobj=unpack(stream) if unpack else stream, mode="r|") as whole:
            yield whole


def _tar_names(source: Source) -> set[str]:
    """Names of the members, of as many as are read; a tar has no list of them, so it is run through once more."""
    names, left = set(), LARGEST_WHOLE
    with _tape(source) as whole:
        for number, member in enumerate(whole):
            left -= member.size
            if number > MOST_MEMBERS or left < 0:
                break
            names.add(member.name)
    return names


def _count(members: int, source: Source) -> None:
    if members > MOST_MEMBERS:
        raise UnreadableReport(f"more than {MOST_MEMBERS:,} members", where=source.where, hint=BY_HAND)


def _fault(name: str) -> str | None:
    """Why a member's name is refused. Nothing is written, but a name that climbs out is a sign of an attack, and its
    row in the ledger would name a file that it is not."""
    if not name:
        return "it has no name"
    flat = name.replace("\\", "/")
    if flat.startswith("/") or flat[1:2] == ":" or ".." in PurePosixPath(flat).parts or "\0" in name:
        return "its name lies outside the archive"
    return None


def _wanted(name: str) -> bool:
    """Whether it is no file that systems put there for themselves (as in folders: hidden files are left out)."""
    return not any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _refused(source: Source, name: str, why: str) -> UnreadableReport:
    return UnreadableReport(f"refused: {why}", where=f"{source.where}/{name[:300]}", hint=BY_HAND)


def _member(source: Source, name: str, opened: Any) -> Source | OnrecordError:
    where = f"{source.where}/{name}"
    try:
        with opened() as stream:
            raw = bounded(stream, LARGEST_INSIDE, where)
        return source.inside(name, raw, suffix=PurePosixPath(name).suffix.lower())
    except UnreadableReport as error:
        return error
    except BROKEN as error:
        return UnreadableReport(f"damaged: {str(error)[:120]}", where=where, hint="fetch the archive anew")
