"""An article as Markdown with YAML front matter, for site generators, notes and code hosts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.arabic.bidi import isolate, strip_controls
from pipeline.export import phrases
from pipeline.export.render import render
from pipeline.export.text import INDEX_MARKDOWN, file_address, group_links, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.export.page import ArticlePage, EvidenceMark, PageLine
    from pipeline.export.text import TextRun
    from pipeline.types.article import Article

NAME = "article.md"

_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$!^=]")
_AUTOLINK = re.compile(r":(?=//)|(?<=[A-Za-z0-9])[.@](?=[A-Za-z0-9-]*[A-Za-z])")
"""What code hosts make a link of without being asked (GitHub Flavored Markdown, 6.9): a talk must not place one."""
_LINE_START = re.compile(r"^(\u200f?\u2066?\s*)([-+:]|\d{1,9}[.)])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[&<>]")


def export(article: Article) -> bytes:
    """The whole page in UTF-8: front matter, article, related, evidence, transcript.

    Markdown has no direction, so the text is in one `<div dir="rtl">` and left-to-right stretches are isolated with
    invisible characters (`pipeline.arabic.bidi.isolate` says why). The transcript is the last part of the same file,
    not a second one, so that the evidence cannot be lost.
    """
    page = render(article)
    lines = [
        *_front_matter(article),
        *("", '<div dir="rtl" lang="ar">', ""),
        *(f"# {inline(page.title)}", "", f"**{inline(page.headline)}**", ""),
        *_body(page),
        *_links(page),
        *_evidence(page),
        *_transcript(page),
        *("</div>", ""),
    ]
    return "\n".join(lines).encode()


def _front_matter(article: Article) -> Iterator[str]:
    """YAML by way of JSON: every JSON string is a YAML string."""
    video, report, provenance = article.script.video, article.report, article.provenance
    values = {
        "title": article.draft.title,
        "description": article.draft.headline,
        "lang": "ar",
        "dir": "rtl",
        "date": video.published.isoformat() if video.published else None,
        "video_id": video.id,
        "video_url": video.url,
        "channel": video.channel,
        "captions": f"{provenance.track.origin} {provenance.track.language}",
        "writer": provenance.writer,
        "generator": f"Tadwin {provenance.version}",
        "statements": report.statements,
        "supported": report.supported,
        "confirmed": report.confirmed,
        "covered": round(report.covered, 3),
        "findings": len(report.findings),
    }
    yield "---"
    for key, value in values.items():
        clean = strip_controls(value) if isinstance(value, str) else value
        yield f"{key}: {json.dumps(clean, ensure_ascii=False)}"
    yield "---"


def _body(page: ArticlePage) -> Iterator[str]:
    def statement(line: PageLine) -> str:
        notes = "".join(f" (ملاحظة {number})" for number in line.notes)
        return " ".join((inline(line.runs), *map(_mark, line.marks))) + notes

    for block in page.blocks:
        if block.heading:
            yield from (f"## {inline(block.heading)}", "")
        for paragraph in block.paragraphs:
            yield from (escape_line_start(" ".join(map(statement, paragraph))), "")


def _links(page: ArticlePage) -> Iterator[str]:
    """A paragraph for each series, with the articles before and after this one, and the list of related articles."""
    for position in page.series:
        series = _link(position.title, position.path, INDEX_MARKDOWN)
        links = [f"{phrases.SERIES}: {series}"]
        for label, other in ((phrases.BEFORE, position.before), (phrases.AFTER, position.after)):
            links += [f"{label}: {_link(other.title, other.path, NAME)}"] if other else []
        yield from (escape_line_start(" · ".join(links)), "")
    yield from (f"## {phrases.RELATED}", "")
    for other in page.related:
        yield f"- {_link(other.title, other.path, NAME)} ({escape(other.reason)})"
    if not page.related:
        yield phrases.NO_RELATED
    yield ""


def _evidence(page: ArticlePage) -> Iterator[str]:
    yield from (f"## {phrases.EVIDENCE}", "")
    yield from (f"- **{fact.label}:** {inline(fact.value)}" for fact in page.facts)
    yield ""
    if page.legend:
        yield from (f"### {phrases.COVERAGE}", "")
        for entry in page.legend:
            times = escape("، ".join(stretch.label for stretch in entry.ranges))
            yield f"- {inline(entry.heading)}: {times}"
        yield ""
    yield from (f"### {phrases.NOTES}", "")
    if page.notes:
        yield from (f"1. {escape_line_start(inline(note))}" for note in page.notes)
    else:
        yield phrases.NO_NOTES
    yield ""
    if page.removed:
        yield from (f"### {phrases.REMOVED}", "")
        yield from (f"- {escape_line_start(inline(removal))}" for removal in page.removed)
        yield ""


def _transcript(page: ArticlePage) -> Iterator[str]:
    yield from (f"## {phrases.TRANSCRIPT}", "")
    for row in page.transcript:
        time = f" {_mark(row.mark)}" if row.mark else ""
        yield from (f'<a id="j{row.number}"></a>**ج {row.number}**{time} {inline(row.runs)}', "")


def _mark(mark: EvidenceMark) -> str:
    label = f"\\[{mark.label}\\]"
    return f"[{label}](<{escape_address(mark.address)}>)" if mark.address else label


def _link(title: tuple[TextRun, ...], folder: str, name: str) -> str:
    return f"[{inline(title)}](<{file_address(folder, name)}>)"


def inline(runs: tuple[TextRun, ...]) -> str:
    """A line with its links, and everything else in it as plain text."""
    groups = ((address, plain_text(group)) for address, group in group_links(runs))
    return "".join(f"<{escape_address(address)}>" if address else escape(text) for address, text in groups)


def escape(text: str) -> str:
    """Text in which no character is Markdown or HTML, and nothing an address."""
    escaped = _AUTOLINK.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", isolate(text)))
    return _MARKUP.sub(lambda match: _ENTITIES[match[0]], escaped)


def escape_line_start(text: str) -> str:
    """A paragraph that does not begin like a list."""
    return _LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)


def escape_address(address: str) -> str:
    """An address that ends where it should inside `<>`."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~-._")
