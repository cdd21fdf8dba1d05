"""Chooses the restorer's thresholds on held-out articles: `python -m models.training.restore.choose DATA.npz`.

Weights that do not ship yet may follow; so two networks are compared before one ships.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.restore.tagger import Tagger
from models.training.restore.measures import SHIPPED, f1
from models.training.restore.train import stretches
from pipeline.arabic.orthography import takes_tanween
from pipeline.arabic.punctuation import ENDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.restore.tagger import TagScores

    Arrays = Mapping[str, np.ndarray]

STEPS = np.arange(0.1, 0.96, 0.05)


def mark_curve(scores: TagScores, marks: tuple[str, ...], true: np.ndarray) -> list[float]:
    """F1 of the marks inside sentences at each of `STEPS`, where no sentence ends."""
    inner = [at for at, mark in enumerate(marks) if mark and mark not in ENDS]
    share = scores.marks[:, inner].sum(1) / scores.marks[:, [0, *inner]].sum(1)
    best = np.array(inner)[scores.marks[:, inner].argmax(1)]
    curve = []
    for step in STEPS:
        found = np.where(share >= step, best, 0)
        hits = float(((found == true) & np.isin(true, inner)).sum())
        curve.append(2 * hits / max(1.0, float((found > 0).sum() + np.isin(true, inner).sum())))
    return curve


def end_curve(scores: TagScores, marks: tuple[str, ...], true: np.ndarray) -> list[float]:
    """F1 of the places where a sentence ends at each of `STEPS`."""
    ends = [marks.index(mark) for mark in ENDS]
    odds = scores.marks[:, ends].sum(1)
    return [f1(odds >= step, np.isin(true, ends)) for step in STEPS]


def spelling_curve(scores: TagScores, true: np.ndarray) -> list[float]:
    """Share of words spelled right at each of `STEPS`."""
    best, chosen = scores.tags.argmax(1), scores.tags.max(1)
    share = chosen / (chosen + scores.tags[:, 0])
    known = true >= 0
    return [float((np.where(share >= step, best, 0) == true)[known].mean()) for step in STEPS]


def tanween_curve(scores: TagScores, true: np.ndarray, can: np.ndarray) -> list[float]:
    """F1 of tanween at each of `STEPS`, on the words that can carry it in articles that write it."""
    known = can & (true >= 0)
    return [f1((scores.tanween >= step)[known], (true == 1)[known]) for step in STEPS]


def main() -> None:
    """Print the best threshold of each decision with its curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("weights", type=Path, nargs="?", default=SHIPPED)
    args = parser.parse_args()
    data = dict(np.load(args.data))
    places = stretches(data, data["dev"] & (data["weight"] >= 1), 256, None).ravel()
    words = [str(word) for word in data["words"][data["word"][places]]]
    tagger = Tagger(dict(np.load(args.weights, allow_pickle=False)))
    scores = tagger.scores(words)
    curves = {
        "mark": mark_curve(scores, tagger.marks, data["mark"][places]),
        "end": end_curve(scores, tagger.marks, data["mark"][places]),
        "spelling": spelling_curve(scores, data["tag"][places]),
        "tanween": tanween_curve(scores, data["tanween"][places], np.array(list(map(takes_tanween, words)))),
    }
    for name, curve in curves.items():
        print(f"{name:9} {STEPS[int(np.argmax(curve))]:.2f}  {np.round(curve, 4).tolist()}")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
