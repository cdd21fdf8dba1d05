"""The article as JSON."""

from __future__ import annotations

import json as standard

import pytest

from pipeline import codec
from pipeline.export import json
from pipeline.types.article import Article
from tests.fakes import articles


@pytest.mark.parametrize("article", [articles.article(), articles.flawed(), articles.article(timed=False)])
def test_the_record_is_the_whole_article(article: Article) -> None:
    """What is read back equals what was written: transcript, draft, report, provenance, related."""
    record = standard.loads(json.export(article))

    assert codec.decode(standard.dumps(record["article"]).encode(), Article) == article


def test_the_record_names_its_schema_first() -> None:
    """A reader knows what it reads before the rest."""
    assert json.export(articles.article()).startswith(b'{\n "schema": "tadwin-article-2",')


def test_arabic_is_readable_in_the_file() -> None:
    """Letters, not escapes: the file can be searched with ordinary tools."""
    assert "حوارات المدينة".encode() in json.export(articles.article())
