"""A whole run: fetching in one thread, writing in another, and one account at the end."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.batch.clock import StopRequested
from pipeline.batch.fetcher import Fetcher
from pipeline.batch.plan import BatchPlan
from pipeline.batch.retry_policy import is_fatal
from pipeline.errors import PipelineError
from pipeline.events import BatchProgress, Reporter, silent
from pipeline.types.batch import FINISHED, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.batch.clock import Clock, StopSignal
    from pipeline.batch.steps import BatchSteps
    from pipeline.settings import BatchSettings
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.batch import BatchFilter, ListRecord, ListReference, VideoRecord

PARTIAL, BLOCKED, FAILED, INTERRUPTED = 3, 4, 1, 130
_GRACE = 3.0
"""Seconds that a request in hand gets to end when the run is stopped."""
_SLICE = 0.2
_ENOUGH = 3
"""Finished videos before the time left is estimated."""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run came to."""

    statuses: Mapping[str, VideoStatus]
    """How each video of the run stands."""
    lists: tuple[tuple[ListRecord, bool], ...]
    """Each list, and whether its reading broke off."""
    fetched: int
    """Videos whose captions were fetched in this run."""
    seconds: float
    stop_reason: str
    """What made it end before all was looked at; empty if nothing did."""
    stopped: bool

    @property
    def status_counts(self) -> tuple[tuple[VideoStatus, int], ...]:
        """How many videos of the run stand how, most first."""
        return count_statuses(self.statuses)

    @property
    def exit_code(self) -> int:
        """As the README lists them: a list that broke off makes a run partial, however many articles it has."""
        counts = dict(self.status_counts)
        made = sum(counts.get(status, 0) for status in FINISHED)
        missing = sum(counts.values()) - made - counts.get(VideoStatus.SKIPPED, 0)
        broken = [roll for roll, is_broken in self.lists if is_broken]
        if self.stopped:
            return INTERRUPTED
        if not missing and not broken:
            return 0
        if made:
            return PARTIAL
        return BLOCKED if counts.get(VideoStatus.BLOCKED) or "refuses" in self.stop_reason else FAILED


class LocalRunner:
    """Works through lists; one run a value."""

    def __init__(  # noqa: PLR0913, PLR0917 - its surroundings, each named
        self,
        state: LibraryDatabase,
        steps: BatchSteps,
        settings: BatchSettings,
        clock: Clock,
        stop_signal: StopSignal,
        report: Reporter = silent,
    ) -> None:
        """Nothing is done before `run`."""
        self._state, self._steps, self._clock, self._report = state, steps, clock, report
        self._stop_signal = stop_signal
        self._room = threading.Semaphore(max(settings.ahead, 1))
        self._out: queue.SimpleQueue[VideoRecord | BaseException | None] = (
            queue.SimpleQueue()
        )  # may be used in a signal
        self._plan = BatchPlan(state, steps, settings, clock, report)
        self._fetcher = Fetcher(self._plan, steps, clock, hand_over=self._hand_over, looks=settings.looks)
        self._begun = clock.now()

    def run(
        self, wanted: Sequence[ListReference], filters: BatchFilter, again: Sequence[VideoRecord] = ()
    ) -> BatchSummary:
        """Read the lists, fetch and write what is missing; `again` are known videos to look at as well.

        Expected failures of videos and lists are in the summary. Raises `StoreError`, `ConfigError` and
        `ModelUnusable`, since with them no video can be made; everything that was finished is kept.
        """
        self._begun = self._clock.now()
        self._state.handle_clock_change(self._begun)
        self._plan.prepare(wanted, filters, again)
        thread = threading.Thread(target=self._fetch_all, name="fetching", daemon=True)
        thread.start()
        try:
            self._write_all()
        except BaseException:
            self._stop_signal.request()  # nobody takes anything any more
            raise
        finally:
            self._await(thread)
        return self._summary()

    def _await(self, thread: threading.Thread) -> None:
        """Give a request in hand its grace, in slices: a signal is only heard between two waits."""
        end = time.monotonic() + _GRACE
        while thread.is_alive() and time.monotonic() < end:
            thread.join(_SLICE)

    def stop(self) -> None:
        """End soon: nothing new is begun, and a request in hand is dropped. Safe to call in a signal handler."""
        self._stop_signal.request()
        self._out.put(None)

    # --- the fetching thread ---

    def _fetch_all(self) -> None:
        try:
            self._fetcher.run()
            self._out.put(None)
        except StopRequested:
            self._out.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again in the other thread
            self._out.put(error)

    def _hand_over(self, work: VideoRecord) -> None:
        while not self._room.acquire(timeout=0.1):
            if self._stop_signal.requested:
                raise StopRequested
        if self._stop_signal.requested:
            raise StopRequested
        self._out.put(work)

    # --- the writing thread ---

    def _write_all(self) -> None:
        while (work := self._next()) is not None and not self._stop_signal.requested:
            if isinstance(work, BaseException):
                raise work
            self._write(work)
            self._room.release()
            self._tell()

    def _next(self) -> VideoRecord | BaseException | None:
        while True:
            try:
                return self._out.get(timeout=_SLICE)
            except queue.Empty:  # only to hear signals that another thread received
                continue

    def _write(self, work: VideoRecord) -> None:
        begun = self._clock.now()
        try:
            card = self._steps.make(work.reference)
        except PipelineError as error:
            if is_fatal(error):
                raise
            self._plan.unwritten(work, error, begun)
        else:
            self._plan.made(work, card, begun)

    # --- the account ---

    def _tell(self) -> None:
        self._report(progress_event(self._plan, self._clock.now() - self._begun))

    def _summary(self) -> BatchSummary:
        seconds = self._clock.now() - self._begun
        return summarize(self._plan, seconds, stopped=self._stop_signal.requested)


def progress_event(plan: BatchPlan, seconds: float) -> BatchProgress:
    """How far a run is that has taken so long."""
    left = len(plan.agenda)
    reading = [each for each in plan.readings if not each.ended]
    unread = sum(max((each.roll.announced or 0) - each.read, 0) for each in reading)
    return BatchProgress(
        listed=len(plan.statuses),
        fetched=plan.fetched,
        written=plan.written,
        left=left,
        reading=bool(reading),
        seconds_left=seconds_left(plan.ended, left + unread, seconds),
        status_counts=count_statuses(plan.statuses),
    )


def summarize(plan: BatchPlan, seconds: float, *, stopped: bool) -> BatchSummary:
    """What a run came to that took so long."""
    rolls = tuple((reading.roll, reading.broken) for reading in plan.readings)
    return BatchSummary(dict(plan.statuses), rolls, plan.fetched, seconds, plan.stop_reason, stopped)


def seconds_left(done: int, left: int, seconds: float) -> float | None:
    """What the rest takes if it takes as long for each video as those so far; None while too few are done."""
    return seconds / done * left if done >= _ENOUGH else None


def count_statuses(statuses: Mapping[str, VideoStatus]) -> tuple[tuple[VideoStatus, int], ...]:
    """How many videos stand how, most first."""
    return tuple(Counter(list(statuses.values())).most_common())
