"""Words become numbered sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.text.boundaries import CLOSED, scores
from pipeline.text.fold import fold
from pipeline.text.function_words import ASKING, QUESTION_OPENERS, QUESTION_PAIRS
from pipeline.types import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.settings import TextSettings
    from pipeline.text.captions import Word

FRAGMENT_WORDS = 3
"""A piece of this length or less is no sentence unless it was marked as one."""

EASY_WORDS = 18
"""Up to this length a sentence is likely; every word beyond asks a little more for a division."""

JUDGED_WORDS = 26
"""The same where a model judges each place: it marks the clauses, and length alone says little."""

_SOFT = "،؛:,;"
_FRAGMENT_COST = 50.0
_LENGTH_COST = 0.01


def split(words: Sequence[Word], settings: TextSettings) -> tuple[Sentence, ...]:
    """Every word in exactly one sentence, in order, each sentence with its second and its words' seconds.

    Decided ends divide always. Between them the division with the best sum of scores is chosen by dynamic programming
    (the line breaking of Knuth and Plass, 1981), no piece longer than `settings.sentence_words`. Marks stay as the
    words have them: a sentence that ends without one gets none here, since that is for rendering to set.
    """
    values = scores(words, settings.pause_seconds)
    costs = _costs(settings.sentence_words, judged=any(word.odds is not None for word in words))
    sentences: list[Sentence] = []
    begin = 0
    for end in _ends(values, costs):
        sentences.append(_sentence(len(sentences) + 1, words[begin:end]))
        begin = end
    return tuple(sentences)


def _ends(values: Sequence[float], costs: Sequence[float]) -> Iterator[int]:
    """The positions after which sentences end, ascending."""
    begin = 0
    for place, value in enumerate(values):
        if value >= CLOSED:
            for cut in _cuts(values[begin:place], costs):
                yield begin + cut
            yield place + 1
            begin = place + 1


def _cuts(values: Sequence[float], costs: Sequence[float]) -> list[int]:
    """The best places to divide one stretch of `len(values) + 1` words, given the scores inside it."""
    count = len(values) + 1
    gains = (*values, 0.0)
    best = np.zeros(count + 1)
    came = [0]
    dear = np.array(costs[:0:-1])
    for end in range(1, count + 1):
        first = max(0, end - len(dear))
        worth = best[first:end] - dear[first - end :]
        begin = end - 1 - int(worth[::-1].argmax())  # of equals the last: the shorter piece
        best[end] = worth[begin - first] + gains[end - 1]
        came.append(begin)
    cuts: list[int] = []
    while count := came[count]:
        cuts.append(count)
    return cuts[::-1]


def _costs(longest: int, *, judged: bool) -> list[float]:
    """What a piece of each length costs: fragments much, long pieces more the longer they are."""
    easy = JUDGED_WORDS if judged else EASY_WORDS
    lengths = range(max(longest, 1) + 1)
    return [_FRAGMENT_COST if 0 < n <= FRAGMENT_WORDS else _LENGTH_COST * max(0, n - easy) ** 2 for n in lengths]


def _closed(words: Sequence[Word]) -> str:
    """The last word of a sentence, with its closing mark in the place of a softer one; questions are told by words."""
    last = words[-1]
    if not last.closing:
        return last.text
    folded = [fold(word.text).strip(_SOFT) for word in words]
    asked = folded[0] in QUESTION_OPENERS or tuple(folded[:2]) in QUESTION_PAIRS or not ASKING.isdisjoint(folded)
    return last.text.rstrip(_SOFT) + ("؟" if asked else last.closing)


def _sentence(number: int, words: Sequence[Word]) -> Sentence:
    text = " ".join([*(word.text for word in words[:-1]), _closed(words)])
    times = tuple(word.start for word in words if word.start is not None)
    if len(times) < len(words):
        return Sentence(number, text)
    return Sentence(number, text, times[0], words[-1].end, times)
