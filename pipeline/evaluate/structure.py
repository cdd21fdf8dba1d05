"""Passages, headings and salience beside their baselines, as rows of one table."""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from math import sqrt
from typing import TYPE_CHECKING, Final

from pipeline.arabic.salience import rank_salient
from pipeline.evaluate import baselines
from pipeline.evaluate.measures import border_f1, heading_f1, mean, pk, position_f1, window_diff
from pipeline.evaluate.table import OURS, ResultRow
from pipeline.segment.headings import choose_heading, talk_vocabulary
from pipeline.segment.noun_phrases import noun_phrases
from pipeline.segment.passages import TYPICAL, group_passages
from pipeline.settings import TextSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.evaluate.datasets import JoinedText, SummarizedText
    from pipeline.types.article import Sentence

    Divide = Callable[[JoinedText], frozenset[int]]
    Order = Callable[[SummarizedText], Sequence[int]]

BEST: Final = "best phrase said, told the heading"
"""The ceiling of any choice among the phrases that ours chooses from."""
SLACK: Final = 2
"""Sentences by which a border may be off and still count as found."""


DIVIDERS: Final[dict[str, Divide]] = {
    OURS: lambda joined: found_borders(joined.sentences),
    "even split": lambda joined: baselines.even_split(joined.sentences, usual_number(joined.sentences)),
    "even split, told the number": lambda joined: baselines.even_split(joined.sentences, len(joined.parts)),
    "TextTiling": lambda joined: baselines.text_tiling(joined.sentences),
    "no border": lambda _: frozenset(),
}
"""What divides a text; the third knows what no program can."""
ORDERS: Final[dict[str, Order]] = {
    OURS: lambda article: every_place(article.sentences),
    "lead": lambda article: range(len(article.sentences)),
    "random": lambda article: baselines.random_order(article.sentences, len(article.name)),
    "TextRank": lambda article: baselines.text_rank(article.sentences),
}
"""What ranks the sentences of an article."""


def borders(name: str, texts: Sequence[JoinedText]) -> list[ResultRow]:
    """WindowDiff and Pk (less is better) and F1 of borders, for the product and its baselines."""
    rows = []
    for system, divide in DIVIDERS.items():
        found = [(joined.borders, divide(joined), len(joined.sentences)) for joined in texts]
        rows += [
            ResultRow(name, "WindowDiff", system, mean([window_diff(*one) for one in found]), len(found)),
            ResultRow(name, "Pk", system, mean([pk(*one) for one in found]), len(found)),
            ResultRow(
                name, "border F1", system, mean([border_f1(true, own, SLACK) for true, own, _ in found]), len(found)
            ),
        ]
    return rows


def headings(name: str, texts: Sequence[JoinedText]) -> list[ResultRow]:
    """F1 of the folded words of each heading against the author's."""
    makers = {OURS: _phrases, "first words": _first_words, "top keywords": _keywords, BEST: _best}
    rows = []
    for system, make in makers.items():
        values = [
            heading_f1(true, own) for joined in texts for true, own in zip(joined.headings, make(joined), strict=True)
        ]
        rows.append(ResultRow(name, "heading F1", system, mean(values), len(values)))
    return rows


def salience(name: str, articles: Sequence[SummarizedText]) -> list[ResultRow]:
    """F1 of word positions against each reference, at the mean length of the references."""
    rows = []
    for system, order in ORDERS.items():
        values = [
            mean([position_f1(reference, taken(article, order(article))) for reference in article.references])
            for article in articles
        ]
        rows.append(ResultRow(name, "word F1", system, mean(values), len(values)))
    return rows


def taken(article: SummarizedText, order: Iterable[int]) -> frozenset[int]:
    """Positions of the first `budget` words of the sentences in the given order."""
    lengths = [len(sentence.text.split()) for sentence in article.sentences]
    starts = [0, *accumulate(lengths)]
    places = [place for at in order for place in range(starts[at], starts[at] + lengths[at])]
    return frozenset(places[: article.budget])


def every_place(sentences: Sequence[Sentence]) -> list[int]:
    """The places of all sentences in the product's order; what it would never quote comes last, as it was said."""
    best = rank_salient(sentences, len(sentences))
    return [*best, *(place for place in range(len(sentences)) if place not in best)]


def found_borders(sentences: tuple[Sentence, ...]) -> frozenset[int]:
    """Where the product begins a passage, in a text without chapters."""
    passages = group_passages(sentences, (), TextSettings())
    return frozenset(accumulate(len(passage.sentences) for passage in passages[:-1]))


def usual_number(sentences: Sequence[Sentence]) -> int:
    """As many passages as a talk of this length usually gets."""
    return max(1, round(sqrt(sum(len(sentence.text.split()) for sentence in sentences)) / TYPICAL))


def _phrases(joined: JoinedText) -> list[str]:
    whole = talk_vocabulary(joined.sentences)
    made: list[str] = []
    for part in joined.parts:
        made.append(choose_heading(part, whole, made))
    return made


def _best(joined: JoinedText) -> list[str]:
    used = talk_vocabulary(joined.sentences).used
    best: list[str] = []
    for heading, part in zip(joined.headings, joined.parts, strict=True):
        said = {found.words: found.text for sentence in part for found in noun_phrases(sentence.text, used)}
        best.append(max(said.values(), key=partial(heading_f1, heading), default=""))
    return best


def _first_words(joined: JoinedText) -> list[str]:
    return [baselines.first_words(part) for part in joined.parts]


def _keywords(joined: JoinedText) -> list[str]:
    return [baselines.top_keywords(part, joined.sentences) for part in joined.parts]
