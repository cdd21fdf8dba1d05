"""Figures as rows of one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

OURS: Final = "tadwin"
"""The name of the product among the systems of a table."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One figure: a measure of a system over a set of data."""

    data: str
    measure: str
    system: str
    """`tadwin`, or the name of a baseline."""
    value: float
    items: int
    """How many texts, headings or words it is the figure of."""

    @property
    def name(self) -> str:
        """What the figure is about, the same for every system."""
        return f"{self.data}, {self.measure}"


def table(rows: Iterable[ResultRow]) -> str:
    """The rows as text, one line for each thing measured, ours first and then the baselines."""
    grouped: dict[str, list[ResultRow]] = {}
    for row in rows:
        grouped.setdefault(row.name, []).append(row)
    width = max(map(len, grouped), default=0)
    lines = [f"{name:<{width}}  {_figures(group)}  ({group[0].items})" for name, group in grouped.items()]
    return "\n".join(lines)


def _figures(rows: list[ResultRow]) -> str:
    ours_first = sorted(rows, key=lambda row: row.system != OURS)
    return "  ".join(f"{row.system} {row.value:.3f}" for row in ours_first)
