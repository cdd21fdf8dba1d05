"""What is to be done in a run, in order, and from when."""

from __future__ import annotations

import heapq
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueuedVideo:
    """One video that is to be looked at."""

    id: str
    online: bool
    """Whether YouTube has to be asked for it; captions that are on disk already need nobody."""
    rank: int = 0
    """Lower ranks come first; in one rank the order in which the tasks came counts."""
    not_before: float = 0.0


class VideoQueue:
    """The open tasks of a run; used by one thread."""

    def __init__(self) -> None:
        """Begin empty."""
        self._ready: dict[bool, list[tuple[int, int, QueuedVideo]]] = {False: [], True: []}
        self._waiting: dict[bool, list[tuple[float, int, QueuedVideo]]] = {False: [], True: []}
        self._came = 0

    def __len__(self) -> int:
        """How many tasks are open."""
        return sum(len(self._ready[lane]) + len(self._waiting[lane]) for lane in (False, True))

    def add(self, task: QueuedVideo) -> None:
        """Put a task behind those of its rank."""
        self._came += 1
        heapq.heappush(self._waiting[task.online], (task.not_before, self._came, task))

    def take(self, now: float, *, online: bool) -> QueuedVideo | None:
        """The first task whose time has come, or None; one that needs YouTube only if `online`."""
        for lane in (False, True) if online else (False,):
            self._ripen(lane, now)
            if self._ready[lane]:
                return heapq.heappop(self._ready[lane])[2]
        return None

    def next_time(self, *, online_from: float) -> float | None:
        """When a task can be taken, if YouTube may be asked from then on; None if there are no tasks."""
        times = [online_from] if self._ready[True] else []
        times += [0.0] if self._ready[False] else []
        times += [max(online_from, lane[0][0]) for lane in [self._waiting[True]] if lane]
        times += [lane[0][0] for lane in [self._waiting[False]] if lane]
        return min(times, default=None)

    def _ripen(self, lane: bool, now: float) -> None:  # noqa: FBT001 - the lane's name
        waiting = self._waiting[lane]
        while waiting and waiting[0][0] <= now:
            _, came, task = heapq.heappop(waiting)
            heapq.heappush(self._ready[lane], (task.rank, came, task))
