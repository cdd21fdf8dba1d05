"""Actors in other processes of a Ray cluster, and the clients by which they reach each other."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codec
from pipeline.batch.breaker import WaitReason
from pipeline.batch.clock import MonotonicClock
from pipeline.batch.job import Job, RequestsPaused, SerializedError, Worker
from pipeline.batch.ray.limiter import CLOSED, ClusterRateLimiter
from pipeline.errors import PipelineError
from pipeline.ports import VIDEO_TURN
from pipeline.types.batch import BreakerState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.batch.job import WorkerTools
    from pipeline.errors import SourceError
    from pipeline.ports import RequestTurns
    from pipeline.settings import Settings
    from pipeline.types.batch import BatchFilter

    MakeTools = Callable[[RequestTurns], WorkerTools]
    """Makes the tools of a worker in its own process; it is sent there with all that it holds."""

_COLUMN = "job"


def to_row(job: Job) -> dict[str, Any]:
    """The job as a row of Ray Data."""
    return {_COLUMN: codec.encode(job)}


def from_row(row: dict[str, Any]) -> Job:
    """The job of a row of Ray Data."""
    return codec.decode(row[_COLUMN], Job)


class _JobActor:
    def __init__(self, make_tools: MakeTools, limiter: Any, library: str, filters: BatchFilter) -> None:  # noqa: ANN401 - a handle of Ray's
        """Make the tools, with their models, once for all jobs."""
        self._worker = Worker(make_tools(RayTurns(limiter)), Path(library), filters, time.monotonic)


class FetchActor(_JobActor):
    """Fetches captions, in a process of its own."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        return to_row(self._worker.fetch(from_row(row)))


class WriteActor(_JobActor):
    """Makes articles, in a process of its own."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        return to_row(self._worker.write(from_row(row)))


class RayTurns:
    """`RequestTurns` from the limiter of the cluster."""

    def __init__(self, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        """Ask under the name of this process, which a worker that comes back keeps."""
        import ray  # noqa: PLC0415 - heavy: only where it is used

        self._limiter = limiter
        context = ray.get_runtime_context()
        self._holder = context.get_actor_id() or context.get_worker_id()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the turn; before a video (`VIDEO_TURN`) raises `RequestsPaused` when YouTube may not be asked."""
        while (wait := _call(self._limiter.acquire, host, self._holder)) > 0:
            time.sleep(wait)
        if wait == CLOSED:
            raise RequestsPaused
        failure = None
        try:
            yield
        except PipelineError as error:
            failure = codec.encode(SerializedError.of(error))
            raise
        finally:
            if host == VIDEO_TURN:
                _call(self._limiter.finish_video, self._holder, failure)
            else:
                _call(self._limiter.release, host, self._holder)

    def delay(self, host: str, seconds: float) -> None:
        """Do not ask the host for so long."""
        _call(self._limiter.delay, host, seconds)


class RayRequestGate:
    """The gate that the limiter keeps; workers tell it of videos, this process of lists."""

    def __init__(self, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        self._limiter = limiter

    @property
    def breaker(self) -> BreakerState:
        return codec.decode(_call(self._limiter.breaker), BreakerState)

    def wait_time(self) -> float:
        return float(_call(self._limiter.wait_time))

    def wait_reason(self) -> WaitReason:
        return WaitReason(_call(self._limiter.wait_reason))

    def record_answer(self) -> None:
        """Do nothing: workers have told the limiter themselves."""

    def record_failure(self, *, unreachable: bool) -> None:
        """Do nothing, as above."""

    def record_refusal(self, error: SourceError) -> None:
        """Record that a list was refused."""
        _call(self._limiter.record_refusal, codec.encode(SerializedError.of(error)))


def _call(method: Any, *arguments: object) -> Any:  # noqa: ANN401 - as Ray's
    import ray  # noqa: PLC0415 - heavy: only where it is used

    return ray.get(method.remote(*arguments))


class LimiterActor:
    """`ClusterRateLimiter` as an actor: one for all that ask from an address. Only plain values and bytes travel."""

    def __init__(self, settings: Settings, breaker: bytes) -> None:
        """Go on from the breaker of the last run."""
        self._limiter = ClusterRateLimiter(
            settings, codec.decode(breaker, BreakerState), MonotonicClock(), random.random
        )

    def acquire(self, name: str, holder: str) -> float:
        return self._limiter.acquire(name, holder)

    def release(self, name: str, holder: str) -> None:
        self._limiter.release(name, holder)

    def delay(self, name: str, seconds: float) -> None:
        self._limiter.delay(name, seconds)

    def finish_video(self, holder: str, failure: bytes | None) -> None:
        self._limiter.finish_video(holder, codec.decode(failure, SerializedError) if failure else None)

    def record_refusal(self, failure: bytes) -> None:
        self._limiter.record_failure(codec.decode(failure, SerializedError).error)

    def breaker(self) -> bytes:
        return codec.encode(self._limiter.gate.breaker)

    def wait_time(self) -> float:
        return self._limiter.gate.wait_time()

    def wait_reason(self) -> str:
        return str(self._limiter.gate.wait_reason())
