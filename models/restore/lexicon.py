"""What a list of words and how often each spelling was seen says about a word, seen before or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.arabic.affixes import LEXICON_ARTICLES, LEXICON_ENDINGS, PROCLITICS
from pipeline.arabic.orthography import shifted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Counts = dict[int, int]
"""How often each tag (by number) was seen."""

_SHORTEST = 3
_ENOUGH = 3


class Lexicon:
    """Bare words with the counts of their tags."""

    def __init__(self, words: Mapping[str, Counts], tags: tuple[str, ...]) -> None:
        """`tags` names the numbers that `words` counts."""
        self._words = words
        self._tags = tags
        self._numbers = {tag: number for number, tag in enumerate(tags)}

    def counts(self, word: str) -> Counts:
        """How often the word was seen with each tag; empty for a word never seen."""
        return self._words.get(word, {})

    def relatives(self, word: str) -> Counts:
        """The counts of the same stem with other proclitics, as tags of this word; empty when none is known.

        `وبالأدوات` is spelled after `أدوات`, `الأدوات` or `للأدوات`. The longest beginning with a known stem wins. A
        word without such a stem is spelled as it would be without its ending: `اختلافهما` after `اختلاف`.
        """
        splits = list(_splits(word))
        return next(filter(None, (self._stem(word, *split) for split in splits)), None) or next(
            filter(None, (self._shorter(word, *split) for split in splits)), {}
        )

    def _stem(self, word: str, beginning: str, stem: str) -> Counts:
        """The counts of a stem with an article or none, as tags of a word with this beginning."""
        for other in LEXICON_ARTICLES:
            counts = self._words.get(other + stem, {}) if other + stem != word else {}
            if sum(counts.values()) >= _ENOUGH:
                return self._moved(counts, beginning.count("ا") - other.count("ا"))
        return {}

    def _shorter(self, word: str, beginning: str, stem: str) -> Counts:
        """The counts of a stem without its ending, whose taa marbuta is written open before one."""
        for ending in LEXICON_ENDINGS:
            base = stem.removesuffix(ending)
            for known in (base, base[:-1] + "ه" if base.endswith("ت") else base):
                if _SHORTEST <= len(known) < len(stem) and (counts := self._stem(word, beginning, known)):
                    return self._closed(counts, either=ending == "ه")
        return {}

    def _closed(self, counts: Counts, *, either: bool) -> Counts:
        """The counts without taa marbuta; with `either`, which a final haa may be, both with and without it."""
        closed: dict[int, int] = {}
        for tag, count in counts.items():
            plain = self._tags[tag].removesuffix("ة")
            for wanted in (plain, plain + "ة") if either else (plain,):
                if (number := self._numbers.get(wanted)) is not None:
                    closed[number] = closed.get(number, 0) + count
        return closed

    def _moved(self, counts: Counts, by: int) -> Counts:
        """The counts with the alef positions of their tags shifted; tags without a number are left out."""
        moved = ((self._numbers.get(shifted(self._tags[tag], by), None), count) for tag, count in counts.items())
        return {tag: count for tag, count in moved if tag is not None}


def _splits(word: str) -> Iterator[tuple[str, str]]:
    """(beginning, stem) for every run of proclitics the word may begin with, longest first."""
    beginnings = sorted(
        {clitic + article for clitic in PROCLITICS for article in LEXICON_ARTICLES}, key=len, reverse=True
    )
    for beginning in beginnings:
        if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST:
            yield beginning, word[len(beginning) :]
