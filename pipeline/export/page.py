"""What a page shows: an article put into Arabic words, marks and figures, before any format."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RELATED, NO_RELATED = "مقالات مرتبطة", "لا توجد بعدُ مقالات مرتبطة في هذه المكتبة."
EVIDENCE, COVERAGE, NOTES = "المصدر والتوثيق", "ما يغطيه المقال من الفيديو", "ملاحظات التدقيق"
NO_NOTES = "لم يجد التدقيق الآلي ما يُنبَّه إليه."
REMOVED, TRANSCRIPT = "ما تُرك من نص الفيديو", "نص الحديث كاملًا بجمل مرقّمة"
UNCOVERED = "غير ممثّل في المقال"
SERIES, BEFORE, AFTER = "السلسلة", "السابق", "التالي"
INDEX_HTML, INDEX_MARKDOWN = "index.html", "index.md"
"""Names of a series' page in its folder."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of a line, in one direction."""

    text: str
    foreign: bool = False
    """Whether it runs from left to right and must be isolated."""
    address: str = ""
    """Where it links to; empty for plain text."""


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """The small sign after a statement that shows where it was said."""

    label: str
    """`12:34`, or `ج 12` when the source has no times."""
    address: str
    """The second in the video, or the sentence in the transcript below (`#j12`); empty when there is no address."""
    note: str
    """Number and words of the sentence, so that it can be checked without the video."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """One statement."""

    parts: tuple[TextRun, ...]
    marks: tuple[EvidenceMark, ...] = ()
    notes: tuple[int, ...] = ()
    """Numbers of the notes in `ArticlePage.notes` that are about it."""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """Paragraphs under a heading, or without one when it is empty."""

    heading: tuple[TextRun, ...]
    paragraphs: tuple[tuple[PageLine, ...], ...]


@dataclass(frozen=True, slots=True)
class PageFact:
    """A line of the evidence block."""

    label: str
    value: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class CoverageBar:
    """A stretch of the coverage bar."""

    start: int
    """In thousandths of the video."""
    width: int
    colour: int
    """1 to 8, by section."""


@dataclass(frozen=True, slots=True)
class CoverageLegend:
    """A line of the coverage bar's legend."""

    heading: tuple[TextRun, ...]
    times: tuple[str, ...]
    """`0:00–4:10`, one for each stretch."""
    colour: int
    """1 to 8 as in the bar; 0 for what no section stands for."""


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A numbered sentence of the transcript."""

    number: int
    mark: EvidenceMark | None
    """Its time; None when the source has no times."""
    parts: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A related article."""

    title: tuple[TextRun, ...]
    path: str
    """The folder of that article, relative to the folder of this one."""
    reason: str
    """May be empty."""


@dataclass(frozen=True, slots=True)
class SeriesLink:
    """Where the article stands in a series."""

    title: tuple[TextRun, ...]
    path: str
    """The folder of the series' page, relative to the folder of this article."""
    number: int
    before: RelatedLink | None
    after: RelatedLink | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All that is shown, in the order in which it is shown."""

    title: tuple[TextRun, ...]
    headline: tuple[TextRun, ...]
    kicker: tuple[TextRun, ...]
    """Channel, date and length, as far as they are known."""
    blocks: tuple[PageBlock, ...]
    stops: tuple[SeriesLink, ...]
    related: tuple[RelatedLink, ...]
    facts: tuple[PageFact, ...]
    bars: tuple[CoverageBar, ...]
    length: str
    """Length of the video as a clock shows it; empty without times."""
    stretches: tuple[CoverageLegend, ...]
    notes: tuple[tuple[TextRun, ...], ...]
    removed: tuple[tuple[TextRun, ...], ...]
    transcript: tuple[TranscriptRow, ...]
    version: str


def plain_text(parts: tuple[TextRun, ...]) -> str:
    """The text of a line without its links and directions."""
    return "".join(part.text for part in parts)


def group_links(parts: tuple[TextRun, ...]) -> Iterator[tuple[str, tuple[TextRun, ...]]]:
    """Neighbouring parts with the same address (empty for plain text), for formats that set directions themselves."""
    for address, group in groupby(parts, key=lambda part: part.address):
        yield address, tuple(group)
