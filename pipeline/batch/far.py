"""What runs in other processes of a Ray cluster, and how these speak with each other."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codec
from pipeline.batch.failure import Failure
from pipeline.batch.limiter import CLOSED, VIDEOS, Limiter
from pipeline.batch.parcel import Held, Parcel, Worker
from pipeline.batch.world import SteadyClock
from pipeline.errors import PipelineError
from pipeline.policy import Breaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.batch.parcel import Tools
    from pipeline.errors import SourceError
    from pipeline.ports import Turns
    from pipeline.series import Wish
    from pipeline.settings import Settings

    Hire = Callable[[Turns], Tools]
    """Makes the tools of a worker in its own process; it is sent there with all that it holds."""

_COLUMN = "parcel"


def packed(parcel: Parcel) -> dict[str, Any]:
    """The parcel as a row of Ray Data."""
    return {_COLUMN: codec.encode(parcel)}


def unpacked(row: dict[str, Any]) -> Parcel:
    """The parcel of a row."""
    return codec.decode(row[_COLUMN], Parcel)


class _Step:
    def __init__(self, hire: Hire, limiter: Any, library: str, wish: Wish) -> None:  # noqa: ANN401 - a handle of Ray's
        """Make the tools, with their models, once for all parcels."""
        self._worker = Worker(hire(FarTurns(limiter)), Path(library), wish, time.monotonic)


class Fetching(_Step):
    """Fetches captions, in a process of its own."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """A parcel in a row, and back."""
        return packed(self._worker.fetch(unpacked(row)))


class Writing(_Step):
    """Makes articles, in a process of its own."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """A parcel in a row, and back."""
        return packed(self._worker.write(unpacked(row)))


class FarTurns:
    """Turns that the limiter of the cluster gives."""

    def __init__(self, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        """Ask under the name of this process, which a worker that comes back keeps."""
        import ray  # noqa: PLC0415 - heavy: only where it is used

        self._limiter = limiter
        context = ray.get_runtime_context()
        self._me = context.get_actor_id() or context.get_worker_id()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the turn; before a video (`VIDEOS`) raises `Held` when YouTube may not be asked."""
        while (wait := _ask(self._limiter.ask, host, self._me)) > 0:
            time.sleep(wait)
        if wait == CLOSED:
            raise Held
        if host == VIDEOS:
            with self._looking():
                yield
            return
        try:
            yield
        finally:
            _ask(self._limiter.leave, host, self._me)

    def hold(self, host: str, seconds: float) -> None:
        """Do not ask the host for so long."""
        _ask(self._limiter.hold, host, seconds)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        failure = None
        try:
            yield
        except PipelineError as error:
            failure = Failure.of(error)
            raise
        finally:
            _ask(self._limiter.looked, self._me, codec.encode(failure) if failure else None)


class FarGate:
    """The gate that the limiter keeps; workers tell it of videos, this process of lists."""

    def __init__(self, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        """Ask this limiter."""
        self._limiter = limiter

    @property
    def breaker(self) -> Breaker:
        """As the next run has to know it."""
        return codec.decode(_ask(self._limiter.breaker), Breaker)

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
        _ask(self._limiter.refused, codec.encode(Failure.of(error)))


def _ask(method: Any, *arguments: object) -> Any:  # noqa: ANN401 - as Ray's
    import ray  # noqa: PLC0415 - heavy: only where it is used

    return ray.get(method.remote(*arguments))


class FarLimiter:
    """The limiter as an actor: one by this name for all that ask."""

    def __init__(self, settings: Settings, breaker: bytes) -> None:
        """Go on from the breaker of the last run."""
        self._limiter = Limiter(settings, codec.decode(breaker, Breaker), SteadyClock(), random.random)

    def ask(self, name: str, holder: str) -> float:
        """As `Limiter.ask`."""
        return self._limiter.ask(name, holder)

    def leave(self, name: str, holder: str) -> None:
        """As `Limiter.leave`."""
        self._limiter.leave(name, holder)

    def hold(self, name: str, seconds: float) -> None:
        """As `Limiter.hold`."""
        self._limiter.hold(name, seconds)

    def looked(self, holder: str, failure: bytes | None) -> None:
        """As `Limiter.looked`."""
        self._limiter.looked(holder, codec.decode(failure, Failure) if failure else None)

    def refused(self, failure: bytes) -> None:
        """As `Limiter.failed`."""
        self._limiter.failed(codec.decode(failure, Failure).error)

    def breaker(self) -> bytes:
        """As `Gate.breaker`."""
        return codec.encode(self._limiter.gate.breaker)

    def wait(self) -> float:
        """As `Gate.wait`."""
        return self._limiter.gate.wait()

    def why(self) -> str:
        """As `Gate.why`."""
        return self._limiter.gate.why()
