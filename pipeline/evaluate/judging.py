"""Scores of the embedded judge, which tells claims that follow from claims that do not, beside word overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judges.linear import EmbeddedJudge
from models.training.pairs import area
from pipeline.arabic.normalize import words
from pipeline.evaluate.measures import OURS, ResultRow, mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.training.pairs import Labelled

OVERLAP = "word overlap"
_EVEN = 0.5


def judged(name: str, pairs: Sequence[Labelled]) -> list[ResultRow]:
    """Area under the curve of odds against labels."""
    labels = [float(pair.follows) for pair in pairs]
    return [
        ResultRow(name, "area under the curve", system, area(scores, labels), len(pairs))
        for system, scores in _scores(pairs).items()
    ]


def accepted(name: str, pairs: Sequence[Labelled]) -> list[ResultRow]:
    """Share of pairs on the right side of even odds; the baselines always say no, or ask for half of the words."""
    scores: dict[str, Sequence[float]] = {**_scores(pairs), "always no": [0.0] * len(pairs)}
    rows = []
    for system, each in scores.items():
        right = [float((score >= _EVEN) == pair.follows) for score, pair in zip(each, pairs, strict=True)]
        rows.append(ResultRow(name, "accuracy", system, mean(right), len(pairs)))
    return rows


def overlap(claim: str, evidence: str) -> float:
    """The words that both have, as a share of the words that either has."""
    one, other = set(words(claim)), set(words(evidence))
    return len(one & other) / max(1, len(one | other))


def _scores(pairs: Sequence[Labelled]) -> dict[str, Sequence[float]]:
    ask: Callable[[Sequence[tuple[str, str]]], tuple[float, ...]] = EmbeddedJudge().support
    return {
        OURS: ask([(pair.claim, pair.evidence) for pair in pairs]),
        OVERLAP: [overlap(pair.claim, pair.evidence) for pair in pairs],
    }
