"""What one item may cost, and how that is held: seconds by a clock, bytes by the system where it can."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

try:
    import resource
except ImportError:  # Windows has no such limit: there a report that needs more memory is stopped by the system alone
    resource = None  # type: ignore[assignment]
MEGABYTE = 2**20
AGAIN = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may cost. A report of 500 words takes a seventh of a second; 60 seconds is a book, or a trap."""

    seconds: float = 60.0
    megabytes: int = 2048  # on top of what a worker holds once its models are loaded


class TimeUp(BaseException):
    """An item has had its time. No `Exception`, so that no rule that forgives errors goes on after it."""


def hold_memory(megabytes: int) -> None:
    """From now on this process gets so much memory more and no more; asking for it raises `MemoryError`.

    The system counts address space. Where it counts none (macOS, Windows) nothing is held.
    """
    if resource is None or (held := _address_space()) is None:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = held + megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _address_space() -> int | None:
    try:
        with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 (a file of the kernel's, read at once)
            return int(told.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return None


def end_after(seconds: float) -> None:
    """The system ends this process after so many seconds, whatever it is doing; 0 takes that back. POSIX only.

    It is the last resort of a worker whose supervisor was killed while it ran in circles.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextmanager
def time_up_after(seconds: float) -> Iterator[None]:
    """Raises `TimeUp` inside the block after so many seconds, where this thread can be told so (the main one, POSIX).

    Python throws away what is raised while it collects garbage or takes an object down, so it is raised again every
    `AGAIN` seconds until the block has ended.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    over = False

    def ring(number: int, frame: FrameType | None) -> None:
        if not over:
            raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:  # two, for a bell that rings before `over` is set
        try:
            yield
        finally:
            over = True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
