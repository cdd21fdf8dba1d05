"""An article as one HTML file that opens by double click, without a network and without scripts."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.export import phrases
from pipeline.export.render import render
from pipeline.export.text import INDEX_HTML, file_address, group_links, plain_text

if TYPE_CHECKING:
    from pipeline.types.article import Article

NAME = "article.html"

_FONTS = (
    {"script": "arabic", "range": "U+0600-06FF, U+FDFA, U+200C-200F", "size": 100},
    {"script": "latin", "range": "U+0020-007E, U+00A0-00FF, U+2013-2026", "size": 90},
)
"""The letters of each font and its size in per cent: the Latin of this family is too tall beside its Arabic."""
_WEIGHTS = (400, 700)


def export(article: Article) -> bytes:
    """The page in UTF-8 with its style and its fonts inside (58 kB of them); every text in it is escaped."""
    html: str = template(NAME).render(
        page=render(article),
        phrases=phrases,
        article_address=lambda path: file_address(path, NAME),
        series_address=lambda path: file_address(path, INDEX_HTML),
    )
    return html.encode()


@cache
def template(name: str) -> Any:  # noqa: ANN401 - jinja2 is imported only here
    """The page template of that name, with the fonts at hand."""
    import jinja2  # noqa: PLC0415 - start-up time

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.export"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain_text": plain_text, "links": group_links}
    fonts = files("pipeline.export").joinpath("fonts")
    environment.globals["fonts"] = [
        {**font, "weight": weight, "data": base64.b64encode(file.read_bytes()).decode()}
        for font in _FONTS
        for weight in _WEIGHTS
        for file in [fonts.joinpath(f"naskh-{font['script']}-{weight}.woff2")]
    ]
    return environment.get_template(name)
