"""What leads from an article to the page of its series and to its neighbours there."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from pipeline.export.formats import FORMATS
from pipeline.types.links import AdjacentArticle, SeriesPosition
from tests.fakes import desks

HOSTILE = 'سلسلة <script>alert(1)</script> [x](javascript:1) "'
PLACE = SeriesPosition(
    "سلسلة الفرات",
    "../../series/ab12-سلسلة الفرات",
    AdjacentArticle("حلقة 2", "../v2-حلقة 2"),
    AdjacentArticle("حلقة 4", "../v4-حلقة 4"),
)
HREFS = re.compile(r'href="([^"]*)"')


def links(form: str, *places: SeriesPosition) -> list[str]:
    """The addresses in the files of an article, as a browser reads them."""
    shown = FORMATS[form].export(replace(desks.article(), places=places)).decode()
    page = MarkdownIt().render(shown) if form == "md" else shown
    return [unquote(address) for address in HREFS.findall(page)]


@pytest.mark.parametrize("form", ["md", "html"])
def test_an_article_leads_to_its_series_and_its_neighbours(form: str) -> None:
    """Each in its own format: from Markdown to Markdown, from HTML to HTML."""
    found = links(form, PLACE)

    for path, name in ((PLACE.path, "index"), ("../v2-حلقة 2", "article"), ("../v4-حلقة 4", "article")):
        assert f"{path}/{name}.{form}" in found
    assert not [address for address in links(form) if "series" in address]


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_first_of_a_list_has_nothing_before_it(form: str) -> None:
    """No empty link, and a list without a name is named all the same."""
    found = links(form, replace(PLACE, title="", before=None))

    assert f"../v4-حلقة 4/article.{form}" in found
    assert not [address for address in found if "v2" in address]
    assert "السلسلة" in FORMATS[form].export(replace(desks.article(), places=(replace(PLACE, title=""),))).decode()


@pytest.mark.parametrize("form", ["md", "html"])
def test_titles_of_lists_are_text(form: str) -> None:
    """A hostile title makes no element and no address."""
    hostile = replace(PLACE, title=HOSTILE, before=AdjacentArticle(HOSTILE, "../v2"))
    shown = FORMATS[form].export(replace(desks.article(), places=(hostile,))).decode()
    page = MarkdownIt().render(shown) if form == "md" else shown

    assert "<script>alert" not in page
    assert not [address for address in links(form, hostile) if address.startswith("javascript")]
