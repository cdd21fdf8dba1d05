"""What the times and lines of captions tell of the place after each word, in classes that the encoder has learned."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.types.article import Border

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import SpokenWord

UNKNOWN: Final = 0
"""The class of a place of which nothing is known."""
EDGES: Final = (0.0, 0.15, 0.35, 0.7, 1.2)
"""Seconds of silence between classes 1 (none) to 6."""
HEARD_SHARE: Final = 0.01
"""Share of the places inside lines at which a track that times each word has a silence, as the encoder learned it."""
PAUSES: Final = len(EDGES) + 2
"""Classes of pauses."""
BORDERS: Final = len(Border) + 1
"""Classes of borders: unknown, none, a full line's end, a line broken off."""


class Timing(NamedTuple):
    """Classes of the place after each word."""

    pauses: list[int]
    borders: list[int]


def untimed(count: int) -> Timing:
    """The timing of so many words of which nothing is known."""
    return Timing([UNKNOWN] * count, [UNKNOWN] * count)


def timing(words: Sequence[SpokenWord]) -> Timing:
    """The timing of spoken words.

    No silence inside a line means that there was none only where the source times each word, which some silences
    inside lines show; else it is unknown. A track without lines has no borders.
    """
    silences = [
        after.start - word.end if word.end is not None and after.start is not None else None
        for word, after in pairwise(words)
    ]
    inside = [
        silence > 0
        for silence, word in zip(silences, words, strict=False)
        if silence is not None and word.border is Border.NONE
    ]
    each = sum(inside) > HEARD_SHARE * len(inside)
    lined = any(word.border for word in words[:-1])
    pauses = [UNKNOWN if silence is None else _pause(silence, each=each) for silence in silences]
    borders = [1 + word.border if lined else UNKNOWN for word in words[:-1]]
    return Timing([*pauses, UNKNOWN][: len(words)], [*borders, UNKNOWN][: len(words)])


def _pause(seconds: float, *, each: bool) -> int:
    """The class of a silence; `each` says whether the source times each word."""
    return 1 + bisect_left(EDGES, seconds) if seconds > 0 or each else UNKNOWN
