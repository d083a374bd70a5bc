"""Are the raw copies still what was received, and are the files on disk still what was read?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from onrecord.ledger.kept import FIRST, LOG, Kept, beside, is_hash
from onrecord.ledger.store import Ledger

WEB = ("http://", "https://")


def copies_at_fault(ledger: Ledger) -> Iterator[str]:
    """Every raw copy that has changed, is lost or is named by no line of the log, and every break in the log."""
    folder = beside(ledger.path)
    if not folder.is_dir():
        return
    kept = Kept(folder)
    yield from _log(kept)
    items: dict[str, str] = {}
    for entry in kept.entries():
        items.setdefault(entry["sha256"], entry["item"])
    there = {p.name: p for p in sorted(folder.glob("*/*")) if is_hash(p.name) and p.is_file()}
    for sha256, item in sorted(items.items(), key=lambda i: (i[1], i[0])):
        if sha256 not in there:
            yield f"{_short(folder, sha256)}: lost; the log has it for {item}"
    for row in ledger.rows("reports"):
        page = row["path"] or ""
        if page.startswith(WEB) and row.get("source_sha256") not in items:
            yield f"reports {row['report_id']}: no raw copy of {page} is kept"
    for sha256, path in there.items():
        if sha256 not in items:
            yield f"{_short(folder, sha256)}: named by no line of the log"
        if (now := of_file(path)) != sha256:
            yield f"{_short(folder, sha256)}: changed since it was kept (now {now[:12]}…); it came from {items.get(sha256, 'unknown')}"


def count(ledger: Ledger) -> int:
    """How many raw copies are kept beside a ledger."""
    return sum(is_hash(p.name) for p in beside(ledger.path).glob("*/*"))


def _short(folder: Path, sha256: str) -> str:
    return f"{folder.name}/{sha256[:2]}/{sha256}"


def _log(kept: Kept) -> Iterator[str]:
    """Lines of the log that do not follow on the line before them."""
    previous = FIRST
    for number, line in enumerate(kept.lines(), 1):
        if f'"previous": "{previous}"'.encode() not in line:
            yield f"{kept.folder.name}/{LOG}:{number}: does not follow on the line before it: one was changed or taken out"
        previous = hashlib.sha256(line).hexdigest()


def sources_at_fault(ledger: Ledger, folders: Sequence[Path]) -> Iterator[str]:
    """Every file on disk that is not byte for byte what was read from it, and every one that is not there.

    Args:
        ledger: its reports name their files by their path below the folder that was read.
        folders: where to look for these.
    """
    wanted: dict[str, set[str]] = {}
    for row in ledger.rows("reports"):
        path, sha256 = row["path"], row.get("source_sha256")
        if path and sha256 and not path.startswith(WEB):
            wanted.setdefault(path, set()).add(sha256)
    known: dict[Path, str] = {}
    told: set[str] = set()
    for path, hashes in sorted(wanted.items()):
        files = [file for folder in folders if (file := _outermost(folder, path)) is not None]
        for file in files:
            known.setdefault(file, of_file(file))
        if not files:
            told.add(f"{path}: not there in {', '.join(map(str, folders))}")
        elif not hashes & {known[file] for file in files}:
            told.add(f"{files[0]}: changed since it was read (was {min(hashes)[:12]}…, is {known[files[0]][:12]}…)")
    yield from sorted(told)


def _outermost(folder: Path, path: str) -> Path | None:
    """The file that a path begins with: of a page in an archive, the archive."""
    here = folder
    for part in PurePosixPath(path).parts:
        if part in ("..", "/"):
            return None
        here = here / part
        if here.is_file():
            return here
    return None


def of_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
