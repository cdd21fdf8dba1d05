"""The half of a run that asks sources: it reads lists and fetches captions, at a polite pace."""

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

    from pipeline.batch.context import RunContext
    from pipeline.batch.plan import BatchPlan
    from pipeline.types.batch import FetchResult, VideoRecord


@dataclass(frozen=True, slots=True)
class _PendingFetch:
    record: VideoRecord
    started: float
    result: Future[FetchResult] = field(default_factory=Future)


class Fetcher:
    """Runs in a thread of its own; hands on each video whose captions are on disk."""

    def __init__(self, context: RunContext, plan: BatchPlan, deliver: Callable[[VideoRecord], None]) -> None:
        """`deliver` may block until there is room."""
        self._plan, self._steps, self._clock, self._deliver = plan, context.steps, context.clock, deliver
        self._most_at_once = max(context.settings.looks, 1)
        self._at_once = 1  # the first fetch, and one after a failure, is a probe
        self._saving: Future[None] = Future()
        self._saving.set_result(None)

    def run(self) -> None:
        """Fetch until nothing is left that is due soon enough; raises the errors that end a run."""
        plan, pending = self._plan, deque[_PendingFetch]()
        with ThreadPoolExecutor(1, "saving") as self._saver:
            while True:
                self._clock.sleep(0)  # a stopped run ends here
                plan.read_page()
                task = plan.next_task() if len(pending) < self._at_once else None
                if task is not None:
                    fetch = _PendingFetch(plan.record(task.id), self._clock.now())
                    pending.append(fetch)
                    if self._at_once == 1:
                        self._fetch(fetch)
                    else:  # a daemon, so that a run that is stopped does not wait for it
                        threading.Thread(target=self._fetch, args=(fetch,), name="request", daemon=True).start()
                if pending and (task is None or len(pending) >= self._at_once):
                    self._finish(pending.popleft())
                elif not pending and not plan.readable_list() and not plan.wait():
                    break
            self._saving.result()
        plan.finish()

    def _fetch(self, fetch: _PendingFetch) -> None:
        try:
            fetch.result.set_result(self._steps.fetch(fetch.record.reference))
        except BaseException as error:  # noqa: BLE001 - raised again in `_finish`
            fetch.result.set_exception(error)

    def _finish(self, fetch: _PendingFetch) -> None:
        """Wait for a fetch, and record what it came to."""
        try:
            fetched = fetch.result.result()
        except PipelineError as error:
            if is_fatal(error):
                raise
            self._at_once = 1
            self._plan.source_failed(error)
            self._plan.fetch_failed(fetch.record, error, fetch.started)
            return
        self._at_once = self._most_at_once
        if fetched.commit is not None:
            self._plan.source_answered()
        record = self._plan.accept(fetch.record, fetched.video, fetch.started)
        self._saving.result()  # one at a time; raises what the one before raised
        self._saving = self._saver.submit(self._save, record, fetched)

    def _save(self, record: VideoRecord | None, fetched: FetchResult) -> None:
        """Put captions on disk, in a thread of its own so that the next request does not wait for it."""
        if fetched.commit is not None:
            fetched.commit()
        if record is not None:
            self._plan.fetch_saved(record)
            self._deliver(record)
