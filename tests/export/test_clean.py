"""The copy to paste elsewhere: the whole article, and nothing that is there for checking it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from markdown_it import MarkdownIt

from pipeline.arabic.normalize import words
from pipeline.export import clean
from pipeline.types.article import Approval, Article
from tests.browser import shelf
from tests.export.markup import Seen
from tests.fakes import articles
from tests.fakes.payloads import PAYLOADS, poisoned

APPROVAL = Approval("سلمى", datetime(2026, 11, 23, 12, 5, tzinfo=UTC))


def html(article: Article) -> str:
    """The copy as HTML."""
    return clean.export(article).decode()


def markdown(article: Article) -> str:
    """The copy as Markdown."""
    return clean.export_markdown(article).decode()


@pytest.mark.parametrize("copied", [html, markdown])
@pytest.mark.parametrize("article", [articles.article(), articles.flawed(), shelf.mixed(), shelf.local()])
def test_every_statement_is_in_the_copy_and_no_mark(copied: object, article: Article) -> None:
    """All words of the draft in their order; no time, no number of a sentence, no note, no transcript."""
    text = copied(article)  # type: ignore[operator]
    plain = unescape(re.sub("[\u2066\u2069\u200f\\\\]", "", re.sub(r"<[^>]+>", "", text)))
    found = " ".join(words(plain))

    at = 0
    for _, paragraph in article.draft.paragraphs():
        for statement in paragraph.statements:
            if "https://" not in statement.text:  # the lead's address becomes a link over the video's title
                at = found.index(" ".join(words(statement.text)), at)
    for unwanted in ("ملاحظ", "نص الحديث كاملًا", "&amp;t=", "&t=", "#j", "مقالات مرتبطة", "ج 1"):
        assert unwanted not in text


def test_the_copy_says_who_approved_it_and_when() -> None:
    """Or that nobody did."""
    article = articles.article()
    for copied in (html, markdown):
        assert "راجعه وقبله: سلمى، 23 نوفمبر 2026 12:05" in re.sub(
            "[\u2066\u2069]", "", copied(replace(article, approval=APPROVAL))
        )
        assert "لم يراجعها إنسان" in copied(article)


def test_the_html_is_plain_elements_that_a_website_takes_over() -> None:
    """Headings, paragraphs and direction; no style, class, script or image."""
    seen = Seen(html(articles.article()))

    assert set(seen.tags) <= {
        *("html", "head", "meta", "title", "body", "article", "h1", "h2", "p"),
        *("strong", "bdi", "hr", "a"),
    }
    assert not re.search(r'\s(?:class|style|id)="', html(articles.article()))


@pytest.mark.parametrize("part", range(8))
def test_hostile_text_stays_text(part: int) -> None:
    """In HTML no element appears; in Markdown, rendered, none either."""
    article = poisoned(articles.flawed(), " ".join(PAYLOADS[part::8]))
    ordinary = {*("html", "head", "meta", "title", "body", "article", "h1", "h2", "p"), *("strong", "bdi", "hr", "a")}

    assert set(Seen(html(article)).tags) <= ordinary
    rendered = MarkdownIt("commonmark").render(markdown(article))
    assert set(re.findall(r"<([a-z][\w-]*)", rendered)) <= ordinary
    assert not re.search(r'href="(?!https?://)', rendered)
