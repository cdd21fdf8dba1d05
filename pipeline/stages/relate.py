"""Which finished articles of a library speak about the same things."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.text.fold import words
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
    """The articles that share at least three of the characteristic words, closest first; often none.

    A common word counts more the higher it stands on both cards. The article itself is never among them.
    """
    roots = _places(of)
    found = [(_closeness(roots, _places(other)), other) for other in others if other.id != of.id]
    close = [(score, shared, other) for (score, shared), other in found if len(shared) >= _SHARED_LEAST]
    close.sort(key=lambda each: (-each[0], each[2].id))
    return tuple(
        Related(other.id, other.title, f"../{other.folder}", tuple(of.terms[roots[root]] for root in shared[:_SHOWN]))
        for _, shared, other in close[:limit]
    )


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
    """The stem of each word that can name a topic, and the word as it is spelled."""
    for token in text.split():
        folded = words(token)
        if len(folded) == 1 and telling(folded[0]):
            yield stem(folded[0]), token.strip(MARKS)


def _places(of: Card) -> dict[str, int]:
    """The rank of each stem on a card."""
    places: dict[str, int] = {}
    for place, term in enumerate(of.terms):
        for root, _ in _roots(term):
            places.setdefault(root, place)
    return places


def _closeness(one: dict[str, int], other: dict[str, int]) -> tuple[float, tuple[str, ...]]:
    """The sum over common words of one over both ranks, and the words in the order of that."""
    worth = {root: 1 / (2 + place + other[root]) for root, place in one.items() if root in other}
    return sum(worth.values()), tuple(sorted(worth, key=lambda root: (-worth[root], root)))
