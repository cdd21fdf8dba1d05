"""A Ray cluster as a carrier of parcels.

Ray Data takes them to the fetching and the writing workers and back. What it does not keep is kept elsewhere: results
lie in the library under the digest of what they were made of, so that a parcel that is carried twice is not worked on
twice; expected failures travel as data, since one exception would end the run; and attempts are counted on disk, since
Ray repeats for ever what kills its worker.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from pipeline import codec
from pipeline.batch.ray.actors import FetchActor, LimiterActor, RayRequestGate, RayTurns, WriteActor, from_row, to_row
from pipeline.batch.ray.attempts import Attempts
from pipeline.errors import ConfigError
from pipeline.settings import LibrarySettings
from pipeline.types.batch import BatchFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.batch.ray.actors import Hire
    from pipeline.batch.ray.job import Job
    from pipeline.settings import Settings
    from pipeline.types.batch import BreakerState

FETCHERS = 2
"""Processes that fetch: one waits while the other asks, and goes on when that one is lost."""
_SHARE = 0.5
"""Of a processor that a writer asks for, so that the writers of a lost node find room on the others."""
_OBJECTS = 200_000_000
"""Bytes of Ray's object store on a cluster that is started here: parcels are small."""
_SLICE = 0.2


class Cluster:
    """Carries parcels; made by `connect`."""

    def __init__(self, settings: Settings, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        """Use `connect` instead."""
        self.turns = RayTurns(limiter)
        """Those of this process."""
        self.gate = RayRequestGate(limiter)
        self._limiter = limiter
        self._batch = settings.batch
        self._library = str(settings.library.folder)

    def hire(self, hire: Hire) -> None:
        """Let workers get their tools from `hire`, each in its own process."""
        self._hire = hire

    def send(self, parcels: Sequence[Job], filters: BatchFilter) -> Iterator[Job | None]:
        """The parcels as they come back, fetched and written, in any order; None now and then while none comes."""
        import ray.data  # noqa: PLC0415 - heavy: only where it is used

        pool = ray.data.ActorPoolStrategy(size=FETCHERS)
        known = self._known(filters)
        data = _dataset(parcels).map(FetchActor, fn_constructor_args=known, compute=pool, num_cpus=0)
        return self._carried(self._written(data, len(parcels), filters))

    def write(self, parcels: Sequence[Job]) -> Iterator[Job | None]:
        """The same for articles that are only written again, with their ties."""
        return self._carried(self._written(_dataset(parcels), len(parcels), BatchFilter()))

    def _written(self, data: Any, count: int, filters: BatchFilter) -> Any:  # noqa: ANN401 - datasets of Ray
        import ray.data  # noqa: PLC0415 - as above

        most = self._batch.ray_writers or max(int(ray.cluster_resources().get("CPU", 1)), 1)
        pool = ray.data.ActorPoolStrategy(size=min(most, max(count, 1)))
        gpus = self._batch.ray_gpus or None
        return data.map(
            WriteActor, fn_constructor_args=self._known(filters), compute=pool, num_cpus=_SHARE, num_gpus=gpus
        )

    def _known(self, filters: BatchFilter) -> tuple[object, ...]:
        return self._hire, self._limiter, self._library, filters

    @staticmethod
    def _carried(data: Any) -> Iterator[Job | None]:  # noqa: ANN401 - a dataset of Ray
        came: SimpleQueue[Job | BaseException | None] = SimpleQueue()
        threading.Thread(target=_carry, args=(data.iter_rows(), came), name="carrying", daemon=True).start()
        while True:
            try:
                parcel = came.get(timeout=_SLICE)
            except Empty:
                yield None
                continue
            if parcel is None:
                return
            if isinstance(parcel, BaseException):
                raise parcel
            yield parcel


@contextmanager
def connect(settings: Settings, breaker: BreakerState) -> Iterator[Cluster]:
    """The cluster of the settings, or one that is started here, inside the block.

    When the block ends, so do its workers; what they had in hand is done by the next run. Raises `ConfigError`.
    """
    folder = Path(settings.library.folder).absolute()
    with redirect_stdout(sys.stderr):  # Ray tells of lost nodes where results belong
        _join(settings.batch.ray_address)
        try:
            Attempts(folder).clear()
            yield Cluster(absolute_settings(settings, folder), _limiter(settings, breaker))
        finally:
            import ray  # noqa: PLC0415 - heavy: only where it is used

            ray.shutdown()
            Attempts(folder).clear()


def absolute_settings(settings: Settings, folder: Path) -> Settings:
    """The settings for processes that run elsewhere in the file system."""
    return replace(settings, library=LibrarySettings(str(folder)))


def _dataset(parcels: Sequence[Job]) -> Any:  # noqa: ANN401 - of Ray
    """One row a block: what a lost node had in hand is no more than that."""
    import ray.data  # noqa: PLC0415 - heavy: only where it is used

    return ray.data.from_items([to_row(parcel) for parcel in parcels], override_num_blocks=max(len(parcels), 1))


def _carry(rows: Iterable[dict[str, Any]], came: SimpleQueue[Job | BaseException | None]) -> None:
    try:
        for row in rows:
            came.put(from_row(row))
        came.put(None)
    except BaseException as error:  # noqa: BLE001 - raised again in the main thread
        came.put(error)


def _join(address: str) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # or it would tell its makers
    os.environ.setdefault("RAY_ENABLE_AUTO_CONNECT", "0")  # or a thread that comes late would start another cluster
    try:
        import ray  # noqa: PLC0415 - heavy: only where it is used
        import ray.data  # noqa: PLC0415 - as above
    except ImportError as error:
        message = "[batch] executor is `ray`, and Ray is not installed"
        raise ConfigError(message, "Install Tadwin with its extra: pip install 'tadwin[cluster]'.") from error
    before = signal.getsignal(signal.SIGTERM)
    local: dict[str, Any] = {} if address else {"object_store_memory": _OBJECTS, "include_dashboard": False}
    try:
        ray.init(address or "local", namespace="tadwin", log_to_driver=False, logging_level=logging.ERROR, **local)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise connection_error(address, error) from error
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, before)  # Ray takes it for itself
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def connection_error(address: str, error: Exception) -> ConfigError:
    """What it means that Ray did not begin at this address, or here when there is none."""
    if address:
        message, hint = f"there is no Ray cluster at {address}", "`ray start --head` starts one."
        return ConfigError(message, f"[batch] ray_address names its head; {hint}")
    message = f"no Ray cluster could be started on this machine ({' '.join(str(error).split())[:200]})"
    return ConfigError(message, "[batch] ray_address names one that runs; without Ray, [batch] executor is `local`.")


def _limiter(settings: Settings, breaker: BreakerState) -> Any:  # noqa: ANN401 - a handle of Ray's
    """One for an address, on this node, which a run cannot lose. Raises `ConfigError` if there is one."""
    import ray  # noqa: PLC0415 - heavy: only where it is used
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy  # noqa: PLC0415 - as above

    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    name = f"limiter {settings.source.proxy or 'direct'}"
    actor = ray.remote(LimiterActor).options(num_cpus=0, name=name, scheduling_strategy=here)
    try:
        return actor.remote(settings, codec.encode(breaker))
    except ValueError as error:
        message = "another run asks YouTube from this cluster through the same address"
        raise ConfigError(message, "Wait until it has ended, or set another [source] proxy.") from error
