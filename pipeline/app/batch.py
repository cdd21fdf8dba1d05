"""Many videos of one library: batches, retries, previews, and the report of a run."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codec
from pipeline.app.breaker import still_open
from pipeline.app.links import LinkUpdater
from pipeline.app.wiring import RateLimits, Tadwin, make_worker
from pipeline.batch.clock import Clock, MonotonicClock, StopRequested, StopSignal
from pipeline.batch.context import BatchOperations, RunContext
from pipeline.batch.list_reader import may_match
from pipeline.batch.ray.cluster import absolute_settings, connect
from pipeline.batch.ray.driver import RayRunner
from pipeline.batch.runner import LocalRunner
from pipeline.errors import ArtifactCorrupt, NoLibrary
from pipeline.events import FileDamaged, Reporter, silent
from pipeline.store import atomic, lock
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import FINISHED, ONLINE, BatchFilter, BreakerState, VideoRecord, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.batch.ray.cluster import Cluster
    from pipeline.batch.runner import BatchSummary
    from pipeline.ports import Writer
    from pipeline.settings import Settings
    from pipeline.types.batch import ListEntry, ListReference

REPORT = "run-report.json"
"""The report of the last run, in the library's folder."""
_VERSION = 1
_SWITCH_SECONDS = 0.0005
"""Seconds after which a thread makes way: fetching computes little, and answers should not wait for it."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What a run came to, and where that can be read."""

    summary: BatchSummary
    record: Mapping[str, Any]
    """The content of `run-report.json`."""
    pages: tuple[Path, ...]
    """Series pages."""


class BatchPreview:
    """What lists hold; made by `open_preview`."""

    def __init__(self, tadwin: Tadwin, database: LibraryDatabase | None) -> None:
        self._inputs, self._database = tadwin.inputs, database

    def entries(self, sources: Sequence[str], filters: BatchFilter) -> Iterator[tuple[ListEntry, VideoRecord | None]]:
        """What a run with these sources would look at, and what is known of it. Raises `PipelineError`."""
        for entry in islice(self._wanted(self._inputs.resolve_all(sources), filters), filters.limit):
            yield entry, self._database.video(entry.reference.id) if self._database else None

    def _wanted(self, lists: Sequence[ListReference], filters: BatchFilter) -> Iterator[ListEntry]:
        """Each video once, however many lists it stands in."""
        seen: set[str] = set()
        for entry in (entry for each in lists for entry in self._read(each)):
            if entry.reference.id not in seen and may_match(filters, entry.title, entry.published):
                seen.add(entry.reference.id)
                yield entry

    def _read(self, wanted: ListReference) -> Iterator[ListEntry]:
        breaker = self._database.breaker() if self._database else BreakerState()
        if wanted.kind in ONLINE and (wait := breaker.open_until - MonotonicClock()()) > 0:
            raise still_open(wanted.id, wait)
        listing = self._inputs.open(wanted)
        try:
            yield from listing
        finally:
            listing.close()


class LibrarySession:
    """Works on a library that is locked for it; made by `open_session`."""

    def __init__(  # noqa: PLR0913 - its surroundings, each named
        self,
        settings: Settings,
        database: LibraryDatabase,
        tadwin: Tadwin,
        *,
        report: Reporter,
        clock: Clock,
        stop_signal: StopSignal,
        cluster: Cluster | None,
    ) -> None:
        self.database = database
        self.stop_signal = stop_signal
        self._tadwin = tadwin
        self._settings, self._report, self._clock, self._cluster = settings, report, clock, cluster

    def resolve(self, sources: Sequence[str]) -> tuple[ListReference, ...]:
        """The lists that were typed, each once; raises `UsageError` before anything is done."""
        return self._tadwin.inputs.resolve_all(sources)

    def batch(self, wanted: Sequence[ListReference], filters: BatchFilter) -> BatchReport:
        """Do what is missing in these lists. Raises `StoreError` and `ConfigError`; what was finished is kept."""
        return self._work(wanted, filters, ())

    def retry(self, statuses: Sequence[VideoStatus]) -> BatchReport:
        """Try every known video with one of these statuses again, now; of the flawed, those that a model failed."""
        videos = tuple(
            replace(video, attempts=0, attempt_days=0)
            if video.status is VideoStatus.FLAWED
            else replace(video, retry_at=0.0, status=VideoStatus.RETRY)
            for video in self.database.videos(statuses)
            if video.status is not VideoStatus.FLAWED or video.cause
        )
        for video in videos:
            self.database.save(video)
        return self._work((), BatchFilter(), videos)

    def _work(self, wanted: Sequence[ListReference], filters: BatchFilter, again: Sequence[VideoRecord]) -> BatchReport:
        summary = self._executor().run(wanted, filters, again)
        pages: tuple[Path, ...] = ()
        damaged: ArtifactCorrupt | None = None
        try:
            if not summary.stopped:
                updater = LinkUpdater(self._tadwin.pipeline, self.database, self.stop_signal, self._cluster)
                pages = updater.update(wanted)
        except ArtifactCorrupt as error:  # said when all else is done
            damaged = error
        except StopRequested:  # the next run sets the links that are missing
            pass
        report = self._report_run(replace(summary, stopped=self.stop_signal.requested), pages)
        if damaged is not None:
            raise damaged
        return report

    def _executor(self) -> LocalRunner | RayRunner:
        pipeline = self._tadwin.pipeline
        steps = BatchOperations(
            open_list=self._tadwin.inputs.open,
            fetch=pipeline.fetch,
            make=pipeline.make,
            is_fetched=pipeline.is_fetched,
            has_article=self._has_article,
            recipe=pipeline.recipe,
        )
        context = RunContext(self.database, steps, self._settings.batch, self._clock, self.stop_signal, self._report)
        return LocalRunner(context) if self._cluster is None else RayRunner(context, self._cluster)

    def _has_article(self, folder: str) -> bool:
        damaged = self._tadwin.pipeline.library.damaged_files(folder)
        for path in damaged:
            self._report(FileDamaged(str(path), "is damaged or was changed" if path.exists() else "is missing"))
        return not damaged

    def _report_run(self, summary: BatchSummary, pages: tuple[Path, ...]) -> BatchReport:
        """Write `run-report.json`."""
        made = {*FINISHED, VideoStatus.SKIPPED}
        missing = [self.database.video(name) for name, status in summary.statuses.items() if status not in made]
        record = {
            "version": _VERSION,
            "finished": utc_timestamp(self._clock.now()),
            "seconds": round(summary.seconds, 3),
            "exit_code": summary.exit_code,
            "stopped": summary.stopped,
            "stop_reason": summary.stop_reason or "",
            "blocked_until": utc_timestamp(open_until) if (open_until := self.database.breaker().open_until) else "",
            "fetched": summary.fetched,
            "model": {step: codec.plain(used) for step, used in self._tadwin.usage.steps.items()},
            "videos": dict(summary.status_counts),
            "lists": [
                {**codec.plain(listed), "read": "broken off" if broken else "as far as asked for"}
                for listed, broken in summary.lists
            ],
            "missing": [describe_missing(video) for video in missing if video is not None],
        }
        path = Path(self._settings.library.folder) / REPORT
        atomic.write(path, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
        return BatchReport(summary, record, pages)


@contextmanager
def open_session(
    settings: Settings,
    report: Reporter = silent,
    *,
    stop_signal: StopSignal | None = None,
    clock: Clock | None = None,
    writer: Writer | None = None,
) -> Iterator[LibrarySession]:
    """A session on the settings' library, which no other process works on inside the block.

    What a killed run left half done is removed first. Raises `LibraryLocked`, `StateDamaged`, `NotWritable`, `NoSpace`
    or `StoreError`.
    """
    folder = Path(settings.library.folder)
    stop_signal = stop_signal or StopSignal()
    clock = clock or Clock(sleep=stop_signal.sleep)
    with lock.library_lock(folder), ExitStack() as stack:
        atomic.sweep(folder)
        sys.setswitchinterval(_SWITCH_SECONDS)
        database = stack.enter_context(LibraryDatabase(folder))
        limits, cluster = RateLimits.of(settings, clock), None
        if settings.batch.executor == "ray":
            make_tools = partial(make_worker, absolute_settings(settings, folder.absolute()), writer)
            cluster = stack.enter_context(connect(settings, database.breaker(), make_tools))
            limits = RateLimits(cluster.turns, cluster.turns)
        tadwin = Tadwin(settings, report, writer=writer, limits=limits, sleep=clock.sleep)
        yield LibrarySession(
            settings, database, tadwin, report=report, clock=clock, stop_signal=stop_signal, cluster=cluster
        )


@contextmanager
def open_preview(settings: Settings, report: Reporter = silent) -> Iterator[BatchPreview]:
    """What a run would do, without a lock and without a change."""
    try:
        database = LibraryDatabase(Path(settings.library.folder), read_only=True)
    except NoLibrary:
        database = None
    try:
        yield BatchPreview(Tadwin(settings, report), database)
    finally:
        if database is not None:
            database.close()


def describe_missing(video: VideoRecord) -> dict[str, Any]:
    """A video that has no article yet, for a report."""
    return {
        "id": video.id,
        "title": video.title,
        "status": video.status,
        "cause": video.cause,
        "reason": video.reason,
        "hint": video.hint,
        "attempts": video.attempts,
        "retry_at": utc_timestamp(video.retry_at) if video.retry_at else "",
    }


def utc_timestamp(seconds: float) -> str:
    """A time in UTC as ISO 8601, to the second."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
