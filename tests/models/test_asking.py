"""Long texts cut to the size of a prompt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.writers.asking import even_cuts


@given(st.integers(1, 120), st.integers(1, 40), st.integers(40, 1_500))
def test_parts_of_a_talk_are_even(count: int, size: int, room: int) -> None:
    """None is over the room, and none is a scrap beside another."""
    parts = [end - begin for begin, end in even_cuts([size] * count, room)]

    assert sum(parts) == count
    assert max(parts) * size <= room
    assert max(parts) <= 2 * min(parts)
