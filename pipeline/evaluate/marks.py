"""Scores for marks and sentence ends restored in text that was stripped of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.punctuation import ENDS
from pipeline.evaluate.measures import f1

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.evaluate.restoration_texts import WrittenText

    Marker = Callable[[Sequence[str]], Sequence[str]]
    """From caption words to the mark after each; empty for none."""

INNER = ("،", "؛", ":")
"""The marks inside a sentence."""


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """Counts for F1: places that were found rightly, found at all, and true."""

    hits: int = 0
    found: int = 0
    true: int = 0

    def __add__(self, other: MarkCounts) -> MarkCounts:
        return MarkCounts(self.hits + other.hits, self.found + other.found, self.true + other.true)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when nothing was found."""
        return f1(self.hits, self.found, self.true)


@dataclass(frozen=True, slots=True)
class MarkScores:
    """Counts for each kind of mark."""

    ends: MarkCounts
    """Sentence ends, whatever the mark; the end of a paragraph is one."""
    inner: MarkCounts
    """Commas, semicolons and colons, each in its place."""
    every: MarkCounts
    """All marks, each in its place."""

    def __add__(self, other: MarkScores) -> MarkScores:
        return MarkScores(self.ends + other.ends, self.inner + other.inner, self.every + other.every)


def of_texts(texts: Iterable[WrittenText], marker: Marker) -> MarkScores:
    """Marks set in texts that were stripped of theirs, against the original marks."""
    total = MarkScores(MarkCounts(), MarkCounts(), MarkCounts())
    for text in texts:
        total += compared(text, marker(text.captions))
    return total


def compared(text: WrittenText, found: Sequence[str]) -> MarkScores:
    """The marks set after a text's words against its own."""
    true = [word.mark for word in text.words]
    return MarkScores(
        places(text.ends, {at for at, mark in enumerate(found) if mark in ENDS}),
        _same(true, found, INNER),
        _same(true, found, (*INNER, *ENDS)),
    )


def clauses(texts: Iterable[WrittenText], marker: Marker) -> MarkCounts:
    """Any mark as a clause boundary, against the line ends that people chose."""
    total = MarkCounts()
    for text in texts:
        total += places(set(text.breaks), {at for at, mark in enumerate(marker(text.captions)) if mark})
    return total


def places(true: AbstractSet[int], found: AbstractSet[int]) -> MarkCounts:
    """Counts from two sets of places."""
    return MarkCounts(len(true & found), len(found), len(true))


def every(step: int) -> Marker:
    """The baseline that ends a sentence after every `step` words, and after the last."""
    return lambda words: ["." if (at + 1) % step == 0 or at + 1 == len(words) else "" for at in range(len(words))]


def _same(true: Sequence[str], found: Sequence[str], kinds: Sequence[str]) -> MarkCounts:
    """Counts of the marks of these kinds; a mark of another kind in the same place is no hit."""
    hits = sum(a == b and a in kinds for a, b in zip(true, found, strict=True))
    return MarkCounts(hits, sum(mark in kinds for mark in found), sum(mark in kinds for mark in true))
