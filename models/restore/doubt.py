"""How likely each word of captions is what was said.

Recognition puts words where it heard none that it knows: rare ones, such that nobody writes, single letters; and a
wrong word seldom comes again in a talk, while a rare name does. What stands around a word is not asked: pairs of words
from two encyclopedias told little more, for another four megabytes.
"""

from __future__ import annotations

from collections import Counter
from math import exp, log
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.restore.tagger import Tagger

WEIGHTS: Final = {
    "any": -2.54,
    "frequent": -1.19,
    "one letter": 3.28,
    "said": -0.47,
    "seen": -0.44,
    "unseen": -0.35,
    "without relatives": 0.90,
}
"""Weights of a logistic regression for a misheard word, by the names of `evidence`.

Made by `models/training/doubt.py` from the project's corpus of spoken Arabic.
"""

PLACEHOLDERS: Final = "0a"
"""What stands for numbers and for words in other letters."""
_MOST_SEEN: Final = 8.0
_MOST_SAID: Final = 3.0


def chances(words: Sequence[str], tagger: Tagger, weights: Mapping[str, float] = WEIGHTS) -> list[float]:
    """For each bare word of a talk, as `Tagger.scores` takes it, the probability that it was said."""
    said = Counter(words)
    known = {
        word: 1 / (1 + exp(sum(weights[name] * value for name, value in evidence(word, count, tagger).items())))
        for word, count in said.items()
    }
    return [known[word] for word in words]


def evidence(word: str, said: int, tagger: Tagger) -> dict[str, float]:
    """The features of a bare word that is said so many times in a talk."""
    found = {"any": 1.0, "said": min(_MOST_SAID, log(said))}
    if len(word) == 1 and word not in PLACEHOLDERS:
        found["one letter"] = 1.0
    if tagger.is_frequent(word):
        found["frequent"] = 1.0
    elif seen := tagger.times_seen(word):
        found["seen"] = min(_MOST_SEEN, log(1 + seen))
    else:
        found["unseen"] = 1.0
        if not tagger.has_relatives(word):
            found["without relatives"] = 1.0
    return found
