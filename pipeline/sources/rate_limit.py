"""Politeness: one request at a time, and a pause between two requests to one host."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_JITTER = 0.6
"""Largest share of a pause that is added to it at random: 30 % on average, so that requests keep no beat."""


class RateLimiter:
    """Gives turns to the threads of this process; `batch.ray.limiter` gives them to other processes by the same pauses.

    One limiter lives as long as the program, so that a pause also lies between two videos.
    """

    def __init__(
        self,
        pause: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        uniform: Callable[[], float] = random.random,
        jitter: float = _JITTER,
    ) -> None:
        """Pause for `pause` seconds, and for up to `jitter` times as long again; `uniform` is from 0 to 1."""
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._uniform = uniform
        self._jitter = jitter
        self._free_at: dict[str, float] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked; nobody else has a turn while the block runs."""
        with self._lock:
            if (wait := self.wait_time(host)) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self.end_turn(host)

    def wait_time(self, host: str) -> float:
        """Seconds until the host may be asked; 0 for now."""
        return max(self._free_at.get(host, float("-inf")) - self._clock(), 0.0)

    def end_turn(self, host: str) -> None:
        """Begin the pause that follows a request, whether it was answered or not."""
        self.delay(host, self._pause * (1 + self._jitter * self._uniform()))

    def delay(self, host: str, seconds: float) -> None:
        """Do not ask the host for so long, as it demands with `Retry-After`; never shortens a pause."""
        self._free_at[host] = max(self._free_at.get(host, float("-inf")), self._clock() + seconds)
