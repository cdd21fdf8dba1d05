"""A reply that turns in circles: weak models repeat themselves until their limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TURNS = 4
_LEAST = 24
_LONGEST = 80


def looping(tokens: Sequence[int]) -> int:
    """How many tokens to keep of a reply that ends in a loop; 0 when it does not.

    A loop is a piece of at most 80 tokens that stands there four times in a row, 24 tokens in all at least; one turn of
    it is kept.
    """
    for period in range(1, min(_LONGEST, len(tokens) // _TURNS) + 1):
        turns = max(_TURNS, -(-_LEAST // period))
        if len(tokens) >= period * turns and _repeats(tokens, period, turns):
            return len(tokens) - period * (turns - 1)
    return 0


def _repeats(tokens: Sequence[int], period: int, turns: int) -> bool:
    end = len(tokens)
    return all(tokens[end - n] == tokens[end - n - period] for n in range(1, period * (turns - 1) + 1))
