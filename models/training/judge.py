"""Makes `models/weights/judge.json`: the weights of the embedded judge's features.

    python -m models.training.judge SHARED

reads `ans_train.csv`, `arnli_train.csv` and `arbteds_train.csv` in `SHARED/data/support`, prints the area under the
curve by cross-validation for each strength of regularisation, and writes the weights of the best. Pairs that share a
text never stand on both sides, and a fifth of ArNLI is never read: `tadwin eval` measures on it. Same files, same
weights.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.judges.features import ClaimPair, WordRarity
from models.training.pairs import PARTS, area, described, headlines, kept, parts, reported
from pipeline.arabic.normalize import words
from pipeline.arabic.stem import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.training.pairs import Labelled

    Floats = npt.NDArray[np.float64]

WEIGHTS: Final = {"ans_train": 2.0, "arnli_train": 0.7, "arbteds_train": 3.0}
"""The weight of a pair, by file: headlines edited to be false are closest to what a model invents, descriptions of
pictures are farthest from speech, and pairs from the news are few."""
STRENGTHS: Final = (3.0, 10.0, 30.0, 100.0)
"""L2 penalties to try."""
STEPS: Final = 5
"""Steps of each feature that takes many values, at even shares of its values."""
ROUNDS: Final = 12
COUNT_LEAST: Final = 5
"""The fewest texts in which a counted stem occurs."""
TARGET: Final = Path("models/weights/judge.json")


def main(shared: Path) -> None:
    """Read, choose the penalty, train, write."""
    folder = shared / "data" / "support"
    read = {
        "ans_train": headlines(folder / "ans_train.csv"),
        "arnli_train": kept(described(folder / "arnli_train.csv")),
        "arbteds_train": reported(folder / "arbteds_train.csv"),
    }
    pairs = [pair for each in read.values() for pair in each]
    rarity = rarities(pairs)
    features = [ClaimPair(pair.claim, pair.evidence, rarity).features() for pair in pairs]
    names = sorted(features[0])
    table = Table(
        values=np.array([[row[name] for name in names] for row in features]),
        labels=np.array([pair.follows for pair in pairs], dtype=float),
        counts=np.array([WEIGHTS[name] for name, each in read.items() for _ in each]),
    )
    sources = np.array([name for name, each in read.items() for _ in each])
    strength = chosen(table, sources, np.array(parts(pairs)))
    design, weights = table.fitted(strength)
    told = {"texts": rarity.texts, "counts": dict(rarity.counts), **design.told(names, weights)}
    TARGET.write_text(json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def rarities(pairs: Sequence[Labelled]) -> WordRarity:
    """The document frequency of each stem."""
    texts = dict.fromkeys(text for pair in pairs for text in (pair.claim, pair.evidence))
    counts = Counter(each for text in texts for each in {stem(word) for word in words(text)})
    return WordRarity(len(texts), {each: count for each, count in counts.items() if count >= COUNT_LEAST})


@dataclass(frozen=True)
class Table:
    """The features (pairs, features), labels and weights of pairs."""

    values: Floats
    labels: Floats
    counts: Floats

    def only(self, rows: npt.NDArray[np.bool_]) -> Table:
        """Some of the pairs."""
        return Table(self.values[rows], self.labels[rows], self.counts[rows])

    def fitted(self, strength: float) -> tuple[Design, Floats]:
        """Logistic regression with a penalty, by Newton's method."""
        design = Design(self.values)
        x = design(self.values)
        penalty = np.full(x.shape[1], strength)
        penalty[0] = 0.0
        weights = np.zeros(x.shape[1])
        for _ in range(ROUNDS):
            odds = 1 / (1 + np.exp(-x @ weights))
            slope = x.T @ (self.counts * (odds - self.labels)) + penalty * weights
            bend = (x * (self.counts * odds * (1 - odds))[:, None]).T @ x + np.diag(penalty + 1e-9)
            weights -= np.linalg.solve(bend, slope)
        return design, weights


class Design:
    """A feature as a line, scaled, and as steps at even shares of its values."""

    def __init__(self, values: Floats) -> None:
        """Scales and steps after these values (pairs, features)."""
        self.mean, self.scale = values.mean(0), values.std(0) + 1e-6
        shares = np.linspace(0, 1, STEPS + 2)[1:-1]
        self.steps = [(at, float(least)) for at, column in enumerate(values.T) for least in _steps(column, shares)]

    def __call__(self, values: Floats) -> Floats:
        """The columns of a regression: one, the scaled features, the steps."""
        steps = [values[:, at] > least for at, least in self.steps]
        return np.column_stack([np.ones(len(values)), (values - self.mean) / self.scale, *steps]).astype(float)

    def told(self, names: Sequence[str], weights: Floats) -> dict[str, Any]:
        """The weights by the names of the features, for values as they are."""
        slopes = weights[1 : len(names) + 1] / self.scale
        steps: dict[str, list[tuple[float, float]]] = {}
        for (at, least), weight in zip(self.steps, weights[len(names) + 1 :], strict=True):
            steps.setdefault(names[at], []).append((round(least, 6), round(float(weight), 6)))
        bias = round(float(weights[0] - slopes @ self.mean), 6)
        return {"bias": bias, "slopes": dict(zip(names, slopes.round(6).tolist(), strict=True)), "steps": steps}


def _steps(column: Floats, shares: Floats) -> list[float]:
    """Borders between the values of a feature; none for one that is hardly more than yes or no."""
    borders = np.unique(np.quantile(column, shares))
    return borders.tolist() if len(np.unique(column)) > STEPS else []


def chosen(table: Table, sources: npt.NDArray[np.str_], folds: npt.NDArray[np.int_]) -> float:
    """The penalty with the best area on headlines, each pair judged by weights that never saw its texts."""
    areas = {}
    for strength in STRENGTHS:
        scores = np.zeros(len(folds))
        for fold in range(PARTS):
            design, weights = table.only(folds != fold).fitted(strength)
            scores[folds == fold] = design(table.values[folds == fold]) @ weights
        found = {
            name: area(scores[sources == name].tolist(), table.labels[sources == name].tolist()) for name in WEIGHTS
        }
        told = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
        print(f"penalty {strength:g}: {told}")  # noqa: T201 - a command
        areas[strength] = found["ans_train"]
    return max(areas, key=areas.__getitem__)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
