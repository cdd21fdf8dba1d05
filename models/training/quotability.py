"""Makes `models/weights/quotability.npz`: linear models of how the sentences of the corpus were judged for quoting.

    python -m models.training.quotability

Three logistic regressions on hashed features of a sentence's words (`models/writers/quotability.py`): whether a
quotation may begin with it, whether one may end with it, whether it is worth telling. By Adagrad
on the judged talks that train; the test and development talks only measure. Takes a minute.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from models.training.corpus.files import CORPUS, MARKED, talks
from models.training.corpus.judged import judgements
from models.training.corpus.splits import splits
from models.training.pairs import area
from models.writers.quotability import (
    SIZE,
    WEIGHTS,
    closing_features,
    opening_features,
    places,
    said,
    telling_features,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.training.corpus.judged import Judgement
    from models.training.corpus.talks import Talk
    from models.writers.quotability import Features

    Examples = tuple[list[list[int]], np.ndarray]

TOLD: Final = 2
"""Worth of a sentence from which it is told."""
MODELS: Final[dict[str, Features]] = {"opens": opening_features, "closes": closing_features, "tells": telling_features}
RATE: Final = 0.04
BATCH: Final = 64
PASSES, SEEDS = 2, 5
"""Passes over the examples, and how often they are made from the start in another order."""
GREATEST: Final = 127
"""Of a number in one byte."""
TARGET: Final = Path("models/weights") / WEIGHTS


def main() -> None:
    """Train on the corpus, print the areas under the curve on the talks that measure, and write the weights."""
    learned, measured = judged_talks()
    arrays: dict[str, np.ndarray] = {}
    for name in MODELS:
        weights = fitted(*examples(learned, name))
        scale = np.abs(weights).max() / GREATEST
        arrays |= {name: np.round(weights / scale).astype(np.int8), f"{name} scale": np.array(scale, np.float32)}
        rows, truth = examples(measured, name)
        scores = [float(weights[row].sum()) for row in rows]
        print(f"{name}: area {area(scores, truth.tolist()):.3f} on {len(truth):,} sentences")  # noqa: T201 - a command
    np.savez_compressed(TARGET, allow_pickle=False, **arrays)


def judged_talks() -> tuple[list[Talk], list[Talk]]:
    """The judged talks that train, and those of the development and test talks, which measure."""
    held = {*splits()["development"], *splits()["test"]}
    library = [talk for talk in (*talks(CORPUS), *talks(MARKED)) if talk.id in judgements()]
    return [talk for talk in library if talk.id not in held], [talk for talk in library if talk.id in held]


def examples(library: Iterable[Talk], name: str) -> Examples:
    """The places of each sentence's features in a model, and whether the editor's judgement says its `name`."""
    rows, truth = [], []
    for talk in library:
        texts = [said(sentence.printed) for sentence in talk.sentences]
        for at, judgement in enumerate(judgements()[talk.id]):
            rows.append(places(MODELS[name](texts, at)))
            truth.append(holds(judgement, name))
    return rows, np.array(truth, np.float64)


def holds(judgement: Judgement, name: str) -> bool:
    """Whether a judgement says `opens`, `closes` or `tells`."""
    return {"opens": judgement.opens, "closes": judgement.closes, "tells": judgement.worth >= TOLD}[name]


def fitted(rows: list[list[int]], truth: np.ndarray) -> np.ndarray:
    """(SIZE,): weights of a logistic regression, the mean of those from several orders of the examples."""
    return sum((_fitted(rows, truth, seed) for seed in range(SEEDS)), np.zeros(SIZE)) / SEEDS


def _fitted(rows: list[list[int]], truth: np.ndarray, seed: int) -> np.ndarray:
    weights, squares = np.zeros(SIZE), np.zeros(SIZE)
    draw = np.random.default_rng(seed)
    for _ in range(PASSES):
        order = draw.permutation(len(rows))
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            found, which = np.unique(np.concatenate([rows[at] for at in batch]), return_inverse=True)
            owner = np.repeat(np.arange(len(batch)), [len(rows[at]) for at in batch])
            scores = np.bincount(owner, weights[found][which], len(batch))
            error = (1 / (1 + np.exp(-scores)) - truth[batch]) / len(batch)
            slope = np.bincount(which, error[owner])
            squares[found] += slope**2
            weights[found] -= RATE * slope / (np.sqrt(squares[found]) + 1e-10)
    return weights


if __name__ == "__main__":
    main()
