"""A lexicon of spellings: how often each was seen for a word, or for words of the same stem."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.arabic.affixes import LEXICON_ARTICLES, LEXICON_ENDINGS, PRESENT_LETTERS, PROCLITICS
from pipeline.arabic.orthography import shifted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Counts = dict[int, int]
"""How often each tag (by number) was seen."""

_PRESENT = re.compile("([وف]?[سلهبح]?)[يتن](.{2,})")
"""A present tense: what stands before it, and what follows the person."""
_SEAT = re.compile("ا[ئؤ]$")
"""Hamza before an ending; without one it stands alone."""
_MIN_STEM = 3
"""Letters."""
_MIN_COUNT = 3
"""Occurrences of a stem that say something about its other forms."""


class Lexicon:
    """Bare words with the counts of their tags."""

    def __init__(self, words: Mapping[str, Counts], tags: tuple[str, ...]) -> None:
        """`tags` names the numbers that `words` counts."""
        self._words = words
        self._tags = tags
        self._numbers = {tag: number for number, tag in enumerate(tags)}

    def counts(self, word: str) -> Counts:
        """How often the word was seen with each tag; empty for an unknown word."""
        return self._words.get(word, {})

    def relatives(self, word: str) -> Counts:
        """The counts of the same stem with other proclitics, as tags of this word; empty if none is known.

        `وبالأدوات` is spelled after `أدوات`, `الأدوات` or `للأدوات`. The longest run of proclitics before a known stem
        wins. A word without such a stem is spelled as it would be without its ending: `اختلافهما` after `اختلاف`.
        """
        splits = list(_splits(word))
        for proclitics, stem in splits:
            if counts := self._stem_counts(word, proclitics, stem):
                return counts
        found = [self._counts_without_ending(word, proclitics, stem) for proclitics, stem in splits]
        return self._other_persons(word) or max(found, key=_total, default={})

    def _other_persons(self, word: str) -> Counts:
        """The counts of a present tense with its other persons: `نملأ` after `يملأ` and `تملأ`."""
        found: Counter[int] = Counter()
        if parts := _PRESENT.fullmatch(word):
            for person in PRESENT_LETTERS:
                other = person + parts[2]
                counts = self._words.get(other, {})
                if sum(counts.values()) >= _MIN_COUNT:
                    found.update(self._moved(counts, word.count("ا") - other.count("ا")))
        return found

    def _stem_counts(self, word: str, proclitics: str, stem: str) -> Counts:
        """The counts of a stem with or without an article, as tags of a word that begins with these proclitics.

        The proclitics' alefs shift the positions that tags name; tags without a number are left out.
        """
        for article in LEXICON_ARTICLES:
            counts = self._words.get(article + stem, {}) if article + stem != word else {}
            if sum(counts.values()) >= _MIN_COUNT:
                return self._moved(counts, proclitics.count("ا") - article.count("ا"))
        return {}

    def _moved(self, counts: Counts, by: int) -> Counts:
        """The counts as tags of a word with so many more alefs before those of the stem."""
        moved = ((self._numbers.get(shifted(self._tags[tag], by)), count) for tag, count in counts.items())
        return {tag: count for tag, count in moved if tag is not None}

    def _counts_without_ending(self, word: str, proclitics: str, stem: str) -> Counts:
        """The best known counts of a stem without its ending, before which taa marbuta is written open."""
        found = (
            self._without_taa_marbuta(self._stem_counts(word, proclitics, known), haa=ending == "ه")
            for ending in LEXICON_ENDINGS
            for known in _without_ending(stem, ending)
        )
        return max(found, key=_total, default={})

    def _without_taa_marbuta(self, counts: Counts, *, haa: bool) -> Counts:
        """The counts without taa marbuta; a final `haa` may be one, so its counts are both with and without it."""
        changed: dict[int, int] = {}
        for tag, count in counts.items():
            plain = self._tags[tag].removesuffix("ة")
            for wanted in (plain, plain + "ة") if haa else (plain,):
                if (number := self._numbers.get(wanted)) is not None:
                    changed[number] = changed.get(number, 0) + count
        return changed


def _without_ending(stem: str, ending: str) -> Iterator[str]:
    """The forms in which the stem may be known without its ending."""
    base = stem.removesuffix(ending)
    for known in (base, base[:-1] + "ه" if base.endswith("ت") else _SEAT.sub("اء", base)):
        if _MIN_STEM <= len(known) < len(stem):
            yield known


def _total(counts: Counts) -> int:
    return sum(counts.values())


def _splits(word: str) -> Iterator[tuple[str, str]]:
    """(proclitics, stem) for every run of proclitics that the word may begin with, longest first."""
    runs = sorted({clitic + article for clitic in PROCLITICS for article in LEXICON_ARTICLES}, key=len, reverse=True)
    for run in runs:
        if word.startswith(run) and len(word) - len(run) >= _MIN_STEM:
            yield run, word[len(run) :]
