"""The half of a batch that asks sources: reads lists and fetches captions, one at a time, at a polite pace."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.batch.retry_policy import is_fatal
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.clock import Clock
    from pipeline.batch.plan import BatchPlan
    from pipeline.batch.queue import QueuedVideo
    from pipeline.batch.steps import BatchSteps
    from pipeline.types.batch import FetchResult, VideoRecord


@dataclass(frozen=True, slots=True)
class _PendingFetch:
    """A look at a video that was begun."""

    work: VideoRecord
    begun: float
    answer: Future[FetchResult] = field(default_factory=Future)


class Fetcher:
    """Runs in a thread of its own; hands over each video whose captions are on disk."""

    def __init__(
        self,
        plan: BatchPlan,
        steps: BatchSteps,
        clock: Clock,
        *,
        hand_over: Callable[[VideoRecord], None],
        looks: int = 1,
    ) -> None:
        """`hand_over` may wait until there is room; so many `looks` at once while YouTube answers."""
        self._plan, self._steps, self._clock, self._hand_over = plan, steps, clock, hand_over
        self._most, self._looks = max(looks, 1), 1  # the first one, and one after a failure, is a probe
        self._kept: Future[None] = Future()
        self._kept.set_result(None)

    def run(self) -> None:
        """Until nothing is left that can be done in time; raises what ends a run."""
        with ThreadPoolExecutor(1, "keeping") as self._keeper:
            self._run()
            self._kept.result()
        self._plan.finish()

    def _run(self) -> None:
        plan, begun = self._plan, deque[_PendingFetch]()
        while True:
            self._clock.sleep(0)  # a stopped run ends here
            plan.read()
            task = plan.next_task() if len(begun) < self._looks else None
            if task is not None:
                begun.append(self._begin(task))
            if begun and (task is None or len(begun) >= self._looks):
                self._end(begun.popleft())
            elif not begun and not plan.readable() and not plan.wait():
                return

    def _begin(self, task: QueuedVideo) -> _PendingFetch:
        look = _PendingFetch(self._plan.known(task.id), self._clock.now())
        if self._looks == 1:
            self._look(look)
        else:  # a run that is stopped does not wait for it
            threading.Thread(target=self._look, args=(look,), name="looking", daemon=True).start()
        return look

    def _look(self, look: _PendingFetch) -> None:
        try:
            look.answer.set_result(self._steps.fetch(look.work.reference))
        except BaseException as error:  # noqa: BLE001 - raised again where the look ends
            look.answer.set_exception(error)

    def _end(self, look: _PendingFetch) -> None:
        try:
            fetched = look.answer.result()
        except PipelineError as error:
            if is_fatal(error):
                raise
            self._looks = 1
            self._plan.unanswered(error)
            self._plan.failed(look.work, error, look.begun)
            return
        self._looks = self._most
        if fetched.commit is not None:
            self._plan.answered()
        self._take(look.work, fetched, look.begun)

    def _take(self, work: VideoRecord, fetched: FetchResult, begun: float) -> None:
        accepted = self._plan.accept(work, fetched.video, begun)
        self._kept.result()
        self._kept = self._keeper.submit(self._keep, accepted, fetched)

    def _keep(self, work: VideoRecord | None, fetched: FetchResult) -> None:
        """In a thread of its own, so that the next request does not wait for the disk."""
        if fetched.commit is not None:
            fetched.commit()
        if work is not None:
            self._plan.keep(work)
            self._hand_over(work)
