"""One thing to read: a file, or a thing inside another: a member of an archive, a page in a WARC, a mail in an mbox."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import UnreadableReport

LARGEST = 200_000_000  # bytes read at once; WARC and archives are read as they stream, whatever their size
# Bytes of one unpacked thing. News pages have 0.1 to 2 MB; what unpacks to more is a dump or a bomb.
LARGEST_INSIDE = 20 * 2**20
DEEPEST = 3  # packings inside one another: a page in a mail in a zip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes, where they lie, and what their carrier says of them.

    `where` is for people, `path` becomes `reports.path`; `facts` (by field name) override what the bytes say of
    themselves; `charset` and `kind` are the encoding and media type that a mail or HTTP header names; `sha256` is the
    hash of the outermost thing, the file or the answer, as received.
    """

    where: str
    suffix: str = ""
    path: str | None = None
    file: Path | None = None
    held: bytes | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    published_why: str | None = None
    charset: str | None = None
    kind: str | None = None
    depth: int = 0
    sha256: str | None = None

    def raw(self, most: int = LARGEST) -> bytes:
        """All bytes.

        Raises:
            UnreadableReport: there are more than `most`.
        """
        size = len(self.held) if self.held is not None else self._on_disk().stat().st_size
        if size > most:
            what = f"larger than {most // 1_000_000} MB"
            raise UnreadableReport(what, where=self.where, hint="split it")
        return self.held if self.held is not None else self._on_disk().read_bytes()

    def start(self, count: int = 1024) -> bytes:
        """The first bytes."""
        if self.held is not None:
            return self.held[:count]
        with self._on_disk().open("rb") as stream:
            return stream.read(count)

    def stream(self) -> BinaryIO:
        """The bytes as a stream that can be wound back; the caller closes it."""
        return io.BytesIO(self.held) if self.held is not None else self._on_disk().open("rb")

    def inside(self, name: str, raw: bytes, **known: object) -> Source:
        """A thing that lies in this one, with this one's facts; `name` says where in it.

        Raises:
            UnreadableReport: it lies too many packings deep.
        """
        where = f"{self.where}/{name}"
        if self.depth >= DEEPEST:
            what = f"packed more than {DEEPEST} times"
            raise UnreadableReport(what, where=where, hint="unpack it first, if you trust it")
        path = f"{self.path}/{name}" if self.path else name
        made = replace(self, where=where, path=path, file=None, held=raw, depth=self.depth + 1)
        return replace(made, **known)  # type: ignore[arg-type]

    def _on_disk(self) -> Path:
        assert self.file is not None, "a source has bytes or a file"
        return self.file
