"""Follows decisions while the pages stay up: the ledger is made anew aside and put in place at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.ledger.store import publish
from onrecord.views.anew import anew


class Follower:
    """One rebuild at a time, with what came of the last one."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self._lock = Lock()
        self._state: dict[str, Any] = {"running": False, "read": 0, "error": None}

    def state(self) -> Mapping[str, Any]:
        """Whether a rebuild is under way, how many reports it has read, and why the last one failed, if it did."""
        return dict(self._state)

    def start(self) -> bool:
        """Begins a rebuild; False where one is under way."""
        with self._lock:
            if self._state["running"]:
                return False
            self._state = {"running": True, "read": 0, "error": None}
        Thread(target=self._run, daemon=True).start()
        return True

    def _run(self) -> None:
        error = None
        try:
            findings = anew(self.ledger, progress=self._step)
            if findings is not None:
                publish(self.ledger, findings)
        except OnrecordError as reason:
            error = str(reason)
        except Exception as reason:  # the edge of a thread: the page tells what the console would
            error = f"{type(reason).__name__}: {reason}"
        self._state = {**self._state, "running": False, "error": error}

    def _step(self) -> None:
        self._state["read"] += 1
