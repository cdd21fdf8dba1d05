"""When each word is said: a speaking rate, and pauses that mostly but not always stand where the text has a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.arabic.punctuation import ENDS

if TYPE_CHECKING:
    from random import Random

    from models.training.corpus.talks import Talk, Word

RATES = {"sermon": 1.5, "documentary": 1.9, "story": 2.1, "lecture": 2.2, "how_to": 2.2, "interview": 2.3}
"""Words a second, pauses included, by kind of talk: real sermons have 1.2 to 1.6, real talks 1.9 to 2.7."""
USUAL_RATE = 2.35
"""Of the other kinds."""

PAUSES = {"end": (0.82, 0.5), "turn": (0.7, 0.45), "topic": (0.97, 1.1), "mark": (0.5, 0.22), "repair": (0.4, 0.3)}
"""How often there is a pause in a place, and how many seconds its median lasts."""
STRAY = (0.04, 0.3)
"""The same between any two words without a mark: a breath, a search for a word."""
LETTER, LEAST = 0.9, 2.0
"""A word lasts by its letters, and as if it had two more."""


def pauses(talk: Talk, draw: Random) -> list[float]:
    """Seconds of silence after each word of a talk."""
    found: list[float] = []
    sentences = talk.sentences
    for sentence, after in zip(sentences, [*sentences[1:], None], strict=True):
        for word, following in zip(sentence.words, [*sentence.words[1:], None], strict=True):
            if following is not None:
                found.append(_silence(_inside(word, following), draw))
            elif after is None:
                found.append(0.0)
            else:
                place = "topic" if after.topic != sentence.topic else "turn" if after.voice != sentence.voice else "end"
                found.append(_silence(place, draw))
    return found


def _inside(word: Word, following: Word) -> str:
    """What kind of place is between two words of a sentence."""
    if word.dropped and not following.dropped:
        return "repair"
    return ("end" if word.mark in (*ENDS, "!", "…") else "mark") if word.mark else ""


def _silence(place: str, draw: Random) -> float:
    often, median = PAUSES.get(place, STRAY)
    return min(2.5, median * draw.lognormvariate(0, 0.45)) if draw.random() < often else 0.0


def moments(talk: Talk, draw: Random) -> list[tuple[float, float]]:
    """Begin and end of each word of a talk, in seconds, to a hundredth."""
    silences = pauses(talk, draw)
    weights = [(LEAST + LETTER * len(word.text)) * draw.uniform(0.85, 1.15) for word in talk.words]
    rate = RATES.get(talk.kind, USUAL_RATE) * draw.uniform(0.9, 1.1)
    speaking = max(len(weights) / rate - sum(silences), 0.2 * len(weights))
    second, found = 0.4, []
    for weight, silence in zip(weights, silences, strict=True):
        end = second + weight * speaking / sum(weights)
        found.append((round(second, 2), round(end, 2)))
        second = end + silence
    return found
