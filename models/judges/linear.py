"""The embedded judge: scores how well evidence supports a claim, with small weights that ship in the package."""

from __future__ import annotations

import json
import math
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from models.judges.features import ClaimPair, WordRarity
from models.judges.odds import OddsJudge

if TYPE_CHECKING:
    from collections.abc import Sequence


ABOUT_ENOUGH: Final = 0.5
"""Odds of being about the claim from which on evidence takes nothing more from the claim's odds."""


class Regression:
    """A logistic regression over the features of `models/judges/features.py`."""

    def __init__(self, weights: dict[str, Any]) -> None:
        """`weights` as `models/training/judge.py` wrote them."""
        self._bias = float(weights["bias"])
        self._steps = {
            name: [(float(least), float(weight)) for least, weight in steps] for name, steps in weights["steps"].items()
        }
        self._slopes = {name: float(slope) for name, slope in weights["slopes"].items()}

    def probability(self, features: dict[str, float]) -> float:
        """The logistic function of the bias, each slope times its feature, and each step that a feature exceeds."""
        score = self._bias + sum(slope * features[name] for name, slope in self._slopes.items())
        score += sum(weight for name, steps in self._steps.items() for least, weight in steps if features[name] > least)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


class LinearJudge(OddsJudge):
    """A `Judge` of two regressions: whether the evidence is about the claim at all, and if so, whether it bears it out.

    Apart, since shared words tell the first and nothing of the second.
    """

    def __init__(self, weights: dict[str, Any], identity: str) -> None:
        """`weights` as `models/training/judge.py` wrote them; `identity` names them."""
        self._identity = identity
        self._rarity = WordRarity(weights["texts"], weights["counts"])
        self._about, self._borne_out = Regression(weights["about"]), Regression(weights["borne out"])

    @property
    def identity(self) -> str:
        return self._identity

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each (claim, evidence) the odds, 0 to 1, that whoever accepts the evidence accepts the claim."""
        return tuple(self._odds(ClaimPair(claim, evidence, self._rarity).features()) for claim, evidence in pairs)

    def _odds(self, features: dict[str, float]) -> float:
        about = min(1.0, self._about.probability(features) / ABOUT_ENOUGH)
        return about * self._borne_out.probability(features)


class EmbeddedJudge(OddsJudge):
    """The judge whose weights ship in the package; they are read on first use."""

    @cached_property
    def identity(self) -> str:
        return f"judge-{sha256(_weights()).hexdigest()[:16]}"

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """As `LinearJudge.support`; no pairs, no loading."""
        return self._judge.support(pairs) if pairs else ()

    @cached_property
    def _judge(self) -> LinearJudge:
        return LinearJudge(json.loads(_weights()), self.identity)


def _weights() -> bytes:
    return files("models").joinpath("weights", "judge.json").read_bytes()
