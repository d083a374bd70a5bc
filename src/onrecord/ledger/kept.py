"""Raw copies of what was read, by their hash, in LEDGER.raw beside the ledger; and the log of how they came.

    ledger.raw/3f/3fa1…        the bytes as received, named by their SHA-256
    ledger.raw/log.jsonl       a line for each that came: item, source, time, status, headers, hash, operator ...

The log knows the clock and the person, which the ledger does not, so the ledger stays the same on every machine. Each
line holds the SHA-256 of the line before it: whoever changes or takes out one must rewrite all that follow.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import onrecord
from onrecord.errors import CannotWrite
from onrecord.records import Capture

LOG = "log.jsonl"
PIECE = 1 << 20
FIRST = "0" * 64  # what the first line names as the hash of the line before it
Entry = dict[str, Any]


def beside(ledger: Path) -> Path:
    """Where a ledger's raw copies lie: `ledger.db` has `ledger.raw`."""
    return ledger.with_suffix(".raw")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class _Logged:
    """What the log holds, so that it need not be read again for each line that is added."""

    previous: str
    known: set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The raw copies of one ledger. One process writes at a time: the one that holds the ledger."""

    folder: Path
    operator: str | None = None  # who is at work, for the log
    now: Callable[[], datetime] = field(default=_now)
    _state: list[_Logged] = field(default_factory=list, repr=False)

    def fetched(self, capture: Capture) -> None:
        """Keeps what an address answered. Every visit has its line, also one that found nothing new.

        Raises:
            CannotWrite: there is no room, or the folder may not be written to.
        """
        with self._writing():
            sha256 = self._put(capture.raw)
            self._log({
                "item": capture.asked, "source": capture.found, "hops": list(capture.hops),
                "address": capture.address, "time": capture.when, "method": "GET", "status": capture.status,
                "headers": [list(h) for h in capture.headers], "sha256": sha256, "size": len(capture.raw),
            })  # fmt: skip

    def copied(self, place: str, source: str, held: bytes | Path) -> None:
        """Keeps a local file, or the bytes of one; a copy that is there under that name already has its line.

        Args:
            place: its path in the ledger.
            source: where it lay on this machine.
            held: the file, or all its bytes.

        Raises:
            CannotWrite: there is no room, or the folder may not be written to.
        """
        with self._writing():
            sha256 = self._put(held)
            if (place, sha256) not in self._logged().known:
                self._log({
                    "item": place, "source": source, "time": self.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "method": "copied", "sha256": sha256, "size": self.place(sha256).stat().st_size,
                })  # fmt: skip

    def earlier(self, url: str) -> Capture | None:
        """What an address answered last, if the copy is whole."""
        told = [e for e in self.entries() if e["item"] == url and e.get("status") == 200]
        if not told or (raw := self._whole(told[-1]["sha256"])) is None:
            return None
        last = told[-1]
        return Capture(
            asked=url, found=last["source"], hops=tuple(last["hops"]), address=last["address"], when=last["time"],
            status=200, headers=tuple((str(k), str(v)) for k, v in last["headers"]), raw=raw,
        )  # fmt: skip

    def entries(self) -> Iterator[Entry]:
        """The lines of the log that can be read; one cut short by a crash is no line."""
        for line in self.lines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict) and isinstance(entry.get("item"), str) and is_hash(entry.get("sha256")):
                yield entry

    def lines(self) -> list[bytes]:
        """The lines of the log as they are."""
        log = self.folder / LOG
        return log.read_bytes().splitlines() if log.is_file() else []

    def place(self, sha256: str) -> Path:
        """Where the copy with that hash lies."""
        return self.folder / sha256[:2] / sha256

    def _whole(self, sha256: str) -> bytes | None:
        raw = self.place(sha256).read_bytes() if self.place(sha256).is_file() else b""
        return raw if hashlib.sha256(raw).hexdigest() == sha256 else None

    def _put(self, held: bytes | Path) -> str:
        """Writes a copy aside while its hash is taken, then names it by that; a damaged one of that name is replaced."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if isinstance(held, bytes) and self._whole(sha256 := hashlib.sha256(held).hexdigest()) is not None:
            return sha256
        aside = self.folder / f".{os.getpid()}.part"
        digest = hashlib.sha256()
        try:
            with aside.open("wb") as out:
                for piece in _pieces(held):
                    digest.update(piece)
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            target = self.place(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            aside.chmod(0o444)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
        return digest.hexdigest()

    def _logged(self) -> _Logged:
        if not self._state:
            lines = self.lines()
            previous = hashlib.sha256(lines[-1]).hexdigest() if lines else FIRST
            self._state.append(_Logged(previous, {(e["item"], e["sha256"]) for e in self.entries()}))
        return self._state[0]

    def _log(self, entry: Entry) -> None:
        state = self._logged()
        program = f"onrecord {onrecord.__version__}"
        told = {**entry, "operator": self.operator, "program": program, "previous": state.previous}
        line = json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace")
        with (self.folder / LOG).open("ab+") as out:
            _end_line(out)
            out.write(line + b"\n")
            out.flush()
            os.fsync(out.fileno())
        state.previous = hashlib.sha256(line).hexdigest()
        state.known.add((entry["item"], entry["sha256"]))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            hint = "make room on the disk, or a folder you may write to"
            raise CannotWrite(f"no raw copy can be kept: {error}", where=str(self.folder), hint=hint) from error


def is_hash(value: object) -> bool:
    """Whether this is a SHA-256 in hexadecimal, and so nothing that could lead out of the folder."""
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


def _end_line(log: BinaryIO) -> None:
    """Ends a line that a crash cut short, so that the next one is whole."""
    if log.tell():
        log.seek(-1, os.SEEK_END)
        if log.read(1) != b"\n":
            log.write(b"\n")


def _pieces(held: bytes | Path) -> Iterator[bytes]:
    if isinstance(held, bytes):
        yield held
        return
    with held.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece
