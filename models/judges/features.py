"""Overlap and differences between a claim and its evidence, as numbers: the features of the embedded judge."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
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
    """Inverse document frequencies, by stem."""

    texts: int
    counts: Mapping[str, int]
    """Texts in which each frequent stem occurs."""

    def idf(self, word: str) -> float:
        """Inverse document frequency of a folded word's stem; a stem without a count is the rarest."""
        return math.log((self.texts + 1) / (self.counts.get(stem(word), 0) + 1))

    def total_idf(self, row: Iterable[str]) -> float:
        return sum(map(self.idf, row))


class ClaimPair:
    """A claim aligned with its evidence."""

    def __init__(self, claim: str, evidence: str, rarity: WordRarity) -> None:
        self.claim, self.evidence, self._rarity = claim, evidence, rarity
        self._source = index_speech((evidence,))
        self._claim_words, self._evidence_words = words(claim), self._source.words
        self._places = align(self._claim_words, self._source)
        aligned = set(self._places)
        self._only_claim = [word for word, place in zip(self._claim_words, self._places, strict=True) if place is None]
        self._only_evidence = [word for at, word in enumerate(self._evidence_words) if at not in aligned]

    def features(self) -> dict[str, float]:
        """Every feature by its name in the weights; shares are 0 to 1, lengths in tens of words."""
        return {**self._overlap(), **self._differences(), **self._shape(), **self._contradictions()}

    def _overlap(self) -> dict[str, float]:
        claim, evidence, rarity = self._claim_words, self._evidence_words, self._rarity
        same = sum(
            place is not None and strip_conjunction(word) == strip_conjunction(evidence[place])
            for word, place in zip(claim, self._places, strict=True)
        )
        return {
            "said": 1 - _ratio(rarity.total_idf(self._only_claim), rarity.total_idf(claim)),
            "told": 1 - _ratio(rarity.total_idf(self._only_evidence), rarity.total_idf(evidence)),
            "same of claim": _ratio(same, len(claim)),
            "same of evidence": _ratio(same, len(evidence)),
            "groups of 3": _cosine(_letter_ngrams(claim, 3), _letter_ngrams(evidence, 3)),
            "groups of 4": _cosine(_letter_ngrams(claim, 4), _letter_ngrams(evidence, 4)),
        }

    def _differences(self) -> dict[str, float]:
        new, left = _content_words(self._only_claim), _content_words(self._only_evidence)
        return {
            "new words": len(new),
            "left words": len(left),
            "share new": _ratio(len(new), len(_content_words(self._claim_words))),
            "share left": _ratio(len(left), len(_content_words(self._evidence_words))),
            "exchanged words": min(len(new), len(left)),
            "as many new as left": float(len(new) == len(left)),
            "nothing new": float(not new),
            "one new": float(len(new) == 1),
            "two new": float(len(new) == 2),  # noqa: PLR2004 - it says so
            "rarest new": max(map(self._rarity.idf, new), default=0.0) / 8,
            "rarest left": max(map(self._rarity.idf, left), default=0.0) / 8,
            "new names": sum(map(is_likely_name, new)),
            "left names": sum(map(is_likely_name, left)),
        }

    def _shape(self) -> dict[str, float]:
        aligned = [place for place in self._places if place is not None]
        return {
            "length of claim": len(self._claim_words) / 10,
            "length of evidence": len(self._evidence_words) / 10,
            "ratio of lengths": _ratio(len(self._claim_words), len(self._evidence_words)),
            "order": _ratio(sum(a > b for a, b in pairwise(aligned)), len(aligned) - 1),
            "new opening": float(bool(self._places) and self._places[0] is None),
            "new end": float(bool(self._places) and self._places[-1] is None),
        }

    def _contradictions(self) -> dict[str, float]:
        claim_figures, evidence_figures = figures(self.claim), figures(self.evidence)
        claim_negations = sum(word in NEGATORS for word in self._claim_words)
        evidence_negations = sum(word in NEGATORS for word in self._evidence_words)
        return {
            "new figures": len(claim_figures - evidence_figures),
            "left figures": len(evidence_figures - claim_figures),
            "common figures": len(claim_figures & evidence_figures),
            "negations of claim": claim_negations,
            "negations of evidence": evidence_negations,
            "negations more or less": abs(claim_negations - evidence_negations),
            "turned": float(bool(negation_mismatch(self._claim_words, self._places, self._source))),
            "opposite": float(bool(opposite_word(self._only_claim, self._only_evidence)[0])),
            "swapped": float(swapped_words(self._claim_words, self._places, self._source) is not None),
        }


def _content_words(row: Iterable[str]) -> list[str]:
    return [word for word in row if word not in FUNCTION]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def _letter_ngrams(row: Sequence[str], size: int) -> Counter[str]:
    """Letter n-grams of the text; a word's borders count as letters."""
    text = f"_{'_'.join(row)}_"
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    product = sum(count * other[ngram] for ngram, count in one.items())
    norms = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return _ratio(product, norms)
