"""Links between the finished articles of a library: related subjects, and neighbours in a list."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from pipeline.arabic.boilerplate import FRAME
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.arabic.stem import is_content_word, stem
from pipeline.types.article import ArticleCard, Basis
from pipeline.types.batch import FINISHED
from pipeline.types.links import AdjacentArticle, RelatedArticle, SeriesPosition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.types.article import Article, Draft
    from pipeline.types.batch import Series, VideoRecord


_TERMS = 40
"""Words that a card remembers."""
_TITLE, _HEADING, _BODY = 6, 4, 1
"""Weight of a word by where it stands: a title says what an article is about."""
_FRAMING = ("lead", "transition")
"""Parts that only lead to the others."""
_SHARED_LEAST = 3
"""Fewest common words of two related articles; two are chance."""
_COMMON = 0.5
"""Share of a library's articles above which a word tells nothing about any of them."""
_FEW = 4
"""Articles below which that share means nothing."""
_SHOWN = 5
"""Most common words named as the reason."""


def series_positions(shelved: Iterable[tuple[str, Series]]) -> dict[str, tuple[SeriesPosition, ...]]:
    """The positions of each article in its lists, by its folder; each list comes with the folder of its page."""
    positions: dict[str, tuple[SeriesPosition, ...]] = {}
    for page, series in shelved:
        made = [video for video in series.videos if video.status in FINISHED and video.folder]
        for video, before, after in zip(made, [None, *made], [*made[1:], None], strict=False):
            position = SeriesPosition(
                series.list_record.title, f"../../series/{page}", _adjacent(before), _adjacent(after)
            )
            positions[video.folder] = (*positions.get(video.folder, ()), position)
    return positions


def _adjacent(video: VideoRecord | None) -> AdjacentArticle | None:
    return None if video is None else AdjacentArticle(video.title or video.id, f"../{video.folder}")


def make_card(article: Article, folder: str) -> ArticleCard:
    """The card by which a library remembers an article: the words that its title, headings and body use most.

    One of each stem, in its shortest form (`بغداد`, not `وبغداد`). Statements about the metadata do not count, since
    every article has them.
    """
    weights: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text, weight in _weighted_texts(article.draft):
        for root, word in _roots(text):
            weights[root] += weight
            spelled[root] = min(spelled.get(root, word), word, key=len)
    ranked = sorted(weights, key=lambda root: (-weights[root], root))[:_TERMS]
    terms = tuple(spelled[root] for root in ranked)
    return ArticleCard(
        article.script.video.id,
        article.draft.title,
        folder,
        terms,
        len(article.report.findings),
        shortfall=article.draft.account.shortfall if article.draft.account else "",
    )


def _weighted_texts(draft: Draft) -> Iterator[tuple[str, int]]:
    """The texts that name the subject of a draft, sections last: of two spellings of equal length the first is kept."""
    yield draft.title, _TITLE
    yield draft.headline, _TITLE
    parts = [part for part in draft.parts() if part.place not in _FRAMING]
    yield from ((part.heading, _HEADING) for part in parts if part.heading is not None)
    for part in sorted(parts, key=lambda part: part.heading is not None):
        for _, paragraph in part.paragraphs:
            for statement in paragraph.statements:
                if statement.basis is Basis.SPEECH:
                    yield statement.text, _BODY


def _roots(text: str) -> Iterator[tuple[str, str]]:
    """The stem of each word that can name a topic, with the word as it is spelled; not of `the speaker adds`."""
    for token in text.split():
        folded = words(token)
        if len(folded) == 1 and is_content_word(folded[0]) and FRAME.isdisjoint((folded[0], folded[0][1:])):
            yield stem(folded[0]), token.strip(PUNCTUATION)


def find_related(of: ArticleCard, others: Sequence[ArticleCard], limit: int) -> tuple[RelatedArticle, ...]:
    """The articles that share at least three telling words with this one, closest first; often none.

    A common word counts more the higher it stands on both cards and the fewer articles of the library have it. The
    article itself is never among them.
    """
    return RelatedFinder(others).of(of, limit)


class RelatedFinder:
    """A library prepared for relating many of its articles: words are looked up, not compared article by article."""

    def __init__(self, cards: Iterable[ArticleCard]) -> None:
        self._cards = {card.id: (_ranks(card), card) for card in cards}
        self._having: dict[str, list[str]] = {}
        for name, (ranks, _) in self._cards.items():
            for root in ranks:
                self._having.setdefault(root, []).append(name)

    def of(self, of: ArticleCard, limit: int) -> tuple[RelatedArticle, ...]:
        """The answer of `find_related` for a card and all others."""
        known, known_card = self._cards.get(of.id, ({}, of))
        others = len(self._cards) - (of.id in self._cards)
        spread_most = others * _COMMON if others >= _FEW else others
        ranks = known if known_card == of and known else _ranks(of)
        values: dict[str, dict[str, float]] = {}
        for root, rank in ranks.items():
            spread = len(self._having.get(root, ())) - (root in known)
            if 0 < spread <= spread_most:
                rarity = log(1 + others / spread)  # inverse document frequency
                for name in self._having[root]:
                    value = rarity / (2 + rank + self._cards[name][0][root])  # less for a word low on either card
                    values.setdefault(name, {})[root] = value
        values.pop(of.id, None)
        shared = {name: value for name, value in values.items() if len(value) >= _SHARED_LEAST}
        related: list[RelatedArticle] = []
        for name in sorted(shared, key=lambda name: (-sum(shared[name].values()), name))[:limit]:
            most_telling = sorted(shared[name], key=lambda root: (-shared[name][root], root))[:_SHOWN]
            other = self._cards[name][1]
            reason = tuple(of.terms[ranks[root]] for root in most_telling)
            related.append(RelatedArticle(name, other.title, f"../{other.folder}", reason))
        return tuple(related)


def _ranks(card: ArticleCard) -> dict[str, int]:
    """The rank of each stem on a card, from 0."""
    ranks: dict[str, int] = {}
    for rank, term in enumerate(card.terms):
        for root, _ in _roots(term):
            ranks.setdefault(root, rank)
    return ranks
