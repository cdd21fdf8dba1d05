"""The plan of a run: its lists, its open videos, the status of each, and the next thing to do."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.batch.breaker import LocalRequestGate, RequestGate, WaitReason
from pipeline.batch.list_reader import ListReader, in_date_range, may_match
from pipeline.batch.queue import QueuedVideo, VideoQueue
from pipeline.batch.retry_policy import count_attempt, flawed_by_model, is_settled, status_after
from pipeline.errors import RepliesUseless, SourceBlocked, SourceError, SourceUnreachable
from pipeline.events import ListRead, VideoEnded, Waiting
from pipeline.types.batch import FINISHED, ONLINE, OPEN, ProcessingStage, StatusChange, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.batch.context import RunContext
    from pipeline.errors import PipelineError
    from pipeline.types.article import ArticleCard, Video
    from pipeline.types.batch import BatchFilter, ListReference, VideoRecord


class BatchPlan:
    """Says what to do next, and records what came of it; shared by the fetching and the writing thread."""

    def __init__(self, context: RunContext, gate: RequestGate | None = None) -> None:
        """Without a `gate`, this process asks YouTube alone, and goes on from the breaker of the last run."""
        self.statuses: dict[str, VideoStatus] = {}
        """By id, every video of this run."""
        self.fetched = 0
        self.written = 0
        self.attempted = 0
        """Videos that reached the writer, whether an article came of it or not."""
        self.stop_reason: WaitReason | None = None
        """Why the run ends before all is done; None if all is."""
        self.queue = VideoQueue()
        self.readers: list[ListReader] = []
        self._database, self._steps, self._settings = context.database, context.steps, context.settings
        self._clock, self._report = context.clock, context.report
        self._shared_gate = gate
        self._admitted = 0
        self._over_limit: deque[str] = deque()

    def prepare(self, lists: Sequence[ListReference], filters: BatchFilter, retries: Sequence[VideoRecord]) -> None:
        """Begin a run over these lists, and over videos that are known already."""
        self._filters = filters
        self.gate = self._shared_gate or LocalRequestGate(self._database.breaker(), self._clock.now)
        self.readers = [
            ListReader(each, filters, self._database, self._steps.open_list, self._settings.known_in_a_row)
            for each in lists
        ]
        closed = self.gate.wait_time() > 0
        known = [self._database.members(each.key) for each in lists if closed and each.kind in ONLINE]
        for record in (*retries, *chain.from_iterable(known)):
            self._admit(record)

    def next_task(self) -> QueuedVideo | None:
        """A video that can be fetched now; None if there is none, or while lists are read that decide the order."""
        if self._filters.newest_first and self.readable_list() is not None:
            return None
        return self.queue.take(self._clock.now(), online=self.gate.wait_time() <= 0)

    def put_back(self, task: QueuedVideo) -> None:
        """Queue a video again that was taken and not fetched."""
        self.queue.add(task)

    def record(self, name: str) -> VideoRecord:
        """A video of this run, by its id."""
        record = self._database.video(name)
        assert record is not None  # noqa: S101 - rows are never deleted
        return record

    def wait(self) -> bool:
        """Wait until something can be done; False when nothing is left, or nothing is due soon enough."""
        now = self._clock.now()
        online_from = now + self.gate.wait_time()
        times = [max(reader.not_before, online_from if reader.online else 0.0) for reader in self._unread()]
        next_video = self.queue.next_time(online_from=online_from)
        times += [] if next_video is None else [next_video]
        if not times:
            return False
        pause = max(min(times) - now, 0.0)
        reason = self.gate.wait_reason()
        failures = [reader.record.reason for reader in self._unread() if reader.record.reason]
        only_lists = reason is WaitReason.LATER and next_video is None and bool(failures)
        if pause > self._settings.patience_minutes * 60:
            self.stop_reason = WaitReason.LISTS if only_lists else reason
            return False
        self._report(Waiting(pause, failures[0] if only_lists else reason))
        self._clock.sleep(pause)
        return True

    def finish(self) -> None:
        """End the lists that were not read to their end, and say why."""
        for reader in self.readers:
            if reader.ended:
                continue
            reader.stop("" if self._full() else str(reader.record.reason or self.stop_reason or WaitReason.BLOCKED))
            if not reader.number:  # never begun: what is known of it still belongs to the summary
                for record in self._database.members(reader.reference.key):
                    self.statuses.setdefault(record.id, record.status)
            self._report_list(reader)

    # --- lists ---

    def read_page(self) -> None:
        """Read one page of a list, if one can be read now; raises the errors that end a run."""
        while self._over_limit and not self._full():
            self._admit(self.record(self._over_limit.popleft()))
        reader = self.readable_list()
        if reader is None:
            return
        records, refusal = reader.read_page(self._clock.now())
        for record in records:
            self._admit(record)
        if refusal is not None:
            self._source_refused(refusal)
        if reader.ended:
            for record in self._database.members(reader.reference.key) if reader.partial else ():
                self._admit(record)  # videos further down than a channel was read may still be open
            self._report_list(reader)

    def readable_list(self) -> ListReader | None:
        """The first list that can be read on now."""
        now, online = self._clock.now(), self.gate.wait_time() <= 0
        readable = (each for each in self._unread() if each.not_before <= now and (online or not each.online))
        return next(readable, None)

    def _unread(self) -> list[ListReader]:
        return [] if self._full() else [reader for reader in self.readers if not reader.ended]

    def _full(self) -> bool:
        return self._filters.limit is not None and self._admitted >= self._filters.limit

    def _admit(self, record: VideoRecord) -> None:
        """Take a video into the run if it passes the filters, and queue it if there is anything to do for it."""
        if record.id in self.statuses or not may_match(self._filters, record.title, record.published):
            return
        if record.stage is not ProcessingStage.LISTED and not in_date_range(self._filters, record.published):
            return
        if self._full():
            self._over_limit.append(record.id)
            return
        self._admitted += 1
        self.statuses[record.id] = record.status
        if self._is_due(record):
            # One that was not tried yet tells better whether YouTube answers.
            failed = record.status in {VideoStatus.RETRY, VideoStatus.BLOCKED}
            self._enqueue(record, rank=int(failed))

    def _is_due(self, record: VideoRecord) -> bool:
        changed = record.recipe != self._recipe(record)
        if record.status in FINISHED:
            anew = bool(record.cause) and not is_settled(record)  # a model failed it
            return changed or anew or not self._steps.has_article(record.folder)
        return record.status in OPEN or (changed and not record.reference.kind.is_online)

    def _recipe(self, record: VideoRecord) -> str:
        """Digest of what its article is made of and how; it changes with the content of a caption file."""
        return f"{self._steps.recipe}{record.reference.digest}"

    def _enqueue(self, record: VideoRecord, rank: int = 0) -> None:
        if self._filters.newest_first:
            rank -= record.published.toordinal() if record.published else 0
        online = record.reference.kind.is_online and not self._steps.is_fetched(record.reference)
        self.queue.add(QueuedVideo(record.id, online, rank, record.retry_at))

    def _report_list(self, reader: ListReader) -> None:
        record = reader.record
        self._report(ListRead(record.title or record.key, record.listed, not reader.broken, record.reason))

    # --- videos: fetched in one thread, written in another ---

    def accept(self, record: VideoRecord, video: Video, started: float) -> VideoRecord | None:
        """The record of a video that was fetched, not yet stored; None if the video is outside of the date range."""
        record = replace(
            record,
            title=record.title or video.title,
            published=video.published or record.published,
            stage=ProcessingStage.FETCHED,
        )
        if in_date_range(self._filters, record.published):
            return record
        self._admitted -= 1
        self._store(record, StatusChange(VideoStatus.SKIPPED, reason=f"published on {record.published}"), started)
        return None

    def fetch_saved(self, record: VideoRecord) -> None:
        """Store the record of a video whose captions are on disk."""
        self._database.save(record)
        self.fetched += 1

    def fetch_failed(self, record: VideoRecord, error: PipelineError, started: float) -> None:
        """Record a failed fetch; the video is queued again if the error may pass."""
        now = self._clock.now()
        if not isinstance(error, SourceBlocked):
            record = count_attempt(record, now)
        change = status_after(error, record, now, self._clock.uniform())
        record = self._store(record, replace(change, recipe=self._recipe(record)), started)
        if record.status in OPEN:
            self._enqueue(record, rank=1)

    def article_written(self, record: VideoRecord, card: ArticleCard, started: float) -> None:
        """Record an article that is on disk."""
        record = replace(record, title=record.title or card.title, stage=ProcessingStage.WRITTEN, links_digest="")
        change = StatusChange(VideoStatus.FLAWED if card.findings else VideoStatus.DONE)
        if card.shortfall:
            record = count_attempt(record, started)
            change = flawed_by_model(RepliesUseless(card.shortfall))
        else:
            record = replace(record, attempts=0, attempt_days=0)
        self.written += 1
        self.attempted += 1
        change = replace(change, folder=card.folder, findings=card.findings, recipe=self._recipe(record))
        self._store(record, change, started)

    def writing_failed(self, record: VideoRecord, error: PipelineError, started: float) -> None:
        """Record that captions came to no article; the next run tries again if the error may pass."""
        record = count_attempt(record, started)
        change = status_after(error, record, self._clock.now(), self._clock.uniform())
        self.attempted += 1
        self._store(record, replace(change, recipe=self._recipe(record)), started)

    def _store(self, record: VideoRecord, change: StatusChange, started: float) -> VideoRecord:
        now = self._clock.now()
        record = self._database.record_attempt(record, change, now)
        self.statuses[record.id] = record.status
        self._report(VideoEnded(record.id, record.title, record.status, record.reason, now - started))
        return record

    # --- when YouTube may be asked ---

    def source_answered(self) -> None:
        """Record that YouTube answered."""
        self.gate.record_answer()
        self.save_breaker()

    def source_failed(self, error: PipelineError) -> None:
        """Record what a failed fetch says about the address and the network."""
        if isinstance(error, SourceError) and error.refusals:
            self._source_refused(error)
        else:
            self.gate.record_failure(unreachable=isinstance(error, SourceUnreachable))

    def save_breaker(self) -> None:
        """Store the breaker for the next run, if it changed."""
        if self._database.breaker() != self.gate.breaker:
            self._database.save_breaker(self.gate.breaker, self._clock.now())

    def _source_refused(self, error: SourceError) -> None:
        self.gate.record_refusal(error)
        self.save_breaker()
