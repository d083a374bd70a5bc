"""How inputs are come by: the columns of tables, standard input, the web where it is allowed, and what is kept of them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from onrecord.errors import NotFetched
from onrecord.records import Capture, Report, Skipped
from onrecord.reports.source import Source
from onrecord.reports.warc import CHARSET, KINDS

Found = tuple[str, Report | Skipped]  # where it lies, for the reader of the list; and what came of it
ADDRESS = ("http://", "https://")
WHOLE = 2**24  # bytes; smaller files are read once, so that what is hashed is what is read


def _offline(url: str) -> Capture:
    raise NotFetched("an address on the web, and nothing is fetched here", where=url, hint="onrecord build ADDRESS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What reading may use.

    Args:
        fields: for tables and JSON Lines, our field name to their column.
        stdin: where "-" reads from; the process's standard input when None.
        visit: fetches an address that a person named. Without it, none is fetched.
        keep: takes an input's path in the ledger, where it lies on this machine, and its bytes or its file; puts a copy
            away.
        recall: takes a file and what reads it; gives what it became when it was read before, else what it becomes.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    stdin: BinaryIO | None = None
    visit: Callable[[str], Capture] = _offline
    keep: Callable[[str, str, bytes | Path], None] | None = None
    recall: Callable[[Source, Callable[[Source], Iterable[Found]]], Iterable[Found]] | None = None

    def put_away(self, place: str, source: str, held: bytes | Path) -> None:
        """Keeps a copy, if that is asked for."""
        if self.keep is not None:
            self.keep(place, source, held)

    def standard_input(self) -> Source:
        """All of standard input: JSON Lines where it looks so, else text."""
        raw = (self.stdin or sys.stdin.buffer).read()
        self.put_away("standard input", "standard input", raw)
        suffix = ".jsonl" if raw.lstrip()[:1] in (b"{", b"[") else ".txt"
        return Source(where="standard input", suffix=suffix, held=raw, fields=self.fields, sha256=sha256(raw))

    def page(self, url: str) -> Source:
        """What an address answers. The address is its path, too; where it was found in the end becomes its `url`.

        Raises:
            NotFetched: it may not be visited, or answers with no page.
        """
        made = self.visit(url)
        told = dict(made.headers).get("content-type", "")
        kind = told.partition(";")[0].strip().lower()
        charset = CHARSET.search(told)
        ending = PurePosixPath(urlsplit(made.found).path).suffix.lower()
        return Source(
            where=url, path=url, suffix=KINDS.get(kind, ending or ".html"), held=made.raw, fields=self.fields,
            facts={"url": made.found}, charset=charset.group(1) if charset else None, kind=kind or None,
            sha256=sha256(made.raw),
        )  # fmt: skip

    def file(self, file: Path, path: str, facts: Mapping[str, str], published_why: str | None) -> Source:
        """A file, read at once where it is small.

        Raises:
            OSError: it cannot be opened.
        """
        held = file.read_bytes() if file.stat().st_size <= WHOLE else None
        self.put_away(path, str(file.absolute()), file if held is None else held)
        return Source(
            where=str(file), path=path, suffix=file.suffix.lower(), file=file, held=held, fields=self.fields,
            facts=facts, published_why=published_why, sha256=of_file(file) if held is None else sha256(held),
        )  # fmt: skip


def sha256(raw: bytes) -> str:
    """In hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(raw).hexdigest()


def of_file(file: Path) -> str:
    """The same of a file, read in pieces."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
