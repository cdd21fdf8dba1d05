"""The obvious methods that every result is printed beside."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from math import sqrt
from random import Random
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import words
from pipeline.arabic.stem import content_stems, is_content_word
from pipeline.evaluate.measures import mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Sentence

TILE_WORDS: Final = 20
"""Stems in a TextTiling unit, and units in a block: the figures of Hearst 1997."""
TILE_BLOCK: Final = 10


def even_split(sentences: Sequence[Sentence], parts: int) -> frozenset[int]:
    """Borders of the given number of parts, as equal in words as whole sentences allow."""
    ends = list(accumulate(len(sentence.text.split()) for sentence in sentences))
    wanted = [ends[-1] * part / parts for part in range(1, parts)]
    return frozenset(min(range(len(ends)), key=lambda at: abs(ends[at] - goal)) + 1 for goal in wanted) - {len(ends)}


def text_tiling(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Hearst's TextTiling on the light stems that the product uses, with borders moved to the nearest sentence."""
    owner = [index for index, sentence in enumerate(sentences) for _ in content_stems(sentence.text)]
    stems = [stem for sentence in sentences for stem in content_stems(sentence.text)]
    tiles = [Counter(stems[begin : begin + TILE_WORDS]) for begin in range(0, len(stems), TILE_WORDS)]
    gaps = [
        _cosine(sum(tiles[max(0, at - TILE_BLOCK) : at], Counter()), sum(tiles[at : at + TILE_BLOCK], Counter()))
        for at in range(1, len(tiles))
    ]
    smoothed = [mean(gaps[max(0, at - 1) : at + 2]) for at in range(len(gaps))]
    depths = [_depth(smoothed, at) for at in range(len(smoothed))]
    spread = sqrt(mean([(depth - mean(depths)) ** 2 for depth in depths]))
    cut = mean(depths) - spread / 2
    peaks = [at for at, depth in enumerate(depths) if depth > cut and depth == max(depths[max(0, at - 3) : at + 4])]
    return frozenset(owner[(at + 1) * TILE_WORDS] for at in peaks) - {0}


def first_words(passage: Sequence[Sentence], number: int = 4) -> str:
    """The passage's own first words, as a heading."""
    return " ".join(passage[0].text.split()[:number])


def top_keywords(passage: Sequence[Sentence], document: Sequence[Sentence], number: int = 3) -> str:
    """The words that set the passage apart from the document, by frequency times rarity."""
    inside = Counter(word for sentence in passage for word in words(sentence.text) if is_content_word(word))
    whole = Counter(word for sentence in document for word in words(sentence.text) if is_content_word(word))
    return " ".join(sorted(inside, key=lambda word: (-inside[word] * inside[word] / (whole[word] + 1), word))[:number])


def random_order(sentences: Sequence[Sentence], seed: int) -> list[int]:
    """The indices of the sentences, shuffled."""
    order = list(range(len(sentences)))
    Random(seed).shuffle(order)  # noqa: S311 - a repeatable baseline
    return order


def text_rank(sentences: Sequence[Sentence]) -> list[int]:
    """The indices of the sentences as sumy's TextRank ranks them, best first."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph  # noqa: PLC0415 - a development tool
    from sumy.models.dom import Sentence as SumySentence  # noqa: PLC0415
    from sumy.summarizers.text_rank import TextRankSummarizer  # noqa: PLC0415

    class Tokens:
        def to_words(self, text: str) -> tuple[str, ...]:
            return words(text)

    document = ObjectDocumentModel([Paragraph([SumySentence(str(one.text), Tokens()) for one in sentences])])
    ratings = {str(sentence): rating for sentence, rating in TextRankSummarizer().rate_sentences(document).items()}
    return sorted(range(len(sentences)), key=lambda at: -ratings.get(sentences[at].text, 0.0))


def _depth(smoothed: Sequence[float], at: int) -> float:
    """The depth of the dip in similarity at a gap, below the peaks on either side."""
    left = right = smoothed[at]
    for value in reversed(smoothed[:at]):
        if value < left:
            break
        left = value
    for value in smoothed[at + 1 :]:
        if value < right:
            break
        right = value
    return left + right - 2 * smoothed[at]


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    norm = sqrt(sum(count**2 for count in one.values()) * sum(count**2 for count in other.values()))
    return sum(count * other[stem] for stem, count in one.items()) / norm if norm else 0.0
