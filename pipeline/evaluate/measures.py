"""Measures as pure functions, and the table that shows their figures.

Borders are the indices of sentences at which a new segment begins, without 0.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from collections.abc import Set as AbstractSet

OURS: Final = "tadwin"
"""The product's name among the systems of a table."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One figure: a measure of a system over a set of data."""

    data: str
    measure: str
    system: str
    """`tadwin`, or the name of a baseline."""
    value: float
    items: int
    """Number of texts, headings or words that were measured."""

    @property
    def name(self) -> str:
        """Data and measure: the same for every system."""
        return f"{self.data}, {self.measure}"


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
    """F1 of borders; a border found up to `slack` units from a true one counts, and each is matched once."""
    unmatched = sorted(truth)
    hits = 0
    for border in sorted(found):
        near = [mark for mark in unmatched if abs(mark - border) <= slack]
        if near:
            unmatched.remove(min(near, key=lambda mark: abs(mark - border)))
            hits += 1
    return f1(hits, len(found), len(truth))


def heading_f1(truth: str, found: str) -> float:
    """F1 of the folded words of two headings; a repeated word counts as often as it occurs."""
    one, other = Counter(words(truth)), Counter(words(found))
    return f1((one & other).total(), other.total(), one.total())


def position_f1(truth: AbstractSet[int], found: AbstractSet[int]) -> float:
    """F1 of two sets of word positions in one text."""
    return f1(len(truth & found), len(found), len(truth))


def f1(hits: int, found: int, true: int) -> float:
    """Harmonic mean of precision and recall; 0 when nothing was found or nothing is true."""
    return 2 * hits / (found + true) if hits else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean; 0 when there are no values."""
    return sum(values) / len(values) if values else 0.0


def table(rows: Iterable[ResultRow]) -> str:
    """The rows as text: a line for each data and measure, with our figure before those of the baselines."""
    grouped: dict[str, list[ResultRow]] = {}
    for row in rows:
        grouped.setdefault(row.name, []).append(row)
    width = max(map(len, grouped), default=0)
    lines = []
    for name, group in grouped.items():
        ours_first = sorted(group, key=lambda row: row.system != OURS)
        figures = "  ".join(f"{row.system} {row.value:.3f}" for row in ours_first)
        lines.append(f"{name:<{width}}  {figures}  ({group[0].items})")
    return "\n".join(lines)


def _between(borders: Collection[int], begin: int, end: int) -> int:
    """Number of borders after unit `begin` and up to unit `end`."""
    return sum(begin < border <= end for border in borders)
