"""Finished work at rest: cells of lines, each under a key, written aside, put in place at once, and never half believed.

A cell is zlib over lines of "key TAB text", with a SHA-256 of it at the end. Its name is the hash of its keys, so two
runs that finish the same work write the same file. Cells of one version lie in one folder; other versions' folders are
swept away. Knows nothing of news.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

MAGIC, DIGEST = b"onrecord cell 1\n", 32
ENDING = ".cell"
VERSION = re.compile(r"[0-9a-f]{16}")  # what is named otherwise is somebody else's, and stays
# A kill costs what has not been written yet: at most so many items, or so many seconds of work.
MOST, SECONDS = 64, 5.0
# 10.9 MB instead of 12.8 for 2,000 reports at level 6, in 2.6 times the time to write.
LEVEL = 1
# More cells than this, and smaller ones on average, are written together as large ones.
MANY, SMALL, LARGE = 64, 16, 512


class Cells:
    """Lines of text by key, kept in a folder for one version of whatever made them."""

    def __init__(self, folder: Path, version: str, *, most: int = MOST, seconds: float = SECONDS) -> None:
        """Opens the folder; nothing is written before the first line is added.

        Args:
            folder: holds a folder for each version, and nothing of anybody else's.
            version: of what makes the lines; lines of another version are not seen.
            most: lines in a cell.
            seconds: after which a cell with fewer lines is written.
        """
        self.folder, self.here = folder, folder / version
        self._most, self._seconds = most, seconds
        self._waiting: dict[str, str] = {}
        self._since = time.monotonic()  # a clock that is set back must not hold back what is finished
        self._sizes: dict[Path, int] = {}

    def held(self, wanted: Collection[str] | None = None) -> dict[str, str]:
        """The lines kept under some keys, or all. A cell that was cut short or changed is thrown away, not believed."""
        found: dict[str, str] = {}
        for path in sorted(self.here.glob(f"*{ENDING}")):
            lines = opened(path)
            if lines is None:
                path.unlink(missing_ok=True)
                continue
            rows = dict(line.split("\t", 1) for line in lines)
            self._sizes[path] = len(rows)
            found |= rows if wanted is None else {key: text for key, text in rows.items() if key in wanted}
        return found

    def clear(self) -> None:
        """Throws away everything that is kept, whatever its version."""
        shutil.rmtree(self.here, ignore_errors=True)
        self.sweep()

    def add(self, key: str, text: str) -> None:
        """Keeps a line; it is on the disk once its cell is full or old.

        Raises:
            OSError: the cell cannot be written; those before it stay.
        """
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting[key] = text
        if len(self._waiting) >= self._most or time.monotonic() - self._since >= self._seconds:
            self.write()

    def write(self) -> None:
        """Writes the cell that is being filled, if there is one.

        Raises:
            OSError: it cannot be written; the cells before it stay.
        """
        if self._waiting:
            waiting, self._waiting = self._waiting, {}
            self._sizes[self._put(waiting)] = len(waiting)

    def _put(self, rows: dict[str, str]) -> Path:
        self.here.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:32]
        path, aside = self.here / f"{name}{ENDING}", self.here / f".{name}.{os.getpid()}.part"
        try:
            with aside.open("wb") as handle:
                handle.write(closed([f"{key}\t{text}" for key, text in sorted(rows.items())]))
                handle.flush()
                os.fsync(handle.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        return path

    def sweep(self, wanted: Collection[str] | None = None) -> None:
        """Throws away other versions and what a killed run left half written; many small cells become a few large ones.

        Args:
            wanted: keys that are worth keeping when cells are written anew; None leaves the cells as they are.
        """
        for other in self.folder.iterdir() if self.folder.is_dir() else ():
            if other.is_dir() and other != self.here and VERSION.fullmatch(other.name):
                shutil.rmtree(other, ignore_errors=True)
        for part in self.here.glob(".*.part"):
            part.unlink(missing_ok=True)
        if wanted is not None and self.scattered():
            rows = self.held(wanted)
            old = set(self._sizes)
            new = {self._put(dict(batch)) for batch in _batches(sorted(rows.items()))}
            for path in old - new:
                path.unlink(missing_ok=True)

    def scattered(self) -> bool:
        """Whether there are so many small cells that reading them costs more than writing them together once."""
        return len(self._sizes) > MANY and sum(self._sizes.values()) < SMALL * len(self._sizes)


def _batches(rows: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(rows), LARGE):
        yield rows[start : start + LARGE]


def closed(lines: list[str]) -> bytes:
    """Lines as the bytes of a cell; a line holds no line end."""
    body = MAGIC + zlib.compress("\n".join(lines).encode("ascii"), LEVEL)
    return body + hashlib.sha256(body).digest()


def opened(path: Path) -> list[str] | None:
    """The lines of a cell; None where it is no whole cell, or cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    body, digest = raw[:-DIGEST], raw[-DIGEST:]
    if not body.startswith(MAGIC) or hashlib.sha256(body).digest() != digest:
        return None
    try:
        return zlib.decompress(body[len(MAGIC) :]).decode("ascii").split("\n")
    except (zlib.error, UnicodeDecodeError):
        return None
