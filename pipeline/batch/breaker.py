"""When YouTube may be asked from one address: the breaker, and a network that is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pipeline.types.batch import REFUSAL_LIMIT, BreakerState

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.errors import SourceError

GONE = 5
"""Videos in a row that could not be reached, after which the network counts as gone."""
_GONE_PAUSE = 60.0
NETWORK = "The network seems to be gone"
BLOCKED = "YouTube refuses this address for now"
LATER = "The rest is due later"


class RequestGate(Protocol):
    """Hears how every look went, and says when the next may begin; one for an address."""

    @property
    def breaker(self) -> BreakerState:
        """As the next run has to know it."""

    def wait(self) -> float:
        """Seconds until YouTube may be asked; 0 for now."""

    def why(self) -> str:
        """What there is to wait for, as a sentence."""

    def answered(self) -> None:
        """A look was answered."""

    def refused(self, error: SourceError) -> None:
        """A look was refused, which says nothing about the video."""

    def failed(self, *, unreached: bool) -> None:
        """A look failed for another reason; whether nothing could be reached."""


class LocalRequestGate:
    """The gate of a process that asks alone."""

    def __init__(self, breaker: BreakerState, now: Callable[[], float]) -> None:
        """Go on from where the last run left the breaker; `now` in seconds since 1970."""
        self.breaker = breaker
        self._now = now
        self._hold = 0.0
        self._unreached = 0

    def wait(self) -> float:
        """Seconds until YouTube may be asked; 0 for now."""
        return max(self.breaker.open_until - self._now(), self._hold - self._now(), 0.0)

    def why(self) -> str:
        """What there is to wait for, as a sentence."""
        now = self._now()
        if self.breaker.refusals >= REFUSAL_LIMIT - 1 and self.breaker.is_open(now):
            return BLOCKED
        return NETWORK if now < self._hold else LATER

    def answered(self) -> None:
        """A look was answered."""
        self.breaker, self._hold, self._unreached = BreakerState(), 0.0, 0

    def refused(self, error: SourceError) -> None:
        """A look was refused, which says nothing about the video."""
        self.breaker = self.breaker.after_refusal(error, self._now())

    def failed(self, *, unreached: bool) -> None:
        """A look failed for another reason; whether nothing could be reached."""
        self._unreached = self._unreached + 1 if unreached else 0
        if self._unreached >= GONE:
            self._hold = self._now() + _GONE_PAUSE * 2.0 ** min(self._unreached - GONE, 10)
