"""Scores for restored spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.orthography import TANWEEN, bare, is_arabic, takes_tanween, unsigned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.evaluate.restoration_texts import CorrectedText, WrittenText

    Speller = Callable[[Sequence[str]], Sequence[str]]
    """From caption words to as many restored words, without marks."""


@dataclass(frozen=True, slots=True)
class SpellingScore:
    """Counts of Arabic words; vowel signs and tanween are not compared here."""

    words: int
    right: int

    @property
    def share(self) -> float:
        """Share of words spelled exactly; 0 when there are none."""
        return self.right / self.words if self.words else 0.0


def of_texts(texts: Iterable[WrittenText], speller: Speller) -> SpellingScore:
    """Texts in the letters of captions, restored, against the original spelling."""
    return _sum(
        compared(text.captions, speller, {at: word.text for at, word in enumerate(text.words)}) for text in texts
    )


def of_pairs(pairs: Iterable[CorrectedText], speller: Speller) -> SpellingScore:
    """Captions, restored, against the editor's spelling of the words that the editor kept."""
    return _sum(compared(pair.captions, speller, pair.gold) for pair in pairs)


def compared(captions: Sequence[str], speller: Speller, gold: dict[int, str]) -> SpellingScore:
    """Counts of the words whose gold spelling is known, and of those restored to it."""
    restored = speller(captions)
    places = [at for at, word in gold.items() if is_arabic(unsigned(word))]
    return SpellingScore(len(places), sum(unsigned(restored[at]) == plain(gold[at]) for at in places))


def plain(word: str) -> str:
    """The word without vowel signs, and with alef for alef wasla, which neither captions nor modern texts write."""
    return unsigned(word).replace("ٱ", "ا")


def worsened(texts: Iterable[WrittenText], speller: Speller) -> SpellingScore:
    """Typed captions, restored: `right` counts the words that were changed, each for the worse."""
    counts = []
    for text in texts:
        typed = [word.text for word in text.words]
        pairs = [(a, b) for a, b in zip(typed, speller(typed), strict=True) if is_arabic(unsigned(a))]
        counts.append(SpellingScore(len(pairs), sum(a != b for a, b in pairs)))
    return _sum(counts)


def tanween(texts: Iterable[WrittenText], speller: Speller) -> tuple[int, int, int]:
    """Counts of tanween on the words that take it: written rightly, written at all, and expected."""
    right = written = expected = 0
    for text in texts:
        for word, restored in zip(text.words, speller(text.captions), strict=True):
            if takes_tanween(bare(word.text)):
                has, needs = TANWEEN in restored, TANWEEN in word.text[-2:]
                right, written, expected = right + (has and needs), written + has, expected + needs
    return right, written, expected


def _sum(counts: Iterable[SpellingScore]) -> SpellingScore:
    listed = list(counts)
    return SpellingScore(sum(count.words for count in listed), sum(count.right for count in listed))
