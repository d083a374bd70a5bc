"""Single files under gzip, bzip2 or xz: unpacked within bounds, one layer, then read as what they are."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from onrecord.errors import UnreadableReport
from onrecord.reports.limits import bounded
from onrecord.reports.source import LARGEST_INSIDE, Source

SUFFIXES = (".gz", ".bz2", ".xz")
OPENERS: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\x1f\x8b\x08": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
# Text packs three to ten times, markup twenty; more than this is a bomb or says nothing.
MOST_RATIO = 200
SMALL = 2**20  # of which a small file may well be made
TAR = slice(257, 262)


def opener(start: bytes) -> Callable[[BinaryIO], Any] | None:
    """What unpacks a stream that starts so; None when it is not packed in a way we know."""
    return next((made for mark, made in OPENERS.items() if start.startswith(mark)), None)


def peek(start: bytes, count: int = 512) -> bytes:
    """The first bytes under the packing of a file's first bytes; nothing where these are damaged or not packed."""
    unpack = opener(start)
    if unpack is None:
        return b""
    try:
        return _some(unpack(io.BytesIO(start)), count)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        return b""


def _some(stream: Any, count: int) -> bytes:
    """Byte by byte towards the end, because a file cut short raises where its end is read."""
    found = b""
    try:
        while len(found) < count and (part := stream.read1(count - len(found))):
            found += part
    except (EOFError, OSError, zlib.error, lzma.LZMAError):
        if not found:
            raise
    return found


def knows(start: bytes, source: Source) -> bool:
    """The mark of a packing, a packed tar left to `archive.py`."""
    return opener(start) is not None and peek(start)[TAR] != b"ustar"


def read(source: Source) -> Iterator[Source]:
    """The one thing inside.

    Raises:
        UnreadableReport: it is damaged, unpacks to too much, or is packed once more inside.
    """
    unpack = opener(source.start())
    if unpack is None:
        what = f"no {source.suffix.removeprefix('.') or 'packed'} file, whatever its name says"
        raise UnreadableReport(what, where=source.where, hint="fetch it anew")
    try:
        with source.stream() as stream:
            raw = bounded(unpack(stream), LARGEST_INSIDE, source.where)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise UnreadableReport(f"damaged: {error}", where=source.where, hint="fetch it anew") from error
    size = len(source.held) if source.held is not None else source.file.stat().st_size if source.file else 0
    if len(raw) > max(SMALL, size * MOST_RATIO):
        what = f"unpacks to {len(raw) // max(1, size):,} times its size"
        raise UnreadableReport(what, where=source.where, hint="unpack it by hand, if you trust it")
    if opener(raw):
        raise UnreadableReport("packed twice", where=source.where, hint="unpack it once by hand, if you trust it")
    name = PurePath(source.path or source.where).name
    inner = name[: -len(source.suffix)] if source.suffix in SUFFIXES else name
    yield source.inside(inner, raw, suffix=PurePath(inner).suffix.lower())
