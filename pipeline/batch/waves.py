"""A whole run by workers elsewhere: videos are given out many at a time, and each is taken account of as it comes back.

What carries them does not matter here. Only this process reads lists and writes the record.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Protocol

from pipeline.batch.parcel import Parcel
from pipeline.batch.plan import Plan
from pipeline.batch.runner import progress, summary
from pipeline.batch.world import Stopped
from pipeline.policy import final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.batch.agenda import Task
    from pipeline.batch.gate import Gate
    from pipeline.batch.runner import Summary
    from pipeline.batch.steps import Steps
    from pipeline.batch.world import Brake, World
    from pipeline.events import Reporter
    from pipeline.series import ListReference, Wish, Work
    from pipeline.settings import BatchSettings
    from pipeline.store.state import State

FIRST, MOST = 32, 8192
"""Videos that are given out at once: few while the lists are still read, then twice as many each time."""


class Carrier(Protocol):
    """Takes parcels to workers and back."""

    @property
    def gate(self) -> Gate:
        """When YouTube may be asked from where the workers are."""

    def send(self, parcels: Sequence[Parcel], wish: Wish) -> Iterator[Parcel | None]:
        """The parcels as they come back, fetched and written, in any order; None now and then while none comes."""


class Waves:
    """Works through lists by waves; runs as `runner.Batch` does."""

    def __init__(  # noqa: PLR0913, PLR0917 - its surroundings, each named
        self,
        state: State,
        steps: Steps,
        settings: BatchSettings,
        world: World,
        brake: Brake,
        report: Reporter,
        carrier: Carrier,
    ) -> None:
        """Of the steps, only the reading of lists is done here."""
        self._state, self._world, self._brake, self._report = state, world, brake, report
        self._carrier = carrier
        self._plan = Plan(state, steps, settings, world, report, gate=lambda _breaker, _now: carrier.gate)
        self._begun = world.now()

    def run(self, wanted: Sequence[ListReference], wish: Wish, again: Sequence[Work] = ()) -> Summary:
        """As `Batch.run`: read the lists, fetch and write what is missing."""
        self._begun = self._world.now()
        self._state.on_time(self._begun)
        self._plan.prepare(wanted, wish, again)
        with contextlib.suppress(Stopped):
            self._run(wish)
        return summary(self._plan, self._world.now() - self._begun, stopped=self._brake.pulled)

    def stop(self) -> None:
        """End soon. Safe to call in a signal handler."""
        self._brake.pull()

    def _run(self, wish: Wish) -> None:
        plan, most = self._plan, FIRST
        while True:
            self._world.sleep(0)  # a stopped run ends here
            plan.read()
            tasks = {task.id: task for task in self._some(most)}
            if tasks:
                self._wave(tasks, wish)
                most = min(2 * most, MOST)
            elif not plan.readable() and not plan.wait():
                break
        plan.finish()

    def _some(self, most: int) -> Iterator[Task]:
        for _ in range(most):
            task = self._plan.next_task()
            if task is None:
                return
            yield task

    def _wave(self, tasks: dict[str, Task], wish: Wish) -> None:
        plan = self._plan
        for parcel in self._carrier.send([Parcel(plan.known(name)) for name in tasks], wish):
            self._world.sleep(0)
            if parcel is None:
                continue
            if parcel.held:
                plan.put_back(tasks[parcel.work.id])
            else:
                self._came(parcel)
            plan.keep_gate()
            plan.read()
            self._report(progress(plan, self._world.now() - self._begun))

    def _came(self, parcel: Parcel) -> None:
        plan, begun = self._plan, self._world.now() - parcel.seconds
        error = parcel.failure.error if parcel.failure else None
        if error is not None and final(error):
            raise error
        if parcel.video is None and error is not None:
            plan.failed(parcel.work, error, begun)
        work = plan.accept(parcel.work, parcel.video, begun) if parcel.video else None
        if work is None:
            return
        plan.keep(work)
        if error is not None:
            plan.unwritten(work, error, begun)
        elif parcel.card is not None:
            plan.made(work, parcel.card, begun)
