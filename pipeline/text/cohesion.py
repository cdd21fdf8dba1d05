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
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Token = TypeVar("Token", str, int)

NEAR: Final = 200
"""A word comes back soon when fewer tokens than this lie between."""
UNKNOWN: Final = 0.5
"""Weight of a word of which nothing is known, because it is said once."""
LEAST: Final = 0.05
"""Weight of a word spread more evenly than chance."""


@dataclass(frozen=True, slots=True)
class Urn(Generic[Token]):
    """The blocks of a talk as bags of tokens, each with its weight and what was there of it before the first draw."""

    bags: tuple[tuple[tuple[Token, float, float], ...], ...]
    size: float
    """Weight of the urn before the first draw, in tokens."""

    def surprises(self, begin: int) -> Iterator[float]:
        """In nats, for passages from block `begin` to each later one: how much more they surprise than the whole talk.

        Negative where the words hold together.
        """
        drawn: dict[Token, float] = {}
        total = gain = 0.0
        for bag in self.bags[begin:]:
            for token, weight, held in bag:
                seen = drawn.get(token, 0.0)
                if seen:
                    gain += weight * log(1.0 + seen / held)
                drawn[token] = seen + weight
                total += weight
            yield lgamma(total + self.size) - lgamma(self.size) - total * log(self.size) - gain


def urn(bags: Sequence[Sequence[Token]], size: float, weights: Mapping[Token, float]) -> Urn[Token]:
    """An urn of the given size, holding tokens in proportion to their weight in all bags."""
    whole: dict[Token, float] = defaultdict(float)
    for bag in bags:
        for token in bag:
            whole[token] += weights[token]
    share = size / (sum(whole.values()) or 1.0)
    held = {token: weight * share for token, weight in whole.items()}
    return Urn(tuple(tuple((token, weights[token], held[token]) for token in bag) for bag in bags), size)


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
