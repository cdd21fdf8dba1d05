"""Where something was said: the few sentences of a talk that say most of a text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import words
from pipeline.arabic.stem import is_content_word, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Sentence

MOST: Final = 3
"""Sentences that one statement cites, at most."""
_HALF = 0.5
"""Share of a text's words that the sentences together must have to count as what it was taken from."""
_FURTHER = 0.15
"""Share of its words that a second or third sentence must add to be cited too."""


class Retriever:
    """Sentences, prepared for finding where something was said."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        """Linear in the sentences."""
        self._said = {sentence.number: _stems(sentence.text) for sentence in sentences}
        self._homes: dict[str, list[int]] = {}
        for number, said in self._said.items():
            for each in said:
                self._homes.setdefault(each, []).append(number)

    def cites(self, text: str, most: int = MOST) -> tuple[int, ...]:
        """Numbers of the few sentences that say most of the text, ascending; none when they do not say half of it."""
        left = {each: self._weight(each) for each in _stems(text)}
        whole = sum(left.values())
        chosen: list[int] = []
        while left and len(chosen) < most:
            best, gain = self._best(left)
            if gain < _FURTHER * whole:
                break
            chosen.append(best)
            left = {each: weight for each, weight in left.items() if each not in self._said[best]}
        return tuple(sorted(chosen)) if sum(left.values()) <= _HALF * whole else ()

    def _best(self, wanted: dict[str, float]) -> tuple[int, float]:
        """The sentence with most of the weight, the first of equals, and how much it has."""
        gains: dict[int, float] = {}
        for each, weight in wanted.items():
            for number in self._homes.get(each, ()):
                gains[number] = gains.get(number, 0.0) + weight
        return max(gains.items(), key=lambda item: (item[1], -item[0]), default=(0, 0.0))

    def _weight(self, each: str) -> float:
        """More for a word of few sentences (inverse document frequency, Spärck Jones 1972)."""
        return math.log(1 + (1 + len(self._said)) / (1 + len(self._homes.get(each, ()))))


def _stems(text: str) -> frozenset[str]:
    """What of a text can be found again: topic words without their endings, and figures."""
    return frozenset(stem(word) for word in words(text) if is_content_word(word) or word.isdecimal())
