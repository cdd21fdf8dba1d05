"""The article alone, to be pasted into another program: no evidence marks, notes, transcript or related articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.formatting import format_date
from pipeline.export import phrases
from pipeline.export.html import template
from pipeline.export.markdown import escape_line_start, inline
from pipeline.export.render import approval_line, render
from pipeline.export.text import TextRun, text_runs, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.types.article import Article

NAME, MARKDOWN_NAME = "article.clean.html", "article.clean.md"


@dataclass(frozen=True, slots=True)
class CleanBlock:
    """Paragraphs under a heading, or without one when it is empty."""

    heading: tuple[TextRun, ...]
    paragraphs: tuple[tuple[TextRun, ...], ...]
    divided: bool
    """Whether a line stands before it in the place of a heading."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """All that a clean copy has."""

    title: tuple[TextRun, ...]
    headline: tuple[TextRun, ...]
    blocks: tuple[CleanBlock, ...]
    source: tuple[TextRun, ...]
    """Which video it was written from."""
    standing: tuple[TextRun, ...]
    """Who approved it and when, or that nobody did."""


def clean_page(article: Article) -> CleanPage:
    """The article without anything that is there for checking it."""
    page, video = render(article), article.script.video
    address = web_address(video.url)
    named = [f"«{video.title}»", video.channel, format_date(video.published) if video.published else "", address]
    approval = article.approval
    return CleanPage(
        title=page.title,
        headline=page.headline,
        blocks=tuple(
            CleanBlock(
                block.heading,
                tuple(_paragraph(tuple(line.runs for line in each)) for each in block.paragraphs),
                block.stretch is not None,
            )
            for block in page.blocks
        ),
        source=text_runs(f"{phrases.SOURCE}: {'، '.join(filter(None, map(strip_controls, named)))}", address),
        standing=text_runs(f"{phrases.APPROVED}: {approval_line(approval)}" if approval else phrases.UNREVIEWED),
    )


def export(article: Article) -> bytes:
    """The copy as HTML in UTF-8 without a style, for the editor of a website to take over."""
    html: str = template("clean.html").render(page=clean_page(article))
    return html.encode()


def export_markdown(article: Article) -> bytes:
    """The copy as Markdown in UTF-8, without front matter."""
    return "\n".join(_markdown(clean_page(article))).encode()


def _markdown(page: CleanPage) -> Iterator[str]:
    yield from (f"# {inline(page.title)}", "", f"**{inline(page.headline)}**", "")
    for block in page.blocks:
        if block.heading:
            yield from (f"## {inline(block.heading)}", "")
        elif block.divided:
            yield from ("---", "")
        for paragraph in block.paragraphs:
            yield from (escape_line_start(inline(paragraph)), "")
    yield from ("---", "", escape_line_start(inline(page.source)), "", escape_line_start(inline(page.standing)), "")


def _paragraph(statements: tuple[tuple[TextRun, ...], ...]) -> tuple[TextRun, ...]:
    """The statements as one line."""
    space = TextRun(" ")
    return tuple(run for at, runs in enumerate(statements) for run in ((space, *runs) if at else runs))
