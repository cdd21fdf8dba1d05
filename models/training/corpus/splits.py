"""Which talks train, which choose and which are only measured on: `splits.json`, fixed by talk."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from models.training.corpus.files import CORPUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.corpus.talks import Talk

SEED = 20261129
DEVELOPMENT, TEST = 1, 2
"""How many of the first fifteen talks."""


def splits() -> dict[str, list[str]]:
    """`train`, `development` and `test`, each with its talks."""
    found: dict[str, list[str]] = json.loads((CORPUS / "splits.json").read_text(encoding="utf-8"))
    return found


def drawn(talks: Sequence[Talk], seed: int = SEED) -> dict[str, list[str]]:
    """The splits of the first fifteen talks.

    Shuffled until the test talks are one in standard Arabic and one in another variety, and the development talk is of
    a third variety.
    """
    draw = Random(seed)  # noqa: S311 - repeatable
    order = list(talks)
    while not _mixed([talk.variety for talk in order[: DEVELOPMENT + TEST]]):
        draw.shuffle(order)
    names = [talk.id for talk in order]
    ends = DEVELOPMENT, DEVELOPMENT + TEST
    parts = {"train": names[ends[1] :], "development": names[: ends[0]], "test": names[ends[0] : ends[1]]}
    return {name: sorted(part) for name, part in parts.items()}


def _mixed(varieties: Sequence[str]) -> bool:
    return "msa" in varieties[DEVELOPMENT:] and len(set(varieties)) == len(varieties)
