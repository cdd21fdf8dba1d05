"""Divide words into numbered sentences."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.arabic.affixes import CONJUNCTIONS, NOMINAL_BEGINNINGS, PRESENT_BEGINNINGS
from pipeline.arabic.function_words import (
    ASKING,
    BINDERS,
    CLAUSE_OPENERS,
    CLINGING,
    FORMULAS,
    LEADERS,
    NUMERALS,
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
    from collections.abc import Sequence

    from pipeline.settings import TextSettings

CLOSED = 100.0
"""Score of a decided sentence end: by a mark, a change of speaker or a long silence."""

NEVER = -50.0
"""Score of a place inside a fixed phrase: divided only where the greatest length leaves no other."""

WHOLE = -1e6
"""Score of a place inside a verse, or between it and what announces it: never divided, however long it is."""

TRUST = 0.8
"""Factor for a model's odds: it learned from written text, and speech is another matter."""

LIMIT = 2.0
"""Bound on them after that, either way: a silence, or none, must be able to outweigh them."""

SPOKEN = 0.8
"""Added to a model's odds: people speak in shorter sentences than those that it learned from."""

GRAMMAR = 0.2
"""Factor for the words that open a sentence, beside a model's odds."""

UNMARKED = -2.0
"""Score of a place of which nothing is known: most words do not end a sentence. Scores are log odds, roughly."""

LONG_SILENCE = 10.5
"""Seconds of silence over which only a verse goes on; speakers search for a word for some seconds, not for ten."""

HEARD_SHARE = 0.01
"""Share of the places inside lines at which a track that times each word has a silence."""

_UNHEARD = -1.5
"""Silence counted after a word without one, where a track has silences."""
_CLOSING = "\"'”’»)]}*"
_AROUND = "،؛؟!?.,:;…(«“‘[{-" + _CLOSING
_ENDING = (".", "!", "?", "؟")
_TRAILING_OFF = 2.0
_ABBREVIATIONS = frozenset(("dr", "mr", "mrs", "ms", "prof", "vs", "etc", "st", "no", "inc", "ltd", "co", "e.g", "i.e"))
_NUMBER = re.compile(r"[+\-±$€£]?\d[\d.,:/٫٬]*[%٪]?")
_YEAR = frozenset(fold(word) for word in ("سنة", "عام", "في", "من", "حتى", "منذ"))
_FORMULAS_BY_OPENING = {
    opening: tuple(formula for formula in FORMULAS if formula[0] == opening) for opening in {f[0] for f in FORMULAS}
}
_SOFT_MARKS = {"،": 1.0, ",": 1.0, "؛": 2.0, ";": 2.0, ":": -1.0}


def boundary_scores(words: Sequence[SpokenWord], pause_seconds: float) -> list[float]:
    """For each word the score of ending a sentence after it: above zero where an end is likelier than not.

    `CLOSED` stands for a decided end; the last word always ends one.
    """
    if not words:
        return []
    folded = [fold(word.text).strip(_AROUND) for word in words]
    silences = _silences(words, pause_seconds)
    line_ends = [word.border for word in words if word.border]
    # Share of the line ends that the width did not force: where it is high, people set them at clause ends.
    chosen = sum(border is Border.BREAK for border in line_ends) / len(line_ends) if line_ends else 0.0
    scores: list[float] = []
    for place, (word, silence) in enumerate(zip(words, silences, strict=False)):
        score = WHOLE if word.recited else _mark_score(words, folded, place)
        if not word.recited and silence * pause_seconds >= LONG_SILENCE:
            score = CLOSED
        if WHOLE < score < CLOSED:
            line_end = (0.0, 0.8 * chosen, 1.0 + 1.5 * (1.0 - chosen))[word.border]
            pause = 4.0 if silence >= 1 else 2.0 * silence
            if word.odds is None:
                language = UNMARKED + _grammar(folded, place)
            else:
                language = max(-LIMIT, min(LIMIT, TRUST * word.odds)) + SPOKEN + _grammar(folded, place, GRAMMAR)
            score += (line_end + pause) + language
        scores.append(score)
    for place, opening in enumerate(folded):
        for formula in _FORMULAS_BY_OPENING.get(opening, ()):
            if tuple(folded[place : place + len(formula)]) == formula:
                # A fixed phrase stays whole, unless an end inside it is decided.
                inside = slice(place, place + len(formula) - 1)
                scores[inside] = [score if score >= CLOSED else min(score, NEVER) for score in scores[inside]]
    return [*scores, CLOSED]


def _mark_score(words: Sequence[SpokenWord], folded: Sequence[str], place: int) -> float:
    """`CLOSED` where a mark ends the sentence; else what a weaker mark adds, unless it was set with a model's odds."""
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


def _grammar(folded: Sequence[str], place: int, share: float = 1.0) -> float:
    """Score of the words on both sides; those that open a sentence count for a share."""
    word, after = folded[place], folded[place + 1]
    following = folded[place + 2] if place + 2 < len(folded) else ""
    return _closing(word, folded[place - 1] if place else "", after) + share * _opening(after, following)


def _closing(word: str, before: str, after: str) -> float:
    """Score of a word as the last of a sentence."""
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
    """Score of a word as the first of a sentence, given the one that follows it."""
    if (word, after) in OPENING_PAIRS:
        return 1.8
    if word in STRONG_OPENERS:
        return 2.0
    if word in CLAUSE_OPENERS:
        return 1.2
    if word in CLINGING:
        return -2.5
    if word in PREPOSITIONS:
        return 0.8 if after in TIMES or after[:1].isdigit() else -0.7
    return _shape(word)


def _shape(word: str) -> float:
    """Score of an unlisted word as the first of a sentence, by its first letters: `and`, article, present tense."""
    if word.startswith(NOMINAL_BEGINNINGS) or word[:1].isdigit():
        return -0.8
    if word.startswith("و"):
        return 0.0 if word.startswith("وال") else 0.2
    return -0.5 if len(word) > len("يجد") and word.startswith(PRESENT_BEGINNINGS) else 0.0


def _is_one_of(group: frozenset[str], word: str) -> bool:
    return word in group or (word[:1] in CONJUNCTIONS and word[1:] in group)


FRAGMENT_WORDS = 3
"""A piece of this length or less is no sentence unless it was marked as one."""

EASY_WORDS = 18
"""Up to this length a sentence is likely; every word beyond asks a little more for a division."""

JUDGED_WORDS = 26
"""The same where a model judges each place: it marks the clauses, and length alone says little."""

_SOFT = "،؛:,;"
_FRAGMENT_COST = 50.0
_TOO_LONG = 1000.0
_LENGTH_COST = 0.01


def split_sentences(words: Sequence[SpokenWord], settings: TextSettings) -> tuple[Sentence, ...]:
    """Every word in exactly one sentence, in order, each sentence with its second and its words' seconds.

    Decided ends divide always. Between them the division with the best sum of scores is chosen by dynamic programming
    (the line breaking of Knuth and Plass, 1981), no piece longer than `settings.sentence_words` unless a verse is.
    Marks stay as the words have them: a sentence that ends without one gets none here, since rendering sets it.
    """
    scores = boundary_scores(words, settings.pause_seconds)
    easy = JUDGED_WORDS if any(word.odds is not None for word in words) else EASY_WORDS
    # What a piece of each length costs: fragments much, long pieces more the longer they are.
    most = max(settings.sentence_words, 1)
    runs = groupby(words, key=lambda word: word.recited)
    whole = max((len(list(run)) for recited, run in runs if recited), default=0)
    costs = [
        _FRAGMENT_COST if 0 < length <= FRAGMENT_WORDS else _LENGTH_COST * max(0, length - easy) ** 2
        for length in range(most + 1)
    ] + [_TOO_LONG] * (whole + 1 if whole else 0)
    ends: list[int] = []
    begin = 0
    for place, score in enumerate(scores):
        if score >= CLOSED:
            ends += [begin + cut for cut in _cuts(scores[begin:place], costs)]
            ends.append(place + 1)
            begin = place + 1
    return tuple(_sentence(number, words[begin:end]) for number, (begin, end) in enumerate(pairwise([0, *ends]), 1))


def _cuts(scores: Sequence[float], costs: Sequence[float]) -> list[int]:
    """The best places to divide one stretch of `len(scores) + 1` words, given the scores inside it."""
    count = len(scores) + 1
    gains = (*scores, 0.0)
    best = np.zeros(count + 1)
    came = [0]
    prices = np.array(costs[:0:-1])
    for end in range(1, count + 1):
        first = max(0, end - len(prices))
        values = best[first:end] - prices[first - end :]
        begin = end - 1 - int(values[::-1].argmax())  # of equals the last: the shorter piece
        best[end] = values[begin - first] + gains[end - 1]
        came.append(begin)
    cuts: list[int] = []
    while count := came[count]:
        cuts.append(count)
    return cuts[::-1]


def _sentence(number: int, words: Sequence[SpokenWord]) -> Sentence:
    """The words as a sentence, closed with the mark of the last one in the place of a softer one.

    A question is told by its words.
    """
    *texts, last = (word.text for word in words)
    if closing := words[-1].closing:
        folded = [fold(word.text).strip(_SOFT) for word in words]
        asked = folded[0] in QUESTION_OPENERS or tuple(folded[:2]) in QUESTION_PAIRS or not ASKING.isdisjoint(folded)
        last = last.rstrip(_SOFT) + ("؟" if asked and not last.endswith("﴾") else closing)
    text = " ".join([*texts, last])
    times = tuple(word.start for word in words if word.start is not None)
    if len(times) < len(words):
        return Sentence(number, text)
    return Sentence(number, text, times[0], words[-1].end, times)
