"""Whether two words of a sentence have taken each other's place: who did it, and to whom."""

from __future__ import annotations

from functools import partial
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
"""Neighbours that are no place: a sentence's ends, and a word that was not said."""
_NEAR: Final = 12
"""Words between two that are looked at as a pair: farther apart they belong to two clauses."""


def swapped_words(claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> tuple[str, str] | None:
    """Two words of a claim of which each stands where the other was said, or None.

    A word stands where another was said when it has the same neighbour on one side, or the same but for function
    words. A clause that moved as a whole takes its own neighbours with it; a verb and its subject may change places.
    """
    row = _Row(claim, places, source)
    fixed = [at for at, place in enumerate(places) if place is not None]
    for index, first in enumerate(fixed):
        for second in fixed[index + 1 : index + _NEAR]:
            if row.crossed(first, second) and row.swapped(first, second):
                return claim[first], claim[second]
    return None


class _Row:
    """A claim beside its source, with the neighbours of every word as places in the source."""

    def __init__(self, claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> None:
        self._claim, self._places, self._source = claim, places, source
        here = [_UNKNOWN if place is None else place for place in places]
        there = range(len(source.words))
        content = ([word not in FUNCTION for word in row] for row in (claim, source.words))
        mine, theirs = map(list, content)
        self._here = [_sides(here, [True] * len(here), frozenset({0})), _sides(here, mine, frozenset({0}))]
        self._there = [_sides(there, [True] * len(there), source.starts), _sides(there, theirs, source.starts)]

    def crossed(self, first: int, second: int) -> bool:
        """Whether two words stand in the other order in the source."""
        one, other = self._places[first], self._places[second]
        return one is not None and other is not None and one > other

    def swapped(self, first: int, second: int) -> bool:
        """Whether each of two words stands where the other was said."""
        if strip_conjunction(self._claim[first]) == strip_conjunction(self._claim[second]):
            return False
        if second == first + 1 and not self._arguments(first, second):
            return False
        kinds = (0,) if {self._claim[first], self._claim[second]} & FUNCTION else (0, 1)
        return any(all(map(partial(self._stands, kind), (first, second), (second, first))) for kind in kinds)

    def _arguments(self, first: int, second: int) -> bool:
        """Whether two neighbours are nouns that are not merely listed: `X and Y` says what `Y and X` says."""
        said = self._source.words[self._places[first] or 0]
        listed = self._claim[second][0] == said[0] == "و"
        return _nominal(self._claim[first]) and _nominal(self._claim[second]) and not listed

    def _stands(self, kind: int, at: int, other: int) -> bool:
        """Whether a word has on one side the neighbour that the other's place has on that side."""
        here, there = self._here[kind][at], self._there[kind][self._places[other] or 0]
        return here[0] == there[0] or here[1] == there[1]


def _sides(places: Sequence[int], counted: Sequence[bool], starts: AbstractSet[int]) -> list[tuple[int, int]]:
    """For each word of a row the places of its neighbours among the words that count; sentences have ends."""
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


def _nominal(word: str) -> bool:
    return word.startswith(DEFINITE_BEGINNINGS) or word in _NOMINAL or word[1:] in NAMES
