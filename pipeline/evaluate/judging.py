"""How well the embedded judge tells what follows from what does not, beside counting words, as rows of one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judges.linear import EmbeddedJudge
from models.training.pairs import area
from pipeline.arabic.normalize import words
from pipeline.evaluate.measures import mean
from pipeline.evaluate.table import OURS, ResultRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.training.pairs import Labelled

OVERLAP = "word overlap"


def judged(name: str, pairs: Sequence[Labelled]) -> list[ResultRow]:
    """Area under the curve of odds against labels."""
    return [
        ResultRow(name, "area under the curve", system, area(scores, _labels(pairs)), len(pairs))
        for system, scores in _scores(pairs).items()
    ]


def accepted(name: str, pairs: Sequence[Labelled]) -> list[ResultRow]:
    """Share of pairs on the right side of even odds; the baselines are always no, and half of the words."""
    scores: dict[str, Sequence[float]] = {**_scores(pairs), "always no": [0.0] * len(pairs)}
    return [ResultRow(name, "accuracy", system, _accuracy(each, pairs), len(pairs)) for system, each in scores.items()]


def overlap(claim: str, evidence: str) -> float:
    """Share of the words of both that both have."""
    here, there = set(words(claim)), set(words(evidence))
    return len(here & there) / max(1, len(here | there))


def _scores(pairs: Sequence[Labelled]) -> dict[str, Sequence[float]]:
    ask: Callable[[Sequence[tuple[str, str]]], tuple[float, ...]] = EmbeddedJudge().support
    return {
        OURS: ask([(pair.claim, pair.evidence) for pair in pairs]),
        OVERLAP: [overlap(pair.claim, pair.evidence) for pair in pairs],
    }


def _labels(pairs: Sequence[Labelled]) -> list[float]:
    return [float(pair.follows) for pair in pairs]


def _accuracy(scores: Sequence[float], pairs: Sequence[Labelled]) -> float:
    half = 0.5
    return mean([float((score >= half) == pair.follows) for score, pair in zip(scores, pairs, strict=True)])
