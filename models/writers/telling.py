"""How telling the sentences of a talk are by their shape: their length, figures and place, and who speaks."""

from __future__ import annotations

from collections import Counter
from math import exp
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import words
from pipeline.arabic.stem import content_stems
from pipeline.arabic.stopwords import FILLERS
from pipeline.arabic.voice import needs_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.types.article import Sentence

WEIGHTS: Final = {
    "any": -0.74,
    "beginning": -0.61,
    "end": -1.27,
    "figure": 0.82,
    "fillers": -1.06,
    "length": 2.08,
    "personal": -0.68,
    "said once": -1.04,
}
"""Weights of a logistic regression for a sentence that says a main point, by the names of `telling_evidence`.

Made by `models/training/main_points.py` from the articles of the project's corpus.
"""
_LENGTH_MOST: Final = 40
"""From so many words on a longer sentence says no more."""
_BEGINNING, _END = 0.1, 0.85
"""Shares of a talk's sentences at which it has begun, and at which it comes to its end."""


def telling_chances(sentences: Sequence[Sentence], weights: Mapping[str, float] | None = None) -> dict[int, float]:
    """For each sentence of a talk, by its number, the chance (0 to 1) that it says one of the talk's main points."""
    used = weights or WEIGHTS
    return {
        sentence.number: 1 / (1 + exp(-sum(used[name] * value for name, value in found.items())))
        for sentence, found in zip(sentences, telling_evidence(sentences), strict=True)
    }


def telling_evidence(sentences: Sequence[Sentence]) -> Iterator[dict[str, float]]:
    """The features of each sentence of a talk: its length, figures, who speaks, where it stands, what is new in it."""
    stems = [frozenset(content_stems(sentence.text)) for sentence in sentences]
    spread = Counter(stem for own in stems for stem in own)
    for at, (sentence, own) in enumerate(zip(sentences, stems, strict=True)):
        said, place = words(sentence.text), at / len(sentences)
        yield {
            "any": 1.0,
            "length": min(len(said), _LENGTH_MOST) / _LENGTH_MOST,
            "figure": float(any(letter.isdigit() for letter in sentence.text)),
            "personal": float(needs_quotes(sentence.text)),
            "beginning": float(place < _BEGINNING),
            "end": float(place > _END),
            "said once": sum(spread[stem] == 1 for stem in own) / (len(said) + 1),
            "fillers": sum(word in FILLERS for word in said) / (len(said) + 1),
        }
