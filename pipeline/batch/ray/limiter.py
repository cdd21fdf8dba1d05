"""Politeness for many processes behind one address: whose turn it is, and whether YouTube may be asked at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.batch.breaker import LocalRequestGate
from pipeline.errors import SourceError, SourceUnreachable
from pipeline.ports import VIDEO_TURN
from pipeline.sources.rate_limit import RateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.job import SerializedError
    from pipeline.errors import PipelineError
    from pipeline.settings import Settings
    from pipeline.types.batch import BreakerState

CLOSED = -1.0
"""The answer when YouTube may not be asked now."""
_POLL_SECONDS = 0.05


class ClusterRateLimiter:
    """Serves the turns of `RateLimiter` and the request gate to all processes that ask from one address.

    A process cannot hold a lock here, so it is given a lease: the turn of a process that died comes free by itself.
    """

    def __init__(
        self, settings: Settings, breaker: BreakerState, now: Callable[[], float], uniform: Callable[[], float]
    ) -> None:
        """`now` is in seconds since 1970 and never set back; `uniform` is from 0 to 1."""
        self.gate = LocalRequestGate(breaker, now)
        self._now = now
        self._requests = RateLimiter(settings.source.pause_seconds, now, uniform=uniform)
        self._videos = RateLimiter(settings.batch.pause_seconds, now, uniform=uniform, jitter=1.0)
        # twice as long as a request, and a whole video, can take
        self._request_lease, self._video_lease = (n * settings.source.timeout_seconds for n in (3, 15))
        self._leases: dict[str, tuple[str, float]] = {}

    def acquire(self, name: str, holder: str) -> float:
        """Ask for the turn on a host or on `VIDEO_TURN`: 0 when it is given, else seconds after which to ask again.

        A holder that asks again has died in its turn and come back.
        """
        now = self._now()
        if name == VIDEO_TURN and self.gate.wait_time() > 0:
            return CLOSED
        other, expires = self._leases.get(name, (holder, now))
        if other != holder and now < expires:
            return min(_POLL_SECONDS, expires - now)
        if (wait := self._limiter(name).wait_time(name)) > 0:
            return wait
        self._leases[name] = holder, now + (self._video_lease if name == VIDEO_TURN else self._request_lease)
        return 0.0

    def release(self, name: str, holder: str) -> None:
        """Give the turn back; a pause follows."""
        if self._leases.get(name, ("", 0.0))[0] == holder:
            del self._leases[name]
        self._limiter(name).end_turn(name)

    def delay(self, name: str, seconds: float) -> None:
        """Do not ask for so long; never shortens a pause."""
        self._limiter(name).delay(name, seconds)

    def finish_video(self, holder: str, failure: SerializedError | None) -> None:
        """Record how a fetch went, and give the turn on `VIDEO_TURN` back: nobody can take it before the gate knows."""
        if failure is None:
            self.gate.record_answer()
        else:
            self.record_failure(failure.error)
        self.release(VIDEO_TURN, holder)

    def record_failure(self, error: PipelineError) -> None:
        """Record that a video was not fetched, or that a list was not read."""
        if isinstance(error, SourceError) and error.refusals:
            self.gate.record_refusal(error)
        else:
            self.gate.record_failure(unreachable=isinstance(error, SourceUnreachable))

    def _limiter(self, name: str) -> RateLimiter:
        return self._videos if name == VIDEO_TURN else self._requests
