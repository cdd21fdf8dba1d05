"""Batches of prompts of similar length, halved if memory runs out, and the progress of a call."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import ModelTooLarge
from pipeline.events import Generating, Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.events import Reporter

MAX_BATCH_TOKENS = 16_384
"""The most tokens of a padded batch: reading them takes about a gigabyte in a model of 4 billion weights."""
T = TypeVar("T")


def group_by_length(lengths: Sequence[int], most: int, max_tokens: int = MAX_BATCH_TOKENS) -> list[list[int]]:
    """The indices of `lengths` in batches of at most `most` similar ones, longest first."""
    batches: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lambda at: (-lengths[at], at)):
        if batches and len(batches[-1]) < most and lengths[batches[-1][0]] * (len(batches[-1]) + 1) <= max_tokens:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def write_in_halves(rows: Sequence[T], write: Callable[[Sequence[T]], None], report: Reporter) -> None:
    """Write all rows at once, or in halves if memory runs out; raises `ModelTooLarge` if one row is too much."""
    try:
        write(rows)
    except (MemoryError, RuntimeError) as error:  # torch raises the second
        if not isinstance(error, MemoryError) and "memory" not in str(error):
            raise
        if len(rows) == 1:
            message = "memory ran out while the model read one prompt"
            raise ModelTooLarge(message) from error
    else:
        return
    report(Notice(f"memory ran out with a batch of {len(rows)} passages; trying half as many"))
    for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
        write_in_halves(half, write, report)


@dataclass(slots=True)
class ReplyProgress:
    """Counts the tokens of one call, and reports them after every prompt read and every token written."""

    report: Reporter
    read: int = 0
    written: int = 0
    begun: float = field(default_factory=time.monotonic)

    def add_read(self, tokens: int) -> None:
        self.read += tokens
        self._report(0)

    def add_step(self, open_replies: int) -> None:
        """Count one token for each reply that goes on."""
        self.written += open_replies
        self._report(open_replies)

    def _report(self, open_replies: int) -> None:
        self.report(Generating(open_replies, self.read, self.written, time.monotonic() - self.begun))
