"""What a run is about: its lists, its open tasks, how each of its videos stands, and what a look at one means."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.batch.breaker import BLOCKED, LocalRequestGate, RequestGate
from pipeline.batch.list_reader import ListReader, in_date_range, may_match
from pipeline.batch.queue import QueuedVideo, VideoQueue
from pipeline.batch.retry_policy import count_attempt, status_after
from pipeline.errors import SourceBlocked, SourceUnreachable
from pipeline.events import ListRead, Reporter, VideoEnded, Waiting
from pipeline.types.article import SourceKind
from pipeline.types.batch import FINISHED, ONLINE, OPEN, ProcessingStage, StatusChange, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.batch.clock import Clock
    from pipeline.batch.steps import BatchSteps
    from pipeline.errors import PipelineError, SourceError
    from pipeline.settings import BatchSettings
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.article import ArticleCard, Video
    from pipeline.types.batch import BatchFilter, BreakerState, ListReference, VideoRecord


class BatchPlan:
    """Says what to do next, and takes what it came to; whoever does the work asks it."""

    def __init__(  # noqa: PLR0913, PLR0917 - its surroundings, each named
        self,
        state: LibraryDatabase,
        steps: BatchSteps,
        settings: BatchSettings,
        clock: Clock,
        report: Reporter,
        gate: Callable[[BreakerState, Callable[[], float]], RequestGate] = LocalRequestGate,
    ) -> None:
        """Nothing is read before `prepare`; `gate` is how YouTube is asked from here."""
        self.statuses: dict[str, VideoStatus] = {}
        """How each video of this run stands."""
        self.fetched = 0
        self.written = 0
        self.ended = 0
        """Videos that a writer made something of, or nothing."""
        self.stop_reason = ""
        """What made the run end before all was looked at; empty if nothing did."""
        self.agenda = VideoQueue()
        self.readings: list[ListReader] = []
        self._state, self._steps, self._settings, self._clock, self._report = state, steps, settings, clock, report
        self._gate_of = gate
        self._taken = 0
        self._spare: deque[str] = deque()

    def prepare(self, wanted: Sequence[ListReference], filters: BatchFilter, again: Sequence[VideoRecord]) -> None:
        """What the run is about: lists, and videos that are known already."""
        self._filters = filters
        self.gate = self._gate_of(self._state.breaker(), self._clock.now)
        self.readings = [
            ListReader(each, filters, self._state, self._steps.open_list, self._settings.known_in_a_row)
            for each in wanted
        ]
        closed = self.gate.wait() > 0
        known = [self._state.members(each.key) for each in wanted if closed and each.kind in ONLINE]
        for work in (*again, *chain.from_iterable(known)):
            self._enter(work)

    def next_task(self) -> QueuedVideo | None:
        """What can be done now; None if nothing can, or the order is only known when the lists are read."""
        if self._filters.newest_first and self.readable() is not None:
            return None
        return self.agenda.take(self._clock.now(), online=self.gate.wait() <= 0)

    def put_back(self, task: QueuedVideo) -> None:
        """A task that was taken and not done."""
        self.agenda.add(task)

    def finish(self) -> None:
        """End the lists that are still open, saying why."""
        for reading in self.readings:
            self._end(reading)

    # --- lists ---

    def read(self) -> None:
        """Read one page of a list, if one can be read now; raises what ends a run."""
        while self._spare and not self._full():
            self._enter(self.known(self._spare.popleft()))
        reading = self.readable()
        if reading is None:
            return
        rows, refused = reading.some(self._clock.now())
        for work in rows:
            self._enter(work)
        if refused is not None:
            self._refused(refused)
        if reading.ended:
            for work in self._state.members(reading.wanted.key) if reading.partial else ():
                self._enter(work)  # what stands further down than a channel was read may still be missing
            self._tell(reading)

    def readable(self) -> ListReader | None:
        """The list that can be read on now."""
        now, online = self._clock.now(), self.gate.wait() <= 0
        able = (r for r in self._unread() if r.not_before <= now and (online or not r.online))
        return next(able, None)

    def _enter(self, work: VideoRecord) -> None:
        """Take a video into the run, and onto the agenda if something is to be done for it."""
        if work.id in self.statuses or not may_match(self._filters, work.title, work.published):
            return
        if work.stage is not ProcessingStage.LISTED and not in_date_range(self._filters, work.published):
            return
        if self._full():
            self._spare.append(work.id)
            return
        self._taken += 1
        self.statuses[work.id] = work.status
        if self._due(work):
            self._add(work)

    def _full(self) -> bool:
        return self._filters.limit is not None and self._taken >= self._filters.limit

    def _due(self, work: VideoRecord) -> bool:
        recipe = self.recipe(work)
        if work.status in FINISHED:
            return work.recipe != recipe or not self._steps.has_article(work.folder)
        changed = work.reference.kind is SourceKind.FILE and work.recipe != recipe
        return work.status in OPEN or changed

    def recipe(self, work: VideoRecord) -> str:
        """What the article is made of and how; a caption file that was changed makes another."""
        return f"{self._steps.recipe}{work.reference.digest}"

    def _end(self, reading: ListReader) -> None:
        if reading.ended:
            return
        reading.leave("" if self._full() else self.stop_reason or reading.roll.reason or BLOCKED)
        if not reading.number:  # not even begun: what is known of it belongs to the account all the same
            for work in self._state.members(reading.wanted.key):
                self.statuses.setdefault(work.id, work.status)
        self._tell(reading)

    def _tell(self, reading: ListReader) -> None:
        roll = reading.roll
        self._report(ListRead(roll.title or roll.key, roll.listed, not reading.broken, roll.reason))

    # --- videos ---

    def _add(self, work: VideoRecord, rank: int = 0) -> None:
        if self._filters.newest_first:
            rank -= work.published.toordinal() if work.published else 0
        online = work.reference.kind is SourceKind.YOUTUBE and not self._steps.is_fetched(work.reference)
        self.agenda.add(QueuedVideo(work.id, online, rank, work.retry_at))

    def known(self, name: str) -> VideoRecord:
        """A video of this run, as the state knows it."""
        work = self._state.video(name)
        assert work is not None  # noqa: S101 - rows are never deleted
        return work

    def accept(self, work: VideoRecord, video: Video, begun: float) -> VideoRecord | None:
        """A video was fetched: its row, not yet kept; None if it is outside of the days that were asked for."""
        work = replace(
            work,
            title=work.title or video.title,
            published=video.published or work.published,
            stage=ProcessingStage.FETCHED,
        )
        if in_date_range(self._filters, work.published):
            return work
        self._taken -= 1
        self._close(work, StatusChange(VideoStatus.SKIPPED, reason=f"published on {work.published}"), begun)
        return None

    def keep(self, work: VideoRecord) -> None:
        """The captions of a video are on disk."""
        self._state.save(work)
        self.fetched += 1

    def failed(self, work: VideoRecord, error: PipelineError, begun: float) -> None:
        """A video was not fetched; it comes again when the error may pass."""
        now = self._clock.now()
        if not isinstance(error, SourceBlocked):
            attempts, days = count_attempt(work, now)
            work = replace(work, attempts=attempts, attempt_days=days)
        found = replace(status_after(error, work, now, self._clock.uniform()), recipe=self.recipe(work))
        work = self._close(work, found, begun)
        if work.status in OPEN:
            self._add(work, rank=1)

    def made(self, work: VideoRecord, card: ArticleCard, begun: float) -> None:
        """An article stands on disk."""
        work = replace(
            work,
            stage=ProcessingStage.WRITTEN,
            attempts=0,
            attempt_days=0,
            links_digest="",
            title=work.title or card.title,
        )
        status = VideoStatus.FLAWED if card.findings else VideoStatus.DONE
        self.written += 1
        self.ended += 1
        found = StatusChange(status, folder=card.folder, findings=card.findings, recipe=self.recipe(work))
        self._close(work, found, begun)

    def unwritten(self, work: VideoRecord, error: PipelineError, begun: float) -> None:
        """Captions came to no article; the next run looks again when the error may pass."""
        attempts, days = count_attempt(work, begun)
        work = replace(work, attempts=attempts, attempt_days=days)
        found = status_after(error, work, self._clock.now(), self._clock.uniform())
        self.ended += 1
        self._close(work, replace(found, recipe=self.recipe(work)), begun)

    def _close(self, work: VideoRecord, found: StatusChange, begun: float) -> VideoRecord:
        now = self._clock.now()
        work = self._state.record_attempt(work, found, now)
        self.statuses[work.id] = work.status
        self._report(VideoEnded(work.id, work.title, work.status, work.reason, now - begun))
        return work

    # --- when YouTube may be asked ---

    def answered(self) -> None:
        """YouTube answered a look."""
        self.gate.answered()
        self.keep_gate()

    def unanswered(self, error: PipelineError) -> None:
        """A look failed: what that says about the address and the network."""
        if isinstance(error, SourceBlocked):
            self._refused(error)
        else:
            self.gate.failed(unreached=isinstance(error, SourceUnreachable))

    def keep_gate(self) -> None:
        """Keep the breaker for the next run, if it moved."""
        if self._state.breaker() != self.gate.breaker:
            self._state.save_breaker(self.gate.breaker, self._clock.now())

    def wait(self) -> bool:
        """Wait until something can be done; False when there is nothing, or not soon enough."""
        now = self._clock.now()
        online_from = now + self.gate.wait()
        times = [max(r.not_before, online_from if r.online else 0.0) for r in self._unread()]
        task = self.agenda.next_time(online_from=online_from)
        times += [] if task is None else [task]
        if not times:
            return False
        pause = max(min(times) - now, 0.0)
        reason = self.gate.why()
        if pause > self._settings.patience_minutes * 60:
            self.stop_reason = reason
            return False
        self._report(Waiting(pause, reason))
        self._clock.sleep(pause)
        return True

    def _refused(self, error: SourceError) -> None:
        self.gate.refused(error)
        self.keep_gate()

    def _unread(self) -> list[ListReader]:
        return [] if self._full() else [reading for reading in self.readings if not reading.ended]
