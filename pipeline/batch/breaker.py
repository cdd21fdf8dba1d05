"""When YouTube may be asked from one address: the circuit breaker, and pauses while the network is down."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from pipeline.types.batch import REFUSAL_LIMIT, BreakerState

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.errors import SourceError

OFFLINE_AFTER = 5
"""Videos in a row that could not be reached before the network counts as down."""
_OFFLINE_PAUSE = 60.0


class WaitReason(StrEnum):
    """Why a run waits, or ends before all is done: a sentence for its report."""

    BLOCKED = "YouTube refuses this address for now"
    OFFLINE = "The network seems to be down"
    LATER = "The remaining videos are due later"
    LISTS = "A list could not be read now; run the same command again later"


class RequestGate(Protocol):
    """Learns how every fetch went, and says when the next may begin; one for each address."""

    @property
    def breaker(self) -> BreakerState:
        """The state that the next run starts from."""

    def wait_time(self) -> float:
        """Seconds until YouTube may be asked; 0 for now."""

    def wait_reason(self) -> WaitReason:
        """Why nothing can be done now."""

    def record_answer(self) -> None:
        """YouTube answered."""

    def record_refusal(self, error: SourceError) -> None:
        """YouTube refused, which says nothing about the video."""

    def record_failure(self, *, unreachable: bool) -> None:
        """A fetch failed otherwise; `unreachable` if there was no answer at all."""


class LocalRequestGate:
    """The gate of a process that asks alone."""

    def __init__(self, breaker: BreakerState, now: Callable[[], float]) -> None:
        """Go on from where the last run left the breaker; `now` is in seconds since 1970."""
        self.breaker = breaker
        self._now = now
        self._offline_until = 0.0
        self._unreachable_in_a_row = 0

    def wait_time(self) -> float:
        now = self._now()
        return max(self.breaker.open_until - now, self._offline_until - now, 0.0)

    def wait_reason(self) -> WaitReason:
        now = self._now()
        if self.breaker.refusals >= REFUSAL_LIMIT - 1 and self.breaker.is_open(now):
            return WaitReason.BLOCKED
        return WaitReason.OFFLINE if now < self._offline_until else WaitReason.LATER

    def record_answer(self) -> None:
        self.breaker, self._offline_until, self._unreachable_in_a_row = BreakerState(), 0.0, 0

    def record_refusal(self, error: SourceError) -> None:
        self.breaker = self.breaker.after_refusal(error, self._now())

    def record_failure(self, *, unreachable: bool) -> None:
        self._unreachable_in_a_row = self._unreachable_in_a_row + 1 if unreachable else 0
        beyond = self._unreachable_in_a_row - OFFLINE_AFTER
        if beyond >= 0:
            self._offline_until = self._now() + _OFFLINE_PAUSE * 2.0 ** min(beyond, 10)
