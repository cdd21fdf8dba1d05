"""The formats of an article. A new one is a module beside this with an `export` function, and a line in `FORMATS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.export import clean, docx, html, json, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.types.article import Article


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A file that an article can be written to."""

    file_name: str
    export: Callable[[Article], bytes]
    """The content of the file: equal bytes for equal articles, since only files that changed are written."""


FORMATS: Final = {
    "html": ExportFormat(html.NAME, html.export),
    "md": ExportFormat(markdown.NAME, markdown.export),
    "docx": ExportFormat(docx.NAME, docx.export),
    "clean.html": ExportFormat(clean.NAME, clean.export),
    "clean.md": ExportFormat(clean.MARKDOWN_NAME, clean.export_markdown),
    "json": ExportFormat(json.NAME, json.export),
}
"""By the name that `[export] formats` uses, the most readable first."""
TAKEN_AWAY: Final = ("docx", "clean.html", "clean.md")
"""What every approved article is exported to, whatever formats a run writes."""


def export_files(article: Article, formats: Iterable[str]) -> dict[str, bytes]:
    """The files of an article in these formats, by file name."""
    chosen = [FORMATS[name] for name in dict.fromkeys(formats)]
    return {each.file_name: each.export(article) for each in chosen}
