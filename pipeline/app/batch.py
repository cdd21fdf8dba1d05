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
from pipeline.app.links import LinkUpdater
from pipeline.app.wiring import RateLimits, Tadwin, make_worker
from pipeline.batch.clock import Clock, StopSignal
from pipeline.batch.list_reader import may_match
from pipeline.batch.ray.cluster import absolute_settings, connect
from pipeline.batch.ray.driver import RayRunner
from pipeline.batch.runner import LocalRunner
from pipeline.batch.steps import BatchSteps
from pipeline.errors import ArtifactCorrupt, NoLibrary
from pipeline.events import Reporter, silent
from pipeline.store import atomic, lock
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import FINISHED, BatchFilter, VideoRecord, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.batch.ray.cluster import Cluster
    from pipeline.batch.runner import BatchSummary
    from pipeline.ports import Writer
    from pipeline.settings import Settings
    from pipeline.types.batch import ListEntry, ListReference

REPORT = "run-report.json"
"""The account of the last run, in the library's folder."""
_VERSION = 1
_TURN = 0.0005
"""Seconds after which a thread makes way: what fetches has little to compute, and answers should not wait for it."""


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

    def __init__(self, tadwin: Tadwin, state: LibraryDatabase | None) -> None:
        """Use `open_preview` instead."""
        self._inputs, self._state = tadwin.inputs, state

    def entries(self, sources: Sequence[str], wish: BatchFilter) -> Iterator[tuple[ListEntry, VideoRecord | None]]:
        """What a run with these sources would look at, and what is known of it. Raises `PipelineError`."""
        for entry in islice(self._wanted(self._inputs.meant(sources), wish), wish.limit):
            yield entry, self._state.work(entry.reference.id) if self._state else None

    def _wanted(self, lists: Sequence[ListReference], wish: BatchFilter) -> Iterator[ListEntry]:
        """Each video once, however many lists it stands in."""
        seen: set[str] = set()
        for entry in (entry for each in lists for entry in self._read(each)):
            if entry.reference.id not in seen and may_match(wish, entry.title, entry.published):
                seen.add(entry.reference.id)
                yield entry

    def _read(self, wanted: ListReference) -> Iterator[ListEntry]:
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
        state: LibraryDatabase,
        tadwin: Tadwin,
        *,
        report: Reporter,
        world: Clock,
        brake: StopSignal,
        cluster: Cluster | None,
    ) -> None:
        """Use `open_session` instead."""
        self.state = state
        self.brake = brake
        self._tadwin = tadwin
        self._settings, self._report, self._world, self._cluster = settings, report, world, cluster
        self._batch: LocalRunner | RayRunner | None = None

    def understand(self, sources: Sequence[str]) -> tuple[ListReference, ...]:
        """The lists that were typed, each once; raises `UsageError` before anything is done."""
        return self._tadwin.inputs.meant(sources)

    def batch(self, wanted: Sequence[ListReference], wish: BatchFilter) -> BatchReport:
        """Do what is missing in these lists. Raises `StoreError` and `ConfigError`; what was finished is kept."""
        return self._work(wanted, wish, ())

    def retry(self, standings: Sequence[VideoStatus]) -> BatchReport:
        """Look at once again at every known video that stands so."""
        works = tuple(replace(work, next_try=0.0, standing=VideoStatus.RETRY) for work in self.state.works(standings))
        for work in works:
            self.state.keep(work)
        return self._work((), BatchFilter(), works)

    def stop(self) -> None:
        """End the run soon; safe in a signal handler."""
        self.brake.pull()
        if self._batch is not None:
            self._batch.stop()

    def _work(self, wanted: Sequence[ListReference], wish: BatchFilter, again: Sequence[VideoRecord]) -> BatchReport:
        self._batch = self._executor()
        summary = self._batch.run(wanted, wish, again)
        pages: tuple[Path, ...] = ()
        damaged: ArtifactCorrupt | None = None
        try:
            if not summary.stopped:
                pages = LinkUpdater(self._tadwin.pipeline, self.state, self.brake, self._cluster).update(wanted)
        except ArtifactCorrupt as error:  # said when all else is done
            damaged = error
        account = self._account(replace(summary, stopped=self.brake.pulled), pages)
        if damaged is not None:
            raise damaged
        return account

    def _executor(self) -> LocalRunner | RayRunner:
        pipeline = self._tadwin.pipeline
        steps = BatchSteps(
            listing=self._tadwin.inputs.open,
            fetch=pipeline.fetch,
            write=pipeline.make,
            kept=pipeline.is_fetched,
            there=pipeline.library.there,
            recipe=pipeline.recipe,
        )
        around = self.state, steps, self._settings.batch, self._world, self.brake, self._report
        return LocalRunner(*around) if self._cluster is None else RayRunner(*around, self._cluster)

    def _account(self, summary: BatchSummary, pages: tuple[Path, ...]) -> BatchReport:
        missing = [
            name for name, standing in summary.videos.items() if standing not in {*FINISHED, VideoStatus.SKIPPED}
        ]
        works = [work for name in missing if (work := self.state.work(name)) is not None]
        record = {
            "version": _VERSION,
            "finished": utc_timestamp(self._world.now()),
            "seconds": round(summary.seconds, 3),
            "exit_code": summary.exit_code,
            "stopped": summary.stopped,
            "why_ended": summary.why_ended,
            "fetched": summary.asked,
            "model": {step: codec.plain(used) for step, used in self._tadwin.usage.steps.items()},
            "videos": dict(summary.standings),
            "lists": [
                {**codec.plain(roll), "read": "broken off" if broken else "as far as asked for"}
                for roll, broken in summary.rolls
            ],
            "missing": [describe_missing(work) for work in works],
        }
        path = Path(self._settings.library.folder) / REPORT
        atomic.write(path, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
        return BatchReport(summary, record, pages)


@contextmanager
def open_session(
    settings: Settings,
    report: Reporter = silent,
    *,
    brake: StopSignal | None = None,
    world: Clock | None = None,
    writer: Writer | None = None,
) -> Iterator[LibrarySession]:
    """A workshop on the settings' library, which nobody else works on inside the block.

    Raises `LibraryLocked`, `StateDamaged`, `NotWritable`, `NoSpace` or `StoreError`. What a killed run left half done
    is removed first.
    """
    folder = Path(settings.library.folder)
    brake = brake or StopSignal()
    world = world or Clock(sleep=brake.sleep)
    with lock.library_lock(folder), ExitStack() as stack:
        atomic.sweep(folder)
        sys.setswitchinterval(_TURN)
        state = stack.enter_context(LibraryDatabase(folder))
        limits, cluster = RateLimits.of(settings, world), None
        if settings.batch.executor == "ray":
            cluster = stack.enter_context(connect(settings, state.breaker()))
            cluster.hire(partial(make_worker, absolute_settings(settings, folder.absolute()), writer))
            limits = RateLimits(cluster.turns, cluster.turns)
        tadwin = Tadwin(settings, report, writer=writer, limits=limits)
        yield LibrarySession(settings, state, tadwin, report=report, world=world, brake=brake, cluster=cluster)


@contextmanager
def open_preview(settings: Settings) -> Iterator[BatchPreview]:
    """What a run would do, without a lock and without a change."""
    try:
        state = LibraryDatabase(Path(settings.library.folder), look_only=True)
    except NoLibrary:
        state = None
    try:
        yield BatchPreview(Tadwin(settings), state)
    finally:
        if state is not None:
            state.close()


def describe_missing(work: VideoRecord) -> dict[str, Any]:
    """A video that has no article yet, for a report."""
    return {
        "id": work.id,
        "title": work.title,
        "standing": work.standing,
        "cause": work.cause,
        "reason": work.reason,
        "hint": work.hint,
        "attempts": work.attempts,
        "next_try": utc_timestamp(work.next_try) if work.next_try else "",
    }


def utc_timestamp(seconds: float) -> str:
    """A time in UTC as ISO 8601, to the second."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
