"""A whole run: fetching in one thread, writing in another, and one account at the end."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.batch.fetcher import Fetcher
from pipeline.batch.world import Stopped
from pipeline.errors import PipelineError
from pipeline.events import Progress, Reporter, VideoEnded, silent
from pipeline.policy import final, looked, verdict
from pipeline.series import MADE, Stage, Standing, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.batch.fetcher import Steps
    from pipeline.batch.world import Brake, World
    from pipeline.series import ListReference, Roll, Wish, Work
    from pipeline.settings import BatchSettings
    from pipeline.store.state import State

PARTIAL, BLOCKED, FAILED, INTERRUPTED = 3, 4, 1, 130
_GRACE = 3.0
"""Seconds that a request in hand gets to end when the run is stopped."""
_SLICE = 0.2
_ENOUGH = 3
"""Finished videos before the time left is estimated."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to."""

    videos: Mapping[str, Standing]
    """How each video of the run stands."""
    rolls: tuple[tuple[Roll, bool], ...]
    """Each list, and whether its reading broke off."""
    asked: int
    """Videos whose captions were fetched in this run."""
    seconds: float
    why_ended: str
    """What made it end before all was looked at; empty if nothing did."""
    stopped: bool

    @property
    def standings(self) -> tuple[tuple[Standing, int], ...]:
        """How many videos of the run stand how, most first."""
        return counted(self.videos)

    @property
    def exit_code(self) -> int:
        """As the README lists them: a list that broke off makes a run partial, however many articles it has."""
        counts = dict(self.standings)
        made = sum(counts.get(standing, 0) for standing in MADE)
        missing = sum(counts.values()) - made - counts.get(Standing.SKIPPED, 0)
        broken = [roll for roll, is_broken in self.rolls if is_broken]
        if self.stopped:
            return INTERRUPTED
        if not missing and not broken:
            return 0
        if made:
            return PARTIAL
        return BLOCKED if counts.get(Standing.BLOCKED) or "refuses" in self.why_ended else FAILED


class Batch:
    """Works through lists; one run a value."""

    def __init__(  # noqa: PLR0913, PLR0917 - its surroundings, each named
        self,
        state: State,
        steps: Steps,
        settings: BatchSettings,
        world: World,
        brake: Brake,
        report: Reporter = silent,
    ) -> None:
        """Nothing is done before `run`."""
        self._state, self._steps, self._settings, self._world, self._report = state, steps, settings, world, report
        self._brake = brake
        self._room = threading.Semaphore(max(settings.ahead, 1))
        self._out: queue.SimpleQueue[Work | BaseException | None] = queue.SimpleQueue()  # may be used in a signal
        self._fetcher = Fetcher(state, steps, settings, world, report, hand_over=self._hand_over)
        self._written = self._ended = 0
        self._begun = world.now()

    def run(self, wanted: Sequence[ListReference], wish: Wish, again: Sequence[Work] = ()) -> Summary:
        """Read the lists, fetch and write what is missing; `again` are known videos to look at as well.

        Expected failures of videos and lists are in the summary. Raises `StoreError`, `ConfigError` and
        `ModelUnusable`, since with them no video can be made; everything that was finished is kept.
        """
        self._begun = self._world.now()
        self._state.on_time(self._begun)
        self._fetcher.prepare(wanted, wish, again)
        thread = threading.Thread(target=self._fetch_all, name="fetching", daemon=True)
        thread.start()
        try:
            self._write_all()
        finally:
            self._brake.pull() if thread.is_alive() and not self._out.empty() else None
            self._await(thread)
        return self._summary()

    def _await(self, thread: threading.Thread) -> None:
        """Give a request in hand its grace, in slices: a signal is only heard between two waits."""
        end = time.monotonic() + _GRACE
        while thread.is_alive() and time.monotonic() < end:
            thread.join(_SLICE)

    def stop(self) -> None:
        """End soon: nothing new is begun, and a request in hand is dropped. Safe to call in a signal handler."""
        self._brake.pull()
        self._out.put(None)

    # --- the fetching thread ---

    def _fetch_all(self) -> None:
        try:
            self._fetcher.run()
            self._out.put(None)
        except Stopped:
            self._out.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again in the other thread
            self._out.put(error)

    def _hand_over(self, work: Work) -> None:
        while not self._room.acquire(timeout=0.1):
            if self._brake.pulled:
                raise Stopped
        if self._brake.pulled:
            raise Stopped
        self._out.put(work)

    # --- the writing thread ---

    def _write_all(self) -> None:
        while (work := self._next()) is not None and not self._brake.pulled:
            if isinstance(work, BaseException):
                raise work
            self._write(work)
            self._room.release()
            self._tell()

    def _next(self) -> Work | BaseException | None:
        while True:
            try:
                return self._out.get(timeout=_SLICE)
            except queue.Empty:  # only to hear signals that another thread received
                continue

    def _write(self, work: Work) -> None:
        begun = self._world.now()
        try:
            card = self._steps.write(work.reference)
        except PipelineError as error:
            if final(error):
                raise
            attempts, days = looked(work, begun)
            work = replace(work, attempts=attempts, days=days)
            found = verdict(error, work, self._world.now(), self._world.chance())
        else:
            work = replace(work, stage=Stage.WRITTEN, attempts=0, days=0, related="", title=work.title or card.title)
            standing = Standing.FLAWED if card.findings else Standing.DONE
            found = Verdict(standing, folder=card.folder, findings=card.findings)
            self._written += 1
        self._end(work, replace(found, recipe=self._fetcher.recipe(work)), begun)

    def _end(self, work: Work, found: Verdict, begun: float) -> None:
        now = self._world.now()
        self._state.ended(work, found, now)
        self._fetcher.standings[work.id] = found.standing
        self._ended += 1
        self._report(VideoEnded(work.id, work.title, found.standing, found.reason, now - begun))

    # --- the account ---

    def _tell(self) -> None:
        fetcher = self._fetcher
        left = len(fetcher.agenda)
        reading = any(not each.ended for each in fetcher.readings)
        unread = sum(max((each.roll.announced or 0) - each.read, 0) for each in fetcher.readings if not each.ended)
        self._report(
            Progress(
                listed=len(fetcher.standings),
                fetched=fetcher.fetched,
                written=self._written,
                left=left,
                reading=reading,
                seconds_left=seconds_left(self._ended, left + unread, self._world.now() - self._begun),
                standings=counted(fetcher.standings),
            )
        )

    def _summary(self) -> Summary:
        fetcher = self._fetcher
        return Summary(
            dict(fetcher.standings),
            tuple((reading.roll, reading.broken) for reading in fetcher.readings),
            fetcher.fetched,
            self._world.now() - self._begun,
            fetcher.why_ended,
            self._brake.pulled,
        )


def seconds_left(done: int, left: int, seconds: float) -> float | None:
    """What the rest takes if it takes as long for each video as those so far; None while too few are done."""
    return seconds / done * left if done >= _ENOUGH else None


def counted(standings: Mapping[str, Standing]) -> tuple[tuple[Standing, int], ...]:
    """How many videos stand how, most first."""
    return tuple(Counter(list(standings.values())).most_common())
