"""Replies that turn in circles are found, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.llm.replies import loop_start


@given(st.lists(st.integers(0, 50), max_size=60), st.lists(st.integers(51, 99), min_size=1, max_size=30, unique=True))
def test_a_loop_is_found_and_one_turn_of_it_kept(before: list[int], turn: list[int]) -> None:
    """Whatever stood before, a piece that comes again and again ends the reply after its first turn or less."""
    turns = max(4, -(-24 // len(turn)))
    kept = loop_start(before + turn * turns)

    assert len(before) < kept <= len(before) + len(turn)


@pytest.mark.parametrize(
    "tokens",
    [
        [],
        [7] * 23,
        [1, 2, 3, 4, 5, 6, 7, 8] * 3,
        [number for line in range(40) for number in (5, line + 100, 6)],
        list(range(200)),
    ],
)
def test_lists_and_short_echoes_are_no_loops(tokens: list[int]) -> None:
    """Dashes, a refrain of three turns, and numbered lines that differ in one token go on."""
    assert loop_start(tokens) == 0


def test_a_long_loop_that_nearly_repeats_is_none() -> None:
    """One other token in the last four turns, and it is no loop."""
    turn = list(range(20))

    assert loop_start([*turn * 3, *turn[:-1], 99]) == 0
    assert loop_start(turn * 4) == 20
