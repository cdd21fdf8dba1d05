"""Runs: neighbouring sentences that are whole together, so that they can be quoted away from their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from models.writers.edges import (
    LOOK_BACK,
    PRAISE_MOST,
    asks,
    clings,
    closes,
    hands_down,
    opens,
    sets_against,
    takes_up,
    told_apart,
    turns_away,
)
from models.writers.ends import end_chance, without_opening
from pipeline.arabic.punctuation import tidy
from pipeline.arabic.stem import content_stems
from pipeline.arabic.voice import is_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from models.writers.quotability import Quotability
    from pipeline.types.article import Sentence

SENTENCES_MOST: Final = 8
WORDS_LEAST, WORDS_MOST = 10, 140
"""A shorter run says little without its neighbours, a longer one is no quotation but a transcript."""
LEAVE: Final = 0.25
"""Longest share of a talk that takes leave: the prayers of a sermon, a call to subscribe."""
JOINED_MOST: Final = 150
"""Words of the longest quotation, where runs that were chosen side by side become one."""
CUT: Final = 0.3
"""Chance of an end below which no quotation begins or ends there, whatever its words look like."""
PART_LEAST: Final = 0.06
"""Chance of being whole at both ends below which a run is never quoted."""
WHOLE_LEAST: Final = 0.1
"""The same below which a run is quoted only as a part of its own, which says itself what it is."""
WHOLE: Final = 0.17
"""The same below which a run is quoted only where little else is."""
LITTLE: Final = 0.6
"""Share of the words asked for that is little."""
OPPOSED: Final = 0.85
"""Factor of that chance for a run behind which something is set against it."""
LONGER: Final = 0.8
"""Power of a run's words in its score: of one long quotation fewer edges can be wrong than of two short ones."""
REPEAT: Final = 0.7
"""Share of a run's score lost to what was already chosen, multiplied by the share of common stems."""
SAME_THIRD: Final = 0.5
"""Factor for each run already chosen from the same third of a passage: its beginning, middle and end are all told."""
OVERRUN: Final = 1.15
"""How far the last run may go beyond the words asked for."""
_FACTORS: Final = {"asking": 0.4, "moving": 0.5, "short": 0.6}
"""Of a run's score: for a question without its answer, for going on to something else or turning to the listeners, and
for less than `SHORT` words."""
SHORT: Final = 18
"""Fewest words of a run that says much alone."""


@dataclass(frozen=True)
class Run:
    """Neighbouring sentences, quoted together."""

    sentences: tuple[Sentence, ...]
    whole: float
    """Chance (0 to 1) that editors would begin a quotation where it begins, and end one where it ends."""

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


def quotable_runs(
    passage: Sequence[Sentence], talk: Sequence[Sentence], fit: Mapping[int, Quotability]
) -> Iterator[Run]:
    """The runs among the sentences of a passage that may be quoted; `talk` is all that was said.

    `fit` has the quotability of each of its sentences by number. Nothing said in passing is in a run, none begins by
    pointing back or inside what somebody is quoted with, and none hangs over to what follows.
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
        if end_chance(before[-1] if before else None, sentence) < CUT:
            continue
        length, begins = 0, fit[sentence.number].opens
        for last in range(first, min(len(passage), first + SENTENCES_MOST)):
            length += len(passage[last].text.split())
            if passing[last] or length > WORDS_MOST:
                break
            asked = sum(map(asks, passage[first : last + 1]))
            if 2 * asked > last + 1 - first:
                continue
            place = around[passage[last].number]
            after = talk[place + 1] if place + 1 < len(talk) else None
            whole = begins * fit[passage[last].number].closes
            whole *= OPPOSED if after and sets_against(after) else 1
            cut = end_chance(passage[last], after) < CUT or not closes(passage[last], after)
            if length >= WORDS_LEAST and whole >= PART_LEAST and not cut:
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


def run_score(run: Run, chances: Mapping[int, float]) -> float:
    """How much a run says that is worth telling; less where it asks, turns to something else, or may be cut."""
    lengths = [len(sentence.text.split()) for sentence in run.sentences]
    score = sum(chances[s.number] * length for s, length in zip(run.sentences, lengths, strict=True)) / sum(lengths)
    found = {"asking": asks(run.sentences[0]), "moving": turns_away(run.text), "short": run.length < SHORT}
    for name, holds in found.items():
        score *= _FACTORS[name] if holds else 1
    return float(score * run.whole * run.length**LONGER)


def choose_runs(
    runs: Sequence[Run],
    sentences: Sequence[Sentence],
    length: float,
    chances: Mapping[int, float],
    *,
    scarce: bool = False,
) -> list[Run]:
    """Of a passage's runs those that carry it, about `length` words in all, in the order they were said; none overlap.

    Each next one is the best of the rest after what the chosen ones already say is taken off (maximal marginal
    relevance, Carbonell and Goldstein 1998), and the passage's beginning, middle and end are told before more of one.
    Where good ones are `scarce`, doubtful ones are taken up to `LITTLE` of the length.
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

    for least, wanted in ((WHOLE, length), *(((WHOLE_LEAST, LITTLE * length),) if scarce else ())):
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
