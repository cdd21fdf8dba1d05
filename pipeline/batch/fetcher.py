"""The half of a batch that asks sources: reads lists and fetches captions, one at a time, at a polite pace."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.batch.agenda import Agenda, Task
from pipeline.batch.reading import Reading, fits, in_time
from pipeline.errors import PipelineError, SourceBlocked, SourceError, SourceUnreachable
from pipeline.events import ListRead, Reporter, VideoEnded, Waiting
from pipeline.policy import SIGNALS, Breaker, final, looked, verdict
from pipeline.series import MADE, ONLINE, OPEN, Stage, Standing, Verdict
from pipeline.types import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.batch.world import World
    from pipeline.ports import Listing
    from pipeline.series import ListReference, Wish, Work
    from pipeline.settings import BatchSettings
    from pipeline.store.state import State
    from pipeline.types import Card, Reference, Video

GONE = 5
"""Videos in a row that could not be reached, after which the network counts as gone."""
_GONE_PAUSE = 60.0
NETWORK = "The network seems to be gone"
BLOCKED = "YouTube refuses this address for now"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The captions of a video are here."""

    video: Video
    keep: Callable[[], object] | None = None
    """Puts them on disk; None when they were there before, so that no source was asked. Raises `StoreError`."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What a batch can do for one list or video; every step raises `PipelineError` only."""

    listing: Callable[[ListReference], Listing]
    fetch: Callable[[Reference], Fetched]
    write: Callable[[Reference], Card]
    """Make the article and put its files in place; its card."""
    there: Callable[[str], bool]
    """Whether the article's folder of that name is complete."""
    recipe: str
    """Digest of all that would make another article of the same captions."""


class Fetcher:
    """Runs in a thread of its own; hands over each video whose captions are on disk."""

    def __init__(  # noqa: PLR0913 - its surroundings, each named
        self,
        state: State,
        steps: Steps,
        settings: BatchSettings,
        world: World,
        report: Reporter,
        *,
        hand_over: Callable[[Work], None],
    ) -> None:
        """`hand_over` may wait until there is room."""
        self.standings: dict[str, Standing] = {}
        """How each video of this run stands."""
        self.fetched = 0
        self.why_ended = ""
        """What made the run end before all was looked at; empty if nothing did."""
        self.agenda = Agenda()
        self.readings: list[Reading] = []
        self._state, self._steps, self._settings, self._world, self._report = state, steps, settings, world, report
        self._hand_over = hand_over
        self._breaker = Breaker()
        self._hold = 0.0
        self._unreached = 0
        self._taken = 0
        self._spare: deque[str] = deque()
        self._kept: Future[None] = Future()
        self._kept.set_result(None)

    def prepare(self, wanted: Sequence[ListReference], wish: Wish, again: Sequence[Work]) -> None:
        """What the run is about: lists, and videos that are known already."""
        self._wish = wish
        self._breaker = self._state.breaker()
        self.readings = [
            Reading(each, wish, self._state, self._steps.listing, self._settings.known_in_a_row) for each in wanted
        ]
        closed = self._world.now() < self._online_from()
        known = [self._state.members(each.key) for each in wanted if closed and each.shelf in ONLINE]
        for work in (*again, *chain.from_iterable(known)):
            self._enter(work)

    def run(self) -> None:
        """Until nothing is left that can be done in time; raises what ends a run."""
        with ThreadPoolExecutor(1, "keeping") as self._keeper:
            self._run()
            self._kept.result()

    def _run(self) -> None:
        while True:
            self._world.sleep(0)  # a stopped run ends here
            self._read()
            task = None if self._reading_first() else self._agenda_task()
            if task is not None:
                self._fetch(task)
            elif not self._readable() and not self._wait():
                break
        for reading in self.readings:
            self._end(reading)

    # --- lists ---

    def _read(self) -> None:
        while self._spare and not self._full():
            self._enter(self._known(self._spare.popleft()))
        reading = self._readable()
        if reading is None:
            return
        rows, refused = reading.some(self._world.now())
        for work in rows:
            self._enter(work)
        if refused is not None:
            self._refused(refused)
        if reading.ended:
            for work in self._state.members(reading.wanted.key) if reading.partial else ():
                self._enter(work)  # what stands further down than a channel was read may still be missing
            self._tell(reading)

    def _readable(self) -> Reading | None:
        """The list that can be read on now."""
        now, online = self._world.now(), self._world.now() >= self._online_from()
        able = (r for r in self._unread() if r.not_before <= now and (online or not r.online))
        return next(able, None)

    def _reading_first(self) -> bool:
        """Whether the order is only known when the lists are read."""
        return self._wish.newest_first and self._readable() is not None

    def _enter(self, work: Work) -> None:
        """Take a video into the run, and onto the agenda if something is to be done for it."""
        if work.id in self.standings or not fits(self._wish, work.title, work.published):
            return
        if work.stage is not Stage.LISTED and not in_time(self._wish, work.published):
            return
        if self._full():
            self._spare.append(work.id)
            return
        self._taken += 1
        self.standings[work.id] = work.standing
        if self._due(work):
            self._add(work)

    def _full(self) -> bool:
        return self._wish.limit is not None and self._taken >= self._wish.limit

    def _due(self, work: Work) -> bool:
        recipe = self.recipe(work)
        if work.standing in MADE:
            return work.recipe != recipe or not self._steps.there(work.folder)
        changed = work.reference.kind is Kind.FILE and work.recipe != recipe
        return work.standing in OPEN or changed

    def recipe(self, work: Work) -> str:
        """What the article is made of and how; a caption file that was changed makes another."""
        return f"{self._steps.recipe}{work.reference.digest}"

    def _end(self, reading: Reading) -> None:
        if reading.ended:
            return
        reading.leave("" if self._full() else self.why_ended or reading.roll.reason or BLOCKED)
        if not reading.number:  # not even begun: what is known of it belongs to the account all the same
            for work in self._state.members(reading.wanted.key):
                self.standings.setdefault(work.id, work.standing)
        self._tell(reading)

    def _tell(self, reading: Reading) -> None:
        roll = reading.roll
        self._report(ListRead(roll.title or roll.key, roll.listed, not reading.broken, roll.reason))

    # --- videos ---

    def _add(self, work: Work, rank: int = 0) -> None:
        if self._wish.newest_first:
            rank -= work.published.toordinal() if work.published else 0
        online = work.reference.kind is Kind.YOUTUBE and work.stage is Stage.LISTED
        self.agenda.add(Task(work.id, online, rank, work.next_try))

    def _agenda_task(self) -> Task | None:
        now = self._world.now()
        return self.agenda.take(now, online=now >= self._online_from())

    def _fetch(self, task: Task) -> None:
        work = self._known(task.id)
        begun = self._world.now()
        try:
            fetched = self._steps.fetch(work.reference)
        except PipelineError as error:
            if final(error):
                raise
            self._failed(work, error, begun)
            return
        if fetched.keep is not None:
            self._answered()
        self._accept(work, fetched, begun)

    def _known(self, name: str) -> Work:
        work = self._state.work(name)
        assert work is not None  # noqa: S101 - rows are never deleted
        return work

    def _accept(self, work: Work, fetched: Fetched, begun: float) -> None:
        work = replace(
            work,
            title=work.title or fetched.video.title,
            published=fetched.video.published or work.published,
            stage=Stage.FETCHED,
        )
        if not in_time(self._wish, work.published):
            self._taken -= 1
            if fetched.keep is not None:
                fetched.keep()
            self._close(work, Verdict(Standing.SKIPPED, reason=f"published on {work.published}"), begun)
            return
        self._kept.result()
        self._kept = self._keeper.submit(self._keep, work, fetched)

    def _keep(self, work: Work, fetched: Fetched) -> None:
        """In a thread of its own, so that the next request does not wait for the disk."""
        if fetched.keep is not None:
            fetched.keep()
        self._state.keep(work)
        self.fetched += 1
        self._hand_over(work)

    def _failed(self, work: Work, error: PipelineError, begun: float) -> None:
        now = self._world.now()
        if isinstance(error, SourceBlocked):
            self._refused(error)
        else:
            self._unreached = self._unreached + 1 if isinstance(error, SourceUnreachable) else 0
            attempts, days = looked(work, now)
            work = replace(work, attempts=attempts, days=days)
        if self._unreached >= GONE:
            self._hold = now + _GONE_PAUSE * 2.0 ** min(self._unreached - GONE, 10)
        found = replace(verdict(error, work, now, self._world.chance()), recipe=self.recipe(work))
        work = self._close(work, found, begun)
        if work.standing in OPEN:
            self._add(work, rank=1)

    def _close(self, work: Work, found: Verdict, begun: float) -> Work:
        now = self._world.now()
        work = self._state.ended(work, found, now)
        self.standings[work.id] = work.standing
        self._report(VideoEnded(work.id, work.title, work.standing, work.reason, now - begun))
        return work

    # --- when YouTube may be asked ---

    def _online_from(self) -> float:
        return max(self._breaker.until, self._hold)

    def _refused(self, error: SourceError) -> None:
        now = self._world.now()
        self._breaker = self._breaker.refused(error, now)
        self._state.keep_breaker(self._breaker, now)

    def _answered(self) -> None:
        self._unreached, self._hold = 0, 0.0
        if self._breaker != Breaker():
            self._breaker = Breaker()
            self._state.keep_breaker(self._breaker, self._world.now())

    def _wait(self) -> bool:
        """Wait until something can be done; False when there is nothing, or not soon enough."""
        now, online_from = self._world.now(), self._online_from()
        times = [max(r.not_before, online_from if r.online else 0.0) for r in self._unread()]
        task = self.agenda.next_time(online_from=online_from)
        times += [] if task is None else [task]
        if not times:
            return False
        pause = max(min(times) - now, 0.0)
        reason = self._why(now)
        if pause > self._settings.patience_minutes * 60:
            self.why_ended = reason
            return False
        self._report(Waiting(pause, reason))
        self._world.sleep(pause)
        return True

    def _unread(self) -> list[Reading]:
        return [] if self._full() else [reading for reading in self.readings if not reading.ended]

    def _why(self, now: float) -> str:
        if self._breaker.signals >= SIGNALS - 1 and self._breaker.open(now):
            return BLOCKED
        return NETWORK if now < self._hold else "The rest is due later"
