"""What a rewording brought into a sentence: since it is known what stood there before, every new word is known, too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import (
    JOINED_PREPOSITIONS,
    NOMINAL_BEGINNINGS,
    STEM_ENDINGS,
    strip_conjunction,
    strip_ending,
    strip_prefix,
)
from pipeline.arabic.alignment import align, index_speech, lookup_forms
from pipeline.arabic.names import SEATS, unmistakable_name
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import QUANTITIES, figure_readings, figures, is_number_word, possible_figures
from pipeline.arabic.stopwords import FUNCTION
from pipeline.types.article import Flaw
from pipeline.verify.certain import Facts, certain_flaws, tells_rounded
from pipeline.verify.check import is_framing, spelled
from pipeline.verify.negation import NEGATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EXCHANGED_MOST: Final = 2
"""Words in a row that were exchanged for as many; more are a rewording."""
_G: Final = str.maketrans("جقك", "غغغ")
"""Letters by which one foreign sound is written: `إنستجرام` and `إنستغرام`, `إنجلترا` and `إنكلترا`."""
_CORE_LEAST: Final = 3
"""Letters in which a name and another form of it begin alike."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """What is new in a reworded sentence and was not said."""

    certain: tuple[tuple[Flaw, str], ...]
    """Figures, names, addresses, quotations and verses that the evidence does not have, each with its words."""
    unsaid: tuple[str, ...]
    """Other new words, as the sentence spells them: perhaps the same in other words, perhaps not."""
    share: float
    """Of its words, those that are not `unsaid`."""


def reworded(before: str, after: str, evidence: Sequence[str], facts: Facts) -> Rewording:
    """Compare a sentence with what stood in its place and with the sentences of the talk that it rests on.

    `before` is empty for a sentence that is new. Linear in all three as alignment is.
    """
    claim, said = words(after), index_speech(evidence)
    certain = [
        *certain_flaws(after, evidence, facts),
        *((Flaw.NUMBER, figure) for figure in _exchanged_figures(before, after, evidence, facts)),
        *((Flaw.NAME, name) for name in spelled(after, list(_strange_names(before, claim, evidence, facts)))),
    ]
    places = zip(align(claim, said), align(claim, index_speech((before, *facts.quotable))), strict=True)
    lacking = {at for at, (spoken, kept) in enumerate(places) if spoken is None and kept is None}
    lacking = {at for at in lacking if _states(claim[at], claim[at - 1] if at else "")}
    lacking |= set(_exchanged_words(words(before), claim, evidence))
    named = {word for _, detail in certain for word in words(detail)}
    counted = any(flaw is Flaw.NUMBER for flaw, _ in certain)
    unsaid = [claim[at] for at in sorted(lacking) if claim[at] not in named and not (counted and _counts(claim[at]))]
    share = 1 - len(unsaid) / len(claim) if claim else 1.0
    return Rewording(tuple(dict.fromkeys(certain)), tuple(spelled(after, unsaid)), share)


def _states(word: str, before: str) -> bool:
    """Whether a word says something of its own that is not compared as a figure."""
    if word in QUANTITIES:
        return True
    return not (is_framing(word) or word in FUNCTION or word in NEGATORS or _counts(word, before))


def _counts(word: str, before: str = "") -> bool:
    """Whether a word is a figure, in digits or in letters."""
    return word.isdecimal() or is_number_word(word, before)


def _exchanged_figures(before: str, after: str, evidence: Sequence[str], facts: Facts) -> list[str]:
    """Figures that came where others went: nobody counts or reckons anew to write the same sentence."""
    gone, come = figures(before) - figures(after), figures(after) - figures(before)
    if not gone or not come or tells_rounded(after):
        return []
    known = figures(before).union(*map(possible_figures, (*evidence, " ".join(evidence), *facts.quotable)))
    strange = ([figure for figure in sorted(reading) if figure not in known] for reading in figure_readings(after))
    return min(strange, key=len)


def _strange_names(before: str, claim: Sequence[str], evidence: Sequence[str], facts: Facts) -> Iterator[str]:
    """The words of a claim that are names, in no form said or known of the video, nor in the sentence before."""
    texts = (*evidence, before, *facts.quotable, *facts.named)
    cores = {core for text in texts for word in words(text) for core in _cores(word)}
    for word in dict.fromkeys(claim):
        if name := unmistakable_name(word):
            forms = [core for each in (name, *SEATS.get(name, ())) for core in _cores(each)[:1]]
            if not any(_same_core(form, other) for form in forms for other in cores):
                yield word


def _cores(word: str) -> tuple[str, ...]:
    """A word without what may be joined to both ends of it; the likeliest reading first."""
    bare = unmistakable_name(word) or strip_conjunction(word)
    inside = bare[1:] if bare[0] in JOINED_PREPOSITIONS else bare
    fronts = (strip_prefix(bare, NOMINAL_BEGINNINGS), inside, word)
    return tuple(dict.fromkeys(strip_ending(front, STEM_ENDINGS).translate(_G) for front in fronts if front))


def _same_core(one: str, other: str) -> bool:
    """Whether one begins like the other: `أمريكا` and `الأمريكيون`."""
    return min(len(one), len(other)) >= _CORE_LEAST and (one.startswith(other) or other.startswith(one))


def _exchanged_words(before: Sequence[str], claim: Sequence[str], evidence: Sequence[str]) -> Iterator[int]:
    """Positions in a claim of words that stand for others, and were not said beside either neighbour."""
    beside = {pair for text in evidence for pair in pairwise(map(strip_conjunction, words(text)))}
    bare = [strip_conjunction(word) for word in claim]
    counted = Counter(before)
    for tag, i, j, k, m in SequenceMatcher(None, before, claim, autojunk=False).get_opcodes():
        if tag != "replace" or j - i != m - k or j - i > _EXCHANGED_MOST:
            continue
        for old, at in zip(before[i:j], range(k, m), strict=True):
            same_word = set(lookup_forms(old)) & set(lookup_forms(claim[at]))
            said_so = any(pair in beside for pair in pairwise(bare[max(at - 1, 0) : at + 2]))
            if (
                not same_word
                and claim[at] not in FUNCTION
                and not (said_so and claim.count(claim[at]) <= max(1, counted[claim[at]]))
            ):
                yield at
