"""Work on this machine: in this process, or in a pool of spawned ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
# Starting workers and loading their models costs about a second and a half; smaller piles are done before that.
FEWEST_FOR_POOL = 32


def each(function: Callable[[Item], Made], items: Sequence[Item], workers: int = 1) -> Iterator[Made]:
    """`function` of every item, in the order of the items, whatever the number of workers.

    Args:
        function: a top-level function (a pool cannot be sent a lambda).
        workers: processes; 1 works in this one.
    """
    if workers <= 1 or len(items) < FEWEST_FOR_POOL:
        yield from map(function, items)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(function, items, chunksize=max(1, min(32, len(items) // (workers * 4))))
