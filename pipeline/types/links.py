"""Links between the articles of a library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """Another finished article that speaks about the same things."""

    id: str
    title: str
    path: str
    """Relative to the folder of the article that shows it."""
    shared: tuple[str, ...]
    """Telling words that both articles use, shown as the reason for the link."""


@dataclass(frozen=True, slots=True)
class AdjacentArticle:
    """The previous or next article of a list."""

    title: str
    path: str
    """Relative to the folder of the article that shows it."""


@dataclass(frozen=True, slots=True)
class SeriesPosition:
    """The position of an article in a list: no number, or a new video at the front would change all articles."""

    title: str
    """The list's."""
    path: str
    """Folder of its page, relative to that of the article."""
    before: AdjacentArticle | None = None
    """The nearest finished article before it."""
    after: AdjacentArticle | None = None


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """All links of one article."""

    related: tuple[RelatedArticle, ...] = ()
    places: tuple[SeriesPosition, ...] = ()
