"""Which talks train, which choose and which are only measured on: `splits.json`, fixed by talk."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from models.training.corpus.files import CORPUS, MARKED, talks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.training.corpus.talks import Talk

SEED = 20261129
FIRST = "015"
"""The last talk of the first stage."""
DEVELOPMENT, TEST = 1, 2
"""How many of the talks of the first stage."""
LATER_DEVELOPMENT, LATER_TEST = 4, 8
"""How many of those of the second stage."""


def splits() -> dict[str, list[str]]:
    """`train`, `development` and `test`, each with its talks."""
    found: dict[str, list[str]] = json.loads((CORPUS / "splits.json").read_text(encoding="utf-8"))
    return found


def training_talks() -> tuple[Talk, ...]:
    """All talks that train marks and spelling: those drawn for it, and those that have nothing but marks."""
    members = set(splits()["train"])
    return (*(talk for talk in talks(CORPUS) if talk.id in members), *talks(MARKED))


def drawn(library: Sequence[Talk], seed: int = SEED) -> dict[str, list[str]]:
    """The splits of both stages: what was drawn in the first has not moved since.

    The first fifteen are shuffled until the test talks are one in standard Arabic and one in another variety, and the
    development talk is of a third variety; the later ones until a sermon and four varieties are among the test talks,
    half of them in standard Arabic, and three varieties among the development talks.
    """
    first = [talk for talk in library if talk.id <= FIRST]
    later = [talk for talk in library if talk.id > FIRST]
    parts = _drawn(first, DEVELOPMENT, TEST, seed, _mixed)
    if later:
        for name, part in _drawn(later, LATER_DEVELOPMENT, LATER_TEST, seed, _widely_mixed).items():
            parts[name] += part
    return parts


def _drawn(
    talks: Sequence[Talk],
    development: int,
    test: int,
    seed: int,
    fits: Callable[[Sequence[Talk], Sequence[Talk]], bool],
) -> dict[str, list[str]]:
    draw = Random(seed)  # noqa: S311 - repeatable
    order = list(talks)
    while not fits(order[:development], order[development : development + test]):
        draw.shuffle(order)
    names = [talk.id for talk in order]
    ends = development, development + test
    parts = {"train": names[ends[1] :], "development": names[: ends[0]], "test": names[ends[0] : ends[1]]}
    return {name: sorted(part) for name, part in parts.items()}


def _mixed(development: Sequence[Talk], test: Sequence[Talk]) -> bool:
    varieties = [talk.variety for talk in (*development, *test)]
    return "msa" in varieties[len(development) :] and len(set(varieties)) == len(varieties)


def _widely_mixed(development: Sequence[Talk], test: Sequence[Talk]) -> bool:
    tested = [talk.variety for talk in test]
    return (
        tested.count("msa") * 2 == len(tested)
        and len(set(tested)) >= 4  # noqa: PLR2004 - as the docstring above says
        and "sermon" in {talk.kind for talk in test}
        and len({talk.variety for talk in development}) >= 3  # noqa: PLR2004
    )
