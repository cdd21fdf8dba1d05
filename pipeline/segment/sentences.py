"""Words become numbered sentences."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.arabic.affixes import CONJUNCTIONS, NOMINAL_BEGINNINGS, PRESENT_BEGINNINGS
from pipeline.arabic.function_words import (
    ASKING,
    BINDERS,
    CLINGING,
    FORMULAS,
    LEADERS,
    NUMERALS,
    OPENERS,
    OPENING_PAIRS,
    PREPOSITIONS,
    QUESTION_OPENERS,
    QUESTION_PAIRS,
    SAYING,
    STRONG_OPENERS,
    TIMES,
)
from pipeline.arabic.normalize import fold
from pipeline.types.article import Border, Sentence, SpokenWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.settings import TextSettings

CLOSED = 100.0
"""Score of a decided sentence end: by a mark or a change of speaker."""

NEVER = -50.0
"""Score of a place inside a fixed phrase: divided only where the greatest length leaves no other."""

TRUST = 0.8
"""What a model's odds are multiplied with: it learned from written text, and speech is another matter."""

LIMIT = 2.0
"""Most that they count then, either way: a silence, or none, must be able to speak against them."""

SPOKEN = 0.8
"""Added to a model's odds: people speak in shorter sentences than those that it learned from."""

GRAMMAR = 0.2
"""Share that the words that open a sentence in speech have beside a model's odds."""

UNMARKED = -2.0
"""Score of a place of which nothing is known: most words do not end a sentence. Scores are log odds, roughly."""

HEARD_SHARE = 0.01
"""Share of the places inside lines at which a track that times each word has a silence."""

_UNHEARD = -1.5
_CLOSING = "\"'”’»)]}*"
_AROUND = "،؛؟!?.,:;…(«“‘[{-" + _CLOSING
_ENDING = (".", "!", "?", "؟")
_TRAILING_OFF = 2.0
_ABBREVIATIONS = frozenset(("dr", "mr", "mrs", "ms", "prof", "vs", "etc", "st", "no", "inc", "ltd", "co", "e.g", "i.e"))
_NUMBER = re.compile(r"[+\-±$€£]?\d[\d.,:/٫٬]*[%٪]?")
_YEAR = frozenset(fold(word) for word in ("سنة", "عام", "في", "من", "حتى", "منذ"))
_SOFT_MARKS = {"،": 1.0, ",": 1.0, "؛": 2.0, ";": 2.0, ":": -1.0}


def boundary_scores(words: Sequence[SpokenWord], pause_seconds: float) -> list[float]:
    """For each word the score of ending a sentence after it: above zero where an end is likelier than not.

    `CLOSED` stands for a decided end; the last word always ends one.
    """
    folded = [fold(word.text).strip(_AROUND) for word in words]
    chosen = _chosen(words)
    silences = _silences(words, pause_seconds)
    result: list[float] = []
    for place in range(len(words) - 1):
        score = _decided(words, folded, place)
        if score < CLOSED:
            score += _shown(words[place], silences[place], chosen) + _said(words[place], folded, place)
        result.append(score)
    _protect(result, folded)
    return [*result, CLOSED] if words else []


def _chosen(words: Sequence[SpokenWord]) -> float:
    """Share of the line ends that were not forced by the width. Where it is high, people set them at clause ends."""
    ends = [word.border for word in words if word.border]
    return sum(border is Border.BREAK for border in ends) / len(ends) if ends else 0.0


def _decided(words: Sequence[SpokenWord], folded: Sequence[str], place: int) -> float:
    """`CLOSED` where a mark ends the sentence; otherwise what a weaker mark adds, unless it was set with the odds."""
    if words[place].ends:
        return CLOSED
    if words[place].odds is not None:
        return 0.0
    text = words[place].text.rstrip(_CLOSING)
    dots = text[len(text.rstrip(".…")) :]
    if "…" in dots or len(dots) > 1:
        return _TRAILING_OFF
    if not text.endswith(_ENDING):
        return _SOFT_MARKS.get(text[-1:], 0.0)
    return 0.0 if dots and _is_inner_dot(words, folded, place) else CLOSED


def _is_inner_dot(words: Sequence[SpokenWord], folded: Sequence[str], place: int) -> bool:
    """Whether a dot belongs to an abbreviation, a numbered point or a number that goes on in the next word."""
    word = folded[place]
    if (len(word) == 1 and word.isalpha()) or word in _ABBREVIATIONS:
        return True
    if not _NUMBER.fullmatch(word):
        return False
    begins = place == 0 or bool(words[place - 1].border) or words[place - 1].text.endswith(_ENDING)
    return begins or folded[place + 1][:1].isdigit()


def _silences(words: Sequence[SpokenWord], pause_seconds: float) -> list[float]:
    """The silence after each word but the last, where 1.0 is a pause that ends a sentence.

    Where pauses are heard inside lines, the source times each word, and a word without one speaks against an end.
    """
    lengths = [
        (after.start - word.end) / max(pause_seconds, 0.01) if word.end is not None and after.start is not None else 0.0
        for word, after in pairwise(words)
    ]
    inside = [length > 0 for length, word in zip(lengths, words, strict=False) if word.border is Border.NONE]
    timed = sum(inside) > HEARD_SHARE * len(inside)
    return [_UNHEARD if timed and length <= 0 else length for length in lengths]


def _shown(word: SpokenWord, silence: float, chosen: float) -> float:
    """What the silence after a word and the end of its line say."""
    score = (0.0, 0.8 * chosen, 1.0 + 1.5 * (1.0 - chosen))[word.border]
    return score + (4.0 if silence >= 1 else 2.0 * silence)


def _said(word: SpokenWord, folded: Sequence[str], place: int) -> float:
    """What the words say: a model's odds and what grammar forbids, or else grammar alone."""
    if word.odds is None:
        return UNMARKED + _grammar(folded, place)
    return max(-LIMIT, min(LIMIT, TRUST * word.odds)) + SPOKEN + _grammar(folded, place, GRAMMAR)


def _grammar(folded: Sequence[str], place: int, share: float = 1.0) -> float:
    """What the words on both sides say; what opens a sentence counts for a share."""
    word, after = folded[place], folded[place + 1]
    following = folded[place + 2] if place + 2 < len(folded) else ""
    return _closing(word, folded[place - 1] if place else "", after) + share * _opening(after, following)


def _closing(word: str, before: str, after: str) -> float:
    """How well a word closes a sentence."""
    if _is_one_of(BINDERS, word):
        return -4.0
    if _is_one_of(SAYING, before):
        return -2.5
    if _is_one_of(LEADERS, word):
        return -1.5
    if _is_one_of(NUMERALS, word):
        return -3.0
    if _NUMBER.fullmatch(word) and before not in _YEAR and not after.startswith("و"):
        return -3.0
    return 0.0


def _opening(word: str, after: str) -> float:
    """How well a word opens a sentence, given the one that follows it."""
    if (word, after) in OPENING_PAIRS:
        return 1.8
    if word in STRONG_OPENERS:
        return 2.0
    if word in OPENERS:
        return 1.2
    if word in CLINGING:
        return -2.5
    if word in PREPOSITIONS:
        return 0.8 if after in TIMES or after[:1].isdigit() else -0.7
    return _shape(word)


def _shape(word: str) -> float:
    """How well an unlisted word opens a sentence, by its first letters: joined `and`, article, present tense."""
    if word.startswith(NOMINAL_BEGINNINGS) or word[:1].isdigit():
        return -0.8
    if word.startswith("و"):
        return 0.0 if word.startswith("وال") else 0.2
    return -0.5 if len(word) > len("يجد") and word.startswith(PRESENT_BEGINNINGS) else 0.0


def _is_one_of(group: frozenset[str], word: str) -> bool:
    return word in group or (word[:1] in CONJUNCTIONS and word[1:] in group)


_FORMULAS_BY_OPENING = {
    opening: tuple(formula for formula in FORMULAS if formula[0] == opening) for opening in {f[0] for f in FORMULAS}
}


def _protect(scores: list[float], folded: Sequence[str]) -> None:
    """Keep fixed phrases whole, unless an end inside them is decided."""
    for place, word in enumerate(folded):
        for formula in _FORMULAS_BY_OPENING.get(word, ()):
            if tuple(folded[place : place + len(formula)]) == formula:
                inside = slice(place, place + len(formula) - 1)
                scores[inside] = [score if score >= CLOSED else NEVER for score in scores[inside]]


FRAGMENT_WORDS = 3
"""A piece of this length or less is no sentence unless it was marked as one."""

EASY_WORDS = 18
"""Up to this length a sentence is likely; every word beyond asks a little more for a division."""

JUDGED_WORDS = 26
"""The same where a model judges each place: it marks the clauses, and length alone says little."""

_SOFT = "،؛:,;"
_FRAGMENT_COST = 50.0
_LENGTH_COST = 0.01


def split_sentences(words: Sequence[SpokenWord], settings: TextSettings) -> tuple[Sentence, ...]:
    """Every word in exactly one sentence, in order, each sentence with its second and its words' seconds.

    Decided ends divide always. Between them the division with the best sum of scores is chosen by dynamic programming
    (the line breaking of Knuth and Plass, 1981), no piece longer than `settings.sentence_words`. Marks stay as the
    words have them: a sentence that ends without one gets none here, since that is for rendering to set.
    """
    values = boundary_scores(words, settings.pause_seconds)
    costs = _costs(settings.sentence_words, judged=any(word.odds is not None for word in words))
    sentences: list[Sentence] = []
    begin = 0
    for end in _ends(values, costs):
        sentences.append(_sentence(len(sentences) + 1, words[begin:end]))
        begin = end
    return tuple(sentences)


def _ends(values: Sequence[float], costs: Sequence[float]) -> Iterator[int]:
    """The positions after which sentences end, ascending."""
    begin = 0
    for place, value in enumerate(values):
        if value >= CLOSED:
            for cut in _cuts(values[begin:place], costs):
                yield begin + cut
            yield place + 1
            begin = place + 1


def _cuts(values: Sequence[float], costs: Sequence[float]) -> list[int]:
    """The best places to divide one stretch of `len(values) + 1` words, given the scores inside it."""
    count = len(values) + 1
    gains = (*values, 0.0)
    best = np.zeros(count + 1)
    came = [0]
    dear = np.array(costs[:0:-1])
    for end in range(1, count + 1):
        first = max(0, end - len(dear))
        worth = best[first:end] - dear[first - end :]
        begin = end - 1 - int(worth[::-1].argmax())  # of equals the last: the shorter piece
        best[end] = worth[begin - first] + gains[end - 1]
        came.append(begin)
    cuts: list[int] = []
    while count := came[count]:
        cuts.append(count)
    return cuts[::-1]


def _costs(longest: int, *, judged: bool) -> list[float]:
    """What a piece of each length costs: fragments much, long pieces more the longer they are."""
    easy = JUDGED_WORDS if judged else EASY_WORDS
    lengths = range(max(longest, 1) + 1)
    return [_FRAGMENT_COST if 0 < n <= FRAGMENT_WORDS else _LENGTH_COST * max(0, n - easy) ** 2 for n in lengths]


def _closed(words: Sequence[SpokenWord]) -> str:
    """The last word of a sentence, with its closing mark in the place of a softer one; questions are told by words."""
    last = words[-1]
    if not last.closing:
        return last.text
    folded = [fold(word.text).strip(_SOFT) for word in words]
    asked = folded[0] in QUESTION_OPENERS or tuple(folded[:2]) in QUESTION_PAIRS or not ASKING.isdisjoint(folded)
    return last.text.rstrip(_SOFT) + ("؟" if asked else last.closing)


def _sentence(number: int, words: Sequence[SpokenWord]) -> Sentence:
    text = " ".join([*(word.text for word in words[:-1]), _closed(words)])
    times = tuple(word.start for word in words if word.start is not None)
    if len(times) < len(words):
        return Sentence(number, text)
    return Sentence(number, text, times[0], words[-1].end, times)
