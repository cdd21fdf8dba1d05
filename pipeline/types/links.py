"""What connects an article with others of its library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """Another finished article of the same library."""

    id: str
    title: str
    path: str
    """Relative to the folder of the article that shows it."""
    shared: tuple[str, ...]
    """The words that both have: the reason for naming it."""


@dataclass(frozen=True, slots=True)
class AdjacentArticle:
    """The article before or after another one in a list."""

    title: str
    path: str
    """Relative to the folder of the article that shows it."""


@dataclass(frozen=True, slots=True)
class SeriesPosition:
    """Where an article stands in a list."""

    title: str
    """The list's."""
    path: str
    """Folder of its page, relative to that of the article."""
    number: int
    """From 1, counting videos without an article too."""
    before: AdjacentArticle | None = None
    """The nearest finished article before it."""
    after: AdjacentArticle | None = None


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """What connects an article with others of its library."""

    related: tuple[RelatedArticle, ...] = ()
    places: tuple[SeriesPosition, ...] = ()
