"""Items that harm whoever works on them; a worker imports this by name."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from onrecord.engines.worker import at

ENDLESS = 10**9


def double(item: str) -> str:
    """What any item becomes, but for those that do harm."""
    kind, _, detail = item.partition(" ")
    at(f"step {kind}")
    if kind == "exit":
        os._exit(3)
    if kind == "segfault":
        ctypes.string_at(0)
    if kind == "loop":
        return str(sum(k for k in range(ENDLESS)))
    if kind == "sleep":
        time.sleep(float(detail))
    if kind == "hog":
        return str(len(bytearray(int(detail) * 2**20)))
    if kind == "raise":
        raise ValueError(detail)
    if kind == "once" and not Path(detail).exists():
        Path(detail).touch()
        os._exit(4)
    return item + item


def broken() -> None:
    """A model that does not load."""
    os._exit(5)
