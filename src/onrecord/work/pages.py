"""What pages and documents became when they were first read: taking one apart costs a tenth of reading what it says.

A key is the hash of a file's bytes, of where it lies and of all that its carrier says of it. Tables and plain text are
not kept, for they are read as fast as a cell is. What could not be read is tried again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from onrecord.engines.cells import Cells
from onrecord.engines.memory import uncollected
from onrecord.records import Report
from onrecord.records.plain import of_plain, plain
from onrecord.reports.source import Source
from onrecord.reports.ways import Found
from onrecord.work.versions import cannot, code_hash, version_of_all

# A release of one of these may find another text in the same page.
LIBRARIES = ("trafilatura", "lxml", "lxml_html_clean", "htmldate", "justext", "courlan", "feedparser", "pypdf")


class Pages:
    """Outcomes of one ledger's pages.

    Args:
        folder: where work lies, see `onrecord.work.folder_of`.
        fresh: what was kept is thrown away unread.
    """

    def __init__(self, folder: Path, fresh: bool = False) -> None:
        self.folder, self._fresh = folder, fresh
        told = {"code": code_hash(("records", "text", "reports"))}
        self._cells = Cells(folder / "pages", version_of_all(told, LIBRARIES))
        self._lines: dict[str, str] | None = None
        self._asked: set[str] = set()

    def recall(self, source: Source, read: Callable[[Source], Iterable[Found]]) -> Iterator[Found]:
        """What a source became when it was read before, else what it becomes now.

        Raises:
            CannotWrite: the disk is full, or the folder may not be written to.
        """
        if self._lines is None:
            self._lines = self._held()
        key = _key(source)
        self._asked.add(key)
        if (line := self._lines.pop(key, None)) is not None:
            yield from ((where, of_plain(Report, row)) for where, row in json.loads(line))
            return
        found = list(read(source))
        yield from found
        if all(isinstance(one, Report) for _, one in found):
            try:
                self._cells.add(key, json.dumps([[where, plain(one)] for where, one in found], separators=(",", ":")))
            except OSError as error:
                raise cannot(error, self.folder) from error

    @uncollected()
    def _held(self) -> dict[str, str]:
        if self._fresh:
            self._cells.clear()
        return self._cells.held()

    def close(self, *, whole: bool = False) -> None:
        """Writes what waits to be written; after a whole build, sweeps away what no build will ask for.

        Raises:
            CannotWrite: the disk is full, or the folder may not be written to.
        """
        try:
            self._cells.write()
            if whole:
                self._cells.sweep(self._asked)
        except OSError as error:
            raise cannot(error, self.folder) from error


def _key(source: Source) -> str:
    told = [source.sha256, source.where, source.path, source.suffix, source.published_why, source.charset, source.kind]
    facts = [sorted(source.facts.items()), sorted(source.fields.items())]
    return hashlib.sha256(json.dumps([told, facts]).encode()).hexdigest()[:32]
