"""Whether two words of a sentence have taken each other's place: who did it, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    fixed = [at for at, place in enumerate(places) if place is not None]
    for index, first in enumerate(fixed):
        for second in fixed[index + 1 : index + _NEAR]:
            if _crossed(first, second, places) and _swapped(first, second, claim, places, source):
                return claim[first], claim[second]
    return None


def _crossed(first: int, second: int, places: Sequence[int | None]) -> bool:
    one, other = places[first], places[second]
    return one is not None and other is not None and one > other


def _swapped(first: int, second: int, claim: Sequence[str], places: Sequence[int | None], source: Said) -> bool:
    if second == first + 1 and not (_nominal(claim[first]) and _nominal(claim[second])):
        return False
    return _stands_for(first, places[second], places, source) and _stands_for(second, places[first], places, source)


def _stands_for(at: int, slot: int | None, places: Sequence[int | None], source: Said) -> bool:
    """Whether a word of the claim has a neighbour that the slot in the source has on the same side."""
    if slot is None:
        return False
    begins = slot in source.starts
    left = begins if at == 0 else (not begins and places[at - 1] == slot - 1)
    ends = slot + 1 == len(source.words) or slot + 1 in source.starts
    right = ends if at == len(places) - 1 else (not ends and places[at + 1] == slot + 1)
    return left or right


def _nominal(word: str) -> bool:
    return word.startswith(_ARTICLES) or word in _NOMINAL or word[1:] in NAMES
