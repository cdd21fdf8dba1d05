"""Divide words into numbered sentences."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.segment.boundaries import CLOSED, boundary_scores, end_odds
from pipeline.segment.questions import asks, may_ask
from pipeline.segment.unbroken import figure_places
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.settings import TextSettings
    from pipeline.types.article import SpokenWord

FRAGMENT_WORDS = 3
"""A piece of this length or less is no sentence unless it was marked as one."""

EASY_WORDS = 18
"""Up to this length a sentence is likely; every word beyond asks a little more for a division."""

JUDGED_WORDS = 34
"""The same where a model judges each place: it marks the clauses, and length alone says little."""

SURE = 0.6
"""Score of an end from which a question is told: with a doubtful end, what was asked is not known either."""

_SOFT = "،؛:,;"
_FRAGMENT_COST = 50.0
_TOO_LONG = 1000.0
_LENGTH_COST, _JUDGED_LENGTH_COST = 0.01, 0.004
"""Of the square of each word beyond; those of judged words were chosen with `LEANS`, on the same talks."""


def split_sentences(
    words: Sequence[SpokenWord], settings: TextSettings, *, typed: bool = False
) -> tuple[Sentence, ...]:
    """Every word in exactly one sentence, in order, each sentence with its second and its words' seconds.

    Decided ends divide always. Between them the division with the best sum of scores is chosen by dynamic programming
    (the line breaking of Knuth and Plass, 1981), no piece longer than `settings.sentence_words` unless a verse is.
    Marks stay as the words have them: a sentence that ends without one gets none here, since rendering sets it.
    """
    words = _whole_figures(words)
    scores = boundary_scores(words, settings.pause_seconds, typed=typed)
    judged = any(word.odds is not None for word in words)
    easy, cost = (JUDGED_WORDS, _JUDGED_LENGTH_COST) if judged else (EASY_WORDS, _LENGTH_COST)
    # What a piece of each length costs: fragments much, long pieces more the longer they are.
    most = max(settings.sentence_words, 1)
    runs = groupby(words, key=lambda word: word.recited)
    whole = max((len(list(run)) for recited, run in runs if recited), default=0)
    costs = [
        _FRAGMENT_COST if 0 < length <= FRAGMENT_WORDS else cost * max(0, length - easy) ** 2
        for length in range(most + 1)
    ] + [_TOO_LONG] * (whole + 1 if whole else 0)
    ends: list[int] = []
    begin = 0
    for place, score in enumerate(scores):
        if score >= CLOSED:
            ends += [begin + cut for cut in _cuts(scores[begin:place], costs)]
            ends.append(place + 1)
            begin = place + 1
    return tuple(
        replace(
            _sentence(number, words[begin:end], sure=not typed and scores[end - 1] >= SURE),
            end_odds=end_odds(words[end - 1], scores[end - 1], typed=typed),
            known=_known_share(words[begin:end]),
            voice=words[begin].voice,
            drowned=any(word.drowned for word in words[begin:end]),
        )
        for number, (begin, end) in enumerate(pairwise([0, *ends]), 1)
    )


def _whole_figures(words: Sequence[SpokenWord]) -> Sequence[SpokenWord]:
    """The words without a comma of the model's between a number and what it counts: `58، في المئة`."""
    places = figure_places(words)
    return [
        replace(word, text=word.text.rstrip(_SOFT)) if at in places and word.odds is not None else word
        for at, word in enumerate(words)
    ]


def _known_share(words: Sequence[SpokenWord]) -> float | None:
    known = [word.known for word in words if word.known is not None]
    return round(sum(known) / len(known), 3) if known else None


def _cuts(scores: Sequence[float], costs: Sequence[float]) -> list[int]:
    """The best places to divide one stretch of `len(scores) + 1` words, given the scores inside it."""
    count = len(scores) + 1
    gains = (*scores, 0.0)
    best = np.zeros(count + 1)
    came = [0]
    prices = np.array(costs[:0:-1])
    for end in range(1, count + 1):
        first = max(0, end - len(prices))
        values = best[first:end] - prices[first - end :]
        begin = end - 1 - int(values[::-1].argmax())  # of equals the last: the shorter piece
        best[end] = values[begin - first] + gains[end - 1]
        came.append(begin)
    cuts: list[int] = []
    while count := came[count]:
        cuts.append(count)
    return cuts[::-1]


def _sentence(number: int, words: Sequence[SpokenWord], *, sure: bool) -> Sentence:
    """The words as a sentence, closed in the place of a softer mark where a model set marks.

    Whether it asks is told by its words, of a long one by the model too. Only at a `sure` end is it known what was
    asked.
    """
    texts = [word.text for word in words]
    if closing := words[-1].closing:
        asked = sure and not texts[-1].endswith("﴾") and (asks(texts) or (closing == "؟" and may_ask(texts)))
        texts[-1] = texts[-1].rstrip(_SOFT) + ("؟" if asked else "." if closing == "؟" else closing)
    text = " ".join(texts)
    times = tuple(word.start for word in words if word.start is not None)
    if len(times) < len(words):
        return Sentence(number, text)
    return Sentence(number, text, times[0], words[-1].end, times)
