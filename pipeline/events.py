"""Progress as data: steps report events to a callable, which decides what to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.types.usage import TokenUsage


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step begins; not sent if its result is reused."""

    step: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step has its result, computed or reused."""

    step: str
    seconds: float
    reused: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know, in one English sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class FileChosen:
    """One of several caption files of a video was chosen."""

    name: str
    passed_over: tuple[tuple[str, str], ...]
    """Name of each other file, and what it is or why it cannot be read."""


@dataclass(frozen=True, slots=True)
class FileDamaged:
    """A file of the library is not what was written, and is made again."""

    path: str
    fault: str
    """What is so, as the end of a sentence: `is damaged`."""


@dataclass(frozen=True, slots=True)
class VideoEnded:
    """An attempt at a video of a batch has ended."""

    id: str
    title: str
    status: str
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list was read as far as it will be in this run; `whole` unless the reading broke off."""

    title: str
    listed: int
    whole: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A batch pauses, since nothing can be done for now."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """The progress of a batch, in numbers of videos."""

    listed: int
    fetched: int
    written: int
    left: int
    """Videos that this run will still try, as far as the lists are read."""
    reading: bool
    """True while a list is still being read, so that `left` will grow."""
    seconds_left: float | None
    """Estimated from the videos finished so far in this run; None while they are too few."""
    status_counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ModelReplied:
    """A language model has answered some prompts."""

    step: str
    """`article`, `stretches`, `plan`, `mending`, `sections`, `parts`, `repairs` or `judging`."""
    done: int
    """Prompts of this step answered so far."""
    planned: int
    """Prompts of this step, as far as they are known."""
    usage: TokenUsage
    """Of these answers alone."""
    total: TokenUsage
    """Of all answers of this step."""


@dataclass(frozen=True, slots=True)
class Downloading:
    """A model is being downloaded from its hub."""

    what: str
    done: int
    """Bytes so far."""
    total: int
    """Bytes of all its files, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Generating:
    """A language model read prompts, or took a step: one token for each unfinished reply."""

    open: int
    """Unfinished replies of this batch; 0 while prompts are read."""
    read: int
    """Tokens of prompts read so far, for all prompts sent together."""
    written: int
    """Tokens of replies written so far."""
    seconds: float
    """Since the prompts were sent."""


Event = (
    StepStarted
    | StepDone
    | Notice
    | FileChosen
    | FileDamaged
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
