"""Politeness for many processes behind one address: whose turn it is, and whether YouTube may be asked at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.batch.breaker import LocalRequestGate
from pipeline.errors import SourceBlocked, SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.ray.job import SerializedError
    from pipeline.errors import PipelineError
    from pipeline.settings import Settings
    from pipeline.types.batch import BreakerState

VIDEOS = "videos"
"""What is asked for in place of a host before a video is looked at."""
CLOSED = -1.0
"""The answer when YouTube may not be asked now."""
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class TurnPolicy:
    """How turns of one kind follow each other, in seconds."""

    pause: float
    jitter: float
    """Most of a pause that is added to it at random."""
    lease: float
    """After so long a turn ends that nobody gave back: twice what it can take."""


class ClusterRateLimiter:
    """Gives turns as `sources.pace` does, and keeps the gate; one for all processes that ask from an address."""

    def __init__(
        self, settings: Settings, breaker: BreakerState, now: Callable[[], float], chance: Callable[[], float]
    ) -> None:
        """`now` in seconds since 1970, never set back; `chance` from 0 to 1."""
        self.gate = LocalRequestGate(breaker, now)
        self._host = TurnPolicy(settings.source.pause_seconds, 0.6, 3 * settings.source.timeout_seconds)
        self._video = TurnPolicy(settings.batch.pause_seconds, 1.0, 15 * settings.source.timeout_seconds)
        self._now, self._chance = now, chance
        self._free: dict[str, float] = {}
        self._turns: dict[str, tuple[str, float]] = {}

    def ask(self, name: str, holder: str) -> float:
        """Ask for the turn on a host or on `VIDEOS`: 0 when it is given, else seconds after which to ask again.

        A holder that asks again has died in its turn and come back.
        """
        now = self._now()
        if name == VIDEOS and self.gate.wait() > 0:
            return CLOSED
        other, end = self._turns.get(name, (holder, now))
        if other != holder and now < end:
            return min(_POLL, end - now)
        if (wait := self._free.get(name, now) - now) > 0:
            return wait
        self._turns[name] = (holder, now + self._manner(name).lease)
        return 0.0

    def leave(self, name: str, holder: str) -> None:
        """Give the turn back; a pause follows."""
        if self._turns.get(name, ("", 0.0))[0] == holder:
            del self._turns[name]
        manner = self._manner(name)
        self.delay(name, manner.pause * (1 + manner.jitter * self._chance()))

    def delay(self, name: str, seconds: float) -> None:
        """Do not ask for so long; never shortens a pause."""
        self._free[name] = max(self._free.get(name, 0.0), self._now() + seconds)

    def looked(self, holder: str, failure: SerializedError | None) -> None:
        """Give the turn on `VIDEOS` back, and say how the look went: before anybody else can take it."""
        if failure is None:
            self.gate.answered()
        else:
            self.failed(failure.error)
        self.leave(VIDEOS, holder)

    def failed(self, error: PipelineError) -> None:
        """Hear of a look, at a video or at a list, that failed."""
        if isinstance(error, SourceBlocked):
            self.gate.refused(error)
        else:
            self.gate.failed(unreached=isinstance(error, SourceUnreachable))

    def _manner(self, name: str) -> TurnPolicy:
        return self._video if name == VIDEOS else self._host
