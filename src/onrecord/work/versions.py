"""Versions of stages: a hash of all that decides what a stage makes of the same input."""

from __future__ import annotations

import hashlib
import json
import platform
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from onrecord.errors import CannotWrite

PACKAGE = Path(__file__).parents[1]
# What a report says by itself is made in these rooms, in the order that `pipeline.py` gives.
ROOMS = ("records", "text", "passages", "reading", "mentions", "claims", "pipeline.py")
# What reports say together is made here.
TOGETHER = ("entities", "matters", "ledger")


def version_of_all(told: Mapping[str, object], libraries: Sequence[str]) -> str:
    """A version from what a stage says of itself, the libraries it rests on, and Python with its tables of characters."""
    all_told = {
        **told,
        "python": [platform.python_version(), unicodedata.unidata_version, platform.machine()],
        "libraries": {name: release(name) for name in libraries},
    }
    return hashlib.sha256(json.dumps(all_told, sort_keys=True).encode()).hexdigest()[:16]


@cache
def code_hash(rooms: tuple[str, ...] = (*ROOMS, *TOGETHER)) -> str:
    """SHA-256 over the code, tables and data of some rooms; by default of all that decide what a ledger says."""
    digest = hashlib.sha256()
    for path in sorted(p for room in rooms for p in _files(PACKAGE / room)):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(room: Path) -> list[Path]:
    if room.is_file():
        return [room]
    apart = {
        "__pycache__",
        "weights",
    }  # the weights have a fingerprint of their own, and count only where they are used
    return [p for p in room.rglob("*") if p.is_file() and not apart & set(p.parts)]


@cache
def release(name: str) -> str | None:
    """The installed version of a library; None where it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def cannot(error: OSError, folder: Path) -> CannotWrite:
    """The error of a folder of work that cannot be written to."""
    hint = "make room or give a folder you may write to; what has been read is kept, so the same command goes on"
    return CannotWrite(error.strerror or str(error), where=str(folder), hint=hint)
