"""A whole run by workers elsewhere: videos are given out many at a time, and each is taken account of as it comes back.

What carries them does not matter here. Only this process reads lists and writes the record.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Protocol

from pipeline.batch.clock import StopRequested
from pipeline.batch.plan import BatchPlan
from pipeline.batch.ray.job import Job
from pipeline.batch.retry_policy import is_fatal
from pipeline.batch.runner import progress_event, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.batch.breaker import RequestGate
    from pipeline.batch.clock import Clock, StopSignal
    from pipeline.batch.queue import QueuedVideo
    from pipeline.batch.runner import BatchSummary
    from pipeline.batch.steps import BatchSteps
    from pipeline.events import Reporter
    from pipeline.settings import BatchSettings
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.batch import BatchFilter, ListReference, VideoRecord

FIRST, MOST = 32, 8192
"""Videos that are given out at once: few while the lists are still read, then twice as many each time."""


class JobCarrier(Protocol):
    """Takes parcels to workers and back."""

    @property
    def gate(self) -> RequestGate:
        """When YouTube may be asked from where the workers are."""

    def send(self, parcels: Sequence[Job], filters: BatchFilter) -> Iterator[Job | None]:
        """The parcels as they come back, fetched and written, in any order; None now and then while none comes."""


class RayRunner:
    """Works through lists by waves; runs as `runner.Batch` does."""

    def __init__(  # noqa: PLR0913, PLR0917 - its surroundings, each named
        self,
        state: LibraryDatabase,
        steps: BatchSteps,
        settings: BatchSettings,
        clock: Clock,
        stop_signal: StopSignal,
        report: Reporter,
        carrier: JobCarrier,
    ) -> None:
        """Of the steps, only the reading of lists is done here."""
        self._state, self._clock, self._stop_signal, self._report = state, clock, stop_signal, report
        self._carrier = carrier
        self._plan = BatchPlan(state, steps, settings, clock, report, gate=lambda _breaker, _now: carrier.gate)
        self._begun = clock.now()

    def run(
        self, wanted: Sequence[ListReference], filters: BatchFilter, again: Sequence[VideoRecord] = ()
    ) -> BatchSummary:
        """As `LocalRunner.run`: read the lists, fetch and write what is missing."""
        self._begun = self._clock.now()
        self._state.handle_clock_change(self._begun)
        self._plan.prepare(wanted, filters, again)
        with contextlib.suppress(StopRequested):
            self._run(filters)
        return summarize(self._plan, self._clock.now() - self._begun, stopped=self._stop_signal.requested)

    def stop(self) -> None:
        """End soon. Safe to call in a signal handler."""
        self._stop_signal.request()

    def _run(self, filters: BatchFilter) -> None:
        plan, most = self._plan, FIRST
        while True:
            self._clock.sleep(0)  # a stopped run ends here
            plan.read()
            tasks = {task.id: task for task in self._some(most)}
            if tasks:
                self._wave(tasks, filters)
                most = min(2 * most, MOST)
            elif not plan.readable() and not plan.wait():
                break
        plan.finish()

    def _some(self, most: int) -> Iterator[QueuedVideo]:
        for _ in range(most):
            task = self._plan.next_task()
            if task is None:
                return
            yield task

    def _wave(self, tasks: dict[str, QueuedVideo], filters: BatchFilter) -> None:
        plan = self._plan
        for parcel in self._carrier.send([Job(plan.known(name)) for name in tasks], filters):
            self._clock.sleep(0)
            if parcel is None:
                continue
            if parcel.paused:
                plan.put_back(tasks[parcel.record.id])
            else:
                self._came(parcel)
            plan.keep_gate()
            plan.read()
            self._report(progress_event(plan, self._clock.now() - self._begun))

    def _came(self, parcel: Job) -> None:
        plan, begun = self._plan, self._clock.now() - parcel.seconds
        error = parcel.failure.error if parcel.failure else None
        if error is not None and is_fatal(error):
            raise error
        if parcel.video is None and error is not None:
            plan.failed(parcel.record, error, begun)
        work = plan.accept(parcel.record, parcel.video, begun) if parcel.video else None
        if work is None:
            return
        plan.keep(work)
        if error is not None:
            plan.unwritten(work, error, begun)
        elif parcel.card is not None:
            plan.made(work, parcel.card, begun)
