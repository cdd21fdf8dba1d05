"""Progress as data: steps report these to a callable; the terminal and the log decide what to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step begins to work; not sent when its result is already kept."""

    step: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step has its result."""

    step: str
    seconds: float
    kept: bool
    """Whether the result was found instead of made."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know, in one English sentence."""

    text: str


Event = StepStarted | StepDone | Note
Reporter = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Report nothing."""
