"""The videos that a run has still to do, in order, and when each is due."""

from __future__ import annotations

import heapq
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueuedVideo:
    """One video that is to be fetched and written."""

    id: str
    online: bool
    """True if it has to be fetched from YouTube; captions on disk need no request."""
    rank: int = 0
    """Lower ranks come first; within a rank, first come, first served."""
    not_before: float = 0.0


class VideoQueue:
    """Open videos, in one lane for those that need YouTube and one for the others.

    One thread adds and takes; any may ask for the length.
    """

    def __init__(self) -> None:
        self._ready: dict[bool, list[tuple[int, int, QueuedVideo]]] = {False: [], True: []}
        self._waiting: dict[bool, list[tuple[float, int, QueuedVideo]]] = {False: [], True: []}
        self._added = 0

    def __len__(self) -> int:
        return sum(len(self._ready[lane]) + len(self._waiting[lane]) for lane in (False, True))

    def add(self, video: QueuedVideo) -> None:
        """Put a video behind the others of its rank."""
        self._added += 1
        heapq.heappush(self._waiting[video.online], (video.not_before, self._added, video))

    def take(self, now: float, *, online: bool) -> QueuedVideo | None:
        """The first video that is due, or None; one that needs YouTube only if `online`."""
        for lane in (False, True) if online else (False,):
            ready, waiting = self._ready[lane], self._waiting[lane]
            while waiting and waiting[0][0] <= now:
                _, number, video = heapq.heappop(waiting)
                heapq.heappush(ready, (video.rank, number, video))
            if ready:
                return heapq.heappop(ready)[2]
        return None

    def next_time(self, *, online_from: float) -> float | None:
        """When a video can be taken, if YouTube may be asked from `online_from` on; None if the queue is empty."""
        times = [online_from] if self._ready[True] else []
        times += [0.0] if self._ready[False] else []
        times += [max(online_from, lane[0][0]) for lane in [self._waiting[True]] if lane]
        times += [lane[0][0] for lane in [self._waiting[False]] if lane]
        return min(times, default=None)
