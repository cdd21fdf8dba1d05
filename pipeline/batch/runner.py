"""A whole run on this machine: one thread fetches, another writes, and a summary at the end."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.batch.breaker import WaitReason
from pipeline.batch.clock import StopRequested
from pipeline.batch.fetcher import Fetcher
from pipeline.batch.plan import BatchPlan
from pipeline.batch.retry_policy import is_fatal
from pipeline.errors import PipelineError
from pipeline.events import BatchProgress
from pipeline.types.batch import FINISHED, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.batch.context import RunContext
    from pipeline.types.batch import BatchFilter, ListRecord, ListReference, VideoRecord

PARTIAL, BLOCKED, FAILED, INTERRUPTED = 3, 4, 1, 130
_GRACE_SECONDS = 2.0
"""How long a request under way may take to end after the run was asked to stop."""
_POLL_SECONDS = 0.2
_ENOUGH = 3
"""Finished videos before the remaining time is estimated."""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """The outcome of a run."""

    statuses: Mapping[str, VideoStatus]
    """By id, every video of the run."""
    lists: tuple[tuple[ListRecord, bool], ...]
    """Each list, and whether its reading broke off."""
    fetched: int
    """Videos whose captions were fetched in this run."""
    seconds: float
    stop_reason: WaitReason | None
    """Why it ended before all was done; None if all was."""
    stopped: bool
    """True if it was asked to stop."""

    @property
    def status_counts(self) -> tuple[tuple[VideoStatus, int], ...]:
        """Videos by status, most first."""
        return count_statuses(self.statuses)

    @property
    def exit_code(self) -> int:
        """As the README lists them: a list that broke off makes a run partial, however many articles it has."""
        counts = dict(self.status_counts)
        made = sum(counts.get(status, 0) for status in FINISHED)
        missing = sum(counts.values()) - made - counts.get(VideoStatus.SKIPPED, 0)
        if self.stopped:
            return INTERRUPTED
        if not missing and not any(broken for _, broken in self.lists):
            return 0
        if made:
            return PARTIAL
        blocked = counts.get(VideoStatus.BLOCKED) or self.stop_reason is WaitReason.BLOCKED
        return BLOCKED if blocked else FAILED


class LocalRunner:
    """Works through lists in this process; one run per instance."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._plan = BatchPlan(context)
        self._fetcher = Fetcher(context, self._plan, self._deliver)
        self._slots = threading.Semaphore(max(context.settings.ahead, 1))
        self._fetched: queue.SimpleQueue[VideoRecord | BaseException | None] = queue.SimpleQueue()

    def run(
        self, lists: Sequence[ListReference], filters: BatchFilter, retries: Sequence[VideoRecord] = ()
    ) -> BatchSummary:
        """Read the lists, fetch and write what is missing; `retries` are known videos to try as well.

        Expected failures of videos and lists are in the summary. Raises `StoreError`, `ConfigError` and
        `ModelUnusable`, since with them no video can be made; everything that was finished is kept.
        """
        now = self._context.clock.now
        started = now()
        self._context.database.handle_clock_change(started)
        self._plan.prepare(lists, filters, retries)
        fetching = threading.Thread(target=self._fetch_all, name="fetching", daemon=True)
        fetching.start()
        try:
            self._write_all(started)
        except StopRequested:  # in the middle of an article, which the next run makes
            pass
        except BaseException:
            self._context.stop_signal.request()  # nobody takes anything any more
            raise
        finally:
            fetching.join(self._context.stop_signal.seconds_left(_GRACE_SECONDS))
        return summarize(self._plan, now() - started, stopped=self._context.stop_signal.requested)

    # --- the fetching thread ---

    def _fetch_all(self) -> None:
        try:
            self._fetcher.run()
            self._fetched.put(None)
        except StopRequested:
            self._fetched.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again in the writing thread
            self._fetched.put(error)

    def _deliver(self, record: VideoRecord) -> None:
        """Hand a fetched video to the writing thread, once there is room."""
        while not self._slots.acquire(timeout=0.1):
            if self._context.stop_signal.requested:
                raise StopRequested
        if self._context.stop_signal.requested:
            raise StopRequested
        self._fetched.put(record)

    # --- the writing thread ---

    def _write_all(self, run_started: float) -> None:
        context, plan = self._context, self._plan
        while (record := self._next_fetched()) is not None:
            if isinstance(record, BaseException):
                raise record
            started = context.clock.now()
            try:
                card = context.steps.make(record.reference)
            except PipelineError as error:
                if is_fatal(error):
                    raise
                plan.writing_failed(record, error, started)
            else:
                plan.article_written(record, card, started)
            self._slots.release()
            context.report(progress_event(plan, context.clock.now() - run_started))

    def _next_fetched(self) -> VideoRecord | BaseException | None:
        while not self._context.stop_signal.requested:
            with contextlib.suppress(queue.Empty):
                return self._fetched.get(timeout=_POLL_SECONDS)
        return None


def progress_event(plan: BatchPlan, seconds: float) -> BatchProgress:
    """The progress of a run after so many seconds."""
    reading = [reader for reader in plan.readers if not reader.ended]
    unread = sum(max((reader.record.announced or 0) - reader.read_count, 0) for reader in reading)
    left = len(plan.queue)
    return BatchProgress(
        listed=len(plan.statuses),
        fetched=plan.fetched,
        written=plan.written,
        left=left,
        reading=bool(reading),
        seconds_left=seconds_left(plan.attempted, left + unread, seconds),
        status_counts=count_statuses(plan.statuses),
    )


def summarize(plan: BatchPlan, seconds: float, *, stopped: bool) -> BatchSummary:
    """The outcome of a run that took so long."""
    lists = tuple((reader.record, reader.broken) for reader in plan.readers)
    return BatchSummary(dict(plan.statuses), lists, plan.fetched, seconds, plan.stop_reason, stopped)


def seconds_left(done: int, left: int, seconds: float) -> float | None:
    """The remaining time, if each video takes as long as those so far; None while too few are done."""
    return seconds / done * left if done >= _ENOUGH else None


def count_statuses(statuses: Mapping[str, VideoStatus]) -> tuple[tuple[VideoStatus, int], ...]:
    """Videos by status, most first."""
    return tuple(Counter(list(statuses.values())).most_common())
