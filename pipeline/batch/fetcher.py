"""The half of a batch that asks sources: reads lists and fetches captions, one at a time, at a polite pace."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.policy import final

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.agenda import Task
    from pipeline.batch.plan import Plan
    from pipeline.batch.steps import Fetched, Steps
    from pipeline.batch.world import World
    from pipeline.series import Work


class Fetcher:
    """Runs in a thread of its own; hands over each video whose captions are on disk."""

    def __init__(self, plan: Plan, steps: Steps, world: World, *, hand_over: Callable[[Work], None]) -> None:
        """`hand_over` may wait until there is room."""
        self._plan, self._steps, self._world, self._hand_over = plan, steps, world, hand_over
        self._kept: Future[None] = Future()
        self._kept.set_result(None)

    def run(self) -> None:
        """Until nothing is left that can be done in time; raises what ends a run."""
        with ThreadPoolExecutor(1, "keeping") as self._keeper:
            self._run()
            self._kept.result()
        self._plan.finish()

    def _run(self) -> None:
        plan = self._plan
        while True:
            self._world.sleep(0)  # a stopped run ends here
            plan.read()
            task = plan.next_task()
            if task is not None:
                self._fetch(task)
            elif not plan.readable() and not plan.wait():
                return

    def _fetch(self, task: Task) -> None:
        work = self._plan.known(task.id)
        begun = self._world.now()
        try:
            fetched = self._steps.fetch(work.reference)
        except PipelineError as error:
            if final(error):
                raise
            self._plan.unanswered(error)
            self._plan.failed(work, error, begun)
            return
        if fetched.keep is not None:
            self._plan.answered()
        self._take(work, fetched, begun)

    def _take(self, work: Work, fetched: Fetched, begun: float) -> None:
        accepted = self._plan.accept(work, fetched.video, begun)
        self._kept.result()
        self._kept = self._keeper.submit(self._keep, accepted, fetched)

    def _keep(self, work: Work | None, fetched: Fetched) -> None:
        """In a thread of its own, so that the next request does not wait for the disk."""
        if fetched.keep is not None:
            fetched.keep()
        if work is not None:
            self._plan.keep(work)
            self._hand_over(work)
