"""A judge that leaves every verdict to the checks of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class AcceptingJudge:
    """A `Judge` that accepts every claim."""

    identity = "words"

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Full odds for each pair."""
        return (1.0,) * len(pairs)
