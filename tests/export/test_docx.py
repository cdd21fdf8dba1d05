"""The Word document, read back by its structure: direction, headings, links, properties, and the same bytes again."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.export import docx as word
from pipeline.types.article import Approval, Article
from tests.browser import shelf
from tests.fakes import articles
from tests.fakes.payloads import PAYLOADS, poisoned

APPROVAL = Approval("سلمى", datetime(2026, 11, 23, 12, 5, tzinfo=UTC))
MARKS = re.compile("[\u200e\u200f]")


def opened(article: Article) -> Any:  # noqa: ANN401 - a document of python-docx
    """The document as python-docx reads it."""
    return docx.Document(io.BytesIO(word.export(article)))


def plain(paragraph: Any) -> str:  # noqa: ANN401 - as above
    """What a reader sees of a paragraph, links included."""
    return MARKS.sub("", paragraph.text).replace("\u00a0", " ")


def words(node: Any) -> str:  # noqa: ANN401 - an element of the document
    """The text in the runs of an element."""
    return "".join(text.text for text in node.iter(qn("w:t")))


def links(document: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as above
    """Label and address of every link to the outside."""
    relations = document.part.rels
    return [
        (MARKS.sub("", words(node)), relations[node.get(qn("r:id"))].target_ref)
        for node in document.element.body.iter(qn("w:hyperlink"))
        if node.get(qn("r:id"))
    ]


def test_every_paragraph_reads_from_right_to_left() -> None:
    """Direction stands on paragraphs, styles and the page; headings begin at the right, and Arabic runs say so."""
    document = opened(articles.flawed())

    for paragraph in document.paragraphs:
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None, paragraph.text  # noqa: SLF001 - its XML
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "List Number"):
        style = document.styles[name].element
        assert style.pPr.find(qn("w:bidi")) is not None, name
        assert style.pPr.find(qn("w:jc")).get(qn("w:val")) == "start"
        assert style.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar-SA"
        assert style.rPr.find(qn("w:szCs")) is not None
    assert document.element.body.sectPr.find(qn("w:bidi")) is not None
    for run in document.element.body.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        arabic = re.search("[\u0621-\u064a]", words(run))
        if arabic:
            assert properties.find(qn("w:rtl")) is not None
            assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "ar-SA"


def test_latin_and_figures_stand_whole() -> None:
    """A name, a range or a telephone number is one run from left to right, closed so that no sign wanders."""
    document = opened(shelf.mixed())
    runs = {
        words(run)
        for run in document.element.body.iter(qn("w:r"))
        if run.find(qn("w:rPr")) is None or run.find(qn("w:rPr")).find(qn("w:rtl")) is None
    }

    for text in ("Python 3.14\u200e", "C++\u200e", "\u200e10–20%\u200e", "\u200e+963 11 123 4567\u200e"):
        assert text in runs
    assert not [text for text in runs if re.search("[\u0621-\u064a]", text)]


def test_the_text_and_its_headings_are_all_there_in_order() -> None:
    """Title, headline, every heading and every statement of the draft, in styles that a table of contents reads."""
    article = articles.article()
    document = opened(article)
    by_style = {name: [plain(p) for p in document.paragraphs if p.style.name == name] for name in ("Title", "Subtitle")}
    whole = "\n".join(map(plain, document.paragraphs))
    headings = [plain(p) for p in document.paragraphs if p.style.name == "Heading 1"]

    assert by_style == {"Title": [article.draft.title], "Subtitle": [article.draft.headline]}
    assert [each.heading for each in article.draft.sections] == [
        heading for heading in headings if heading in {each.heading for each in article.draft.sections}
    ]
    at = 0
    for _, paragraph in article.draft.paragraphs():
        for statement in paragraph.statements:
            opening = " ".join(statement.text.rstrip(".").split()[:8])  # an address is the link of the title
            at = whole.index(opening, at)
    assert [p for p in document.paragraphs if p.style.name == "List Bullet"]


def test_times_are_links_to_the_second() -> None:
    """Each is a relationship to the outside with the second in its address."""
    found = links(opened(articles.article()))

    timed = [(label, address) for label, address in found if re.fullmatch(r"[\d:]+", label)]
    assert len(timed) >= 15
    for label, address in timed:
        parts = [int(part) for part in label.split(":")]
        seconds = sum(part * 60**at for at, part in enumerate(reversed(parts)))
        assert address == f"https://www.youtube.com/watch?v=TadwinDemo1&t={seconds}s"


def test_without_times_sentences_link_to_the_transcript() -> None:
    """Each number leads to a bookmark of the document itself."""
    document = opened(shelf.local())
    anchors = {node.get(qn("w:anchor")) for node in document.element.body.iter(qn("w:hyperlink"))} - {None}
    bookmarks = {node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))}

    assert anchors
    assert anchors <= bookmarks
    assert "#" not in "".join(address for _, address in links(document))


def test_its_properties_name_title_language_channel_and_who_approved() -> None:
    """What a library or a word processor lists it by."""
    article = articles.article()
    properties = opened(replace(article, approval=APPROVAL)).core_properties

    assert (properties.title, properties.language) == (article.draft.title, "ar")
    assert properties.author == article.script.video.channel
    assert properties.last_modified_by == "سلمى"
    assert properties.modified.replace(tzinfo=UTC) == APPROVAL.time


def test_what_a_person_approved_has_no_notes_and_says_who() -> None:
    """A machine's draft says that it is one and lists its notes; an approved article names a person instead."""
    article = articles.flawed()
    drafted = "\n".join(map(plain, opened(article).paragraphs))
    approved = "\n".join(map(plain, opened(replace(article, approval=APPROVAL)).paragraphs))

    assert "لم يراجعها إنسان" in drafted
    assert "ملاحظات التدقيق" in drafted
    assert "لم يراجعها إنسان" not in approved
    assert "ملاحظات التدقيق" not in approved
    assert "سلمى، 23 نوفمبر 2026 12:05 (UTC)" in approved


def test_equal_articles_give_equal_bytes() -> None:
    """In another process and at another time, too; no part of the zip file holds the clock."""
    code = (
        "import hashlib; from pipeline.export import docx; from tests.fakes import articles; "
        "print(hashlib.sha256(docx.export(articles.flawed())).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "ab"
    }
    with zipfile.ZipFile(io.BytesIO(word.export(articles.flawed()))) as parts:
        times = {part.date_time for part in parts.infolist()}

    assert len(runs) == 1
    assert times == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("part", range(8))
def test_hostile_text_stays_text(part: int) -> None:
    """No payload becomes an element, a field, a link to anywhere but the video, or a document that does not open."""
    document = opened(poisoned(articles.flawed(), " ".join(PAYLOADS[part::8])))
    names = {node.tag.rpartition("}")[2] for node in document.element.body.iter() if isinstance(node.tag, str)}

    assert names <= {
        *("body", "p", "pPr", "pStyle", "bidi", "r", "rPr", "rStyle", "b", "bCs", "sz", "szCs", "rtl", "lang", "t"),
        *("hyperlink", "bookmarkStart", "bookmarkEnd", "sectPr", "pgSz", "pgMar"),
    }
    assert all(address.startswith(("https://", "http://")) for _, address in links(document))


def test_a_section_without_a_heading_begins_with_its_stretch() -> None:
    """No empty heading, but a link to where the section begins."""
    document = opened(articles.untitled())

    assert all(p.text.strip() for p in document.paragraphs if p.style.name.startswith("Heading"))
    assert ("4:00–24:59", f"{articles.URL}&t=240s") in links(document)
