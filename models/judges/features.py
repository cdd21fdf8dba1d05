"""What a claim and its evidence have in common and how they differ, as numbers: the features of the embedded judge."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from models.judges.word_classes import CLASSES, count_class, is_of_class
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

_CLAUSES: Final = re.compile(r"[،؛:.؟!]")
_CLASS_MOST: Final = 4
"""Words of one class that are counted on a side."""
_RUN_MOST: Final = 8
"""Words in a row that are counted."""
_NEAR: Final = 3
"""Words from one aligned word to the next that are still the same phrase."""
_FAR: Final = 12
_NEGATION_REACH: Final = 4
"""Words before a word in which its negation is looked for."""


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
        return {
            **self._overlap(),
            **self._differences(),
            **self._shape(),
            **self._contradictions(),
            **self._word_classes(),
            **self._clauses(),
            **self._order(),
        }

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

    def _word_classes(self) -> dict[str, float]:
        """For each class of words how many each side has, and whether only one has any; then what such turns make."""
        claim, evidence = (
            {name: min(count_class(row, name), _CLASS_MOST) for name in CLASSES}
            for row in (self._claim_words, self._evidence_words)
        )
        found: dict[str, float] = {}
        for name in CLASSES:
            found[f"{name} of claim"], found[f"{name} of evidence"] = claim[name], evidence[name]
            found[f"new {name}"] = float(claim[name] > 0 and not evidence[name])
            found[f"lost {name}"] = float(evidence[name] > 0 and not claim[name])
        denied, denied_there = (side["negation"] + side["refusal"] for side in (claim, evidence))
        return found | {
            "denials more": max(-3, min(3, denied - denied_there)),
            "odd denials": float((denied - denied_there) % 2),
            "denial lost": float(evidence["negation"] > 0 and not denied),
            "negation as refusal": float(evidence["negation"] > 0 and not claim["negation"] and claim["refusal"] > 0),
            "all for some": found["new all"] * evidence["some"],
            "duty for possibility": found["new duty"] * float(evidence["possibility"] > 0),
            "more for less": _exchanged(claim, evidence, "more", "less"),
            "before for after": _exchanged(claim, evidence, "before", "after"),
            "saying for first person": found["saying of claim"] * float(evidence["first person"] > 0),
        }

    def _clauses(self) -> dict[str, float]:
        """How evenly the parts of the claim between marks are covered, and whether they follow one another."""
        shares, middles = [], []
        begin = 0
        for clause in _CLAUSES.split(self.claim):
            end = begin + len(words(clause))
            said = zip(self._claim_words[begin:end], self._places[begin:end], strict=True)
            places = [place for word, place in said if word not in FUNCTION]
            begin = end
            if places:
                known = [place for place in places if place is not None]
                shares.append(len(known) / len(places))
                middles += [sum(known) / len(known)] if known else []
        runs = _runs_of_none(
            [place for word, place in zip(self._claim_words, self._places, strict=True) if word not in FUNCTION]
        )
        return {
            "clauses": len(shares),
            "least clause": min(shares, default=0.0),
            "first clause": shares[0] if shares else 0.0,
            "last clause": shares[-1] if shares else 0.0,
            "clauses apart": max(shares, default=0.0) - min(shares, default=0.0),
            "clauses in order": _ratio(sum(a > b for a, b in pairwise(middles)), len(middles) - 1),
            "new run": min(max(runs), _RUN_MOST),
            "new run at the end": min(runs[-1], _RUN_MOST),
        }

    def _order(self) -> dict[str, float]:
        """Whether neighbours in the claim are neighbours in the evidence, and whether one alone is negated."""
        claim, evidence = self._claim_words, self._evidence_words
        aligned = [
            (at, place) for at, place in enumerate(self._places) if place is not None and claim[at] not in FUNCTION
        ]
        steps = [after - before for (_, before), (_, after) in pairwise(aligned)]
        denied = [(_is_negated(claim, at), _is_negated(evidence, place)) for at, place in aligned]
        return {
            "neighbours": _ratio(sum(0 < step <= _NEAR for step in steps), len(steps)),
            "back": _ratio(sum(step < 0 for step in steps), len(steps)),
            "far": _ratio(sum(abs(step) > _FAR for step in steps), len(steps)),
            "denied here": _ratio(sum(here and not there for here, there in denied), len(denied)),
            "denied there": _ratio(sum(there and not here for here, there in denied), len(denied)),
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


def _exchanged(claim: Mapping[str, int], evidence: Mapping[str, int], one: str, other: str) -> float:
    """Whether one side has words of one class alone, and the other side of the other class alone."""
    sides = [(bool(side[one]), bool(side[other])) for side in (claim, evidence)]
    return float(sorted(sides) == [(False, True), (True, False)])


def _runs_of_none(places: Iterable[int | None]) -> list[int]:
    """The length of the run without a place that each place ends; one zero before all."""
    runs = [0]
    for place in places:
        runs.append(runs[-1] + 1 if place is None else 0)
    return runs


def _is_negated(row: Sequence[str], at: int) -> bool:
    return any(is_of_class(word, "negation") for word in row[max(0, at - _NEGATION_REACH) : at + 1])
