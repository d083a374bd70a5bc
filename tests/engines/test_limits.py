"""A limit of time holds against code that throws away what is raised inside it."""

from __future__ import annotations

import sys
import time

import pytest

from onrecord.engines.limits import TimeUp, time_up_after

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="held by a signal of POSIX")


class Forgetful:
    """Rings inside its own end, where Python throws away what is raised."""

    def __del__(self) -> None:
        time.sleep(0.3)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_bell_that_python_throws_away_rings_again() -> None:
    began = time.monotonic()
    with pytest.raises(TimeUp), time_up_after(0.1):
        Forgetful()
        time.sleep(20)
    assert time.monotonic() - began < 10


def test_no_bell_rings_once_the_block_has_ended() -> None:
    with time_up_after(0.2):
        pass
    time.sleep(0.4)
