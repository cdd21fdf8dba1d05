"""Which sentences carry a passage, and which are only said in passing."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from pipeline.text.fold import words
from pipeline.text.lexicon import EMPTY, FUNCTION, GREETINGS, META, OPENERS, SPONSOR, SUBSCRIBE
from pipeline.text.stem import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types import Sentence

FULL_WORDS: Final = 12
"""From this many words on a sentence can stand alone; shorter ones count for less."""
LEANING: Final = 0.75
"""What is left of the score of a sentence that leans on the one before it."""
ASKING: Final = 0.6
"""What is left of the score of a question: out of its context it asks for what nobody answers."""
REPEAT: Final = 0.7
"""How much of a sentence's score what was already chosen takes away, per share of common stems."""
PITCH: Final = 3
"""So many set phrases of advertising make a sentence a call to subscribe; a sponsor needs one less."""
COVERED: Final = 0.5
"""Share of a sentence's words that set phrases must cover for it to be said in passing."""


def scores(sentences: Sequence[Sentence]) -> tuple[float, ...]:
    """For each sentence how much of the passage it carries, from 0 upwards; 0 for what is said in passing.

    The mean weight of its stems, where a stem weighs more the more sentences speak of it (centroid of the passage,
    after Radev et al. 2004), less for sentences that cannot stand alone.
    """
    stems = [frozenset(content(sentence.text)) for sentence in sentences]
    spread = Counter(stem for kept in stems for stem in kept)
    return tuple(
        0.0 if aside(sentence) else _central(kept, spread) * _independence(sentence)
        for sentence, kept in zip(sentences, stems, strict=True)
    )


def choose(sentences: Sequence[Sentence], limit: int) -> tuple[Sentence, ...]:
    """At most `limit` sentences that carry the passage, without repetition, in the order they were said.

    Each next one is the best of the rest after what the chosen ones already say is taken off (maximal marginal
    relevance, Carbonell and Goldstein 1998). Nothing said in passing is chosen.
    """
    stems = [frozenset(content(sentence.text)) for sentence in sentences]
    open_scores = {place: score for place, score in enumerate(scores(sentences)) if score > 0}
    chosen: list[int] = []
    nearest = dict.fromkeys(open_scores, 0.0)
    while open_scores and len(chosen) < limit:
        place = max(open_scores, key=lambda at: (open_scores[at] * (1 - REPEAT * nearest[at]), -at))
        chosen.append(place)
        del open_scores[place]
        for at in open_scores:
            nearest[at] = max(nearest[at], _overlap(stems[at], stems[place]))
    return tuple(sentences[place] for place in sorted(chosen))


def aside(sentence: Sentence) -> str | None:
    """Why a sentence is not part of the subject: `greeting`, `subscribe`, `sponsor`, `meta`, `filler`; or None."""
    said = words(sentence.text)
    if all(word in FUNCTION for word in said):
        return "filler"
    if _hits(said, SPONSOR) + _hits(said, SUBSCRIBE) >= PITCH - 1 and _covered(said, SPONSOR) > _covered(
        said, SUBSCRIBE
    ):
        return "sponsor"
    if _hits(said, SUBSCRIBE) >= PITCH:
        return "subscribe"
    if _covered(said, GREETINGS) >= COVERED:
        return "greeting"
    return "meta" if _covered(said, META) >= COVERED else None


def _central(stems: frozenset[str], spread: Counter[str]) -> float:
    """Weight of a sentence's stems over the root of their number, so that length alone neither wins nor loses."""
    if not stems:
        return 0.0
    return sum(log(1 + spread[stem]) * (spread[stem] > 1) for stem in stems) / sqrt(len(stems) + 4)


def _independence(sentence: Sentence) -> float:
    """From 0 to 1: how well a sentence reads away from its neighbours."""
    said = words(sentence.text)
    factor = min(1.0, len(said) / FULL_WORDS)
    if said[0] in OPENERS:
        factor *= LEANING
    if sentence.text.rstrip().endswith(("؟", "?")):
        factor *= ASKING
    return factor


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that both have."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _hits(said: tuple[str, ...], phrases: tuple[tuple[str, ...], ...]) -> int:
    """How many of the set phrases occur."""
    return sum(any(said[at : at + len(part)] == part for at in range(len(said))) for part in phrases)


def _covered(said: tuple[str, ...], phrases: tuple[tuple[str, ...], ...]) -> float:
    """Share of the telling words that the set phrases cover."""
    covered = {
        at + step
        for part in phrases
        for at in range(len(said))
        if said[at : at + len(part)] == part
        for step in range(len(part))
    }
    open_words = sum(word not in EMPTY for at, word in enumerate(said) if at not in covered)
    return len(covered) / (len(covered) + open_words) if covered else 0.0
