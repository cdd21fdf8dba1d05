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
from pipeline.app import Manners, Tadwin, hired
from pipeline.batch.cluster import at, joined
from pipeline.batch.failure import Failure
from pipeline.batch.parcel import Parcel
from pipeline.batch.reading import fits
from pipeline.batch.runner import Batch
from pipeline.batch.steps import Steps
from pipeline.batch.waves import Waves
from pipeline.batch.world import Brake, World
from pipeline.errors import ArtifactCorrupt, NoLibrary, PipelineError
from pipeline.events import Reporter, silent
from pipeline.export import series
from pipeline.series import MADE, Series, Shelf, Stage, Standing, Wish, Work
from pipeline.stages.place import places
from pipeline.stages.relate import Neighbours
from pipeline.store import atomic, lock
from pipeline.store.library import SERIES, Library
from pipeline.store.state import NAME, State
from pipeline.text import names
from pipeline.ties import Ties
from pipeline.types import Kind, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.batch.cluster import Cluster
    from pipeline.batch.runner import Summary
    from pipeline.ports import Writer
    from pipeline.series import Entry, ListReference
    from pipeline.settings import Settings
    from pipeline.ties import Related
    from pipeline.types import Card

REPORT = "run-report.json"
"""The account of the last run, in the library's folder."""
_VERSION = 1
_TURN = 0.0005
"""Seconds after which a thread makes way: what fetches has little to compute, and answers should not wait for it."""
_UNKNOWN = "unknown"
"""What no digest of relations equals, so that they are written anew."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a run came to, and where that can be read."""

    summary: Summary
    record: Mapping[str, Any]
    """The content of `run-report.json`."""
    pages: tuple[Path, ...]
    """Series pages."""


class Preview:
    """What lists hold; made by `looking`."""

    def __init__(self, tadwin: Tadwin, state: State | None) -> None:
        """Use `looking` instead."""
        self._shelves, self._state = tadwin.shelves, state

    def entries(self, sources: Sequence[str], wish: Wish) -> Iterator[tuple[Entry, Work | None]]:
        """What a run with these sources would look at, and what is known of it. Raises `PipelineError`."""
        for entry in islice(self._wanted(self._shelves.meant(sources), wish), wish.limit):
            yield entry, self._state.work(entry.reference.id) if self._state else None

    def _wanted(self, lists: Sequence[ListReference], wish: Wish) -> Iterator[Entry]:
        """Each video once, however many lists it stands in."""
        seen: set[str] = set()
        for entry in (entry for each in lists for entry in self._read(each)):
            if entry.reference.id not in seen and fits(wish, entry.title, entry.published):
                seen.add(entry.reference.id)
                yield entry

    def _read(self, wanted: ListReference) -> Iterator[Entry]:
        listing = self._shelves.open(wanted)
        try:
            yield from listing
        finally:
            listing.close()


class Workshop:
    """Works on a library that is locked for it; made by `opened`."""

    def __init__(  # noqa: PLR0913 - its surroundings, each named
        self,
        settings: Settings,
        state: State,
        tadwin: Tadwin,
        *,
        report: Reporter,
        world: World,
        brake: Brake,
        cluster: Cluster | None,
    ) -> None:
        """Use `opened` instead."""
        self.state = state
        self.brake = brake
        self.tadwin = tadwin
        self._shelves = tadwin.shelves
        self._settings, self._report, self._world, self._cluster = settings, report, world, cluster
        self._library = Library(Path(settings.library.folder))
        self._batch: Batch | Waves | None = None

    def understand(self, sources: Sequence[str]) -> tuple[ListReference, ...]:
        """The lists that were typed, each once; raises `UsageError` before anything is done."""
        return self._shelves.meant(sources)

    def batch(self, wanted: Sequence[ListReference], wish: Wish) -> Account:
        """Do what is missing in these lists. Raises `StoreError` and `ConfigError`; what was finished is kept."""
        return self._work(wanted, wish, ())

    def retry(self, standings: Sequence[Standing]) -> Account:
        """Look at once again at every known video that stands so."""
        works = tuple(replace(work, next_try=0.0, standing=Standing.RETRY) for work in self.state.works(standings))
        for work in works:
            self.state.keep(work)
        return self._work((), Wish(), works)

    def stop(self) -> None:
        """End the run soon; safe in a signal handler."""
        self.brake.pull()
        if self._batch is not None:
            self._batch.stop()

    def _work(self, wanted: Sequence[ListReference], wish: Wish, again: Sequence[Work]) -> Account:
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

    def _executor(self) -> Batch | Waves:
        steps = Steps(
            listing=self._shelves.open,
            fetch=self.tadwin.fetch,
            write=self.tadwin.make,
            kept=self.tadwin.kept,
            there=self._library.there,
            recipe=self.tadwin.recipe,
        )
        around = self.state, steps, self._settings.batch, self._world, self.brake, self._report
        return Batch(*around) if self._cluster is None else Waves(*around, self._cluster)

    def _finish(self, wanted: Sequence[ListReference]) -> tuple[Path, ...]:
        """Write what connects the articles, and the page of each list; the pages of those that were wanted."""
        damaged: list[ArtifactCorrupt] = []
        cards = self._library.cards(damaged.append)
        neighbours = Neighbours(cards)
        related = {card.folder: neighbours.of(card, self._settings.export.related) for card in cards}
        shelved = self._shelved()
        pages = {each.roll.key: self._page(shelf, each, related) for shelf, each in shelved}
        stand = places((shelf.name, each) for shelf, each in shelved)
        self._settle({folder: Ties(found, stand.get(folder, ())) for folder, found in related.items()}, damaged)
        return tuple(pages[key] for key in [each.key for each in wanted] or pages if key in pages)

    def _shelved(self) -> tuple[tuple[Path, Series], ...]:
        """Every list that has a page, with its folder."""
        rolls = [roll for roll in self.state.rolls() if not roll.key.startswith(Shelf.VIDEO)]
        names_of = {roll.key: sha256(roll.key.encode()).hexdigest()[:12] for roll in rolls}
        return tuple(
            (
                self._library.shelf(names_of[roll.key], names.folder(names_of[roll.key], roll.title)),
                Series(roll, self.state.members(roll.key)),
            )
            for roll in rolls
        )

    # --- what connects articles ---

    def _settle(self, ties: Mapping[str, Ties], damaged: list[ArtifactCorrupt]) -> None:
        """Write into articles what connects them, where that changed; the order of making them does not matter.

        Raises `ArtifactCorrupt` for the first that cannot be read, or was `damaged` before, after all others.
        """
        parcels = [
            Parcel(replace(work, related=mark), ties[work.folder])
            for work in self.state.works(MADE)
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

    def _tied(self, parcels: Sequence[Parcel]) -> Iterator[Parcel | None]:
        """The parcels as their articles are written again, with the failure where one was not; None now and then."""
        if self._cluster is not None:
            yield from self._cluster.write(parcels)
            return
        for parcel in parcels:
            try:
                self.tadwin.tie(parcel.work.folder, parcel.ties or Ties())
            except PipelineError as error:
                yield replace(parcel, failure=Failure.of(error))
            else:
                yield parcel

    def _page(self, shelf: Path, shown: Series, related: Mapping[str, tuple[Related, ...]]) -> Path:
        files = {
            series.HTML: series.html(shown, related),
            series.MARKDOWN: series.markdown(shown, related),
            SERIES: codec.encode(replace(shown, works=tuple(map(_lasting, shown.works)))),
        }
        self._library.shelve(shelf, files)
        return shelf / series.HTML

    # --- the account ---

    def _account(self, summary: Summary, pages: tuple[Path, ...]) -> Account:
        missing = [name for name, standing in summary.videos.items() if standing not in {*MADE, Standing.SKIPPED}]
        works = [work for name in missing if (work := self.state.work(name)) is not None]
        record = {
            "version": _VERSION,
            "finished": stamp(self._world.now()),
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
            "missing": [told(work) for work in works],
        }
        path = Path(self._settings.library.folder) / REPORT
        atomic.write(path, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
        return Account(summary, record, pages)


@contextmanager
def opened(
    settings: Settings,
    report: Reporter = silent,
    *,
    brake: Brake | None = None,
    world: World | None = None,
    writer: Writer | None = None,
) -> Iterator[Workshop]:
    """A workshop on the settings' library, which nobody else works on inside the block.

    Raises `LibraryLocked`, `StateDamaged`, `NotWritable`, `NoSpace` or `StoreError`. What a killed run left half done
    is removed first.
    """
    folder = Path(settings.library.folder)
    brake = brake or Brake()
    world = world or World(sleep=brake.sleep)
    with lock.held(folder), ExitStack() as stack:
        atomic.sweep(folder)
        sys.setswitchinterval(_TURN)
        state = stack.enter_context(State(folder))
        manners, cluster = Manners.of(settings, world), None
        if settings.batch.executor == "ray":
            cluster = stack.enter_context(joined(settings, state.breaker()))
            cluster.hire(partial(hired, at(settings, folder.absolute()), writer))
            manners = Manners(cluster.turns, cluster.turns)
        tadwin = Tadwin(settings, report, writer=writer, manners=manners)
        yield Workshop(settings, state, tadwin, report=report, world=world, brake=brake, cluster=cluster)


@contextmanager
def looking(settings: Settings) -> Iterator[Preview]:
    """What a run would do, without a lock and without a change."""
    try:
        state = State(Path(settings.library.folder), look_only=True)
    except NoLibrary:
        state = None
    try:
        yield Preview(Tadwin(settings), state)
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
    with lock.held(folder):
        atomic.sweep(folder)
        shelved, cards = library.shelved(), library.cards()
        works = {work.id: work for each in shelved for work in each.works}
        by_folder = {work.folder: work for work in reversed(works.values()) if work.folder}
        for card in cards:
            known = by_folder.get(card.folder)
            if known is not None or not card.id.startswith("file-"):
                works[known.id if known else card.id] = _made(card, known)
        _set_aside(folder)
        with State(folder) as state:
            state.rebuild(works.values(), shelved)
        return len(cards), len(shelved)


def _set_aside(folder: Path) -> None:
    """Keep the old file under a name that is free; a file that is whole is not needed for rebuilding either."""
    free = next(n for n in range(1, 10_000) if not (folder / f"{NAME}.old-{n}").exists())
    for ending in ("", "-wal", "-shm"):
        path = folder / f"{NAME}{ending}"
        if path.exists():
            path.rename(folder / f"{NAME}.old-{free}{ending}")


def _mark(ties: Ties) -> str:
    return codec.digest(ties) if ties != Ties() else ""


def _made(card: Card, known: Work | None) -> Work:
    standing = Standing.FLAWED if card.findings else Standing.DONE
    work = known or Work(card.id, Reference(Kind.YOUTUBE, card.id), card.title)
    made = replace(work, stage=Stage.WRITTEN, standing=standing, folder=card.folder, findings=card.findings)
    return replace(made, recipe=card.recipe, related=_UNKNOWN)


def _lasting(work: Work) -> Work:
    """What of a row belongs on a series page: no times, so that the page only changes with what it shows."""
    return replace(work, looked=0.0, next_try=0.0, attempts=0, days=0, related="")


def told(work: Work) -> dict[str, Any]:
    """A video that has no article yet, for a report."""
    return {
        "id": work.id,
        "title": work.title,
        "standing": work.standing,
        "cause": work.cause,
        "reason": work.reason,
        "hint": work.hint,
        "attempts": work.attempts,
        "next_try": stamp(work.next_try) if work.next_try else "",
    }


def stamp(seconds: float) -> str:
    """A time in UTC as ISO 8601, to the second."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
