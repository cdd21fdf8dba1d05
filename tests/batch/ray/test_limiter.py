"""Turns for many processes, and the gate that they share."""

from __future__ import annotations

import pytest

from pipeline.batch.breaker import WaitReason
from pipeline.batch.job import SerializedError
from pipeline.batch.ray.limiter import CLOSED, ClusterRateLimiter
from pipeline.errors import NoCaptions, SourceBlocked, SourceChanged, SourceUnreachable
from pipeline.ports import VIDEO_TURN
from pipeline.settings import BatchSettings, Settings, SourceSettings
from pipeline.types.batch import BreakerState
from tests.batch_world import Time

HOST = "www.youtube.com"


def limiter(time: Time, breaker: BreakerState | None = None) -> ClusterRateLimiter:
    """One whose pauses are 1 s between requests and 10 s between videos, with half of the jitter."""
    settings = Settings(source=SourceSettings(pause_seconds=1.0), batch=BatchSettings(pause_seconds=10.0))
    return ClusterRateLimiter(settings, breaker or BreakerState(), time, lambda: 0.5)


def look(made: ClusterRateLimiter, time: Time, failure: SerializedError | None = None) -> None:
    """A look at a video, as soon as one may be had."""
    while (wait := made.acquire(VIDEO_TURN, "a")) > 0:
        time.now += wait
    assert wait == 0
    made.finish_video("a", failure)


@pytest.mark.parametrize(("name", "pause"), [(HOST, 1.3), (VIDEO_TURN, 15.0)])
def test_a_turn_is_one_processs_alone_and_a_pause_follows(name: str, pause: float) -> None:
    """While one has it, others wait; afterwards everybody waits for the pause with its jitter."""
    time = Time()
    made = limiter(time)

    assert made.acquire(name, "a") == 0
    assert 0 < made.acquire(name, "b") < 1
    made.release(name, "a")
    assert made.acquire(name, "b") == pytest.approx(pause)
    time.now += pause
    assert made.acquire(name, "b") == 0


def test_a_turn_of_a_process_that_died_comes_free() -> None:
    """The process that comes back under its name has its turn at once, others after twice what an answer may take."""
    time = Time()
    made = limiter(time)
    made.acquire(HOST, "a")

    assert made.acquire(HOST, "a") == 0
    time.now += 59
    assert made.acquire(HOST, "b") > 0
    time.now += 2
    assert made.acquire(HOST, "b") == 0


def test_a_demanded_pause_holds_for_all() -> None:
    """`Retry-After` heard by one process is kept by the others."""
    time = Time()
    made = limiter(time)
    made.acquire(HOST, "a")
    made.delay(HOST, 40.0)
    made.release(HOST, "a")

    assert made.acquire(HOST, "b") == pytest.approx(40.0)


def test_three_refusals_close_the_gate_to_every_process() -> None:
    """No fourth video is looked at, by whomever; after the pause one probe is, and an answer opens it again."""
    time = Time()
    made = limiter(time)
    refused = SerializedError.of(SourceBlocked("v", "429"))
    for _ in range(3):
        look(made, time, refused)

    assert made.acquire(VIDEO_TURN, "b") == CLOSED
    assert made.gate.wait_reason() is WaitReason.BLOCKED
    time.now += 3601
    look(made, time, refused)
    assert made.acquire(VIDEO_TURN, "b") == CLOSED
    time.now += 3601
    look(made, time)
    assert made.gate.breaker == BreakerState()


def test_answers_that_say_nothing_are_refusals_from_whatever_process() -> None:
    """One video by two libraries, and another by one, make three; the errors travel as data."""
    time = Time()
    made = limiter(time)
    for refusals in (2, 1):
        assert made.gate.wait_time() == 0
        error = SourceChanged("v", "nothing was said")
        error.refusals = refusals
        look(made, time, SerializedError.of(error))

    assert made.acquire(VIDEO_TURN, "b") == CLOSED


def test_the_breaker_of_the_last_run_counts() -> None:
    """A run that begins while the gate is closed asks nothing."""
    time = Time()

    assert limiter(time, BreakerState(2, time.now + 10)).acquire(VIDEO_TURN, "a") == CLOSED


def test_a_network_that_is_gone_closes_it_too_and_other_failures_do_not() -> None:
    """Five that could not be reached in a row; one that has no captions in between begins the count anew."""
    time = Time()
    made = limiter(time)
    gone, none = SerializedError.of(SourceUnreachable("v", "no network")), SerializedError.of(NoCaptions("v", "none"))
    for failure in (*[gone] * 4, none, *[gone] * 4):
        look(made, time, failure)
    assert made.gate.wait_reason() is WaitReason.LATER
    look(made, time, gone)

    assert made.acquire(VIDEO_TURN, "a") == CLOSED
    assert made.gate.wait_reason() is WaitReason.OFFLINE
    assert made.gate.wait_time() == pytest.approx(60.0)
