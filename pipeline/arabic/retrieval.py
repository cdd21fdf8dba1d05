"""Find where something was said: the few sentences of a talk that say most of a text."""

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
    """Sentences, prepared for finding where something was said; linear in them."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._stems = {sentence.number: _stems(sentence.text) for sentence in sentences}
        self._numbers: dict[str, list[int]] = {}
        for number, stems in self._stems.items():
            for each in stems:
                self._numbers.setdefault(each, []).append(number)

    def cites(self, text: str, most: int = MOST) -> tuple[int, ...]:
        """Numbers of the few sentences that say most of the text, ascending; none when they do not say half of it.

        A word of few sentences weighs more (inverse document frequency, Spärck Jones 1972).
        """
        total = 1 + len(self._stems)
        left = {each: math.log(1 + total / (1 + len(self._numbers.get(each, ())))) for each in _stems(text)}
        whole = sum(left.values())
        chosen: list[int] = []
        while left and len(chosen) < most:
            gains: dict[int, float] = {}
            for each, weight in left.items():
                for number in self._numbers.get(each, ()):
                    gains[number] = gains.get(number, 0.0) + weight
            best = min(gains, key=lambda number: (-gains[number], number), default=None)
            if best is None or gains[best] < _FURTHER * whole:
                break
            chosen.append(best)
            left = {each: weight for each, weight in left.items() if each not in self._stems[best]}
        return tuple(sorted(chosen)) if sum(left.values()) <= _HALF * whole else ()


def _stems(text: str) -> frozenset[str]:
    """Stems of the topic words of a text, and its figures."""
    return frozenset(stem(word) for word in words(text) if is_content_word(word) or word.isdecimal())
