"""Find two words of a sentence that have changed places: who did it, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import DEFINITE_BEGINNINGS, strip_conjunction
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.stopwords import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.arabic.alignment import IndexedSpeech

_NOMINAL: Final = NOUNS | NAMES | ADJECTIVES
_BEGIN, _END, _UNKNOWN = -1, -2, -3
"""Neighbours that are no position in the source: a sentence's ends, and a word that was not said."""
_NEAR: Final = 12
"""Said words within which two are compared: farther apart they belong to two clauses."""


def swapped_words(claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> tuple[str, str] | None:
    """Two words of a claim of which each stands where the other was said, or None.

    A word stands where another was said when it has the same neighbour on one side, counting all words or only those
    with a meaning of their own. A clause that moved as a whole takes its own neighbours with it; a verb and its subject
    may change places.
    """
    neighbours = _Neighbours(claim, places, source)
    # The second word of a phrase that stands for one word has the place of the first, and none of its own.
    said = [
        (at, place) for at, place in enumerate(places) if place is not None and not (at and places[at - 1] == place)
    ]
    for index, (first, place) in enumerate(said):
        for second, other in said[index + 1 : index + _NEAR]:
            if place > other and neighbours.swapped(first, second):
                return claim[first], claim[second]
    return None


class _Neighbours:
    """The neighbours of every word of a claim and of its source, as positions in the source."""

    def __init__(self, claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> None:
        self._claim, self._places, self._said = claim, places, source.words
        known = [_UNKNOWN if place is None else place for place in places]
        self._claimed_sides = _sides_by_kind(known, claim, frozenset({0}))
        self._said_sides = _sides_by_kind(range(len(source.words)), source.words, source.starts)

    def swapped(self, first: int, second: int) -> bool:
        """Whether each of two words of the claim stands where the other was said."""
        one, other = self._claim[first], self._claim[second]
        if strip_conjunction(one) == strip_conjunction(other):
            return False
        if second == first + 1:
            # Of two neighbours only nouns that are not merely listed: `X and Y` says what `Y and X` says.
            listed = other[0] == self._said[self._places[first] or 0][0] == "و"
            if listed or not (_is_nominal(one) and _is_nominal(other)):
                return False
        kinds = (0,) if {one, other} & FUNCTION else (0, 1)
        return any(self._stands(kind, first, second) and self._stands(kind, second, first) for kind in kinds)

    def _stands(self, kind: int, at: int, other: int) -> bool:
        """Whether a word has on one side the neighbour that the other word's position has on that side."""
        here, there = self._claimed_sides[kind][at], self._said_sides[kind][self._places[other] or 0]
        return here[0] == there[0] or here[1] == there[1]


def _sides_by_kind(
    places: Sequence[int], words: Sequence[str], starts: AbstractSet[int]
) -> tuple[list[tuple[int, int]], ...]:
    """The neighbours of each word among all words, then among those with a meaning of their own."""
    return tuple(
        _sides(places, counted, starts) for counted in ([True] * len(words), [w not in FUNCTION for w in words])
    )


def _sides(places: Sequence[int], counted: Sequence[bool], starts: AbstractSet[int]) -> list[tuple[int, int]]:
    """For each word of a row the positions of its neighbours among the words that count; sentences have ends."""
    left: list[int] = []
    last = _BEGIN
    for at, place in enumerate(places):
        last = _BEGIN if at in starts else last
        left.append(last)
        last = place if counted[at] else last
    right: list[int] = []
    last = _END
    for at in range(len(places) - 1, -1, -1):
        right.append(last)
        last = places[at] if counted[at] else last
        last = _END if at in starts else last
    return list(zip(left, reversed(right), strict=True))


def _is_nominal(word: str) -> bool:
    return word.startswith(DEFINITE_BEGINNINGS) or word in _NOMINAL or word[1:] in NAMES
