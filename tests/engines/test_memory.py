"""The collector is held back inside, and for what lasts also afterwards, but not for good."""

from __future__ import annotations

import gc

import pytest

from onrecord.engines.memory import all_collected, uncollected


def test_what_lasts_is_passed_over_until_everything_is_looked_at_again() -> None:
    before = gc.get_freeze_count()
    with all_collected():
        with uncollected(lasting=True):
            assert not gc.isenabled()
            held = [[k] for k in range(1000)]
        assert gc.isenabled() and gc.get_freeze_count() >= before + len(held)
    assert gc.get_freeze_count() == 0


def test_what_does_not_last_is_looked_at_as_before() -> None:
    before = gc.get_freeze_count()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() and gc.get_freeze_count() == before


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected(lasting=True):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_an_error_leaves_the_collector_on() -> None:
    with pytest.raises(RuntimeError), all_collected(), uncollected(lasting=True):
        raise RuntimeError
    assert gc.isenabled() and gc.get_freeze_count() == 0
