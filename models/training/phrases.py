"""Makes `pipeline/segment/phrase_weights.py`: what makes a noun phrase of a passage its heading.

    python -m models.training.phrases

Learned from the headings of the project's corpus of talks, those that train and those of which only marks are used. A
phrase is worth the F1 of its words with the author's heading; the weights are those with the highest expected worth
of a phrase drawn by its score. Nothing is drawn at random.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from models.training.corpus.files import CORPUS, MARKED, talks
from models.training.corpus.splits import splits
from pipeline.arabic.normalize import words
from pipeline.arabic.stem import content_stems
from pipeline.segment.headings import phrase_features, talk_vocabulary
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from models.training.corpus.talks import Talk

    Numbers = NDArray[np.float64]

PRIOR: Final = {"likely": 1.0, "once": -0.5, "announced": 1.0, "general part": -0.5}
"""Weights that the ridge draws to; the others to 0.

Topics of the corpus are a third as long as passages of talks, in which a phrase that is said once is hardly the
subject, and its writers rarely announce one.
"""
RIDGE: Final = 300.0
STEPS: Final = 250
RATE: Final = 0.03
ODDS_RIDGE: Final = 20.0
NAMED: Final = 0.3
"""F1 of stems from which on a phrase counts as a name of its passage, for the odds."""
TARGET: Final = Path("pipeline/segment/phrase_weights.py")
TEXT: Final = '''"""What makes a noun phrase of a passage its heading: weights of its features.

Made by `models/training/phrases.py` from the project's corpus; do not edit. `docs/topics.md` is the card.
"""

from __future__ import annotations

from typing import Final

PHRASE_WEIGHTS: Final = {{
{weights}
}}
"""By the names of the features in `pipeline.segment.headings`."""
ODDS_BIAS: Final = {bias:.3f}
ODDS_WEIGHTS: Final = {{
{odds}
}}
"""Of the same features: from the chosen phrase to the odds that it shares a telling word with an editor's heading."""
'''


class Topic(NamedTuple):
    """The phrases of a passage."""

    values: Numbers
    """(phrases, features)."""
    worth: Numbers
    """(phrases): from 0 to 1, F1 of words and of stems with the author's heading, by halves."""
    named: NDArray[np.bool_]
    """(phrases): whether it names the passage."""


def main() -> None:
    """Train on the corpus and write the weights."""
    trained = set(splits()["train"])
    learned = [topic for talk in talks(CORPUS) if talk.id in trained for topic in topics(talk)]
    learned += [topic for talk in talks(MARKED) for topic in topics(talk)]
    weights = fitted(learned)
    bias, by_feature = odds(learned, weights)
    text = TEXT.format(weights=_lines(weights), bias=bias, odds=_lines(by_feature))
    TARGET.write_text(text, encoding="utf-8")


def _lines(weights: Mapping[str, float]) -> str:
    return "\n".join(f'    "{name}": {value:.3f},' for name, value in weights.items())


def passages(talk: Talk) -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """The headings of a talk, each with the sentences under it as they are printed."""
    numbers = count(1)
    sentences = [(each.topic, Sentence(next(numbers), each.printed)) for each in talk.sentences]
    return tuple(
        (heading, tuple(sentence for topic, sentence in sentences if topic == at))
        for at, heading in enumerate(talk.topics)
    )


def topics(talk: Talk) -> Iterator[Topic]:
    """The topics of a talk that have a phrase."""
    parts = passages(talk)
    vocabulary = talk_vocabulary([sentence for _, part in parts for sentence in part])
    for heading, part in parts:
        found = list(phrase_features(part, vocabulary))
        if found:
            stems = np.array([f1(content_stems(heading), content_stems(phrase.text)) for phrase, _ in found])
            exact = np.array([f1(words(heading), words(phrase.text)) for phrase, _ in found])
            values = np.array([list(features.values()) for _, features in found])
            yield Topic(values, (stems + exact) / 2, stems >= NAMED)


def f1(true: Sequence[str], made: Sequence[str]) -> float:
    """F1 of two bags of words."""
    shared = (Counter(true) & Counter(made)).total()
    return 2 * shared / (len(true) + len(made)) if shared else 0.0


def fitted(learned: Sequence[Topic]) -> dict[str, float]:
    """Weights by name: gradient ascent (Adam) on the expected worth of a phrase, with a ridge around `PRIOR`."""
    names = feature_names()
    values = np.concatenate([topic.values for topic in learned])
    mean_of, spread = values.mean(0), values.std(0)
    spread[spread == 0] = 1.0
    scaled = [((topic.values - mean_of) / spread, topic.worth) for topic in learned if topic.worth.any()]
    prior = np.array([PRIOR.get(name, 0.0) for name in names]) * spread
    found, first, second = prior.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        slope = -RIDGE * (found - prior) / len(scaled)
        for own, worth in scaled:
            scores = own @ found
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            slope += 3 * ((chances * (worth - chances @ worth)) @ own) / len(scaled)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        found += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return dict(zip(names, map(float, found / spread), strict=True))


def odds(learned: Sequence[Topic], weights: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Bias and weights of a logistic regression from the features of the best phrase to whether it names its passage.

    Newton's method with a ridge on standardised values.
    """
    best = [int((topic.values @ np.array(list(weights.values()))).argmax()) for topic in learned]
    values = np.stack([topic.values[at] for topic, at in zip(learned, best, strict=True)])
    named = np.array([topic.named[at] for topic, at in zip(learned, best, strict=True)], float)
    mean_of, spread = values.mean(0), values.std(0)
    spread[spread == 0] = 1.0
    rows = np.column_stack((np.ones(len(values)), (values - mean_of) / spread))
    ridge = np.eye(rows.shape[1]) * ODDS_RIDGE
    ridge[0, 0] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -20, 20)))
        bend = (rows.T * (chance * (1 - chance))) @ rows + ridge
        found += np.linalg.solve(bend, rows.T @ (named - chance) - ridge @ found)
    plain = found[1:] / spread
    return float(found[0] - plain @ mean_of), dict(zip(weights, map(float, plain), strict=True))


def feature_names() -> list[str]:
    """The names of a phrase's features in order."""
    said = [Sentence(1, "الماء في النهر كثير والماء في النهر صاف")]
    return list(next(iter(phrase_features(said, talk_vocabulary(said))))[1])


if __name__ == "__main__":
    main()
