"""The formats of an article by the names that settings use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.export import html, json, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.page import Page
    from pipeline.types import Article

FORMATS: dict[str, tuple[str, Callable[[Article, Page], bytes]]] = {
    "md": (markdown.NAME, markdown.export),
    "html": (html.NAME, html.export),
    "json": (json.NAME, json.export),
}


def export(article: Article, shown: Page, formats: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """File name and content of each format asked for; raises `ConfigError` for a name that is no format."""
    for name in formats:
        if name not in FORMATS:
            message = f"[export] formats: {name!r} is none of {', '.join(FORMATS)}"
            raise ConfigError(message)
        file, write = FORMATS[name]
        yield file, write(article, shown)
