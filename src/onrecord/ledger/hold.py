"""One build at a time: who writes a ledger holds it, and the system lets go of it when that process ends, however it ends."""

from __future__ import annotations

import errno
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from onrecord.errors import CannotWrite, LedgerHeld

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
try:
    import msvcrt
except ImportError:  # elsewhere
    msvcrt = None  # type: ignore[assignment]
PAUSE = 0.2  # seconds between two looks
SIGNING = 1.0  # seconds in which whoever has just locked it may write who he is, or whoever has ended take it away
# Windows locks bytes, and nobody can read what is locked: a byte far behind the note of who holds it.
BYTE = 1 << 30
BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


@contextmanager
def held(ledger: Path, wait: float = 0.0) -> Iterator[bool]:
    """Holds a ledger against other builds, on this machine and wherever the file system passes locks on.

    Gives whether the hold is sure: some network folders know no locks, and then nobody is kept out. What a killed build
    left half written beside the ledger is thrown away.

    Args:
        ledger: the file, which need not be there yet.
        wait: seconds to wait for whoever holds it.

    Raises:
        LedgerHeld: another process holds it, still after `wait`.
        CannotWrite: the folder is missing or may not be written to.
    """
    path = ledger.with_name(f".{ledger.name}.lock")
    handle, sure = _taken(path, ledger, time.monotonic() + wait)
    try:
        _clean(ledger)
        yield sure
    finally:
        with suppress(OSError):  # Windows removes no open file; the next build takes it over
            path.unlink()
        os.close(handle)


def _taken(path: Path, ledger: Path, until: float) -> tuple[int, bool]:
    while True:
        handle = _opened(path, ledger)
        try:
            sure = _lock(handle)
            if not sure or _still(handle, path):
                _sign(handle)
                return handle, sure
            os.close(handle)  # whoever held it took the file away between our opening and our locking it
        except OSError as error:
            os.close(handle)
            if error.errno not in BUSY:
                raise _cannot(error, ledger) from error
            who, late = _holder(path), time.monotonic() - until
            if late >= (0 if who else SIGNING):
                raise _busy(who or "another process", ledger) from None
            time.sleep(PAUSE)


def _opened(path: Path, ledger: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _cannot(error, ledger) from error


def _cannot(error: OSError, ledger: Path) -> CannotWrite:
    hint = "give a path in a folder you may write to, with room on the disk"
    return CannotWrite(error.strerror or str(error), where=str(ledger), hint=hint)


def _lock(handle: int) -> bool:
    """Locks without waiting; False where this folder knows no locks.

    Raises:
        OSError: with a number of `BUSY`, somebody else has locked it.
    """
    lock: Callable[[], None]
    if fcntl is not None:
        lock = lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # noqa: E731
    elif msvcrt is not None:
        os.lseek(handle, BYTE, os.SEEK_SET)
        lock = lambda: msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # noqa: E731
    else:
        return False
    try:
        lock()
    except OSError as error:
        if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            return False
        raise
    return True


def _still(handle: int, path: Path) -> bool:
    """Whether the file that was locked is the one that lies there."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _sign(handle: int) -> None:
    """Writes who holds it and since when, for whoever comes next."""
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    note = json.dumps({"pid": os.getpid(), "host": platform.node(), "since": since})
    os.lseek(handle, 0, os.SEEK_SET)
    os.truncate(handle, 0)
    os.write(handle, note.encode())


def _holder(path: Path) -> str | None:
    """Who holds it, as he has written; None before he has, and once he has taken the file away."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return f"process {note['pid']} on {note['host']} since {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _busy(who: str, ledger: Path) -> LedgerHeld:
    return LedgerHeld(
        f"another build holds it: {who}", where=str(ledger), hint="wait until it ends, or let --wait SECONDS do so"
    )


def _clean(ledger: Path) -> None:
    """Throws away what a build that was killed had half written: nobody else writes now."""
    for path in ledger.parent.iterdir():
        if path.name.startswith(f".{ledger.name}.") and path.name.endswith(".part"):
            path.unlink(missing_ok=True)
