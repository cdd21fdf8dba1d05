"""The clock, sleep and randomness of a run, and how it is stopped."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class StopRequested(BaseException):
    """The run was asked to stop. It is no `Exception`, so that no library takes it for a failure of its own."""


class StopSignal:
    """Stops a run from another thread or from a signal handler."""

    def __init__(self) -> None:
        self._event = Event()
        self._requested_at = float("inf")

    @property
    def requested(self) -> bool:
        return self._event.is_set()

    def request(self) -> None:
        self._requested_at = min(self._requested_at, time.monotonic())
        self._event.set()

    def seconds_left(self, grace: float) -> float:
        """What is left of so many seconds since the run was asked to stop; all of them if it was not."""
        return max(min(self._requested_at - time.monotonic(), 0.0) + grace, 0.0)

    def sleep(self, seconds: float) -> None:
        """Sleep; raises `StopRequested` as soon as the run is asked to stop, at once if it already was."""
        if self._event.wait(seconds):
            raise StopRequested


class MonotonicClock:
    """Seconds since 1970 that never jump while the program runs, even if the machine's clock is set."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        """Read the wall clock once, and count by the steady one from then on."""
        self._offset = wall() - steady()
        self._steady = steady

    def __call__(self) -> float:
        return self._offset + self._steady()


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and randomness of a run; tests pass their own."""

    now: Callable[[], float] = field(default_factory=MonotonicClock)
    """Seconds since 1970."""
    sleep: Callable[[float], None] = time.sleep
    """Raises `StopRequested` as soon as the run is asked to stop."""
    uniform: Callable[[], float] = random.random
    """A random number from 0 to 1."""
