"""Measures, as pure functions. Borders are the indices of sentences at which a new segment begins, without 0."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from collections.abc import Set as AbstractSet


def pk(truth: Collection[int], found: Collection[int], units: int) -> float:
    """Share of probes that disagree on whether their two ends lie in one segment; 0 is best.

    Beeferman, Berger and Lafferty 1999; the probe is half the mean true segment long.
    """
    reach = probe(truth, units)
    wrong = sum(
        (_between(truth, at, at + reach) == 0) != (_between(found, at, at + reach) == 0) for at in range(units - reach)
    )
    return wrong / max(1, units - reach)


def window_diff(truth: Collection[int], found: Collection[int], units: int) -> float:
    """Share of windows with a different number of borders; 0 is best (Pevzner and Hearst 2002)."""
    reach = probe(truth, units)
    wrong = sum(_between(truth, at, at + reach) != _between(found, at, at + reach) for at in range(units - reach))
    return wrong / max(1, units - reach)


def probe(truth: Collection[int], units: int) -> int:
    """Half the mean true segment, in units; at least 1."""
    return max(1, round(units / (len(truth) + 1) / 2))


def border_f1(truth: Collection[int], found: Collection[int], slack: int = 0) -> float:
    """F1 of borders, where a found one may lie up to `slack` units from a true one, each matched once."""
    left = sorted(truth)
    hits = 0
    for border in sorted(found):
        near = [mark for mark in left if abs(mark - border) <= slack]
        if near:
            left.remove(min(near, key=lambda mark: abs(mark - border)))
            hits += 1
    return f1(hits, len(found), len(truth))


def heading_f1(truth: str, found: str) -> float:
    """F1 of two headings' folded words, repeated words counted as often as they stand."""
    one, other = Counter(words(truth)), Counter(words(found))
    return f1((one & other).total(), other.total(), one.total())


def position_f1(truth: AbstractSet[int], found: AbstractSet[int]) -> float:
    """F1 of two sets of word positions of one text."""
    return f1(len(truth & found), len(found), len(truth))


def f1(hits: int, found: int, true: int) -> float:
    """Harmonic mean of precision and recall; 0 when nothing was found or nothing is true."""
    return 2 * hits / (found + true) if hits else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def _between(borders: Collection[int], begin: int, end: int) -> int:
    """How many borders lie after unit `begin` and up to unit `end`."""
    return sum(begin < border <= end for border in borders)
