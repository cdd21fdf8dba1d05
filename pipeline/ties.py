"""What connects an article with others of its library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Related:
    """Another finished article of the same library."""

    id: str
    title: str
    path: str
    """Relative to the folder of the article that shows it."""
    shared: tuple[str, ...]
    """The words that both have: the reason for naming it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The article before or after another one in a list."""

    title: str
    path: str
    """Relative to the folder of the article that shows it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in a list."""

    title: str
    """The list's."""
    path: str
    """Folder of its page, relative to that of the article."""
    number: int
    """From 1, counting videos without an article too."""
    before: Beside | None = None
    """The nearest finished article before it."""
    after: Beside | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What connects an article with others of its library."""

    related: tuple[Related, ...] = ()
    places: tuple[Place, ...] = ()
