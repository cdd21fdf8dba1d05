"""Makes the weights by which `models/writers/telling.py` tells the sentences that say a talk's main points.

    python -m models.training.main_points

Trained on the articles of the corpus: which of a talk's sentences their ten main points rest on. Prints the weights,
and how well they do on talks that they have not seen: the area under the ROC curve, and the share of the main points'
words among the best sentences of as many words as an article quotes; beside a guess and the centroid of the talk.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from models.training.boundaries import fitted
from models.training.corpus.articles import articles
from models.training.corpus.files import CORPUS, talks
from models.training.pairs import area
from models.writers.telling import telling_chances, telling_evidence
from pipeline.arabic.stem import content_stems
from pipeline.settings import WriterSettings
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GROUPS: Final = 5
"""Groups of talks, each of which is judged by weights from the others."""


@dataclass(frozen=True, slots=True)
class JudgedTalk:
    """The sentences of a talk, and which of them its article's main points rest on."""

    sentences: tuple[Sentence, ...]
    main: tuple[bool, ...]

    def examples(self) -> Iterator[tuple[dict[str, float], bool]]:
        """The evidence of each sentence, and what it is evidence of."""
        return zip(telling_evidence(self.sentences), self.main, strict=True)


def main() -> None:
    """Print how well weights do on talks that they have not seen, and those that all talks teach."""
    judged, share = judged_talks(), WriterSettings().quoted_share
    systems = {"held-out weights": held_out(judged), "centroid": [centroid(talk.sentences) for talk in judged]}
    for name, scores in systems.items():
        areas = [area(score, talk.main) for score, talk in zip(scores, judged, strict=True)]
        told = [covered(score, talk, share) for score, talk in zip(scores, judged, strict=True)]
        print(f"{name}: area {np.mean(areas):.3f}; {np.mean(told):.3f} of the words in {share} of a talk")  # noqa: T201
    for name, weight in fitted([each for talk in judged for each in talk.examples()], {}).items():
        print(f'    "{name}": {weight:.2f},')  # noqa: T201 - a command


def judged_talks() -> list[JudgedTalk]:
    """The corpus' talks that have an article."""
    by_id = {talk.id: talk for talk in talks(CORPUS)}
    made = []
    for article in articles():
        told = {number for point in article.main_points for number in point.lines}
        sentences = tuple(Sentence(each.number, each.printed) for each in by_id[article.talk].sentences)
        made.append(JudgedTalk(sentences, tuple(sentence.number in told for sentence in sentences)))
    return made


def held_out(judged: Sequence[JudgedTalk]) -> list[list[float]]:
    """The chances of each talk's sentences by weights from the talks of the other groups."""
    chances = []
    for at, talk in enumerate(judged):
        others = (other for place, other in enumerate(judged) if place % GROUPS != at % GROUPS)
        weights = fitted([each for other in others for each in other.examples()], {})
        chances.append(list(telling_chances(talk.sentences, weights).values()))
    return chances


def centroid(sentences: Sequence[Sentence]) -> list[float]:
    """For each sentence the mean weight of its stems, where a stem weighs as many sentences as speak of it."""
    stems = [frozenset(content_stems(sentence.text)) for sentence in sentences]
    spread = Counter(stem for own in stems for stem in own)
    return [sum(spread[stem] for stem in own) / max(len(own), 1) for own in stems]


def covered(scores: Sequence[float], talk: JudgedTalk, share: float) -> float:
    """The share of the main points' words among the best sentences, of `share` of the talk's words at most."""
    lengths = [len(sentence.text.split()) for sentence in talk.sentences]
    room, told = share * sum(lengths), 0
    for at in sorted(range(len(lengths)), key=lambda place: -scores[place]):
        if lengths[at] <= room:
            room -= lengths[at]
            told += lengths[at] * talk.main[at]
    return told / sum(length for length, main in zip(lengths, talk.main, strict=True) if main)


if __name__ == "__main__":
    main()
