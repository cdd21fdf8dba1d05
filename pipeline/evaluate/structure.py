"""Passages, headings and salience, beside their baselines."""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from math import sqrt
from typing import TYPE_CHECKING, Final

from pipeline.arabic.salience import rank_salient
from pipeline.evaluate import baselines
from pipeline.evaluate.measures import OURS, ResultRow, border_f1, heading_f1, mean, pk, position_f1, window_diff
from pipeline.segment.headings import choose_headings, talk_vocabulary
from pipeline.segment.noun_phrases import noun_phrases
from pipeline.segment.passages import TYPICAL, group_passages
from pipeline.settings import TextSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.evaluate.datasets import JoinedText, SummarizedText
    from pipeline.types.article import Sentence

    Divide = Callable[[JoinedText], frozenset[int]]
    Order = Callable[[SummarizedText], Sequence[int]]
    MakeHeadings = Callable[[JoinedText], Sequence[str]]

BEST: Final = "best phrase said, told the heading"
"""The best any choice could reach among the phrases that ours chooses from."""
SLACK: Final = 2
"""Sentences by which a border may be off and still count as found."""
DIVIDERS: Final[dict[str, Divide]] = {
    OURS: lambda joined: found_borders(joined.sentences),
    "even split": lambda joined: baselines.even_split(joined.sentences, usual_number(joined.sentences)),
    "even split, told the number": lambda joined: baselines.even_split(joined.sentences, len(joined.parts)),
    "TextTiling": lambda joined: baselines.text_tiling(joined.sentences),
    "no border": lambda _: frozenset(),
}
"""The ways to divide a text; the third knows what no program can."""
ORDERS: Final[dict[str, Order]] = {
    OURS: lambda article: by_salience(article.sentences),
    "lead": lambda article: range(len(article.sentences)),
    "random": lambda article: baselines.random_order(article.sentences, len(article.name)),
    "TextRank": lambda article: baselines.text_rank(article.sentences),
}
"""The ways to rank the sentences of an article."""


def borders(name: str, texts: Sequence[JoinedText]) -> list[ResultRow]:
    """WindowDiff and Pk (less is better) and F1 of borders, for the product and its baselines."""
    rows = []
    for system, divide in DIVIDERS.items():
        borders_found = [(joined.borders, divide(joined), len(joined.sentences)) for joined in texts]
        rows += [
            ResultRow(name, "WindowDiff", system, mean([window_diff(*each) for each in borders_found]), len(texts)),
            ResultRow(name, "Pk", system, mean([pk(*each) for each in borders_found]), len(texts)),
            ResultRow(
                name,
                "border F1",
                system,
                mean([border_f1(true, found, SLACK) for true, found, _ in borders_found]),
                len(texts),
            ),
        ]
    return rows


def headings(name: str, texts: Sequence[JoinedText]) -> list[ResultRow]:
    """F1 of the folded words of each heading with the author's."""
    makers: dict[str, MakeHeadings] = {
        OURS: _chosen_headings,
        "first words": lambda joined: [baselines.first_words(part) for part in joined.parts],
        "top keywords": lambda joined: [baselines.top_keywords(part, joined.sentences) for part in joined.parts],
        BEST: _best_headings,
    }
    rows = []
    for system, make in makers.items():
        values = [
            heading_f1(true, made) for joined in texts for true, made in zip(joined.headings, make(joined), strict=True)
        ]
        rows.append(ResultRow(name, "heading F1", system, mean(values), len(values)))
    return rows


def salience(name: str, articles: Sequence[SummarizedText]) -> list[ResultRow]:
    """F1 of word positions with each reference summary, at the mean length of the references."""
    rows = []
    for system, order in ORDERS.items():
        values = [
            mean([position_f1(reference, taken(article, order(article))) for reference in article.references])
            for article in articles
        ]
        rows.append(ResultRow(name, "word F1", system, mean(values), len(values)))
    return rows


def taken(article: SummarizedText, order: Iterable[int]) -> frozenset[int]:
    """Word positions of a summary: the sentences in the given order, cut at the article's `budget`."""
    lengths = [len(sentence.text.split()) for sentence in article.sentences]
    starts = [0, *accumulate(lengths)]
    positions = [position for at in order for position in range(starts[at], starts[at] + lengths[at])]
    return frozenset(positions[: article.budget])


def by_salience(sentences: Sequence[Sentence]) -> list[int]:
    """The indices of all sentences, most salient first; those that are never quoted come last, in spoken order."""
    best = rank_salient(sentences, len(sentences))
    return [*best, *(index for index in range(len(sentences)) if index not in best)]


def found_borders(sentences: tuple[Sentence, ...]) -> frozenset[int]:
    """The borders that the product draws in a text without chapters."""
    passages = group_passages(sentences, (), TextSettings())
    return frozenset(accumulate(len(passage.sentences) for passage in passages[:-1]))


def usual_number(sentences: Sequence[Sentence]) -> int:
    """The number of passages that a talk of this length usually gets."""
    return max(1, round(sqrt(sum(len(sentence.text.split()) for sentence in sentences)) / TYPICAL))


def _chosen_headings(joined: JoinedText) -> list[str]:
    return [heading.text for heading in choose_headings(joined.parts, talk_vocabulary(joined.sentences))]


def _best_headings(joined: JoinedText) -> list[str]:
    used = talk_vocabulary(joined.sentences).used
    best: list[str] = []
    for heading, part in zip(joined.headings, joined.parts, strict=True):
        phrases = {phrase.words: phrase.text for sentence in part for phrase in noun_phrases(sentence.text, used)}
        best.append(max(phrases.values(), key=partial(heading_f1, heading), default=""))
    return best
