"""Many videos of one library: batch, retry, repair, and what can be said about them."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codec
from pipeline.app.wiring import RateLimits, Tadwin, worker_app
from pipeline.batch.clock import Clock, StopSignal
from pipeline.batch.list_reader import may_match
from pipeline.batch.ray.cluster import absolute_settings, connect
from pipeline.batch.ray.driver import RayRunner
from pipeline.batch.ray.job import Job, SerializedError
from pipeline.batch.runner import LocalRunner
from pipeline.batch.steps import BatchSteps
from pipeline.errors import ArtifactCorrupt, NoLibrary, PipelineError
from pipeline.events import Reporter, silent
from pipeline.export import series
from pipeline.linking import RelatedFinder, series_positions
from pipeline.store import atomic, lock, naming
from pipeline.store.database import NAME, LibraryDatabase
from pipeline.store.library import SERIES, Library
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import FINISHED, BatchFilter, ProcessingStage, Series, SourceType, VideoRecord, VideoStatus
from pipeline.types.links import ArticleLinks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.batch.ray.cluster import Cluster
    from pipeline.batch.runner import BatchSummary
    from pipeline.ports import Writer
    from pipeline.settings import Settings
    from pipeline.types.article import ArticleCard
    from pipeline.types.batch import ListEntry, ListReference
    from pipeline.types.links import RelatedArticle

REPORT = "run-report.json"
"""The account of the last run, in the library's folder."""
_VERSION = 1
_TURN = 0.0005
"""Seconds after which a thread makes way: what fetches has little to compute, and answers should not wait for it."""
_UNKNOWN = "unknown"
"""What no digest of relations equals, so that they are written anew."""


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
        self._shelves, self._state = tadwin.shelves, state

    def entries(self, sources: Sequence[str], wish: BatchFilter) -> Iterator[tuple[ListEntry, VideoRecord | None]]:
        """What a run with these sources would look at, and what is known of it. Raises `PipelineError`."""
        for entry in islice(self._wanted(self._shelves.meant(sources), wish), wish.limit):
            yield entry, self._state.work(entry.reference.id) if self._state else None

    def _wanted(self, lists: Sequence[ListReference], wish: BatchFilter) -> Iterator[ListEntry]:
        """Each video once, however many lists it stands in."""
        seen: set[str] = set()
        for entry in (entry for each in lists for entry in self._read(each)):
            if entry.reference.id not in seen and may_match(wish, entry.title, entry.published):
                seen.add(entry.reference.id)
                yield entry

    def _read(self, wanted: ListReference) -> Iterator[ListEntry]:
        listing = self._shelves.open(wanted)
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
        self.tadwin = tadwin
        self._shelves = tadwin.shelves
        self._settings, self._report, self._world, self._cluster = settings, report, world, cluster
        self._library = Library(Path(settings.library.folder))
        self._batch: LocalRunner | RayRunner | None = None

    def understand(self, sources: Sequence[str]) -> tuple[ListReference, ...]:
        """The lists that were typed, each once; raises `UsageError` before anything is done."""
        return self._shelves.meant(sources)

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
            pages = () if summary.stopped else self._finish(wanted)
        except ArtifactCorrupt as error:  # said when all else is done
            damaged = error
        account = self._account(replace(summary, stopped=self.brake.pulled), pages)
        if damaged is not None:
            raise damaged
        return account

    def _executor(self) -> LocalRunner | RayRunner:
        steps = BatchSteps(
            listing=self._shelves.open,
            fetch=self.tadwin.fetch,
            write=self.tadwin.make,
            kept=self.tadwin.kept,
            there=self._library.there,
            recipe=self.tadwin.recipe,
        )
        around = self.state, steps, self._settings.batch, self._world, self.brake, self._report
        return LocalRunner(*around) if self._cluster is None else RayRunner(*around, self._cluster)

    def _finish(self, wanted: Sequence[ListReference]) -> tuple[Path, ...]:
        """Write what connects the articles, and the page of each list; the pages of those that were wanted."""
        damaged: list[ArtifactCorrupt] = []
        cards = self._library.cards(damaged.append)
        neighbours = RelatedFinder(cards)
        related = {card.folder: neighbours.of(card, self._settings.export.related) for card in cards}
        shelved = self._shelved()
        pages = {each.roll.key: self._page(shelf, each, related) for shelf, each in shelved}
        stand = series_positions((shelf.name, each) for shelf, each in shelved)
        self._settle({folder: ArticleLinks(found, stand.get(folder, ())) for folder, found in related.items()}, damaged)
        return tuple(pages[key] for key in [each.key for each in wanted] or pages if key in pages)

    def _shelved(self) -> tuple[tuple[Path, Series], ...]:
        """Every list that has a page, with its folder."""
        rolls = [roll for roll in self.state.rolls() if not roll.key.startswith(SourceType.VIDEO)]
        names_of = {roll.key: sha256(roll.key.encode()).hexdigest()[:12] for roll in rolls}
        return tuple(
            (
                self._library.shelf(names_of[roll.key], naming.folder_name(names_of[roll.key], roll.title)),
                Series(roll, self.state.members(roll.key)),
            )
            for roll in rolls
        )

    # --- what connects articles ---

    def _settle(self, ties: Mapping[str, ArticleLinks], damaged: list[ArtifactCorrupt]) -> None:
        """Write into articles what connects them, where that changed; the order of making them does not matter.

        Raises `ArtifactCorrupt` for the first that cannot be read, or was `damaged` before, after all others.
        """
        parcels = [
            Job(replace(work, related=mark), ties[work.folder])
            for work in self.state.works(FINISHED)
            if work.folder in ties and work.related != (mark := _mark(ties[work.folder]))
        ]
        for parcel in self._tied(parcels) if parcels else ():
            if self.brake.pulled:
                return
            error = parcel.failure.error if parcel is not None and parcel.failure is not None else None
            if isinstance(error, ArtifactCorrupt):
                damaged.append(error)
            elif error is not None:
                raise error
            elif parcel is not None:
                self.state.keep(parcel.work)
        if damaged:
            raise damaged[0]

    def _tied(self, parcels: Sequence[Job]) -> Iterator[Job | None]:
        """The parcels as their articles are written again, with the failure where one was not; None now and then."""
        if self._cluster is not None:
            yield from self._cluster.write(parcels)
            return
        for parcel in parcels:
            try:
                self.tadwin.tie(parcel.work.folder, parcel.ties or ArticleLinks())
            except PipelineError as error:
                yield replace(parcel, failure=SerializedError.of(error))
            else:
                yield parcel

    def _page(self, shelf: Path, shown: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> Path:
        files = {
            series.HTML: series.html(shown, related),
            series.MARKDOWN: series.markdown(shown, related),
            SERIES: codec.encode(replace(shown, works=tuple(map(_lasting, shown.works)))),
        }
        self._library.shelve(shelf, files)
        return shelf / series.HTML

    # --- the account ---

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
            "model": {step: codec.plain(used) for step, used in self.tadwin.meter.steps.items()},
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
        manners, cluster = RateLimits.of(settings, world), None
        if settings.batch.executor == "ray":
            cluster = stack.enter_context(connect(settings, state.breaker()))
            cluster.hire(partial(worker_app, absolute_settings(settings, folder.absolute()), writer))
            manners = RateLimits(cluster.turns, cluster.turns)
        tadwin = Tadwin(settings, report, writer=writer, manners=manners)
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


def repair(settings: Settings) -> tuple[int, int]:
    """Rebuild the state from articles and series pages; how many of each were found.

    The old file is kept beside. Raises `NoLibrary` and `LibraryLocked`.
    """
    folder = Path(settings.library.folder)
    library = Library(folder)
    if not folder.is_dir():
        message = f"{folder} holds no library"
        raise NoLibrary(message)
    with lock.library_lock(folder):
        atomic.sweep(folder)
        shelved, cards = library.shelved(), library.cards()
        works = {work.id: work for each in shelved for work in each.works}
        by_folder = {work.folder: work for work in reversed(works.values()) if work.folder}
        for card in cards:
            known = by_folder.get(card.folder)
            if known is not None or not card.id.startswith("file-"):
                works[known.id if known else card.id] = _made(card, known)
        _set_aside(folder)
        with LibraryDatabase(folder) as state:
            state.rebuild(works.values(), shelved)
        return len(cards), len(shelved)


def _set_aside(folder: Path) -> None:
    """Keep the old file under a name that is free; a file that is whole is not needed for rebuilding either."""
    free = next(n for n in range(1, 10_000) if not (folder / f"{NAME}.old-{n}").exists())
    for ending in ("", "-wal", "-shm"):
        path = folder / f"{NAME}{ending}"
        if path.exists():
            path.rename(folder / f"{NAME}.old-{free}{ending}")


def _mark(ties: ArticleLinks) -> str:
    return codec.digest(ties) if ties != ArticleLinks() else ""


def _made(card: ArticleCard, known: VideoRecord | None) -> VideoRecord:
    standing = VideoStatus.FLAWED if card.findings else VideoStatus.DONE
    work = known or VideoRecord(card.id, VideoReference(SourceKind.YOUTUBE, card.id), card.title)
    made = replace(work, stage=ProcessingStage.WRITTEN, standing=standing, folder=card.folder, findings=card.findings)
    return replace(made, recipe=card.recipe, related=_UNKNOWN)


def _lasting(work: VideoRecord) -> VideoRecord:
    """What of a row belongs on a series page: no times, so that the page only changes with what it shows."""
    return replace(work, looked=0.0, next_try=0.0, attempts=0, days=0, related="")


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
