"""Runs: neighbouring sentences that are whole together, so that they can be quoted away from their neighbours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, Final

from models.writers.edges import (
    LOOK_BACK,
    PRAISE_MOST,
    asks,
    begins_anew,
    clings,
    closes,
    continues_list,
    goes_on,
    hands_down,
    opens,
    points,
    sets_against,
    takes_up,
    told_apart,
    turns_away,
)
from models.writers.ends import end_chance, without_opening
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import tidy
from pipeline.arabic.stem import content_stems
from pipeline.arabic.stopwords import FILLERS
from pipeline.arabic.voice import is_question, needs_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.types.article import Sentence

SENTENCES_MOST: Final = 6
WORDS_LEAST, WORDS_MOST = 10, 110
"""A shorter run says little without its neighbours, a longer one is no quotation but a transcript."""
LEAVE: Final = 0.25
"""Longest share of a talk that takes leave: the prayers of a sermon, a call to subscribe."""
JOINED_MOST: Final = 120
"""Words of the longest quotation, where runs that were chosen side by side become one."""
WHOLE_LEAST: Final = 0.65
"""Chance of being whole at both ends below which a run is never quoted."""
WHOLE: Final = 0.76
"""The same below which a run is quoted only where little else is."""
LITTLE: Final = 0.75
"""Share of the words asked for that is little."""
OPPOSED: Final = 0.85
"""Factor of that chance for a run behind which something is set against it."""
WHOLENESS: Final = 3.0
"""Power of that chance in a run's score: rather the second best said whole than the best cut."""
REPEAT: Final = 0.7
"""Share of a run's score lost to what was already chosen, multiplied by the share of common stems."""
SAME_THIRD: Final = 0.5
"""Factor for each run already chosen from the same third of a passage: its beginning, middle and end are all told."""
OVERRUN: Final = 1.15
"""How far the last run may go beyond the words asked for."""
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
_FACTORS: Final = {
    "pointing": 0.6,
    "joined": 0.7,
    "asking": 0.4,
    "going on": 0.4,
    "moving": 0.5,
    "dated": 1.3,
    "listed": 0.6,
    "short": 0.6,
}
"""Of a run's score: for a first sentence that points back or goes on with a list, for a question without its answer,
for going on to something else or turning to the listeners, for a date or `according to` at its beginning, for the
second of what is listed without the first, and for less than `SHORT` words."""
SHORT: Final = 18
"""Fewest words of a run that says much alone."""


@dataclass(frozen=True)
class Run:
    """Neighbouring sentences, quoted together."""

    sentences: tuple[Sentence, ...]
    whole: float
    """Chance (0 to 1) that it begins and ends where sentences of the speaker do."""

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        return tuple(sentence.number for sentence in self.sentences)

    @cached_property
    def text(self) -> str:
        """Its sentences as one quotation: where an end inside is doubtful, a comma stands, or nothing."""
        told = [_told(sentence, after) for sentence, after in pairwise(self.sentences)]
        return without_opening(" ".join((*told, tidy(self.sentences[-1].text))))

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(content_stems(self.text))

    @cached_property
    def length(self) -> int:
        """In words."""
        return len(self.text.split())


SEAM_LEAST, SEAM_LEAST_AT_HIGH_ODDS, HIGH_ODDS = 0.8, 0.7, 3.0
"""Chance of an end from which it is shown inside a run, and the same at high odds; read on 150 ends of development
talks."""
UNLIKELY: Final = 0.5
"""Chance of an end below which a verb or a noun is taken to go with the noun behind it, as object or owner."""


def _told(sentence: Sentence, after: Sentence) -> str:
    """A sentence as it stands before the one `after` it in a quotation."""
    typed, chance = sentence.end_odds is None, end_chance(sentence, after)
    least = SEAM_LEAST_AT_HIGH_ODDS if (sentence.end_odds or 0.0) >= HIGH_ODDS else SEAM_LEAST
    goes_on = hands_down(sentence, after) or (takes_up(after) and not typed)
    if is_question(sentence.text) or (chance >= least and not goes_on):
        return tidy(sentence.text)
    bare = sentence.text.rstrip(" .،")
    return bare if clings(sentence, after, unlikely=chance < UNLIKELY) else f"{bare}،"


def quotable_runs(passage: Sequence[Sentence], talk: Sequence[Sentence]) -> Iterator[Run]:
    """The runs among the sentences of a passage that may be quoted; `talk` is all that was said.

    Nothing said in passing is in one, none begins by pointing back or inside what somebody is quoted with, and none
    hangs over to what follows.
    """
    around = {sentence.number: at for at, sentence in enumerate(talk)}
    begin = around[passage[0].number] if passage else 0
    near = talk[begin : begin + len(passage) + PRAISE_MOST]
    passing = [not told for told in told_apart(near)[: len(passage)]]
    for first, sentence in enumerate(passage):
        place = around[sentence.number]
        before = talk[max(0, place - LOOK_BACK) : place]
        if passing[first] or not opens(sentence, before):
            continue
        length, begins = 0, end_chance(before[-1] if before else None, sentence)
        for last in range(first, min(len(passage), first + SENTENCES_MOST)):
            length += len(passage[last].text.split())
            if passing[last] or length > WORDS_MOST:
                break
            asked = sum(map(asks, passage[first : last + 1]))
            if 2 * asked > last + 1 - first:
                continue
            place = around[passage[last].number]
            after = talk[place + 1] if place + 1 < len(talk) else None
            whole = begins * end_chance(passage[last], after)
            whole *= OPPOSED if after and sets_against(after) else 1
            if length >= WORDS_LEAST and whole >= WHOLE_LEAST and closes(passage[last], after):
                yield Run(tuple(passage[first : last + 1]), whole)


def body_end(sentences: Sequence[Sentence]) -> int:
    """Number of the last sentence before the talk takes its leave; of the last one if it does not.

    What takes leave is the end in which at least half of the sentences are said in passing.
    """
    passing = [not told for told in told_apart(sentences)]
    last, told, left = len(sentences), 0, 0
    for at in range(len(sentences) - 1, int(len(sentences) * (1 - LEAVE)), -1):
        told, left = told + (not passing[at]), left + passing[at]
        if passing[at] and left >= told:
            last = at
    return last


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


def run_score(run: Run, chances: Mapping[int, float]) -> float:
    """How much of the main points each of a run's words says; less where it points, asks, or may be cut."""
    said = words(run.text)
    lengths = [len(sentence.text.split()) for sentence in run.sentences]
    score = sum(chances[s.number] * length for s, length in zip(run.sentences, lengths, strict=True)) / sum(lengths)
    found = {
        "pointing": points(run.sentences[0]),
        "joined": said[0].startswith(("وال", "لل", "ف")),
        "asking": asks(run.sentences[0]),
        "going on": goes_on(run.sentences[0]),
        "moving": turns_away(run.text),
        "dated": begins_anew(run.text),
        "listed": continues_list(run.sentences[0]),
        "short": run.length < SHORT,
    }
    for name, holds in found.items():
        score *= _FACTORS[name] if holds else 1
    return float(score * run.whole**WHOLENESS)


def choose_runs(
    runs: Sequence[Run], sentences: Sequence[Sentence], length: float, chances: Mapping[int, float]
) -> list[Run]:
    """Of a passage's runs those that carry it, about `length` words in all, in the order they were said; none overlap.

    Each next one is the best of the rest after what the chosen ones already say is taken off (maximal marginal
    relevance, Carbonell and Goldstein 1998), and the passage's beginning, middle and end are told before more of one.
    """
    thirds = _thirds(sentences)
    left = {run: run_score(run, chances) for run in runs}
    chosen: list[Run] = []
    told = 0

    def value(run: Run) -> float:
        same = max(
            (len(run.stems & one.stems) / max(1, min(len(run.stems), len(one.stems))) for one in chosen), default=0.0
        )
        near = sum(thirds[one.numbers[0]] == thirds[run.numbers[0]] for one in chosen)
        return left[run] * (1 - REPEAT * same) * SAME_THIRD**near

    for least, wanted in ((WHOLE, length), (WHOLE_LEAST, LITTLE * length)):
        while told < wanted:
            rest = [run for run in left if run.whole >= least]
            fitting = [run for run in rest if told + run.length <= OVERRUN * wanted]
            best = max(
                fitting or ([] if chosen else sorted(rest, key=lambda run: run.length)[:1]),
                key=lambda run: (value(run), -run.numbers[0], -run.length),
                default=None,
            )
            if best is None:
                break
            chosen.append(best)
            told += best.length
            left = {run: score for run, score in left.items() if set(best.numbers).isdisjoint(run.numbers)}
    return _joined(sorted(chosen, key=lambda run: run.numbers))


def _joined(runs: Sequence[Run]) -> list[Run]:
    """The runs in order, with neighbours as one where that is no longer than a quotation may be."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and run.numbers[0] == before.numbers[-1] + 1 and before.length + run.length <= JOINED_MOST:
            joined[-1] = Run((*before.sentences, *run.sentences), min(before.whole, run.whole))
        else:
            joined.append(run)
    return joined


def _thirds(sentences: Sequence[Sentence]) -> dict[int, int]:
    """By sentence number, in which third of the words it begins: 0, 1 or 2."""
    lengths = [len(sentence.text.split()) for sentence in sentences]
    total = max(sum(lengths), 1)
    return {s.number: 3 * sum(lengths[:at]) // total for at, s in enumerate(sentences)}
