"""An article as Markdown with YAML front matter, for site generators, notes and code hosts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.arabic.bidi import isolate, strip_controls
from pipeline.export import page
from pipeline.export.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.export.page import ArticlePage, EvidenceMark, PageBlock, PageLine, SeriesLink, TextRun, TranscriptRow
    from pipeline.types.article import Article

NAME = "article.md"

_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$!^=]")
_ADDRESS = re.compile(r":(?=//)|(?<=[A-Za-z0-9])[.@](?=[A-Za-z0-9-]*[A-Za-z])")
"""What code hosts make a link of without being asked (GitHub Flavored Markdown, 6.9): a talk must not place one."""
_LINE_START = re.compile(r"^(\u200f?\u2066?\s*)([-+:]|\d{1,9}[.)])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[&<>]")


def export(article: Article) -> bytes:
    """The whole page in UTF-8: front matter, article, related, evidence, transcript.

    Markdown has no direction, so the text stands in one `<div dir="rtl">` and left-to-right stretches are isolated with
    invisible characters (`pipeline.text.bidi.isolated` says why). The transcript is the last part of the same file,
    not a second one, so that the evidence cannot be lost.
    """
    shown = render(article)
    lines = [
        *_front(article),
        "",
        '<div dir="rtl" lang="ar">',
        "",
        f"# {inline(shown.title)}",
        "",
        f"**{inline(shown.headline)}**",
        "",
        *_body(shown.blocks),
        *map(_stop, shown.stops),
        *_related(shown),
        *_evidence(shown),
        *_transcript(shown.transcript),
        "</div>",
        "",
    ]
    return "\n".join(lines).encode()


def _front(article: Article) -> Iterator[str]:
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
        "covered": round(report.covered, 3),
        "findings": len(report.findings),
    }
    yield "---"
    for key, value in values.items():
        clean = strip_controls(value) if isinstance(value, str) else value
        yield f"{key}: {json.dumps(clean, ensure_ascii=False)}"
    yield "---"


def _body(blocks: tuple[PageBlock, ...]) -> Iterator[str]:
    for block in blocks:
        if block.heading:
            yield from (f"## {inline(block.heading)}", "")
        for paragraph in block.paragraphs:
            yield from (started(" ".join(_line(line) for line in paragraph)), "")


def _stop(stop: SeriesLink) -> str:
    """One paragraph: the series, and what comes before and after."""
    links = [f"{page.SERIES}: {_link(stop.title, stop.path, page.INDEX_MARKDOWN)} ({stop.number})"]
    beside = ((page.BEFORE, stop.before), (page.AFTER, stop.after))
    links += [f"{label}: {_link(other.title, other.path, NAME)}" for label, other in beside if other]
    return started(" · ".join(links)) + "\n"


def _link(title: tuple[TextRun, ...], path: str, name: str) -> str:
    return f"[{inline(title)}](<{quote(f'{path}/{name}', safe='/.-_~')}>)"


def _related(shown: ArticlePage) -> Iterator[str]:
    yield from (f"## {page.RELATED}", "")
    for other in shown.related:
        yield f"- {_link(other.title, other.path, NAME)} ({_text(other.reason)})"
    if not shown.related:
        yield page.NO_RELATED
    yield ""


def _evidence(shown: ArticlePage) -> Iterator[str]:
    yield from (f"## {page.EVIDENCE}", "")
    yield from (f"- **{fact.label}:** {inline(fact.value)}" for fact in shown.facts)
    yield ""
    if shown.stretches:
        yield from (f"### {page.COVERAGE}", "")
        for stretch in shown.stretches:
            yield f"- {inline(stretch.heading)}: {_text('، '.join(stretch.times))}"
        yield ""
    yield from (f"### {page.NOTES}", "")
    yield from _listed(shown.notes, "1.") if shown.notes else (page.NO_NOTES, "")
    if shown.removed:
        yield from (f"### {page.REMOVED}", "")
        yield from _listed(shown.removed, "-")


def _listed(items: Iterable[tuple[TextRun, ...]], sign: str) -> Iterator[str]:
    yield from (f"{sign} {started(inline(item))}" for item in items)
    yield ""


def _transcript(rows: tuple[TranscriptRow, ...]) -> Iterator[str]:
    yield from (f"## {page.TRANSCRIPT}", "")
    for row in rows:
        time = f" {_mark(row.mark)}" if row.mark else ""
        yield from (f'<a id="j{row.number}"></a>**ج {row.number}**{time} {inline(row.parts)}', "")


def _line(line: PageLine) -> str:
    notes = "".join(f" (ملاحظة {number})" for number in line.notes)
    return " ".join((inline(line.parts), *map(_mark, line.marks))) + notes


def _mark(mark: EvidenceMark) -> str:
    label = f"\\[{mark.label}\\]"
    return f"[{label}](<{address(mark.address)}>)" if mark.address else label


def inline(parts: tuple[TextRun, ...]) -> str:
    """A line with its links, and everything else in it as plain text."""
    written = ""
    for linked, group in page.group_links(parts):
        text = page.plain_text(group)
        written += f"<{address(linked)}>" if linked else _text(text)
    return written


def _text(text: str) -> str:
    """Text in which no character is Markdown or HTML, and nothing an address."""
    escaped = _ADDRESS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", isolate(text)))
    return _MARKUP.sub(lambda found: _ENTITIES[found[0]], escaped)


def started(text: str) -> str:
    """A paragraph that does not begin like a list."""
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def address(text: str) -> str:
    """An address that ends where it should inside `<>`."""
    return quote(text, safe="%/:?#[]@!$&'()*+,;=~-._")
