"""The export formats. Adding one is a module with `export(article) -> bytes` and its line in `FORMATS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.export import html, json, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.settings import ExportSettings
    from pipeline.types.article import Article

FORMATS: dict[str, Callable[[Article], bytes]] = {
    "md": markdown.export,
    "html": html.export,
    "json": json.export,
}
"""By the ending of the file."""


def export_files(article: Article, settings: ExportSettings) -> dict[str, bytes]:
    """The files of an article in the formats of the settings, by file name."""
    return {f"article.{name}": FORMATS[name](article) for name in settings.formats}
