"""Batches by length, and what happens when memory runs out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.local.batching import ReplyProgress, group_by_length, write_in_halves
from pipeline.errors import ModelTooLarge
from pipeline.events import Event, Generating, Notice, silent


@given(st.lists(st.integers(1, 900), max_size=40), st.integers(1, 8), st.integers(1, 4000))
def test_everything_is_in_one_batch_that_fits(lengths: list[int], most: int, columns: int) -> None:
    """Each number once; no batch is larger than allowed, nor has more tokens with padding, unless it is one alone."""
    made = group_by_length(lengths, most, columns)

    assert sorted(number for batch in made for number in batch) == list(range(len(lengths)))
    assert all(len(batch) <= most for batch in made)
    assert all(len(batch) * max(lengths[n] for n in batch) <= columns for batch in made if len(batch) > 1)


def test_like_goes_with_like() -> None:
    """Long ones first and together, so that little is padding and memory ends at once or not at all."""
    assert group_by_length([10, 500, 12, 480, 11, 490], 3) == [[1, 5, 3], [2, 4, 0]]


class Small:
    """Writes at most so many rows at once; torch says it in a RuntimeError, Python in a MemoryError."""

    def __init__(self, most: int, error: Exception) -> None:
        """Begin with nothing written."""
        self.most, self.error = most, error
        self.written: list[int] = []

    def __call__(self, rows: Sequence[int]) -> None:
        """Write, or run out of memory."""
        if len(rows) > self.most:
            raise self.error
        self.written += rows


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory")])
def test_half_as_many_are_tried_when_memory_ends(error: Exception) -> None:
    """Until they fit, each row once and in order, and the user is told."""
    events: list[Event] = []
    small = Small(2, error)
    write_in_halves(list(range(8)), small, events.append)

    assert small.written == list(range(8))
    assert next(event for event in events if isinstance(event, Notice)).text.startswith(
        "memory ran out with a batch of 8"
    )


def test_one_row_too_many_is_a_sentence() -> None:
    """When one prompt alone is too much there is nothing left to halve: the error says what to change."""
    with pytest.raises(ModelTooLarge) as caught:
        write_in_halves([1, 2], Small(0, MemoryError()), silent)

    assert "window" in caught.value.hint


def test_other_errors_are_not_taken_for_memory() -> None:
    """A bug in a model stays what it is."""
    with pytest.raises(RuntimeError, match="shapes"):
        write_in_halves([1, 2], Small(0, RuntimeError("shapes do not match")), silent)


def test_progress_grows_with_every_prompt_and_token() -> None:
    """What was read is told before anything is written; each step adds a token for each open reply."""
    events: list[Event] = []
    progress = ReplyProgress(events.append)
    progress.add_read(4)
    progress.add_read(3)
    for going in (3, 3, 1):
        progress.add_step(going)

    assert [(event.open, event.read, event.written) for event in events if isinstance(event, Generating)] == [
        (0, 4, 0),
        (0, 7, 0),
        (3, 7, 3),
        (3, 7, 6),
        (1, 7, 7),
    ]
