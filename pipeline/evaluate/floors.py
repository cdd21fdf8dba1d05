"""Floors under our figures: neither the program nor the data it is measured on can move unnoticed.

After trafilatura's `tests/eval_gate.py`: every floor is pinned together with the digest of its data, and lowering one
takes an explicit word.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from pipeline.evaluate.table import OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.evaluate.table import ResultRow

ERRORS: Final = ("Pk", "WindowDiff", "worse")
"""Measures of which less is better."""
SLACK: Final = 0.002
"""What a figure may fall short of its floor: a sum in another order on another processor is no regression."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The worst that a figure may be."""

    name: str
    value: float
    digest: str
    """Of the data that it was measured on."""


def read(text: str) -> tuple[Floor, ...]:
    """The floors of a file."""
    return tuple(Floor(**entry) for entry in json.loads(text))


def write(floors: Iterable[Floor]) -> str:
    """The floors as a file, ordered by name."""
    return json.dumps([asdict(floor) for floor in sorted(floors, key=lambda f: f.name)], indent=1) + "\n"


def pinned(rows: Iterable[ResultRow], digests: Mapping[str, str]) -> tuple[Floor, ...]:
    """Our figures as floors; `digests` names the data."""
    return tuple(Floor(row.name, round(row.value, 4), digests[row.data]) for row in rows if row.system == OURS)


def broken(rows: Iterable[ResultRow], floors: Iterable[Floor], digests: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each figure under its floor, each floor of other data, and each measured figure without a floor.

    Floors of data that was not measured this time say nothing.
    """
    by_name = {floor.name: floor for floor in floors}
    return tuple(
        sentence
        for row in rows
        if row.system == OURS and (sentence := _judged(row, by_name.get(row.name), digests[row.data]))
    )


def lowered(old: Iterable[Floor], new: Iterable[Floor]) -> tuple[str, ...]:
    """A sentence for each floor that the new ones would lower."""
    before = {floor.name: floor for floor in old}
    return tuple(
        f"{floor.name}: {before[floor.name].value} would become {floor.value}"
        for floor in new
        if floor.name in before and _worse(floor.value, before[floor.name].value, floor.name)
    )


def _judged(row: ResultRow, floor: Floor | None, digest: str) -> str:
    if floor is None:
        return f"{row.name}: {row.value:.4f} has no floor yet"
    if floor.digest != digest:
        return f"{row.name}: measured on other data than its floor"
    if _worse(row.value, floor.value, row.name):
        return f"{row.name}: {row.value:.4f}, floor {floor.value}"
    return ""


def _worse(value: float, floor: float, name: str) -> bool:
    return value > floor + SLACK if name.endswith(ERRORS) else value < floor - SLACK
