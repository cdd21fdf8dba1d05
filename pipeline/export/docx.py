"""An article as a Word document that reads from right to left, with a link to the second behind every sentence.

python-docx has no direction of text (its issue 307), so paragraphs and runs are written as WordprocessingML: `w:bidi`
on paragraphs and the section, `w:rtl` on Arabic runs, the sizes and weights of complex scripts beside the others
(ECMA-376 part 1, 17.3.1.6 and 17.3.2).
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from pipeline.arabic.bidi import strip_controls
from pipeline.export import phrases
from pipeline.export.render import render
from pipeline.export.text import plain_text, text_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from pipeline.export.page import ArticlePage, EvidenceMark, PageLine
    from pipeline.export.text import TextRun
    from pipeline.types.article import Article

NAME = "article.docx"

_LANGUAGE = "ar-SA"
_FONT = "Times New Roman"
"""It has Arabic and Latin letters, and every word processor has it or a font of the same widths."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold; the clock stands nowhere in the document."""
_PAGE: Final = {"w": "11906", "h": "16838"}
"""A4, in twentieths of a point."""
_MARGIN = "1418"
_STYLES: Final = {
    "Normal": (26, False, "1D1B18"),
    "Title": (48, True, "1D1B18"),
    "Subtitle": (30, False, "5F5A52"),
    "Heading 1": (34, True, "0B5F55"),
    "Heading 2": (28, True, "1D1B18"),
    "List Bullet": (24, False, "1D1B18"),
    "List Number": (24, False, "1D1B18"),
}
"""Size in half points, weight and colour of each style that the document uses."""
_LINK = "Hyperlink"
_LRM, _RLM = "\u200e", "\u200f"
"""Marks of direction, for word processors that go by the Unicode algorithm and not by `w:rtl`: without them LibreOffice
writes `C++` as `++C`, and puts a time on the wrong side of a sentence that ends in Latin letters."""
_MARK_SIZE = "18"
_PROPERTY_MOST = 255
"""Longest property of a document, in characters (Open Packaging Conventions as python-docx keeps them)."""
_AFTER_DIRECTION = tuple(
    f"w:{name}"
    for name in (
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
        *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr"),
        *("sectPr", "pPrChange"),
    )
)
"""What stands after `w:bidi` in the properties of a paragraph: the schema has one order."""


def export(article: Article) -> bytes:
    """The document: title, text with its time links, and the source; notes only where no person approved it.

    Equal articles give equal bytes. Sentences of a source without times link to the transcript at the end.
    """
    from docx import Document  # noqa: PLC0415 - start-up time

    document = Document()
    _set_up(document)
    page = render(article)
    _describe(document, article)
    body = document.element.body
    end = body.sectPr
    for paragraph in _paragraphs(document, page, approved=article.approval is not None):
        end.addprevious(paragraph)
    saved = io.BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue())


def _paragraphs(document: Document, page: ArticlePage, *, approved: bool) -> Iterator[BaseOxmlElement]:
    """All paragraphs in reading order."""
    yield from _article(document, page, approved=approved)
    yield from _source(document, page, approved=approved)
    if any(row.mark is None for row in page.transcript):
        yield from _transcript(page)


def _article(document: Document, page: ArticlePage, *, approved: bool) -> Iterator[BaseOxmlElement]:
    yield _paragraph("Title", _text(page.title))
    yield _paragraph("Subtitle", _text(page.headline))
    if page.kicker:
        told = [each for item in page.kicker for each in (_run(" · ", foreign=False), *_text(item))]
        yield _paragraph("Normal", told[1:])
    if not approved:
        yield _paragraph("Normal", _text(text_runs(phrases.UNREVIEWED), bold=True))
    for block in page.blocks:
        if block.heading:
            yield _paragraph("Heading1", _text(block.heading))
        elif block.stretch:
            yield _paragraph("Normal", [_mark(document, block.stretch)])
        for paragraph in block.paragraphs:
            yield _paragraph("Normal", _statements(document, paragraph))


def _source(document: Document, page: ArticlePage, *, approved: bool) -> Iterator[BaseOxmlElement]:
    yield _paragraph("Heading1", _text(text_runs(phrases.EVIDENCE)))
    for fact in page.facts:
        label = _text(text_runs(f"{fact.label}: "), bold=True, keep_space=True)
        yield _paragraph("ListBullet", [*label, *_linked(document, fact.value)])
    if page.notes and not approved:
        yield _paragraph("Heading2", _text(text_runs(phrases.NOTES)))
        for note in page.notes:
            yield _paragraph("ListNumber", _text(note))


def _transcript(page: ArticlePage) -> Iterator[BaseOxmlElement]:
    """The numbered sentences, each a bookmark that its number in the article leads to."""
    yield _paragraph("Heading2", _text(text_runs(phrases.TRANSCRIPT)))
    for row in page.transcript:
        bookmark = _element("bookmarkStart", id=str(row.number), name=f"j{row.number}")
        number = _text(text_runs(f"{row.number}. "), bold=True, keep_space=True)
        end = _element("bookmarkEnd", id=str(row.number))
        yield _paragraph("Normal", [bookmark, *number, end, *_text(row.runs)])


def _statements(document: Document, lines: Iterable[PageLine]) -> Iterator[BaseOxmlElement]:
    for number, line in enumerate(lines):
        if number:
            yield _run(" ", foreign=False)
        yield from _linked(document, line.runs)
        for mark in line.marks:
            yield _run(f"{_RLM}\u00a0", foreign=False)
            yield _mark(document, mark)


def _mark(document: Document, mark: EvidenceMark) -> BaseOxmlElement:
    """The time of a sentence as a link to the second, or its number as a link into the transcript."""
    run = _run(mark.label, foreign=False, style=_LINK, size=_MARK_SIZE)
    return _link(document, mark.address, run, mark.note) if mark.address else run


def _text(runs: Iterable[TextRun], *, bold: bool = False, keep_space: bool = False) -> list[BaseOxmlElement]:
    """The runs of a line; `keep_space` ends it with the space that `text_runs` takes off."""
    made = [_run(run.text, foreign=run.foreign, bold=bold) for run in runs]
    return [*made, _run(" ", foreign=False)] if keep_space else made


def _linked(document: Document, runs: Iterable[TextRun]) -> Iterator[BaseOxmlElement]:
    for run in runs:
        made = _run(run.text, foreign=run.foreign, style=_LINK if run.address else "")
        yield _link(document, run.address, made) if run.address else made


# --- elements ---


def _element(name: str, /, *inside: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - start-up time
    from docx.oxml.ns import qn  # noqa: PLC0415 - the same

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    element.extend(inside)
    return element


def _paragraph(style: str, inside: Iterable[BaseOxmlElement]) -> BaseOxmlElement:
    properties = _element("pPr", _element("pStyle", val=style), _element("bidi"))
    return _element("p", properties, *inside)


def _run(text: str, *, foreign: bool, bold: bool = False, style: str = "", size: str = "") -> BaseOxmlElement:
    """A run of one direction, its properties in the order of the schema."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - start-up time

    properties = [
        *([_element("rStyle", val=style)] if style else []),
        *([_element("b"), _element("bCs")] if bold else []),
        *([_element("sz", val=size), _element("szCs", val=size)] if size else []),
        *([] if foreign else [_element("rtl"), _element("lang", bidi=_LANGUAGE)]),
    ]
    content = _element("t")
    content.text = _closed(text) if foreign else text
    content.set(qn("xml:space"), "preserve")
    return _element("r", *([_element("rPr", *properties)] if properties else []), content)


def _closed(text: str) -> str:
    """A stretch from left to right with marks where it begins or ends with a sign that has no direction of its own."""
    before, after = (_LRM if unicodedata.bidirectional(edge) != "L" else "" for edge in (text[0], text[-1]))
    return f"{before}{text}{after}"


def _link(document: Document, address: str, run: BaseOxmlElement, note: str = "") -> BaseOxmlElement:
    """A link to an address outside, kept in the relationships, or with `#` to a bookmark of the document."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - start-up time
    from docx.oxml.ns import qn  # noqa: PLC0415 - the same

    link = _element("hyperlink", run, history="1", **({"tooltip": note} if note else {}))
    if address.startswith("#"):
        link.set(qn("w:anchor"), address[1:])
    else:
        relation = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
    return link


# --- the document around them ---


def _set_up(document: Document) -> None:
    """Page, styles and language of a document in Arabic."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - start-up time
    from docx.oxml.ns import qn  # noqa: PLC0415 - the same

    section = document.element.body.sectPr
    for child in list(section):
        section.remove(child)
    margins = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
    section.extend(
        [
            _element("pgSz", **_PAGE),
            _element("pgMar", **margins, header="709", footer="709", gutter="0"),
            _element("bidi"),
        ]
    )
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:bidi"), _LANGUAGE)
    for name, (size, bold, colour) in _STYLES.items():
        style = document.styles[name].element
        paragraph = style.get_or_add_pPr()
        for tag in ("w:pBdr", "w:bidi", "w:jc"):
            for old in paragraph.findall(qn(tag)):
                paragraph.remove(old)
        paragraph.insert_element_before(_element("bidi"), *_AFTER_DIRECTION)
        # The leading edge, which is the right one here: Word takes `right` for the trailing edge.
        paragraph.insert_element_before(
            _element("jc", val="start"), *_AFTER_DIRECTION[_AFTER_DIRECTION.index("w:jc") :]
        )
        run = style.get_or_add_rPr()
        for old in list(run):
            run.remove(old)
        weight = ("b", "bCs") if bold else ()
        run.extend(
            [
                _element("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), _FONT)),
                *map(_element, weight),
                _element("color", val=colour),
                _element("sz", val=str(size)),
                _element("szCs", val=str(size)),
                _element("lang", val="en-US", bidi=_LANGUAGE),
            ]
        )
    link = document.styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER).element
    link.get_or_add_rPr().extend([_element("color", val="0B5F55"), _element("u", val="single")])


def _describe(document: Document, article: Article) -> None:
    """The properties that libraries and word processors read: title, language, whose talk it is, who approved it."""
    video, approval = article.script.video, article.approval
    published = datetime.combine(video.published, time(), UTC) if video.published else datetime(*_EPOCH, tzinfo=UTC)
    properties = document.core_properties
    properties.title = _property(article.draft.title)
    properties.subject = _property(article.draft.headline)
    properties.author = _property(video.channel)
    properties.comments = _property(video.url)
    properties.keywords = ""
    properties.language = "ar"
    properties.last_modified_by = _property(approval.by if approval else "")
    properties.created = published
    properties.modified = approval.time if approval else published


def _property(text: str) -> str:
    return plain_text(text_runs(strip_controls(text)))[:_PROPERTY_MOST]


def _without_clock(data: bytes) -> bytes:
    """The zip file with one time for all its parts, since python-docx writes that of the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename, _EPOCH), source.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
