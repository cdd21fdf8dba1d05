"""Figures that tests measured, told at the end of a run, whichever process measured them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Tell = Callable[[str], None]
"""Takes one line with a figure."""

FIGURE = "figure"
"""Name of the property under which a report of pytest carries a line."""


def told(reports: Iterable[Any]) -> Iterator[str]:
    """The lines of all reports, in their order."""
    for report in reports:
        yield from (line for name, line in getattr(report, "user_properties", ()) if name == FIGURE)
