"""Politeness: pauses, jitter, demands to wait, and never two requests at once."""

from __future__ import annotations

import statistics
import threading
from itertools import cycle, pairwise

import pytest

from pipeline.sources.rate_limit import RateLimiter


class Clock:
    """A clock that only sleep moves."""

    def __init__(self) -> None:
        """At some moment."""
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """What time it is."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Time passes."""
        self.slept.append(seconds)
        self.now += seconds


def request_times(limiter: RateLimiter, clock: Clock, hosts: list[str], *, lasting: float = 0.0) -> list[float]:
    """When each of the requests began, if each takes so long."""
    begun = []
    for host in hosts:
        with limiter.turn(host):
            begun.append(clock.now)
            clock.now += lasting
    return begun


def test_the_first_request_does_not_wait() -> None:
    """A single video is not slowed down before anything was asked."""
    clock = Clock()

    assert request_times(RateLimiter(1.0, clock, clock.sleep), clock, ["a"]) == [1000.0]
    assert clock.slept == []


def test_a_pause_stands_between_the_end_of_one_request_and_the_next() -> None:
    """The pause counts from the last byte, so that a slow answer does not use it up."""
    clock = Clock()

    assert request_times(RateLimiter(1.0, clock, clock.sleep, lambda: 0.0), clock, ["a"] * 3, lasting=5.0) == [
        1000.0,
        1006.0,
        1012.0,
    ]


def test_pauses_are_never_shorter_than_set_and_keep_no_beat() -> None:
    """Gaps are at least the pause, at most 60 % more, 30 % on average, and vary by more than a tenth of their mean."""
    clock = Clock()
    begun = request_times(RateLimiter(1.0, clock, clock.sleep), clock, ["a"] * 400)
    gaps = [later - earlier for earlier, later in pairwise(begun)]

    assert min(gaps) >= 1.0
    assert max(gaps) <= 1.6 + 1e-9
    assert statistics.mean(gaps) == pytest.approx(1.3, abs=0.05)
    assert statistics.stdev(gaps) / statistics.mean(gaps) >= 0.1


def test_randomness_is_passed_in() -> None:
    """The jitter is 60 % of the pause times a random number that is passed in, so that a test can know it."""
    clock = Clock()
    uniform = cycle((0.0, 1.0, 0.5))
    begun = request_times(RateLimiter(2.0, clock, clock.sleep, lambda: next(uniform)), clock, ["a"] * 4)

    assert [round(later - earlier, 6) for earlier, later in pairwise(begun)] == [2.0, 3.2, 2.6]


def test_hosts_do_not_wait_for_each_other() -> None:
    """A pause is owed to one host only."""
    clock = Clock()

    assert request_times(RateLimiter(1.0, clock, clock.sleep), clock, ["a", "b", "c"]) == [1000.0] * 3


def test_a_demand_to_wait_is_kept() -> None:
    """`Retry-After` holds the next request to that host back by what it says, to the second."""
    clock = Clock()
    limiter = RateLimiter(1.0, clock, clock.sleep, lambda: 0.0)
    with limiter.turn("a"):
        limiter.delay("a", 30.0)

    assert request_times(limiter, clock, ["b", "a"]) == [1000.0, 1030.0]


def test_a_demand_never_shortens_a_pause() -> None:
    """A server cannot make us faster."""
    clock = Clock()
    limiter = RateLimiter(10.0, clock, clock.sleep, lambda: 0.0)
    request_times(limiter, clock, ["a"])
    limiter.delay("a", 0.0)

    assert request_times(limiter, clock, ["a"]) == [1010.0]


def test_a_clock_that_jumps_forward_needs_no_wait() -> None:
    """Time that has passed anyway is not waited for again."""
    clock = Clock()
    limiter = RateLimiter(1.0, clock, clock.sleep)
    request_times(limiter, clock, ["a"])
    clock.now += 3600
    request_times(limiter, clock, ["a"])

    assert clock.slept == []


def test_a_failed_request_owes_the_same_pause() -> None:
    """An error does not let the next request out early, and frees the turn."""
    clock = Clock()
    limiter = RateLimiter(1.0, clock, clock.sleep, lambda: 0.0)
    with pytest.raises(ConnectionError), limiter.turn("a"):
        raise ConnectionError

    assert request_times(limiter, clock, ["a"]) == [1001.0]


def test_never_two_requests_at_once() -> None:
    """A second thread gets its turn only when the first has read its answer."""
    limiter = RateLimiter(0.0)
    inside: list[str] = []
    entered = threading.Event()

    def second() -> None:
        entered.set()
        with limiter.turn("b"):
            inside.append("second")

    other = threading.Thread(target=second)
    with limiter.turn("a"):
        other.start()
        entered.wait(5)
        inside.append("first")
    other.join(5)

    assert inside == ["first", "second"]
