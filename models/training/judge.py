"""Makes `models/weights/judge.json`: the weights of the embedded judge's features.

    python -m models.training.judge SHARED

reads the statements about the training talks of the corpus, and `ans_train.csv`, `arnli_train.csv` and
`arbteds_train.csv` in `SHARED/data/support`; prints for each strength of regularisation the area under the curve on
statements about talks that were not learned from, and writes the weights of the best. Whether evidence is *about* a
claim is learned from statements beside their own lines and beside others of their talk, and from headlines, news and
descriptions of pictures; whether lines *bear out* what is about them from true and false statements alone. A fifth of
ArNLI is never read: `tadwin eval` measures on it. Same files, same weights.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from models.judges.features import ClaimPair, WordRarity
from models.training.corpus.files import CORPUS, statements, talks
from models.training.corpus.splits import splits
from models.training.pairs import PARTS, Labelled, area, described, headlines, kept, parts, reported
from pipeline.arabic.normalize import words
from pipeline.arabic.stem import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ABOUT: Final = {
    "statements": 3.0,
    "false statements": 3.0,
    "wider lines": 2.0,
    "other lines": 2.0,
    "ans_train": 2.0,
    "arbteds_train": 2.0,
    "arnli_train": 1.0,
}
"""The weight of a pair by its source where it teaches whether evidence is about a claim."""
STATEMENTS: Final = frozenset({"statements", "false statements"})
"""The sources of what lines are about; false or true, that is what the second regression learns."""
WIDER: Final = 5
"""The most lines that are added before and after."""
ABOUT_STRENGTH: Final = 30.0
"""The L2 penalty of the first, which has pairs enough."""
STRENGTHS: Final = (100.0, 300.0, 1000.0)
"""L2 penalties of the second to try."""
SEED: Final = 3
STEPS: Final = 5
"""Steps of each feature that takes many values, at even shares of its values."""
ROUNDS: Final = 12
COUNT_LEAST: Final = 5
"""The fewest texts in which a counted stem occurs."""
TARGET: Final = Path("models/weights/judge.json")


def main(shared: Path) -> None:
    """Read, choose the penalty, train, write."""
    examples = [*of_talks(), *of_pairs(shared / "data" / "support")]
    rarity = rarities([each.pair for each in examples])
    features = [ClaimPair(each.pair.claim, each.pair.evidence, rarity).features() for each in examples]
    names = sorted(features[0])
    values = np.array([[row[name] for name in names] for row in features])
    follows = np.array([each.pair.follows for each in examples], dtype=float)
    of_statement = np.array([each.source in STATEMENTS for each in examples])
    is_about = np.array([each.source in STATEMENTS | {"wider lines"} or each.pair.follows for each in examples], float)
    about = Table(values, is_about, np.array([ABOUT[each.source] for each in examples]))
    borne_out = Table(values, follows, np.ones(len(examples))).only(of_statement)
    strength = chosen(borne_out, np.array([each.fold for each in examples])[of_statement])
    regressions = {"about": about.fitted(ABOUT_STRENGTH), "borne out": borne_out.fitted(strength)}
    told = {"texts": rarity.texts, "counts": dict(rarity.counts)}
    told |= {name: design.told(names, weights) for name, (design, weights) in regressions.items()}
    TARGET.write_text(json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


class Example(NamedTuple):
    """A pair to learn from."""

    pair: Labelled
    source: str
    fold: int
    """From 0 to `PARTS` - 1: talks, and pairs that share a text, are in one fold."""


def of_talks() -> Iterator[Example]:
    """The statements about the training talks beside their lines, beside more of the talk, and beside other lines."""
    draw = Random(SEED)  # noqa: S311 - repeatable
    names = set(splits()["train"])
    lines = {talk.id: [sentence.printed for sentence in talk.sentences] for talk in talks(CORPUS)}
    by_talk = groupby(statements(CORPUS), key=lambda each: each.talk)
    said_of = {name: list(rows) for name, rows in by_talk if name in names}
    for fold, (name, said) in enumerate(said_of.items()):
        for each in said:
            other = draw.choice([one for one in said if not set(one.lines) & set(each.lines)]).lines
            around = [number for number in _wider(other, len(lines[name]), draw) if number not in each.lines]
            sources = {
                "statements" if each.label else "false statements": each.lines,
                "wider lines": _wider(each.lines, len(lines[name]), draw),
                "other lines": draw.choice((other, around)),
            }
            for source, numbers in sources.items():
                evidence = " ".join(lines[name][number - 1] for number in numbers)
                follows = each.label and source != "other lines"
                yield Example(Labelled(each.text, evidence, follows), source, fold % PARTS)


def _wider(numbers: Sequence[int], last: int, draw: Random) -> Sequence[int]:
    """All from some lines before the first to some after the last one of these, as an article may cite them."""
    return range(max(1, min(numbers) - draw.randint(0, WIDER)), min(last, max(numbers) + draw.randint(1, WIDER)) + 1)


def of_pairs(folder: Path) -> Iterator[Example]:
    """Headlines, news and descriptions of pictures, but for those that are measured on."""
    read = {
        "ans_train": headlines(folder / "ans_train.csv"),
        "arnli_train": kept(described(folder / "arnli_train.csv")),
        "arbteds_train": reported(folder / "arbteds_train.csv"),
    }
    for source, rows in read.items():
        yield from (Example(pair, source, fold) for pair, fold in zip(rows, parts(rows), strict=True))


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


def chosen(table: Table, folds: npt.NDArray[np.int_]) -> float:
    """The penalty with the best area, each pair judged by weights that saw nothing of its fold."""
    areas = {}
    for strength in STRENGTHS:
        scores = np.zeros(len(folds))
        for fold in range(PARTS):
            design, weights = table.only(folds != fold).fitted(strength)
            scores[folds == fold] = design(table.values[folds == fold]) @ weights
        areas[strength] = area(scores.tolist(), table.labels.tolist())
        print(f"penalty {strength:g}: area {areas[strength]:.3f}")  # noqa: T201 - a command
    return max(areas, key=areas.__getitem__)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
