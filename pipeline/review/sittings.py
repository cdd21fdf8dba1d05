"""The history of a draft as an editor reads it: the saves of one sitting together, times of this machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pipeline.types.review import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipeline.types.review import ReviewEvent

PAUSE: Final = timedelta(minutes=15)
"""From this long between two saves on, the second is of another sitting."""
_TAKING_BACK: Final = frozenset({Decision.REJECT, Decision.RETURN})


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event, with its number in the journal."""

    number: int
    """Counts from 1."""
    event: ReviewEvent
    took_back: bool
    """Whether files that had been exported were taken back by it."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Saves by one person without a long pause, or a single act of any other kind."""

    lines: tuple[HistoryLine, ...]

    @property
    def last(self) -> ReviewEvent:
        return self.lines[-1].event

    @property
    def edits(self) -> tuple[str, ...]:
        """The places that its saves changed, each once."""
        return tuple(dict.fromkeys(place for line in self.lines for place in line.event.edits))


def sittings(events: Sequence[ReviewEvent]) -> tuple[Sitting, ...]:
    """The events in order, neighbouring saves of one sitting joined."""
    joined: list[list[HistoryLine]] = []
    exported = False
    for number, event in enumerate(events, 1):
        line = HistoryLine(number, event, took_back=exported and event.decision in _TAKING_BACK)
        exported = event.decision is Decision.EXPORT or (exported and event.decision not in _TAKING_BACK)
        if joined and _same_sitting(joined[-1][-1].event, event):
            joined[-1].append(line)
        else:
            joined.append([line])
    return tuple(Sitting(tuple(lines)) for lines in joined)


def local_time(time: datetime) -> str:
    """A time as the clock of this machine shows it, with its zone: `2026-11-30 14:05:12 UTC+03:00`."""
    local = time.astimezone()
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}"


def _same_sitting(one: ReviewEvent, other: ReviewEvent) -> bool:
    saves = one.decision is Decision.EDIT and other.decision is Decision.EDIT
    return saves and one.author == other.author and other.time - one.time < PAUSE
