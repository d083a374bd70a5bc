"""Work on this machine: in this process, or in spawned ones under a supervisor of our own.

Python's pools break as a whole when one worker dies, and wait for ever when one hangs. Here every worker has its own
pipe and one item at a time: whatever it does to the worker costs that item, and the next worker takes its place.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from onrecord.engines.lanes import Lanes
from onrecord.engines.limits import Limits, TimeUp, time_up_after
from onrecord.engines.worker import READY, at, named, work
from onrecord.errors import BrokenPool

Item = TypeVar("Item")
Made = TypeVar("Made")
Lost = Callable[[Item, str], Made]  # what stands for an item that was given up, with the reason
# Starting workers and loading their models costs about two seconds each; smaller piles are done before that.
FEWEST_FOR_POOL = 64
MOST_WORKERS = 8  # of our own accord: each holds about 300 MB
STARTS = 3  # workers in a row that may die before they are ready
TO_START = 300.0  # seconds that a worker has for that: a busy machine with a slow disk


def workers_for(items: int) -> int:
    """How many processes a pile of so many items is worth: one a core, for a large pile."""
    if items < FEWEST_FOR_POOL:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


def each(
    function: Callable[[Item], Made],
    items: Sequence[Item],
    workers: int = 1,
    *,
    lost: Lost[Item, Made] | None = None,
    limits: Limits | None = None,
    prepare: Callable[[], object] | None = None,
) -> Iterator[tuple[int, Made]]:
    """`function` of every item with the item's number, as they get done; the numbers come in any order.

    Args:
        function: a top-level function (a worker cannot be sent a lambda).
        items: to work on.
        workers: processes; 1 works in this one.
        lost: makes what stands for an item whose worker died, hung or ran out of memory, from the item and the reason;
            None raises `BrokenPool` at the first.
        limits: what an item may cost. In this process time alone is held, on POSIX, in the main thread.
        prepare: called by each worker before its first item, off the clock: loads models.

    Raises:
        BrokenPool: workers die before they are ready, or an item was lost and nobody says what stands for it.
    """
    limits = limits or Limits()
    lost = lost or _refuse
    if workers <= 1 or len(items) < 2:
        yield from _here(function, items, lost, limits)
        return
    pool = _Pool(function, items, lost, limits, prepare)
    try:
        yield from pool.run(min(workers, len(items)))
    finally:  # also where the caller stops, or somebody presses Ctrl-C
        pool.end()


def _here(
    function: Callable[[Item], Made], items: Sequence[Item], lost: Lost[Item, Made], limits: Limits
) -> Iterator[tuple[int, Made]]:
    for number, item in enumerate(items):
        at("")
        try:
            with time_up_after(limits.seconds):
                made = function(item)
        except TimeUp:
            made = lost(item, named(_too_long(limits)))
        yield number, made


def _refuse(item: Any, reason: str) -> Any:
    raise BrokenPool(reason, where=str(item)[:80], hint="run it with one worker to see the error")


def _too_long(limits: Limits) -> str:
    return f"took longer than {limits.seconds:g} seconds"


@dataclass(slots=True)
class _Worker:
    """One process, its end of the pipe, and what it is at: the number of an item, and since when."""

    process: Any
    pipe: Any
    step: Any  # a shared array that names the step it is at
    since: float
    lane: int = 0
    ready: bool = False
    item: int | None = None


@dataclass(slots=True)
class _Pool(Generic[Item, Made]):
    function: Callable[[Item], Made]
    items: Sequence[Item]
    lost: Lost[Item, Made]
    limits: Limits
    prepare: Callable[[], object] | None
    workers: list[_Worker] = field(default_factory=list)
    todo: Lanes = field(default_factory=lambda: Lanes(0, 1))
    failed: int = 0  # starts in a row
    died: set[int] = field(default_factory=set)  # items whose worker died once: it may have been no fault of theirs

    def run(self, count: int) -> Iterator[tuple[int, Made]]:
        """Gives out the items one by one, takes what comes back, buries the dead."""
        self.todo = Lanes(len(self.items), count)
        for _ in range(count):
            self.workers.append(self._start())
        while self.workers:
            heard = wait([w.pipe for w in self.workers], timeout=self._patience())
            for worker in list(self.workers):
                if worker.pipe in heard:
                    yield from self._hear(worker)
                elif time.monotonic() - worker.since > self._allowed(worker):
                    yield from self._give_up(worker, _too_long(self.limits))

    def end(self) -> None:
        """Ends every worker at once."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers = []

    def _start(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        step = context.RawArray("c", 64)
        told = (theirs, step, self.function, self.prepare, self.limits)
        process = context.Process(target=work, args=told, daemon=True)
        process.start()
        theirs.close()
        lanes = {worker.lane for worker in self.workers}
        return _Worker(process, ours, step, time.monotonic(), min(set(range(len(lanes) + 1)) - lanes))

    def _allowed(self, worker: _Worker) -> float:
        return self.limits.seconds if worker.ready else TO_START

    def _patience(self) -> float:
        now = time.monotonic()
        return max(0.01, min(w.since + self._allowed(w) - now for w in self.workers) + 0.01)

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, Made]]:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        if said == READY:
            worker.ready, self.failed = True, 0
        else:
            fine, made = said
            number, worker.item = worker.item, None
            assert number is not None, "a worker answers only what it was asked"
            yield number, made if fine else self.lost(self.items[number], made)
        self._give(worker)

    def _give(self, worker: _Worker) -> None:
        """The next item, or leave to go home."""
        worker.since = time.monotonic()
        if not self.todo:
            self._dismiss(worker)
            return
        worker.item = self.todo.take(worker.lane)
        worker.step.value = b""
        try:
            worker.pipe.send(self.items[worker.item])
        except OSError:  # it died between two items; its pipe will say so
            self.todo.append(worker.item)
            worker.item = None

    def _dismiss(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join(5)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()

    def _bury(self, worker: _Worker) -> Iterator[tuple[int, Made]]:
        """A worker died. What it was at is tried once more: the system may have picked it for reasons of its own."""
        worker.process.join()
        code = worker.process.exitcode
        number = worker.item
        if number is not None and number not in self.died:
            self.died.add(number)
            self.todo.append(number)
            worker.item = None
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        yield from self._give_up(worker, f"ended the process that read it, twice ({how})")

    def _give_up(self, worker: _Worker, reason: str) -> Iterator[tuple[int, Made]]:
        number, step = worker.item, worker.step.value.decode()
        self._dismiss_at_once(worker)
        if not worker.ready:
            self._failed_to_start(reason)
        if self.todo:
            self.workers.append(self._start())
        if number is not None:
            yield number, self.lost(self.items[number], f"{step}: {reason}" if step else reason)

    def _failed_to_start(self, reason: str) -> None:
        self.failed += 1
        if self.failed >= STARTS:
            what = f"{self.failed} workers in a row did not start: {reason}"
            raise BrokenPool(what, where="--workers", hint="give --workers 1, and see whether there is memory enough")

    def _dismiss_at_once(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
