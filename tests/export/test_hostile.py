"""Nothing that a video, a caption or a model says becomes markup, in any format."""

from __future__ import annotations

import json as standard
from dataclasses import replace

import pytest
import yaml

from pipeline.export import html, json, markdown
from pipeline.types.article import Article
from tests.export import markup
from tests.fakes import articles
from tests.fakes.payloads import PAYLOADS, poisoned

CLEAN = articles.flawed()
HARMLESS = poisoned(CLEAN, "نص")
PAGE = markup.Seen(html.export(HARMLESS).decode())
NOTE = markup.markdown(markdown.export(HARMLESS))


def test_there_are_eighty_payloads() -> None:
    """The corpus is as large as it says, without doubles."""
    assert len(set(PAYLOADS)) == 80


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_page_keeps_its_markup(payload: str) -> None:
    """With the payload in every field at once: the same tags in the same order, no new attribute, style or comment."""
    seen = markup.Seen(html.export(poisoned(CLEAN, payload)).decode())

    assert set(seen.tags) <= set(PAGE.tags)
    assert [tag for tag in seen.tags if tag not in {"bdi", "a", "span"}] == [
        tag for tag in PAGE.tags if tag not in {"bdi", "a", "span"}
    ]
    assert seen.attributes <= PAGE.attributes
    assert seen.styles == PAGE.styles
    assert seen.others == PAGE.others
    assert seen.open == []
    assert all(address.startswith(("#", "../")) for address in seen.addresses)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_note_keeps_its_markup(payload: str) -> None:
    """Rendered by a viewer that allows raw HTML, the Markdown has no tag, attribute or address beside its own."""
    seen = markup.markdown(markdown.export(poisoned(CLEAN, payload)))

    assert [tag for tag in seen.tags if tag != "a"] == [tag for tag in NOTE.tags if tag != "a"]
    assert seen.attributes <= NOTE.attributes
    assert seen.open == []
    assert all(address.startswith(("#", "../")) for address in seen.addresses)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_front_matter_keeps_its_keys(payload: str) -> None:
    """The YAML has the same keys, and the title is text that holds the payload's words."""
    front = markdown.export(poisoned(CLEAN, payload)).decode().split("\n---\n", 1)[0]
    values = yaml.safe_load(front)
    clean = yaml.safe_load(markdown.export(CLEAN).decode().split("\n---\n", 1)[0])

    assert list(values) == list(clean)
    assert values["title"].startswith(CLEAN.draft.title)
    assert values["findings"] == clean["findings"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_record_comes_back(payload: str) -> None:
    """JSON holds the payload as text and gives it back unchanged."""
    article = poisoned(CLEAN, payload)

    assert standard.loads(json.export(article))["article"]["draft"]["title"] == f"{CLEAN.draft.title} {payload}"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "https://a.b/\nhttps://c.d",
        "https://a.b/\u202egpj",
    ],
)
def test_only_an_address_of_the_web_is_linked(url: str) -> None:
    """A video's address with another scheme, on two lines or with a hidden character stays unlinked everywhere."""
    for seen in viewed(addressed(url)):
        assert not [address for address in seen.addresses if not address.startswith(("#", "../"))]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_address_ends_where_it_should(payload: str) -> None:
    """A payload inside a video's address stays inside the address."""
    url = articles.URL + "".join(payload.split())

    for seen in viewed(addressed(url)):
        assert all(address.startswith(("#", "../", articles.URL)) for address in seen.addresses)
        assert set(seen.tags) <= set(PAGE.tags) | set(NOTE.tags)
        assert seen.open == []


def addressed(url: str) -> Article:
    """The article of a video at that address."""
    return replace(CLEAN, script=replace(CLEAN.script, video=replace(CLEAN.script.video, url=url)))


def viewed(article: Article) -> tuple[markup.Seen, markup.Seen]:
    """The page and the note of an article."""
    return markup.Seen(html.export(article).decode()), markup.markdown(markdown.export(article))
