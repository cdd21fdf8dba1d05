"""The clock, sleep and chance of a run, and how it is stopped."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class StopRequested(Exception):
    """The run was asked to stop; raised in its own thread only."""


class StopSignal:
    """Stops a run from another thread or from a signal."""

    def __init__(self) -> None:
        """Not pulled."""
        self._event = Event()

    @property
    def requested(self) -> bool:
        """Whether the run was asked to stop."""
        return self._event.is_set()

    def request(self) -> None:
        """Ask the run to stop."""
        self._event.set()

    def sleep(self, seconds: float) -> None:
        """Sleep, unless the run is stopped before or meanwhile: then raises `StopRequested`."""
        if self._event.wait(seconds):
            raise StopRequested


class MonotonicClock:
    """Seconds since 1970 that never jump while the program runs, whatever is done to the clock of the machine."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        """Look at the wall clock once; count by the other from then on."""
        self._begin = wall() - steady()
        self._steady = steady

    def __call__(self) -> float:
        """Now."""
        return self._begin + self._steady()


@dataclass(frozen=True, slots=True)
class Clock:
    """What a run takes from outside, so that tests can pass their own."""

    now: Callable[[], float] = field(default_factory=MonotonicClock)
    """Seconds since 1970."""
    sleep: Callable[[float], None] = time.sleep
    """Raises `StopRequested` when the run ends meanwhile."""
    uniform: Callable[[], float] = random.random
    """From 0 to 1."""
