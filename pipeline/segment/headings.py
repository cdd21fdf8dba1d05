"""Headings: a short noun phrase from a passage's own words.

How likely each word of a passage stands in its heading is learned from Wikipedia (`models/training/headings.py`). Of
the noun phrases that were said the one is taken whose expected word F1 with an author's heading is highest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import HEADING_ENDINGS, JOINED_ARTICLES, PRESENT_LETTERS
from pipeline.arabic.normalize import words
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.salience import aside_reason
from pipeline.arabic.stem import content_stems, is_content_word, stem
from pipeline.arabic.stopwords import REVERED, VAGUE
from pipeline.segment.heading_weights import LENGTH, WEIGHTS
from pipeline.segment.noun_phrases import NounPhrase, noun_phrases, word_usage
from pipeline.segment.topics import topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.segment.noun_phrases import WordUsage
    from pipeline.types.article import Sentence

AGAIN: Final = 0.2
"""Power of how often a phrase is said that its worth grows with: what is said twice as it is, is a phrase.

This, the next and `noun_phrases.ALONE` were chosen on the texts that the project wrote.
"""
ALONE: Final = 2
"""Fewest times that a word must be said to be a heading alone."""
EVERYWHERE: Final = 0.3
"""What a word keeps that is said no more often here than in the rest of the talk: it tells no passage apart."""
REVERENCE: Final = 0.3
"""What the name of God keeps of its likelihood: some speakers say it whatever they speak of."""
_REVERED: Final = frozenset(map(stem, REVERED))


@dataclass(frozen=True, slots=True)
class TalkVocabulary:
    """What headings need to know of a whole talk."""

    stems: Mapping[str, int]
    """How often each stem is said."""
    total: int
    """How often they are said together."""
    subjects: Mapping[int, float]
    """Share of each subject in the stems."""
    used: WordUsage


def talk_vocabulary(sentences: Sequence[Sentence]) -> TalkVocabulary:
    """What headings need to know of all sentences of a talk; one for all its passages."""
    stems = Counter(stem for sentence in sentences for stem in content_stems(sentence.text))
    return TalkVocabulary(stems, stems.total(), _shares(stems), word_usage([sentence.text for sentence in sentences]))


def choose_heading(passage: Sequence[Sentence], whole: TalkVocabulary, taken: Iterable[str] = ()) -> str:
    """One to five neighbouring words of the passage that name what it is about; empty when none is good.

    It shares at most half of its words with any heading already taken.
    """
    chances = likelihoods(passage, whole)
    used = [frozenset(content_stems(heading)) for heading in taken]
    texts = [sentence.text for sentence in passage if aside_reason(sentence) is None]
    said = Counter(found for text in texts for found in noun_phrases(text, whole.used))
    scored = (
        (expected_f1(one, chances) * times**AGAIN, one.text)
        for one, times in said.items()
        if (len(one.words) > 1 or times >= ALONE) and _distinct(one, used)
    )
    score, text = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return text if score > 0 else ""


def expected_f1(one: NounPhrase, chances: Mapping[str, float]) -> float:
    """Expected word F1 of a phrase with a heading of usual length, by how likely its words are, and its form."""
    hits = sum(chances.get(word, 0.0) for word in one.words)
    return one.form * 2 * hits / (len(one.words) + LENGTH)


def likelihoods(passage: Sequence[Sentence], whole: TalkVocabulary) -> dict[str, float]:
    """For each folded word that can name a topic, from 0 to 1, how likely it stands in the heading."""
    return {word: _likelihood(word, seen) for word, seen in heading_features(passage, whole)}


def _likelihood(word: str, seen: Mapping[str, float]) -> float:
    chance = 1 / (1 + exp(-sum(WEIGHTS[name] * value for name, value in seen.items())))
    chance *= REVERENCE if stem(word) in _REVERED else 1.0
    return chance * EVERYWHERE if seen["contrast"] < 0 else chance


def heading_features(passage: Sequence[Sentence], whole: TalkVocabulary) -> Iterator[tuple[str, dict[str, float]]]:
    """Each folded word of a passage that can name a topic, and by name what its likelihood is computed from."""
    said = [words(sentence.text) for sentence in passage]
    forms = Counter(word for own in said for word in own if is_content_word(word))
    opening = _firsts((word, place) for place, own in enumerate(said) for word in own)
    first = _firsts((stem(word), place) for word, place in opening.items())
    stems: Counter[str] = Counter()
    for word, times in forms.items():
        stems[stem(word)] += times
    shares, total = _shares(stems), stems.total()
    for word, times in forms.items():
        if word not in VAGUE:
            root = stem(word)
            yield (
                word,
                {
                    "bias": 1.0,
                    "said": log(stems[root]),
                    "share": log(1 + 1000 * stems[root] / total),
                    "contrast": _contrast(stems[root], total, whole.stems.get(root, 0), whole.total),
                    "as it is": log(times / stems[root]),
                    "opens": float(opening[word] == 0),
                    "late": log(1 + first[root]),
                    "subject": _leaning(topic_of(root), shares, whole.subjects),
                    **_shape(word),
                },
            )


def _firsts(places: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The least place of each."""
    first: dict[str, int] = {}
    for one, place in places:
        first[one] = min(place, first.get(one, place))
    return first


def _contrast(here: int, total: int, everywhere: int, whole: int) -> float:
    """How much more often a stem is said here than in the rest of the talk, in nats; smoothed."""
    other, rest = max(0, everywhere - here), max(1, whole - total)
    return log((here + 0.1) / (total + 10)) - log((other + 0.5) / (rest + 50))


def _leaning(number: int | None, here: Mapping[int, float], whole: Mapping[int, float]) -> float:
    """How much more the passage speaks of a subject than the talk, in nats; 0 for no subject."""
    if number is None:
        return 0.0
    return log((here.get(number, 0.0) + 0.005) / (whole.get(number, 0.0) + 0.005))


def _shape(word: str) -> dict[str, float]:
    """What its letters tell of a folded word."""
    article = word.startswith("ال")
    bare = word[2:] if article else word
    return {
        "article": float(article),
        "and": float(word[0] == "و" and word not in NOUNS),
        "joined": float(word.startswith(JOINED_ARTICLES)),
        "noun": float(bare in NOUNS),
        "name": float(word in NAMES),
        "adjective": float(bare in ADJECTIVES),
        "whose": float(word.endswith(HEADING_ENDINGS)),
        "verbal": float(word[0] in PRESENT_LETTERS),
    }


def _shares(stems: Mapping[str, int]) -> dict[int, float]:
    """Share of each subject in the stems that have one."""
    counts: Counter[int] = Counter()
    for root, times in stems.items():
        if (number := topic_of(root)) is not None:
            counts[number] += times
    total = counts.total()
    return {number: times / total for number, times in counts.items()}


def _distinct(one: NounPhrase, used: Iterable[frozenset[str]]) -> bool:
    own = frozenset(one.stems)
    return all(2 * len(own & other) <= max(1, min(len(own), len(other))) for other in used)
