"""Headings: a short noun phrase from a passage's own words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Final

from pipeline.text.fold import fold
from pipeline.text.lexicon import EMPTY, VAGUE
from pipeline.text.stem import content, stem, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.types import Sentence

WORDS_MOST: Final = 5
"""Longest heading, in words."""
SHORTEST: Final = 3
"""Fewest letters of a noun in a heading."""
LINKS: Final = frozenset({"في", "من", "علي", "الي", "بين", "عن", "مع", "ضد"})
"""Folded prepositions that may stand inside a heading."""
SPLIT: Final = re.compile(r"[^\w\s\u0610-\u061a\u064b-\u065f\u0670]+")
"""A phrase never runs across a mark."""
_VERBAL = re.compile(r"(?:س?[يتن]|ا?ست|بي|بت|هي|هت|حي|حت|بن|هن)\w{2,}")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run of neighbouring words that can be a noun phrase."""

    text: str
    stems: tuple[str, ...]


def phrase(passage: Sequence[Sentence], document: Sequence[Sentence], taken: tuple[str, ...] = ()) -> str:
    """Two to five neighbouring words of the passage that name what it is about; empty when none is good.

    A phrase weighs what its words weigh: often in this passage, seldom in the rest of the document. It shares at most
    half of its words with any heading already taken.
    """
    weights = _weights(passage, document)
    nouns = _nouns(document)
    used = [frozenset(content(heading)) for heading in taken]
    found = Counter(found for sentence in passage for found in _candidates(sentence.text, nouns))
    ranked = sorted(
        (
            (_score(candidate, count, weights), -len(candidate.text), candidate.text)
            for candidate, count in found.items()
            if _distinct(candidate, used)
        ),
        reverse=True,
    )
    return ranked[0][2] if ranked and ranked[0][0] > 0 else ""


def _weights(passage: Sequence[Sentence], document: Sequence[Sentence]) -> dict[str, float]:
    """For each stem of the passage how much it tells this passage from the document."""
    here = Counter(found for sentence in passage for found in content(sentence.text))
    whole = Counter(found for sentence in document for found in content(sentence.text))
    share = here.total() / max(1, whole.total())
    return {found: count * log(1 + count / (whole[found] * share + 1.0)) for found, count in here.items() if count > 1}


def _nouns(document: Sequence[Sentence]) -> frozenset[str]:
    """Folded words that stand somewhere in the document with an article: no verb does."""
    articled = (word for sentence in document for word in fold(sentence.text).split() if word.startswith("ال"))
    return frozenset(word[2:] for word in articled if len(word) > SHORTEST + 1)


def _candidates(text: str, nouns: frozenset[str]) -> Iterator[_Candidate]:
    for clause in SPLIT.split(text):
        written = clause.split()
        folded = [fold(word) for word in written]
        for begin in range(len(written)):
            for end in range(begin + 2, min(begin + WORDS_MOST, len(written)) + 1):
                if _is_noun_phrase(folded[begin:end], nouns):
                    telling_words = tuple(stem(word) for word in folded[begin:end] if telling(word))
                    yield _Candidate(" ".join(written[begin:end]), telling_words)


def _is_noun_phrase(folded: Sequence[str], nouns: frozenset[str]) -> bool:
    """Whether words can be read as one noun phrase: a noun, what it belongs to, what qualifies it."""
    first, last = folded[0], folded[-1]
    if not (_nominal(first, nouns) and _nominal(last, nouns)) or last in VAGUE or first in VAGUE:
        return False
    if not all(word in LINKS or _nominal(word, nouns) for word in folded[1:-1]):
        return False
    return all(_may_follow(one, other) for one, other in pairwise(folded))


def _nominal(word: str, nouns: frozenset[str]) -> bool:
    """Whether a folded word can be a noun or an adjective."""
    if word in EMPTY or len(word) < SHORTEST or not word.isalpha():
        return False
    if word.startswith(("ال", "لل", "وال", "بال")):
        return not word.startswith(("بال", "لل"))
    return word in nouns or word.endswith("ه") or not _VERBAL.fullmatch(word)


def _may_follow(one: str, other: str) -> bool:
    """Whether the second word can stand after the first inside a noun phrase."""
    if one in LINKS:
        return other not in LINKS
    if other in LINKS:
        return True
    if one.startswith(("ال", "وال")):
        return other.startswith(("ال", "وال"))
    return not other.startswith("وال")


def _score(candidate: _Candidate, count: int, weights: dict[str, float]) -> float:
    kept = [weights.get(found, 0.0) for found in candidate.stems]
    if not kept or min(kept) <= 0:
        return 0.0
    return sum(kept) / (len(kept) + 0.5) * (1 + log(count))


def _distinct(candidate: _Candidate, used: Iterable[frozenset[str]]) -> bool:
    own = frozenset(candidate.stems)
    return all(2 * len(own & other) <= max(1, min(len(own), len(other))) for other in used)
