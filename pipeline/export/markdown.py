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
    """The whole page in UTF-8: front matter, article, related, evidence, transcript, technical details.

    Markdown has no direction, so the text is in one `<div dir="rtl">` and left-to-right stretches are isolated with
    invisible characters (`pipeline.arabic.bidi.isolate` says why). The transcript is the last part of the same file,
    not a second one, so that the evidence cannot be lost.
    """
    page = render(article)
    lines = [
        *_front_matter(article),
        *("", '<div dir="rtl" lang="ar">', ""),
        *(f"# {inline(page.title)}", ""),
        *((f"**{inline(page.headline)}**", "") if page.headline else ()),
        *_editor(page),
        *_body(page),
        *_links(page),
        *_evidence(page),
        *_transcript(page),
        *_technical(page),
        *_addresses(page),
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
        "confirmed": report.confirmed,
        "open": report.open,
        "words": report.coverage.words,
        "words_used": report.coverage.used,
        "findings": len(report.findings),
    }
    yield "---"
    for key, value in values.items():
        clean = strip_controls(value) if isinstance(value, str) else value
        yield f"{key}: {json.dumps(clean, ensure_ascii=False)}"
    yield "---"


def _editor(page: ArticlePage) -> Iterator[str]:
    """What an editor should look at, in a block quotation of its own."""
    if not page.editor:
        return
    yield from (f"> **{phrases.EDITOR}**", ">", f"> {inline(page.coverage)}", ">")
    for box in page.editor:
        items = [" ".join((inline(item.runs), *map(_mark, item.marks))) for item in box.items]
        items += [f"{phrases.MORE}: {box.more}"] if box.more else []
        yield f"> - {box.label}: {'؛ '.join(items)}"
    yield ""


def _body(page: ArticlePage) -> Iterator[str]:
    def statement(line: PageLine) -> str:
        notes = "".join(f" (ملاحظة {number})" for number in line.notes)
        return " ".join((inline(line.runs), *map(_mark, line.marks))) + notes

    for block in page.blocks:
        if block.heading:
            yield from (f"## {inline(block.heading)}", "")
        elif block.stretch:
            yield from ("---", "", _mark(block.stretch), "")
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
    yield from ("", f"{inline(page.colophon)} {inline(page.coverage)}", "")
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


def _technical(page: ArticlePage) -> Iterator[str]:
    yield from (f"## {phrases.TECHNICAL}", "")
    yield from (f"- **{fact.label}:** {inline(fact.value)}" for fact in page.technical)
    yield ""


def _mark(mark: EvidenceMark) -> str:
    """A time in brackets; its address stands once at the end of the file, so that the text can be read as it is."""
    if mark.address.startswith("#"):
        return f"[\\[{mark.label}\\]](<{escape_address(mark.address)}>)"
    return f"\\[[{mark.label}]\\]" if mark.address else f"\\[{mark.label}\\]"


def _addresses(page: ArticlePage) -> Iterator[str]:
    """What the times in brackets lead to."""
    lines = [line for block in page.blocks for paragraph in block.paragraphs for line in paragraph]
    lines += [item for box in page.editor for item in box.items]
    marks = [*(mark for line in lines for mark in line.marks), *(row.mark for row in page.transcript if row.mark)]
    marks += [block.stretch for block in page.blocks if block.stretch]
    linked = {mark.label: mark.address for mark in marks if mark.address and not mark.address.startswith("#")}
    yield from (f"[{label}]: <{escape_address(address)}>" for label, address in linked.items())
    yield ""


def _link(title: tuple[TextRun, ...], folder: str, name: str) -> str:
    return f"[{inline(title)}](<{file_address(folder, name)}>)" if folder else inline(title)


def inline(runs: tuple[TextRun, ...]) -> str:
    """A line with its links, and everything else in it as plain text."""
    groups = ((address, plain_text(group)) for address, group in group_links(runs))
    return "".join(_linked(text, address) if address else escape(text) for address, text in groups)


def _linked(text: str, address: str) -> str:
    target = f"<{escape_address(address)}>"
    return target if text == address else f"[{escape(text)}]({target})"


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
