"""Headings: a short noun phrase from a passage's own words.

How likely each word of a passage stands in its heading is learned from Wikipedia (`models/training/headings.py`). Of
the noun phrases that were said, the one with the highest expected word F1 with an author's heading is taken.
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
"""Factor for a word that is said no more often here than in the rest of the talk: it tells no passages apart."""
REVERENCE: Final = 0.3
"""Factor for the name of God: some speakers say it whatever they speak of."""
_REVERED: Final = frozenset(map(stem, REVERED))


@dataclass(frozen=True, slots=True)
class TalkVocabulary:
    """The words of a whole talk, as choosing headings needs them."""

    stems: Mapping[str, int]
    """How often each stem is said."""
    total: int
    """How often they are said together."""
    subjects: Mapping[int, float]
    """Share of each subject in the stems."""
    used: WordUsage


def talk_vocabulary(sentences: Sequence[Sentence]) -> TalkVocabulary:
    """Count the words of a talk, once for all its passages."""
    stems = Counter(stem for sentence in sentences for stem in content_stems(sentence.text))
    return TalkVocabulary(
        stems, stems.total(), _subject_shares(stems), word_usage([sentence.text for sentence in sentences])
    )


def choose_heading(passage: Sequence[Sentence], talk: TalkVocabulary, taken: Iterable[str] = ()) -> str:
    """One to five neighbouring words of the passage that name what it is about; empty when none is good.

    It shares at most half of its words with any heading already taken.
    """
    chances = likelihoods(passage, talk)
    used = [frozenset(content_stems(heading)) for heading in taken]
    texts = [sentence.text for sentence in passage if aside_reason(sentence) is None]
    said = Counter(phrase for text in texts for phrase in noun_phrases(text, talk.used))
    best, best_score = "", 0.0
    for phrase, times in said.items():
        stems = frozenset(phrase.stems)
        distinct = all(2 * len(stems & other) <= max(1, min(len(stems), len(other))) for other in used)
        if distinct and (len(phrase.words) > 1 or times >= ALONE):
            score = expected_f1(phrase, chances) * times**AGAIN
            if score > best_score:
                best, best_score = phrase.text, score
    return best


def expected_f1(phrase: NounPhrase, chances: Mapping[str, float]) -> float:
    """Expected word F1 of a phrase with a heading of usual length, by how likely its words are, and its form."""
    hits = sum(chances.get(word, 0.0) for word in phrase.words)
    return phrase.form * 2 * hits / (len(phrase.words) + LENGTH)


def likelihoods(passage: Sequence[Sentence], talk: TalkVocabulary) -> dict[str, float]:
    """For each folded word that can name a topic how likely, from 0 to 1, it stands in the heading."""
    chances: dict[str, float] = {}
    for word, features in heading_features(passage, talk):
        chance = 1 / (1 + exp(-sum(WEIGHTS[name] * value for name, value in features.items())))
        chance *= REVERENCE if stem(word) in _REVERED else 1.0
        chances[word] = chance * EVERYWHERE if features["contrast"] < 0 else chance
    return chances


def heading_features(passage: Sequence[Sentence], talk: TalkVocabulary) -> Iterator[tuple[str, dict[str, float]]]:
    """Each folded word of a passage that can name a topic, with the features of its likelihood by name."""
    said = [words(sentence.text) for sentence in passage]
    forms = Counter(word for own in said for word in own if is_content_word(word))
    first_sentence = _firsts((word, place) for place, own in enumerate(said) for word in own)
    first_of_stem = _firsts((stem(word), place) for word, place in first_sentence.items())
    stems: Counter[str] = Counter()
    for word, times in forms.items():
        stems[stem(word)] += times
    subjects, total = _subject_shares(stems), stems.total()
    for word, times in forms.items():
        if word in VAGUE:
            continue
        root = stem(word)
        count = stems[root]
        elsewhere, rest = max(0, talk.stems.get(root, 0) - count), max(1, talk.total - total)
        subject = topic_of(root)
        here, everywhere = 0.0, 0.0
        if subject is not None:
            here, everywhere = subjects.get(subject, 0.0), talk.subjects.get(subject, 0.0)
        yield (
            word,
            {
                "bias": 1.0,
                "said": log(count),
                "share": log(1 + 1000 * count / total),
                # How much more often it is said here than in the rest of the talk, in nats; smoothed.
                "contrast": log((count + 0.1) / (total + 10)) - log((elsewhere + 0.5) / (rest + 50)),
                "as it is": log(times / count),
                "opens": float(first_sentence[word] == 0),
                "late": log(1 + first_of_stem[root]),
                # How much more the passage speaks of its subject than the talk, in nats; 0 for no subject.
                "subject": log((here + 0.005) / (everywhere + 0.005)),
                **_shape(word),
            },
        )


def _firsts(places: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The least place of each."""
    first: dict[str, int] = {}
    for key, place in places:
        first[key] = min(place, first.get(key, place))
    return first


def _shape(word: str) -> dict[str, float]:
    """The features that the letters of a folded word give."""
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


def _subject_shares(stems: Mapping[str, int]) -> dict[int, float]:
    """Share of each subject in the stems that have one."""
    counts: Counter[int] = Counter()
    for root, times in stems.items():
        if (subject := topic_of(root)) is not None:
            counts[subject] += times
    total = counts.total()
    return {subject: times / total for subject, times in counts.items()}
