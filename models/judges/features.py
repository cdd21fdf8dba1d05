"""What a claim and its evidence have in common, as numbers: the input of the embedded judge."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.arabic.affixes import strip_conjunction
from pipeline.arabic.alignment import align, index_speech
from pipeline.arabic.names import is_likely_name
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import figures
from pipeline.arabic.stem import stem
from pipeline.arabic.stopwords import FUNCTION
from pipeline.verify.negation import NEGATORS, negation_mismatch, opposite_word
from pipeline.verify.word_order import swapped_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class WordRarity:
    """How telling words are: the logarithm of the share of texts that do without a stem."""

    texts: int
    counts: Mapping[str, int]
    """In how many of the texts each frequent stem stands."""

    def of(self, word: str) -> float:
        """Inverse document frequency of a folded word's stem; a stem without a count is the rarest."""
        return math.log((self.texts + 1) / (self.counts.get(stem(word), 0) + 1))

    def total(self, row: Iterable[str]) -> float:
        """Of a row of words together."""
        return sum(map(self.of, row))


class ClaimPair:
    """A claim beside its evidence, aligned."""

    def __init__(self, claim: str, evidence: str, rarity: WordRarity) -> None:
        """Linear in both texts."""
        self.claim, self.evidence, self._rarity = claim, evidence, rarity
        self._source = index_speech((evidence,))
        self._here, self._there = words(claim), self._source.words
        self._places = align(self._here, self._source)

    @cached_property
    def _only_here(self) -> list[str]:
        return [word for word, place in zip(self._here, self._places, strict=True) if place is None]

    @cached_property
    def _only_there(self) -> list[str]:
        taken = set(self._places)
        return [word for at, word in enumerate(self._there) if at not in taken]

    def features(self) -> dict[str, float]:
        """Every feature by its name; shares are 0 to 1, lengths in tens of words."""
        return {**self._shares(), **self._differences(), **self._shape(), **self._turns()}

    def _shares(self) -> dict[str, float]:
        here, there, rarity = self._here, self._there, self._rarity
        pairs = zip(here, self._places, strict=True)
        same = sum(
            place is not None and strip_conjunction(word) == strip_conjunction(there[place]) for word, place in pairs
        )
        return {
            "said": 1 - _share(rarity.total(self._only_here), rarity.total(here)),
            "told": 1 - _share(rarity.total(self._only_there), rarity.total(there)),
            "same of claim": _share(same, len(here)),
            "same of evidence": _share(same, len(there)),
            "groups of 3": _cosine(_groups(here, 3), _groups(there, 3)),
            "groups of 4": _cosine(_groups(here, 4), _groups(there, 4)),
        }

    def _differences(self) -> dict[str, float]:
        mine, theirs = _content(self._only_here), _content(self._only_there)
        return {
            "new words": len(mine),
            "left words": len(theirs),
            "share new": _share(len(mine), len(_content(self._here))),
            "share left": _share(len(theirs), len(_content(self._there))),
            "exchanged words": min(len(mine), len(theirs)),
            "as many new as left": float(len(mine) == len(theirs)),
            "nothing new": float(not mine),
            "one new": float(len(mine) == 1),
            "two new": float(len(mine) == 2),  # noqa: PLR2004 - it says so
            "rarest new": max(map(self._rarity.of, mine), default=0.0) / 8,
            "rarest left": max(map(self._rarity.of, theirs), default=0.0) / 8,
            "new names": sum(map(is_likely_name, mine)),
            "left names": sum(map(is_likely_name, theirs)),
        }

    def _shape(self) -> dict[str, float]:
        row = [place for place in self._places if place is not None]
        return {
            "length of claim": len(self._here) / 10,
            "length of evidence": len(self._there) / 10,
            "ratio of lengths": _share(len(self._here), len(self._there)),
            "order": _share(sum(a > b for a, b in pairwise(row)), len(row) - 1),
            "new opening": float(bool(self._places) and self._places[0] is None),
            "new end": float(bool(self._places) and self._places[-1] is None),
        }

    def _turns(self) -> dict[str, float]:
        mine, theirs = figures(self.claim), figures(self.evidence)
        here, there = (sum(word in NEGATORS for word in row) for row in (self._here, self._there))
        return {
            "new figures": len(mine - theirs),
            "left figures": len(theirs - mine),
            "common figures": len(mine & theirs),
            "negations of claim": here,
            "negations of evidence": there,
            "negations more or less": abs(here - there),
            "turned": float(bool(negation_mismatch(self._here, self._places, self._source))),
            "opposite": float(bool(opposite_word(self._only_here, self._only_there)[0])),
            "swapped": float(swapped_words(self._here, self._places, self._source) is not None),
        }


def _content(row: Iterable[str]) -> list[str]:
    return [word for word in row if word not in FUNCTION]


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def _groups(row: Sequence[str], size: int) -> Counter[str]:
    text = f"_{'_'.join(row)}_"
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    common = sum(count * other[group] for group, count in one.items())
    lengths = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return _share(common, lengths)
