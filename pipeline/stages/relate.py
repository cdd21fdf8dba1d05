"""Which finished articles of a library speak about the same things."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from pipeline.text.fold import words
from pipeline.text.frame import FRAME
from pipeline.text.stem import stem, telling
from pipeline.text.tidy import MARKS
from pipeline.types import Basis, Card, Related

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types import Article, Draft

_TERMS = 40
"""Words that a card remembers."""
_TITLE, _HEADING, _BODY = 6, 4, 1
"""What a word is worth where it stands: a title says what an article is about."""
_SHARED_LEAST = 3
"""Fewest common words of two related articles; two are chance."""
_COMMON = 0.5
"""Share of a library's articles above which a word tells nothing about any of them."""
_FEW = 4
"""Articles below which that share means nothing."""
_SHOWN = 5
"""Most common words named as the reason."""


def card(article: Article, folder: str) -> Card:
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
    return Card(video.id, article.draft.title, folder, terms, len(article.report.findings))


def relate(of: Card, others: Sequence[Card], limit: int) -> tuple[Related, ...]:
    """The articles that share at least three telling words with this one, closest first; often none.

    A common word counts more the higher it stands on both cards and the fewer articles of the library have it. The
    article itself is never among them.
    """
    library = {other.id: (_places(other), other) for other in others if other.id != of.id}
    spread = Counter(root for places, _ in library.values() for root in places)
    most = len(library) * _COMMON if len(library) >= _FEW else len(library)
    mine = {root: place for root, place in _places(of).items() if 0 < spread[root] <= most}
    found: list[tuple[float, str, Related]] = []
    for places, other in library.values():
        worth = {root: _worth(mine[root], places[root], len(library) / spread[root]) for root in mine if root in places}
        if len(worth) >= _SHARED_LEAST:
            telling_first = sorted(worth, key=lambda root: (-worth[root], root))
            shared = tuple(of.terms[mine[root]] for root in telling_first[:_SHOWN])
            found.append((-sum(worth.values()), other.id, Related(other.id, other.title, f"../{other.folder}", shared)))
    return tuple(related for _, _, related in sorted(found, key=lambda each: each[:2])[:limit])


def _worth(here: int, there: int, rarity: float) -> float:
    """What one common word says: its ranks on both cards, and how few articles have it (inverse document frequency)."""
    return log(1 + rarity) / (2 + here + there)


def _texts(draft: Draft) -> Iterator[tuple[str, int]]:
    yield draft.title, _TITLE
    yield draft.headline, _TITLE
    paragraphs = [*draft.background, *(part for part in (draft.challenges, draft.outlook, draft.conclusion) if part)]
    for section in draft.sections:
        yield section.heading, _HEADING
        paragraphs += section.paragraphs
    for paragraph in paragraphs:
        for statement in paragraph.statements:
            if statement.basis is Basis.SPEECH:
                yield statement.text, _BODY


def _roots(text: str) -> Iterator[tuple[str, str]]:
    """The stem of each word that can name a topic, and the word as it is spelled; not `the speaker adds`."""
    for token in text.split():
        folded = words(token)
        if len(folded) == 1 and telling(folded[0]) and FRAME.isdisjoint((folded[0], folded[0][1:])):
            yield stem(folded[0]), token.strip(MARKS)


def _places(of: Card) -> dict[str, int]:
    """The rank of each stem on a card."""
    places: dict[str, int] = {}
    for place, term in enumerate(of.terms):
        for root, _ in _roots(term):
            places.setdefault(root, place)
    return places
