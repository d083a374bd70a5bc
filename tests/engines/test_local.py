"""A poison item costs itself: in a pool whatever it does, in one process what can be stopped there."""

from __future__ import annotations

import multiprocessing
import sys
import time
from pathlib import Path

import pytest

from onrecord.engines.limits import Limits
from onrecord.engines.local import FEWEST_FOR_POOL, MOST_WORKERS, each, workers_for
from onrecord.errors import BrokenPool
from tests.engines.poison import broken, double

LIMITS = Limits(seconds=2.0, megabytes=300)
posix = pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
linux = pytest.mark.skipif(sys.platform != "linux", reason="no limit on address space")


def lost(item: str, reason: str) -> str:
    """What stands for a lost item."""
    return f"lost {item}: {reason}"


def test_every_poison_costs_itself_alone() -> None:
    items = ["a", "exit", "b", "segfault", "c", "loop", "d", "raise no", "e", "f"]
    start = time.monotonic()
    made = dict(each(double, items, 2, lost=lost, limits=LIMITS))
    assert time.monotonic() - start < 60
    assert [made[k] for k in (0, 2, 4, 6, 8, 9)] == ["aa", "bb", "cc", "dd", "ee", "ff"]
    assert made[1] == "lost exit: step exit: ended the process that read it, twice (exit code 3)"
    assert made[3].startswith("lost segfault: step segfault: ended the process that read it, twice (")
    assert made[5] == "lost loop: step loop: took longer than 2 seconds"
    assert made[7] == "lost raise no: step raise: ValueError: no"
    assert not multiprocessing.active_children()


@linux
def test_an_item_that_wants_too_much_memory_is_lost() -> None:
    made = dict(each(double, ["a", "hog 900", "b", "hog 20"], 2, lost=lost, limits=LIMITS))
    assert made[1] == "lost hog 900: step hog: needs more than 300 MB"
    assert (made[0], made[2], made[3]) == ("aa", "bb", str(20 * 2**20))


def test_an_item_whose_worker_was_killed_once_is_tried_again(tmp_path: Path) -> None:
    item = f"once {tmp_path / 'seen'}"
    assert dict(each(double, ["a", item], 2, lost=lost, limits=LIMITS)) == {0: "aa", 1: item + item}


@posix
def test_one_process_stops_what_runs_in_circles() -> None:
    made = dict(each(double, ["a", "loop", "sleep 9", "b"], 1, lost=lost, limits=Limits(seconds=0.3)))
    assert made[1] == "lost loop: step loop: took longer than 0.3 seconds"
    assert (made[0], made[3]) == ("aa", "bb")
    assert made[2] == "lost sleep 9: step sleep: took longer than 0.3 seconds"


def test_workers_that_never_start_end_the_pool() -> None:
    with pytest.raises(BrokenPool, match="did not start"):
        list(each(double, ["a", "b", "c"], 2, lost=lost, prepare=broken))
    assert not multiprocessing.active_children()


def test_a_caller_who_stops_leaves_no_process() -> None:
    made = each(double, [str(k) for k in range(20)], 2, lost=lost)
    next(made)
    made.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_one_process_works_in_order_and_lets_errors_through() -> None:
    assert list(each(double, ["a", "b"])) == [(0, "aa"), (1, "bb")]
    with pytest.raises(ValueError, match="no"):
        list(each(double, ["raise no"]))


def test_small_piles_get_no_pool() -> None:
    assert workers_for(FEWEST_FOR_POOL - 1) == 1
    assert 1 <= workers_for(10**6) <= MOST_WORKERS
