"""Whether two words of a sentence have taken each other's place: who did it, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.text.alignment import unjoined
from pipeline.text.nouns import ADJECTIVES, NAMES, NOUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.text.alignment import Said

_ARTICLES: Final = ("ال", "وال", "بال", "لل", "فال", "كال")
_NOMINAL: Final = NOUNS | NAMES | ADJECTIVES
_NEAR: Final = 12
"""Words between two that are looked at as a pair: farther apart they belong to two clauses."""


def exchanged(claim: Sequence[str], places: Sequence[int | None], source: Said) -> tuple[str, str] | None:
    """Two words of a claim of which each stands where the other was said, or None.

    A word stands where another was said when it has the same neighbour on one side. A clause that moved as a whole
    takes its own neighbours with it; a verb and its subject may change places.
    """
    row = _Row(claim, places, source)
    fixed = [at for at, place in enumerate(places) if place is not None]
    for index, first in enumerate(fixed):
        for second in fixed[index + 1 : index + _NEAR]:
            if row.crossed(first, second) and row.swapped(first, second):
                return claim[first], claim[second]
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """A claim beside its source."""

    claim: Sequence[str]
    places: Sequence[int | None]
    source: Said

    def crossed(self, first: int, second: int) -> bool:
        """Whether two words stand in the other order in the source."""
        one, other = self.places[first], self.places[second]
        return one is not None and other is not None and one > other

    def swapped(self, first: int, second: int) -> bool:
        """Whether each of two words stands where the other was said."""
        if second == first + 1 and not (_nominal(self.claim[first]) and _nominal(self.claim[second])):
            return False
        return all(map(self._stands, (first, second), (second, first)))

    def _stands(self, at: int, other: int) -> bool:
        """Whether a word has a neighbour of the other's slot: that very one, or the same word in place of its own."""
        slot, own = self.places[other], self.places[at]
        if slot is None or own is None:
            return False
        here, there, mine = self._around(at), self._said(slot), self._said(own)
        if here[0][0] == there[0][0] or here[1][0] == there[1][0]:
            return True
        left, right = (here[side][1] == there[side][1] for side in (0, 1))
        return (left and here[1][1] != mine[1][1]) or (right and here[0][1] != mine[0][1])

    def _around(self, at: int) -> tuple[tuple[int | None, str], tuple[int | None, str]]:
        """Place in the source and word of both neighbours in the claim; -1 before its first word, -2 after its last."""
        left = (self.places[at - 1], self.claim[at - 1]) if at else (-1, "")
        right = (self.places[at + 1], self.claim[at + 1]) if at + 1 < len(self.claim) else (-2, "")
        return (left[0], unjoined(left[1])), (right[0], unjoined(right[1]))

    def _said(self, place: int) -> tuple[tuple[int, str], tuple[int, str]]:
        """The same in the source, whose sentences have ends of their own."""
        words, starts = self.source.words, self.source.starts
        ends = place + 1 == len(words) or place + 1 in starts
        left = (-1, "") if place in starts else (place - 1, unjoined(words[place - 1]))
        return left, (-2, "") if ends else (place + 1, unjoined(words[place + 1]))


def _nominal(word: str) -> bool:
    return word.startswith(_ARTICLES) or word in _NOMINAL or word[1:] in NAMES
