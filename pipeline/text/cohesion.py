"""How well the words of neighbouring blocks fit one topic.

A passage is a sample from an urn that holds the whole talk's vocabulary and gets one more of every word drawn
(Dirichlet-multinomial; Eisenstein and Barzilay 2008, "Bayesian unsupervised topic segmentation"). A word that comes
back soon is expected, so a passage on one topic surprises less than one that runs across two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import exp, lgamma, log
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Token = TypeVar("Token", str, int)

NEAR: Final = 200
"""A word comes back soon when fewer tokens than this lie between."""
UNKNOWN: Final = 0.5
"""Weight of a word of which nothing is known, because it is said once."""
LEAST: Final = 0.05
"""Weight of a word spread more evenly than chance."""


@dataclass(frozen=True, slots=True)
class Urn:
    """The blocks of a talk as bags of numbered tokens, each with its weight and what was there of it before a draw."""

    bags: tuple[tuple[tuple[int, float, float], ...], ...]
    size: float
    """Weight of the urn before the first draw, in tokens."""
    kinds: int
    """How many different tokens there are."""

    def surprises(self, reaches: Sequence[int]) -> list[list[float]]:
        """In nats, for each block, for the passages of 1, 2, ... blocks that begin there, as many as its reach.

        How much more a passage surprises than the whole talk: negative where its words hold together.
        """
        # A row for each block that a passage may still have begun at; all of them draw the next block together.
        rows = max(reaches, default=0)
        drawn = np.zeros((self.kinds, rows))
        gain, total = np.zeros(rows), np.zeros(rows)
        table: list[list[float]] = [[] for _ in self.bags]
        for end, bag in enumerate(self.bags):
            drawn[:, end % rows] = gain[end % rows] = total[end % rows] = 0.0
            for token, weight, held in bag:
                gain += weight * np.log1p(drawn[token] / held)
                drawn[token] += weight
                total += weight
            gains, totals = gain.tolist(), total.tolist()
            for begin in range(max(0, end - rows + 1), end + 1):
                if end - begin < reaches[begin]:
                    table[begin].append(self._surprise(totals[begin % rows], gains[begin % rows]))
        return table

    def _surprise(self, total: float, gain: float) -> float:
        return lgamma(total + self.size) - lgamma(self.size) - total * log(self.size) - gain


def urn(bags: Sequence[Sequence[Token]], size: float, weights: Mapping[Token, float]) -> Urn:
    """An urn of the given size, holding tokens in proportion to their weight in all bags."""
    whole: dict[Token, float] = defaultdict(float)
    for bag in bags:
        for token in bag:
            whole[token] += weights[token]
    share = size / (sum(whole.values()) or 1.0)
    drawn = {token: (number, weights[token], weight * share) for number, (token, weight) in enumerate(whole.items())}
    return Urn(tuple(tuple(drawn[token] for token in bag) for bag in bags), size, len(drawn))


def gathering(tokens: Sequence[Token]) -> dict[Token, float]:
    """For each token a weight from 0 to 1: how much more often it comes back soon than chance would have it.

    Words of a topic gather where the topic is; words of the language are spread.
    """
    places: dict[Token, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        places[token].append(place)
    return {token: _gathered(found, len(tokens)) for token, found in places.items()}


def _gathered(places: Sequence[int], total: int) -> float:
    returns = len(places) - 1
    if not returns:
        return UNKNOWN
    soon = sum(later - earlier <= NEAR for earlier, later in pairwise(places))
    expected = returns * (1 - exp(-NEAR * len(places) / total))
    return min(1.0, max(LEAST, UNKNOWN + (soon - expected) / (returns + 2)))
