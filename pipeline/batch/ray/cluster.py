"""A Ray cluster as a carrier of jobs.

Ray Data takes them to the fetching and the writing workers and back. What it does not guarantee is done elsewhere:
results lie in the library under the digest of what they were made of, so that a job that is carried twice is not done
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
from pipeline.batch.crashes import CrashCounter
from pipeline.batch.ray.actors import FetchActor, LimiterActor, RayRequestGate, RayTurns, WriteActor, from_row, to_row
from pipeline.errors import ConfigError
from pipeline.settings import LibrarySettings
from pipeline.types.batch import BatchFilter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.batch.job import Job
    from pipeline.batch.ray.actors import MakeTools
    from pipeline.settings import Settings
    from pipeline.types.batch import BreakerState

FETCHERS = 2
"""Processes that fetch: one waits while the other asks, and goes on when that one is lost."""
_WRITER_CPUS = 0.5
"""Share of a processor that a writer asks for, so that the writers of a lost node find room on the others."""
_OBJECT_STORE_BYTES = 200_000_000
"""For a cluster that is started here: jobs are small."""
_POLL_SECONDS = 0.2


class Cluster:
    """Carries jobs; made by `connect`."""

    def __init__(self, settings: Settings, make_tools: MakeTools, limiter: Any) -> None:  # noqa: ANN401 - a handle of Ray's
        self.turns = RayTurns(limiter)
        """Those of this process."""
        self.gate = RayRequestGate(limiter)
        self._make_tools, self._limiter = make_tools, limiter
        self._batch = settings.batch
        self._library = str(Path(settings.library.folder).absolute())

    def send(self, jobs: Sequence[Job], filters: BatchFilter) -> Iterator[Job | None]:
        """The jobs as they come back, fetched and written, in any order; None now and then while none comes."""
        import ray.data  # noqa: PLC0415 - heavy: only where it is used

        pool = ray.data.ActorPoolStrategy(size=FETCHERS)
        arguments = self._actor_arguments(filters)
        fetched = _dataset(jobs).map(FetchActor, fn_constructor_args=arguments, compute=pool, num_cpus=0)
        return _stream(self._written(fetched, len(jobs), filters))

    def write(self, jobs: Sequence[Job]) -> Iterator[Job | None]:
        """The same for finished articles, which only get their links."""
        return _stream(self._written(_dataset(jobs), len(jobs), BatchFilter()))

    def _written(self, data: Any, count: int, filters: BatchFilter) -> Any:  # noqa: ANN401 - datasets of Ray
        import ray.data  # noqa: PLC0415 - as above

        most = self._batch.ray_writers or max(int(ray.cluster_resources().get("CPU", 1)), 1)
        return data.map(
            WriteActor,
            fn_constructor_args=self._actor_arguments(filters),
            compute=ray.data.ActorPoolStrategy(size=min(most, max(count, 1))),
            num_cpus=_WRITER_CPUS,
            num_gpus=self._batch.ray_gpus or None,
        )

    def _actor_arguments(self, filters: BatchFilter) -> tuple[object, ...]:
        return self._make_tools, self._limiter, self._library, filters


def _dataset(jobs: Sequence[Job]) -> Any:  # noqa: ANN401 - of Ray
    """One row a block: what a lost node had in hand is no more than that."""
    import ray.data  # noqa: PLC0415 - heavy: only where it is used

    return ray.data.from_items([to_row(job) for job in jobs], override_num_blocks=max(len(jobs), 1))


def _stream(data: Any) -> Iterator[Job | None]:  # noqa: ANN401 - a dataset of Ray
    """The jobs of a dataset as they are done, and None each time none came for a moment."""
    arrived: SimpleQueue[Job | BaseException | None] = SimpleQueue()

    def collect() -> None:
        try:
            for row in data.iter_rows():
                arrived.put(from_row(row))
            arrived.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            arrived.put(error)

    threading.Thread(target=collect, name="carrying", daemon=True).start()
    while True:
        try:
            job = arrived.get(timeout=_POLL_SECONDS)
        except Empty:
            yield None
            continue
        if job is None:
            return
        if isinstance(job, BaseException):
            raise job
        yield job


@contextmanager
def connect(settings: Settings, breaker: BreakerState, make_tools: MakeTools) -> Iterator[Cluster]:
    """The cluster of the settings, or one that is started here, inside the block; `make_tools` runs in each worker.

    When the block ends, so do its workers; what they had in hand is done by the next run. Raises `ConfigError`.
    """
    attempts = CrashCounter(Path(settings.library.folder).absolute())
    with redirect_stdout(sys.stderr):  # Ray tells of lost nodes where results belong
        _start_ray(settings.batch.ray_address)
        try:
            attempts.clear()
            yield Cluster(settings, make_tools, _start_limiter(settings, breaker))
        finally:
            import ray  # noqa: PLC0415 - heavy: only where it is used

            ray.shutdown()
            attempts.clear()


def absolute_settings(settings: Settings, folder: Path) -> Settings:
    """The settings for processes that run elsewhere in the file system."""
    return replace(settings, library=LibrarySettings(str(folder)))


def _start_ray(address: str) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # or it would tell its makers
    os.environ.setdefault("RAY_ENABLE_AUTO_CONNECT", "0")  # or a thread that comes late would start another cluster
    try:
        import ray  # noqa: PLC0415 - heavy: only where it is used
        import ray.data  # noqa: PLC0415 - as above
    except ImportError as error:
        message = "[batch] executor is `ray`, and Ray is not installed"
        raise ConfigError(message, "Install Tadwin with its extra: pip install 'tadwin[cluster]'.") from error
    before = signal.getsignal(signal.SIGTERM)
    local: dict[str, Any] = {} if address else {"object_store_memory": _OBJECT_STORE_BYTES, "include_dashboard": False}
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
    """The error for Ray not starting at this address, or on this machine if it is empty."""
    if address:
        message, hint = f"there is no Ray cluster at {address}", "`ray start --head` starts one."
        return ConfigError(message, f"[batch] ray_address names its head; {hint}")
    message = f"no Ray cluster could be started on this machine ({' '.join(str(error).split())[:200]})"
    return ConfigError(message, "[batch] ray_address names one that runs; without Ray, [batch] executor is `local`.")


def _start_limiter(settings: Settings, breaker: BreakerState) -> Any:  # noqa: ANN401 - a handle of Ray's
    """One for each address, on this node, which a run cannot lose. Raises `ConfigError` if there is one already."""
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
