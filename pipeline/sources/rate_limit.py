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
"""Most of a pause that is added to it at random: 30 % on average, so that requests keep no beat."""


class RateLimiter:
    """Gives turns; lives as long as the program, so that it also stands between two videos."""

    def __init__(
        self,
        pause: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        jitter: float = _JITTER,
    ) -> None:
        """At least `pause` seconds by the clock, and up to `jitter` (60 %) more by chance (0 to 1)."""
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._jitter = jitter
        self._free: dict[str, float] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked again; nobody else has a turn while the block runs."""
        with self._lock:
            wait = self._free.get(host, float("-inf")) - self._clock()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self.delay(host, self._pause * (1 + self._jitter * self._chance()))

    def delay(self, host: str, seconds: float) -> None:
        """Do not ask the host for so long, as it demands with `Retry-After`; never shortens a pause."""
        self._free[host] = max(self._free.get(host, float("-inf")), self._clock() + seconds)
