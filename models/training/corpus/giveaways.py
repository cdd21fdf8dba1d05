"""What could give a false statement away without reading it: overlap with its lines, length, its own words.

Each is measured as the area under the curve (AUC): the chance that a true statement scores higher than a false one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.training.pairs import area
from pipeline.arabic.normalize import words
from pipeline.arabic.stem import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.training.corpus.files import Statement
    from models.training.corpus.talks import Talk

    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

ALLOWED = (0.42, 0.58)
"""Areas between which a score tells next to nothing."""
PENALTY = 1.0
"""Of the logistic regression: half of it times the squared weights is added to the loss."""
STEPS = 6
"""Newton steps, more than it needs."""
FOLDS = 5


def stems(text: str) -> list[str]:
    """All words of a text, function words too, stemmed."""
    return [stem(word) for word in words(text)]


def overlap(statement: Sequence[str], evidence: Sequence[str]) -> float:
    """The share of a statement's stems that stand in its lines."""
    return sum(each in set(evidence) for each in statement) / max(1, len(statement))


def inverse_overlap(statement: Sequence[str], evidence: Sequence[str]) -> float:
    """The share of the lines' stems that stand in the statement."""
    return overlap(evidence, statement)


def areas(talks: Sequence[Talk], statements: Sequence[Statement]) -> dict[str, float]:
    """The area of each cheap score."""
    lines = {talk.id: [sentence.printed for sentence in talk.sentences] for talk in talks}
    said = [stems(each.text) for each in statements]
    evidence = [stems(" ".join(lines[each.talk][at - 1] for at in each.lines)) for each in statements]
    labels = [each.label for each in statements]
    pairs: Mapping[str, Callable[[Sequence[str], Sequence[str]], float]]
    pairs = {"overlap": overlap, "inverse overlap": inverse_overlap}
    found = {
        name: area([score(*pair) for pair in zip(said, evidence, strict=True)], labels) for name, score in pairs.items()
    }
    found["length"] = area([len(each.text.split()) for each in statements], labels)
    found["statement alone"] = area(cross_fitted(said, labels, [each.talk for each in statements]), labels)
    return found


def cross_fitted(texts: Sequence[Sequence[str]], labels: Sequence[bool], groups: Sequence[str]) -> Floats:
    """Log odds of each text by a logistic regression on words, fitted on texts of other groups: `FOLDS` of them."""
    kernel = _kernel(texts)
    true = np.asarray(labels, float)
    fold = np.unique(groups, return_inverse=True)[1] % FOLDS
    scores = np.zeros(len(true))
    for each in np.unique(fold):
        held = fold == each
        weights, base = fitted(kernel[np.ix_(~held, ~held)], true[~held])
        scores[held] = kernel[np.ix_(held, ~held)] @ weights + base
    return scores


def _kernel(texts: Sequence[Sequence[str]]) -> Floats:
    """Products of the texts' bags of words, each of length 1."""
    ids: dict[str, int] = {}
    places = [[ids.setdefault(word, len(ids)) for word in set(text)] for text in texts]
    bags = np.zeros((len(texts), len(ids)))
    for row, columns in zip(bags, places, strict=True):
        row[columns] = 1 / np.sqrt(max(1, len(columns)))
    return np.asarray(bags @ bags.T)


def fitted(kernel: Floats, labels: Floats) -> tuple[Floats, float]:
    """The weights of a logistic regression in the space of the examples, and its base, by Newton's method."""
    weights, base = np.zeros(len(labels)), 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(kernel @ weights + base)))
        curve = np.maximum(chance * (1 - chance), 1e-6)
        target = kernel @ weights + base + (labels - chance) / curve
        system = kernel + np.diag(PENALTY / curve)
        whole = np.block([[system, np.ones((len(labels), 1))], [np.ones((1, len(labels))), np.zeros((1, 1))]])
        solved = np.linalg.solve(whole, np.append(target, 0.0))
        weights, base = solved[:-1], float(solved[-1])
    return weights, base
