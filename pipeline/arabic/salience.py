"""Tell the sentences that carry a passage from those that are only said in passing."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING, Final

from pipeline.arabic.names import GIVEN
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.phrases import find_phrases, phrase_index, phrase_positions
from pipeline.arabic.stem import content_stems
from pipeline.arabic.stopwords import (
    CREEDS,
    DEPENDENT_OPENERS,
    EMPTY,
    FILLERS,
    GREETINGS,
    HANGING,
    META,
    MOVES,
    PRAYERS,
    SPONSOR,
    SPONSORED,
    SUBSCRIBE,
    SUPPLICATIONS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.arabic.phrases import Index
    from pipeline.types.article import Sentence

LENGTH: Final = 1.25
"""Power of a sentence's length that its weight is divided by: at 1 short sentences win, at 0 long ones.

This and the next were chosen by `models/training/salience.py` on Wikipedia.
"""
OPENING: Final = 1.0
"""Power of a sentence's place in its passage that its weight is divided by: what opens a topic tends to name it."""
FULL_WORDS: Final = 12
"""From this many words on a sentence can stand alone; shorter ones count for less."""
LEANING: Final = 0.6
"""Factor for a sentence that leans on the one before it, or hangs over to the next."""
TALKING: Final = 2
"""Power of the share of words that are no fillers: who talks to the listener tells less."""
MOVING: Final = 0.1
"""Factor for a short sentence that only moves on to something else."""
ASKING: Final = 0.4
"""Factor for a question: away from its answer it says little."""
PRAYING: Final = 0.4
"""Factor for a prayer: it is said at the end of any talk."""
REPEAT: Final = 0.9
"""Share of a sentence's score lost to what was already chosen, multiplied by the share of common stems."""
COVERED: Final = 0.5
"""Share of a sentence's words that set phrases must cover for it to be said in passing."""
SIGNS: Final = 3
"""Signs that make a sentence a call to subscribe or advertising; one less in a short sentence."""
SPARE: Final = 3
"""Times as many sentences as wanted are ranked, to have others for those that cannot stand alone."""
SHORT_WORDS: Final = 14
"""Most words of a short sentence."""
_CALL: Final = "اللهم"
_PRAISE: Final = ("الحمد", "لله")
_PRAISES: Final = frozenset((_PRAISE, ("ان", "الحمد"), ("والحمد", "لله")))
_TOLD: Final = frozenset(fold("قال قالت قالوا قل قولوا يقول تقول يقولون فقال دعا يدعو دعاؤه").split())
_NEAR: Final = 4
_SUPPLICATIONS: Final = phrase_index(SUPPLICATIONS)
_I: Final = fold("أنا")
_WITH_YOU: Final = frozenset(("معكم", "معاكم", "معاكو"))
_GREETINGS: Final = phrase_index(GREETINGS)
_META: Final = phrase_index(META)
_SPONSORED: Final = phrase_index(SPONSORED)
_CREEDS: Final = phrase_index(CREEDS)


def salience_scores(
    sentences: Sequence[Sentence], opening: float = OPENING, length: float = LENGTH
) -> tuple[float, ...]:
    """For each sentence how much of the passage it carries, from 0 up; 0 for what is said in passing or started over.

    The mean weight of its stems, where a stem weighs as many sentences as speak of it (centroid of the passage, after
    Radev et al. 2004); more near the opening, less for sentences that cannot stand alone.
    """
    stems = [frozenset(content_stems(sentence.text)) for sentence in sentences]
    spread = Counter(stem for own in stems for stem in own)
    said = [words(sentence.text) for sentence in sentences]
    restarted = [after[: len(own)] == own for own, after in pairwise([*said, ()])]
    scores: list[float] = []
    for place, (sentence, own, again) in enumerate(zip(sentences, stems, restarted, strict=True), 1):
        if again or aside_reason(sentence):
            scores.append(0.0)
            continue
        central = sum(spread[stem] for stem in own if spread[stem] > 1) / exp(length * log(len(own) + 4))
        scores.append(central * _independence(sentence) / place**opening)
    return tuple(scores)


def choose_salient(sentences: Sequence[Sentence], limit: int) -> tuple[Sentence, ...]:
    """At most `limit` sentences that carry the passage, without repetition, in the order they were said.

    A sentence that leans on the one before it is chosen only beside that one, unless all lean so.
    """
    order = rank_salient(sentences, SPARE * limit)
    chosen = order[:limit]
    while order:
        chosen = order[:limit]
        numbers = {sentences[place].number for place in chosen}
        leaning = [place for place in chosen if not DEPENDENT_OPENERS.isdisjoint(words(sentences[place].text)[:1])]
        orphans = {place for place in leaning if sentences[place].number - 1 not in numbers}
        if not orphans:
            break
        order = tuple(place for place in order if place not in orphans)
    return tuple(sentences[place] for place in sorted(chosen))


def rank_salient(
    sentences: Sequence[Sentence], limit: int, opening: float = OPENING, length: float = LENGTH
) -> tuple[int, ...]:
    """The places of at most `limit` sentences, the most telling first; nothing said in passing is among them.

    Each next one is the best of the rest after what the chosen ones already say is taken off (maximal marginal
    relevance, Carbonell and Goldstein 1998).
    """
    stems = [frozenset(content_stems(sentence.text)) for sentence in sentences]
    left = {place: score for place, score in enumerate(salience_scores(sentences, opening, length)) if score > 0}
    repeated = dict.fromkeys(left, 0.0)
    order: list[int] = []
    while left and len(order) < limit:
        best = max(left, key=lambda place: (left[place] * (1 - REPEAT * repeated[place]), -place))
        order.append(best)
        del left[best]
        for place in left:
            one, other = stems[place], stems[best]
            repeated[place] = max(repeated[place], len(one & other) / max(1, min(len(one), len(other))))
    return tuple(order)


def aside_reason(sentence: Sentence) -> str | None:
    """Why a sentence is not part of the subject, or None.

    `filler`: no word that names anything; `sponsor`, `subscribe`, `greeting`; `creed`: set forms of a sermon;
    `meta`: talk about the video itself.
    """
    said = words(sentence.text)
    if all(word in EMPTY or word.isdigit() for word in said):
        return "filler"
    needed = SIGNS - (len(said) <= SHORT_WORDS)
    if find_phrases(said, _SPONSORED) or _count_signs(said, SPONSOR) >= needed:
        return "sponsor"
    if _count_signs(said, SUBSCRIBE) >= needed:
        return "subscribe"
    if len(find_phrases(said, _GREETINGS)) > 1 or _share_in_phrases(said, _GREETINGS) >= COVERED:
        return "greeting"
    if _share_in_phrases(said, _CREEDS) >= COVERED:
        return "creed"
    return "meta" if _share_in_phrases(said, _META) >= COVERED else None


def prays(text: str) -> bool:
    """Whether a text turns to God with praise or a request; a prayer that is quoted, as in a hadith, does not."""
    said = words(text)
    if not said or said[0] in PRAYERS or tuple(said[:2]) == _PRAISE or find_phrases(said, _SUPPLICATIONS):
        return bool(said)
    calls = [at for at, word in enumerate(said) if word == _CALL]
    return any(_TOLD.isdisjoint(said[max(at - _NEAR, 0) : at]) for at in calls)


def praises(text: str) -> bool:
    """Whether a text begins with the praise of God that opens a sermon."""
    return words(text)[:2] in _PRAISES


def introduces_speaker(text: str) -> bool:
    """Whether a speaker says who they are: `I am Ashraf`, `with you is …`."""
    said = words(text)
    return not _WITH_YOU.isdisjoint(said[:1]) or any(
        word == _I and not GIVEN.isdisjoint(said[at + 1 : at + 3]) for at, word in enumerate(said)
    )


def is_about_talk(text: str) -> bool:
    """Whether a text speaks of the video itself: `in this episode`."""
    return bool(find_phrases(words(text), _META))


def moves_on(text: str) -> bool:
    """Whether a text goes on to something else: `we come to`."""
    return not MOVES.isdisjoint(words(text))


def stands_alone(sentence: Sentence) -> bool:
    """Whether it can be quoted away from its neighbours: it neither leans on the one before nor hangs over."""
    said = words(sentence.text)
    return bool(said) and said[0] not in DEPENDENT_OPENERS and said[-1] not in HANGING


def _independence(sentence: Sentence) -> float:
    """From 0 to 1: how well a sentence reads away from its neighbours."""
    said = words(sentence.text)
    factor = min(1.0, len(said) / FULL_WORDS)
    factor *= (1 - sum(word in FILLERS for word in said) / len(said)) ** TALKING
    factor *= LEANING ** ((said[0] in DEPENDENT_OPENERS) + (said[-1] in HANGING))
    if said[0] in PRAYERS:
        factor *= PRAYING
    if len(said) <= SHORT_WORDS and not MOVES.isdisjoint(said):
        factor *= MOVING
    return factor * ASKING if sentence.text.rstrip().endswith(("؟", "?")) else factor


def _count_signs(said: Sequence[str], signs: Sequence[frozenset[str]]) -> int:
    return sum(not sign.isdisjoint(said) for sign in signs)


def _share_in_phrases(said: Sequence[str], phrases: Index) -> float:
    """Share of the telling words that belong to set phrases."""
    hidden = phrase_positions(said, phrases)
    open_words = sum(word not in EMPTY for place, word in enumerate(said) if place not in hidden)
    return len(hidden) / (len(hidden) + open_words) if hidden else 0.0
