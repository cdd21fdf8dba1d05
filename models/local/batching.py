"""What is done side by side: long with long and short with short, and half as many when memory ends."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import ModelTooLarge
from pipeline.events import Generating, Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.events import Reporter

COLUMNS = 16_384
"""Most tokens read in one step, padding included: about a gigabyte for a model of 4 billion weights."""
T = TypeVar("T")


def group_by_length(lengths: Sequence[int], most: int, columns: int = COLUMNS) -> list[list[int]]:
    """The numbers of things of these lengths, at most `most` together and near in length, longest first."""
    made: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lambda one: (-lengths[one], one)):
        if made and len(made[-1]) < most and lengths[made[-1][0]] * (len(made[-1]) + 1) <= columns:
            made[-1].append(number)
        else:
            made.append([number])
    return made


def write_in_halves(rows: Sequence[T], write: Callable[[Sequence[T]], None], report: Reporter) -> None:
    """Write all rows at once, or in halves where that needs more memory than there is; raises `ModelTooLarge`."""
    try:
        write(rows)
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and "memory" not in str(error):
            raise
        if len(rows) == 1:
            message = "memory ended while the model read one prompt"
            raise ModelTooLarge(message) from error
    else:
        return
    report(Notice(f"memory ended with {len(rows)} passages side by side; half as many are tried"))
    for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
        write_in_halves(half, write, report)


@dataclass(slots=True)
class ReplyProgress:
    """What one call came to so far, reported after every prompt that was read and every token that was written."""

    report: Reporter
    read: int = 0
    written: int = 0
    begun: float = field(default_factory=time.monotonic)

    def took(self, tokens: int) -> None:
        """So many tokens were read."""
        self.read += tokens
        self._tell(0)

    def step(self, going: int) -> None:
        """A token for each reply that goes on."""
        self.written += going
        self._tell(going)

    def _tell(self, going: int) -> None:
        self.report(Generating(going, self.read, self.written, time.monotonic() - self.begun))
