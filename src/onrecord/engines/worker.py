"""The worker's side of the pipe: one item in, one answer out, until the pipe is closed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from typing import Any

from onrecord.engines.limits import Limits, end_after, hold_memory

READY = "ready"
GRACE = 10.0  # seconds after which a worker that nobody ended ends by itself
_here: Any = None  # the shared array of this worker; None in any other process
_step = ""


def at(step: str) -> None:
    """Says which step an item is at, so that whoever gives it up, or buries this worker, can name it."""
    global _step
    _step = step
    if _here is not None:
        _here.value = step.encode("ascii", "replace")[:63]


def named(reason: str) -> str:
    """A reason with the step that this process is at before it, where it has said so."""
    return f"{_step}: {reason}" if _step else reason


def work(
    pipe: Any, step: Any, function: Callable[[Any], Any], prepare: Callable[[], object] | None, limits: Limits
) -> None:
    """What a worker does. Its supervisor ends it; where that one is gone, it ends by itself."""
    global _here
    _here = step
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the supervisor decides
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    if prepare is not None:
        prepare()
    hold_memory(limits.megabytes)
    pipe.send(READY)
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        end_after(limits.seconds + GRACE)
        answer = _answer(function, item, limits)
        end_after(0)
        try:
            pipe.send(answer)
        except OSError:
            return


def _answer(function: Callable[[Any], Any], item: Any, limits: Limits) -> tuple[bool, Any]:
    """What came of an item, or why nothing did."""
    at("")
    try:
        return True, function(item)
    except MemoryError:
        return False, named(f"needs more than {limits.megabytes} MB")
    except Exception as error:  # the edge of an item: its reason goes to the supervisor
        return False, named(f"{type(error).__name__}: {error}")


def _end_with_supervisor() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
