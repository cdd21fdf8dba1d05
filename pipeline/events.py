"""Progress as data: steps report these to a callable; the terminal and the log decide what to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.types.usage import TokenUsage


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step begins to work; not sent when its result is already kept."""

    step: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step has its result."""

    step: str
    seconds: float
    reused: bool
    """Whether the result was found instead of made."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know, in one English sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class VideoEnded:
    """A look at a video of a batch has come to something."""

    id: str
    title: str
    status: str
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list was read as far as it will be in this run."""

    title: str
    listed: int
    whole: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing can be done for some time."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a batch is; counts of videos."""

    listed: int
    fetched: int
    written: int
    left: int
    """Videos that this run still means to look at, as far as the lists are read."""
    reading: bool
    """Whether a list is still being read, so that `left` will grow."""
    seconds_left: float | None
    """By the videos finished so far in this run; None while too few are."""
    status_counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ModelReplied:
    """A language model has answered some prompts."""

    step: str
    """`sections`, `repairs` or `parts`."""
    done: int
    """Prompts of this step that are answered."""
    planned: int
    """Prompts of this step, as far as they are known."""
    usage: TokenUsage
    """Of these answers alone."""
    total: TokenUsage
    """Of all answers of this step."""


@dataclass(frozen=True, slots=True)
class Downloading:
    """A model comes from its hub."""

    what: str
    done: int
    """Bytes so far."""
    total: int
    """Bytes of all its files, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Generating:
    """A language model read a prompt, or took a step: one token for each reply that is not finished."""

    open: int
    """Replies of this batch that go on; 0 while prompts are read."""
    read: int
    """Tokens of prompts read so far, for all that was asked at once."""
    written: int
    """Tokens of replies written so far."""
    seconds: float
    """Since it was asked."""


Event = (
    StepStarted
    | StepDone
    | Notice
    | VideoEnded
    | ListRead
    | Waiting
    | BatchProgress
    | Downloading
    | Generating
    | ModelReplied
)
Reporter = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Report nothing."""
