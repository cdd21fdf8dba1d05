"""A whole run by workers elsewhere: videos are given out many at a time, and recorded as they come back.

What carries them does not matter here. Only this process reads lists and writes the database.
"""

from __future__ import annotations

import contextlib
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from pipeline.batch.clock import StopRequested
from pipeline.batch.job import Job
from pipeline.batch.plan import BatchPlan
from pipeline.batch.retry_policy import is_fatal
from pipeline.batch.runner import progress_event, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.batch.breaker import RequestGate
    from pipeline.batch.context import RunContext
    from pipeline.batch.queue import QueuedVideo
    from pipeline.batch.runner import BatchSummary
    from pipeline.types.batch import BatchFilter, ListReference, VideoRecord

FIRST, MOST = 32, 8192
"""Videos that are given out at once: few while the lists are still read, then twice as many each time."""


class JobCarrier(Protocol):
    """Takes jobs to workers and back."""

    @property
    def gate(self) -> RequestGate:
        """When YouTube may be asked from where the workers are."""

    def send(self, jobs: Sequence[Job], filters: BatchFilter) -> Iterator[Job | None]:
        """The jobs as they come back, fetched and written, in any order; None now and then while none comes."""


class RayRunner:
    """Works through lists in waves of jobs; runs as `runner.LocalRunner` does."""

    def __init__(self, context: RunContext, carrier: JobCarrier) -> None:
        """Of the steps in the context, only the reading of lists is done here."""
        self._context, self._carrier = context, carrier
        self._plan = BatchPlan(context, carrier.gate)

    def run(
        self, lists: Sequence[ListReference], filters: BatchFilter, retries: Sequence[VideoRecord] = ()
    ) -> BatchSummary:
        """As `LocalRunner.run`: read the lists, fetch and write what is missing."""
        clock, plan = self._context.clock, self._plan
        started = clock.now()
        self._context.database.handle_clock_change(started)
        plan.prepare(lists, filters, retries)
        wave_size = FIRST
        with contextlib.suppress(StopRequested):
            while True:
                clock.sleep(0)  # a stopped run ends here
                plan.read_page()
                tasks = {task.id: task for task in islice(iter(plan.next_task, None), wave_size)}
                if tasks:
                    self._run_wave(tasks, filters, started)
                    wave_size = min(2 * wave_size, MOST)
                elif not plan.readable_list() and not plan.wait():
                    break
            plan.finish()
        return summarize(plan, clock.now() - started, stopped=self._context.stop_signal.requested)

    def _run_wave(self, tasks: dict[str, QueuedVideo], filters: BatchFilter, run_started: float) -> None:
        """Give the videos out, and record each as it comes back; pages of lists are read in between."""
        clock, plan = self._context.clock, self._plan
        for job in self._carrier.send([Job(plan.record(name)) for name in tasks], filters):
            clock.sleep(0)
            if job is None:
                continue
            if job.paused:
                plan.put_back(tasks[job.record.id])
            else:
                self._record(job)
            plan.save_breaker()
            plan.read_page()
            self._context.report(progress_event(plan, clock.now() - run_started))

    def _record(self, job: Job) -> None:
        plan, started = self._plan, self._context.clock.now() - job.seconds
        error = job.failure.error if job.failure else None
        if error is not None and is_fatal(error):
            raise error
        if job.video is None:
            if error is not None:
                plan.fetch_failed(job.record, error, started)
            return
        record = plan.accept(job.record, job.video, started)
        if record is None:
            return
        plan.fetch_saved(record)
        if error is not None:
            plan.writing_failed(record, error, started)
        elif job.card is not None:
            plan.article_written(record, job.card, started)
