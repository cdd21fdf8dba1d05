"""Which finished articles of a library speak about the same things."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from pipeline.arabic.boilerplate import FRAME
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import MARKS
from pipeline.arabic.stem import is_content_word, stem
from pipeline.types.article import ArticleCard, Basis
from pipeline.types.batch import FINISHED
from pipeline.types.links import AdjacentArticle, RelatedArticle, SeriesPosition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.types.article import Article, Draft
    from pipeline.types.batch import Series, VideoRecord


def series_positions(shelved: Iterable[tuple[str, Series]]) -> dict[str, tuple[SeriesPosition, ...]]:
    """By folder of an article its places, in the order of the lists; each list comes with the folder of its page."""
    found: dict[str, tuple[SeriesPosition, ...]] = {}
    for shelf, series in shelved:
        for folder, place in _of(shelf, series):
            found[folder] = (*found.get(folder, ()), place)
    return found


def _of(shelf: str, series: Series) -> Iterator[tuple[str, SeriesPosition]]:
    made = [(n, work) for n, work in enumerate(series.videos, 1) if work.status in FINISHED and work.folder]
    works = [work for _, work in made]
    for (number, work), before, after in zip(made, [None, *works], [*works[1:], None], strict=False):
        yield (
            work.folder,
            SeriesPosition(series.list_record.title, f"../../series/{shelf}", number, _beside(before), _beside(after)),
        )


def _beside(work: VideoRecord | None) -> AdjacentArticle | None:
    return None if work is None else AdjacentArticle(work.title or work.id, f"../{work.folder}")


_TERMS = 40
"""Words that a card remembers."""
_TITLE, _HEADING, _BODY = 6, 4, 1
"""What a word is worth where it stands: a title says what an article is about."""
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


def make_card(article: Article, folder: str) -> ArticleCard:
    """What a library remembers of an article: the words that its title, headings and body use most.

    One of each stem, in its shortest form (`بغداد`, not `وبغداد`). Statements about the metadata do not count, since
    every article has them.
    """
    weights: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text, weight in _texts(article.draft):
        for root, word in _roots(text):
            weights[root] += weight
            spelled[root] = min(spelled.get(root, word), word, key=len)
    ranked = sorted(weights, key=lambda root: (-weights[root], root))[:_TERMS]
    video = article.script.video
    terms = tuple(spelled[root] for root in ranked)
    return ArticleCard(video.id, article.draft.title, folder, terms, len(article.report.findings))


def find_related(of: ArticleCard, others: Sequence[ArticleCard], limit: int) -> tuple[RelatedArticle, ...]:
    """The articles that share at least three telling words with this one, closest first; often none.

    A common word counts more the higher it stands on both cards and the fewer articles of the library have it. The
    article itself is never among them.
    """
    return RelatedFinder(others).of(of, limit)


class RelatedFinder:
    """A library prepared for relating many of its articles; its words are looked up, not compared one by one."""

    def __init__(self, cards: Iterable[ArticleCard]) -> None:
        """Take each card once."""
        self._cards = {card.id: (_places(card), card) for card in cards}
        self._having: dict[str, list[str]] = {}
        for name, (places, _) in self._cards.items():
            for root in places:
                self._having.setdefault(root, []).append(name)

    def of(self, of: ArticleCard, limit: int) -> tuple[RelatedArticle, ...]:
        """What `find_related` says of a card and all others."""
        own, _ = self._cards.get(of.id, ({}, of))
        size = len(self._cards) - (of.id in self._cards)
        most = size * _COMMON if size >= _FEW else size
        mine = _places(of)
        spread = {root: len(self._having.get(root, ())) - (root in own) for root in mine}
        worths: dict[str, dict[str, float]] = {}
        for root in (root for root in mine if 0 < spread[root] <= most):
            for name in self._having[root]:
                place = self._cards[name][0][root]
                worths.setdefault(name, {})[root] = _worth(mine[root], place, size / spread[root])
        worths.pop(of.id, None)
        found = [self._related(of, name, worth, mine) for name, worth in worths.items() if len(worth) >= _SHARED_LEAST]
        return tuple(related for _, _, related in sorted(found, key=lambda each: each[:2])[:limit])

    def _related(
        self, of: ArticleCard, name: str, worth: dict[str, float], mine: dict[str, int]
    ) -> tuple[float, str, RelatedArticle]:
        other = self._cards[name][1]
        telling_first = sorted(worth, key=lambda root: (-worth[root], root))
        shared = tuple(of.terms[mine[root]] for root in telling_first[:_SHOWN])
        return -sum(worth.values()), name, RelatedArticle(name, other.title, f"../{other.folder}", shared)


def _worth(here: int, there: int, rarity: float) -> float:
    """What one common word says: its ranks on both cards, and how few articles have it (inverse document frequency)."""
    return log(1 + rarity) / (2 + here + there)


def _texts(draft: Draft) -> Iterator[tuple[str, int]]:
    """What names the subject of a draft, with its worth; of two spellings of equal length the first one is kept."""
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
    """The stem of each word that can name a topic, and the word as it is spelled; not `the speaker adds`."""
    for token in text.split():
        folded = words(token)
        if len(folded) == 1 and is_content_word(folded[0]) and FRAME.isdisjoint((folded[0], folded[0][1:])):
            yield stem(folded[0]), token.strip(MARKS)


def _places(of: ArticleCard) -> dict[str, int]:
    """The rank of each stem on a card."""
    places: dict[str, int] = {}
    for place, term in enumerate(of.terms):
        for root, _ in _roots(term):
            places.setdefault(root, place)
    return places
