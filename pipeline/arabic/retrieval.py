"""Find where something was said: the few sentences of a talk that say most of a text."""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import words
from pipeline.arabic.stem import is_content_word, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        """Numbers of the few sentences that say most of the text, ascending; none when they do not say half of it."""
        ranked = [(number, share) for number, share in islice(self._ranked(text), most) if share >= _FURTHER]
        said = sum(share for _, share in ranked)
        return tuple(sorted(number for number, _ in ranked)) if said >= 1 - _HALF else ()

    def nearest(self, text: str, most: int = MOST) -> tuple[int, ...]:
        """Numbers of the sentences that come closest to the text, ascending, however little of it they say."""
        ranked = list(islice(self._ranked(text), most))
        return tuple(sorted(number for at, (number, share) in enumerate(ranked) if not at or share >= _FURTHER))

    def _ranked(self, text: str) -> Iterator[tuple[int, float]]:
        """The sentences that say something of the text, each with the share that those before it do not say.

        A word of few sentences weighs more (inverse document frequency, Spärck Jones 1972).
        """
        total = 1 + len(self._stems)
        left = {each: math.log(1 + total / (1 + len(self._numbers.get(each, ())))) for each in _stems(text)}
        whole = sum(left.values())
        while left:
            gains: dict[int, float] = {}
            for each, weight in left.items():
                for number in self._numbers.get(each, ()):
                    gains[number] = gains.get(number, 0.0) + weight
            best = min(gains, key=lambda number: (-gains[number], number), default=None)
            if best is None:
                return
            yield best, gains[best] / whole
            left = {each: weight for each, weight in left.items() if each not in self._stems[best]}


def _stems(text: str) -> frozenset[str]:
    """Stems of the topic words of a text, and its figures."""
    return frozenset(stem(word) for word in words(text) if is_content_word(word) or word.isdecimal())
