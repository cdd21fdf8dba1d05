"""What runs in other processes of a Ray cluster, and how these speak with each other."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codec
from pipeline.batch.clock import MonotonicClock
from pipeline.batch.ray.job import Job, RequestsPaused, SerializedError, Worker
from pipeline.batch.ray.limiter import CLOSED, VIDEOS, ClusterRateLimiter
from pipeline.errors import PipelineError
from pipeline.types.batch import BreakerState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.batch.ray.job import WorkerTools
    from pipeline.errors import SourceError
    from pipeline.ports import RequestTurns
    from pipeline.settings import Settings
    from pipeline.types.batch import BatchFilter

    Hire = Callable[[RequestTurns], WorkerTools]
    """Makes the tools of a worker in its own process; it is sent there with all that it holds."""

_COLUMN = "parcel"


def to_row(parcel: Job) -> dict[str, Any]:
    """The parcel as a row of Ray Data."""
    return {_COLUMN: codec.encode(parcel)}


def from_row(row: dict[str, Any]) -> Job:
    """The parcel of a row."""
    return codec.decode(row[_COLUMN], Job)


class _JobActor:
    def __init__(self, hire: Hire, limiter: Any, library: str, filters: BatchFilter) -> None:  # noqa: ANN401 - a handle of Ray's
        """Make the tools, with their models, once for all parcels."""
        self._worker = Worker(hire(RayTurns(limiter)), Path(library), filters, time.monotonic)


class FetchActor(_JobActor):
    """Fetches captions, in a process of its own."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """A parcel in a row, and back."""
        return to_row(self._worker.fetch(from_row(row)))


class WriteActor(_JobActor):
    """Makes articles, in a process of its own."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """A parcel in a row, and back."""
        return to_row(self._worker.write(from_row(row)))


class RayTurns:
    """Turns that the limiter of the cluster gives."""

    def __init__(self, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        """Ask under the name of this process, which a worker that comes back keeps."""
        import ray  # noqa: PLC0415 - heavy: only where it is used

        self._limiter = limiter
        context = ray.get_runtime_context()
        self._me = context.get_actor_id() or context.get_worker_id()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the turn; before a video (`VIDEOS`) raises `RequestsPaused` when YouTube may not be asked."""
        while (wait := _ask(self._limiter.ask, host, self._me)) > 0:
            time.sleep(wait)
        if wait == CLOSED:
            raise RequestsPaused
        if host == VIDEOS:
            with self._looking():
                yield
            return
        try:
            yield
        finally:
            _ask(self._limiter.leave, host, self._me)

    def delay(self, host: str, seconds: float) -> None:
        """Do not ask the host for so long."""
        _ask(self._limiter.delay, host, seconds)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        failure = None
        try:
            yield
        except PipelineError as error:
            failure = SerializedError.of(error)
            raise
        finally:
            _ask(self._limiter.looked, self._me, codec.encode(failure) if failure else None)


class RayRequestGate:
    """The gate that the limiter keeps; workers tell it of videos, this process of lists."""

    def __init__(self, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        """Ask this limiter."""
        self._limiter = limiter

    @property
    def breaker(self) -> BreakerState:
        """As the next run has to know it."""
        return codec.decode(_ask(self._limiter.breaker), BreakerState)

    def wait(self) -> float:
        """Seconds until YouTube may be asked; 0 for now."""
        return float(_ask(self._limiter.wait))

    def why(self) -> str:
        """What there is to wait for, as a sentence."""
        return str(_ask(self._limiter.why))

    def answered(self) -> None:
        """Workers say so themselves."""

    def failed(self, *, unreached: bool) -> None:
        """Workers say so themselves."""

    def refused(self, error: SourceError) -> None:
        """A list was refused."""
        _ask(self._limiter.refused, codec.encode(SerializedError.of(error)))


def _ask(method: Any, *arguments: object) -> Any:  # noqa: ANN401 - as Ray's
    import ray  # noqa: PLC0415 - heavy: only where it is used

    return ray.get(method.remote(*arguments))


class LimiterActor:
    """The limiter as an actor: one by this name for all that ask."""

    def __init__(self, settings: Settings, breaker: bytes) -> None:
        """Go on from the breaker of the last run."""
        self._limiter = ClusterRateLimiter(
            settings, codec.decode(breaker, BreakerState), MonotonicClock(), random.random
        )

    def ask(self, name: str, holder: str) -> float:
        """As `ClusterRateLimiter.ask`."""
        return self._limiter.ask(name, holder)

    def leave(self, name: str, holder: str) -> None:
        """As `ClusterRateLimiter.leave`."""
        self._limiter.leave(name, holder)

    def delay(self, name: str, seconds: float) -> None:
        """As `ClusterRateLimiter.delay`."""
        self._limiter.delay(name, seconds)

    def looked(self, holder: str, failure: bytes | None) -> None:
        """As `ClusterRateLimiter.looked`."""
        self._limiter.looked(holder, codec.decode(failure, SerializedError) if failure else None)

    def refused(self, failure: bytes) -> None:
        """As `ClusterRateLimiter.failed`."""
        self._limiter.failed(codec.decode(failure, SerializedError).error)

    def breaker(self) -> bytes:
        """As `Gate.breaker`."""
        return codec.encode(self._limiter.gate.breaker)

    def wait(self) -> float:
        """As `Gate.wait`."""
        return self._limiter.gate.wait()

    def why(self) -> str:
        """As `Gate.why`."""
        return self._limiter.gate.why()
