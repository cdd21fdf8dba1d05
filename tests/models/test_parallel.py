"""Calls in parallel, and what an exception in one of them does."""

from __future__ import annotations

import threading
import time

import pytest

from models.llm.parallel import call_in_parallel
from pipeline.batch.clock import StopRequested


def test_results_stand_in_the_order_of_the_items() -> None:
    """However long each call takes; no more than `most` run at a time; no items make no calls."""
    at_once, most = 0, 0
    lock = threading.Lock()

    def call(number: int) -> int:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02 * (5 - number))
        with lock:
            at_once -= 1
        return number * number

    assert call_in_parallel(call, range(5), 3) == [0, 1, 4, 9, 16]
    assert 1 < most <= 3
    assert call_in_parallel(call, [], 3) == []


def test_the_first_failure_is_raised_once_the_calls_under_way_have_ended() -> None:
    """Nothing new is begun, and nothing goes on behind the caller's back."""
    ended: list[int] = []

    def call(number: int) -> None:
        if number == 0:
            time.sleep(0.05)
        ended.append(number)
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        call_in_parallel(call, range(10), 2)
    assert sorted(ended) == [0, 1]


def test_a_stop_does_not_wait_for_calls_that_hang() -> None:
    """One call hears that the run is stopped, another hangs: the caller is free at once."""
    freed = threading.Event()

    def call(number: int) -> None:
        if number:
            raise StopRequested
        freed.wait(30)

    begun = time.monotonic()
    with pytest.raises(StopRequested):
        call_in_parallel(call, range(2), 2)
    freed.set()
    assert time.monotonic() - begun < 10
