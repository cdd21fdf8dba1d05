"""Figures that tests measure, printed at the end of a run, whichever process measured them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Tell = Callable[[str], None]
"""Records one line with a figure."""

FIGURE = "figure"
"""Name of the property that carries a line in a report of pytest."""


def figure_lines(reports: Iterable[Any]) -> Iterator[str]:
    """The lines of all reports, in their order."""
    for report in reports:
        yield from (line for name, line in getattr(report, "user_properties", ()) if name == FIGURE)
