"""Floors under our figures, so that neither the program nor the data can change them unnoticed.

As in trafilatura's `tests/eval_gate.py`, every floor is stored with the digest of its data, and lowering one takes an
explicit option.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from pipeline.evaluate.measures import OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.evaluate.measures import ResultRow

ERRORS: Final = ("Pk", "WindowDiff", "worse", "false verses", "inside a clause", "where gold has no mark")
"""Measures of which less is better, by the end of their name."""
SLACK: Final = 0.002
"""How far a figure may fall short of its floor: adding in another order on another processor is no regression."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The worst value a figure may have."""

    name: str
    value: float
    digest: str
    """Of the data it was measured on."""


def read(text: str) -> tuple[Floor, ...]:
    """The floors in the text of a file."""
    return tuple(Floor(**entry) for entry in json.loads(text))


def write(floors: Iterable[Floor]) -> str:
    """The text of a file of floors, sorted by name."""
    return json.dumps([asdict(floor) for floor in sorted(floors, key=lambda f: f.name)], indent=1) + "\n"


def pinned(rows: Iterable[ResultRow], digests: Mapping[str, str]) -> tuple[Floor, ...]:
    """Our figures as floors; `digests` names the data."""
    return tuple(Floor(row.name, round(row.value, 4), digests[row.data]) for row in rows if row.system == OURS)


def broken(rows: Iterable[ResultRow], floors: Iterable[Floor], digests: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each of our figures that is worse than its floor, has no floor, or was measured on other data.

    Floors of data that was not measured this time are ignored.
    """
    by_name = {floor.name: floor for floor in floors}
    sentences = []
    for row in (row for row in rows if row.system == OURS):
        floor = by_name.get(row.name)
        if floor is None:
            sentences.append(f"{row.name}: {row.value:.4f} has no floor yet")
        elif floor.digest != digests[row.data]:
            sentences.append(f"{row.name}: measured on other data than its floor")
        elif _worse(row.value, floor.value, row.name):
            sentences.append(f"{row.name}: {row.value:.4f} is worse than its floor of {floor.value}")
    return tuple(sentences)


def lowered(old: Iterable[Floor], new: Iterable[Floor]) -> tuple[str, ...]:
    """A sentence for each floor that the new floors would lower."""
    before = {floor.name: floor for floor in old}
    return tuple(
        f"{floor.name}: {before[floor.name].value} would become {floor.value}"
        for floor in new
        if floor.name in before and _worse(floor.value, before[floor.name].value, floor.name)
    )


def _worse(value: float, floor: float, name: str) -> bool:
    return value > floor + SLACK if name.endswith(ERRORS) else value < floor - SLACK
