"""What the page of an article shows, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.export.coverage_bar import BarSegment, LegendEntry
    from pipeline.export.text import TextRun


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

    runs: tuple[TextRun, ...]
    marks: tuple[EvidenceMark, ...] = ()
    notes: tuple[int, ...] = ()
    """Numbers of the notes in `ArticlePage.notes` that are about it."""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """Paragraphs under a heading, or without one when it is empty."""

    kind: str
    """`lead`, `background`, `transition`, `sections`, `challenges`, `outlook` or `conclusion`."""
    heading: tuple[TextRun, ...]
    paragraphs: tuple[tuple[PageLine, ...], ...]
    stretch: EvidenceMark | None = None
    """Of a section without a heading: the stretch of the video that it tells of, which stands in its place."""


@dataclass(frozen=True, slots=True)
class EditorBox:
    """What an editor should look at, of one kind."""

    label: str
    items: tuple[PageLine, ...]
    more: int
    """Further items, which are in JSON."""


@dataclass(frozen=True, slots=True)
class PageFact:
    """A line about the source or the making of an article."""

    label: str
    value: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A numbered sentence of the transcript."""

    number: int
    mark: EvidenceMark | None
    """Its time; None when the source has no times."""
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A link to another article."""

    title: tuple[TextRun, ...]
    path: str
    """The folder of that article, relative to the folder of this one."""
    reason: str
    """May be empty."""


@dataclass(frozen=True, slots=True)
class SeriesLink:
    """The position of the article in a series."""

    title: tuple[TextRun, ...]
    path: str
    """The folder of the series' page, relative to the folder of this article; empty where that is not at hand."""
    before: RelatedLink | None
    after: RelatedLink | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All that is shown, in the order in which it is shown."""

    title: tuple[TextRun, ...]
    headline: tuple[TextRun, ...]
    """Empty when it would say the title again."""
    kicker: tuple[tuple[TextRun, ...], ...]
    """Channel, date and length, as far as they are known; each is isolated from the others."""
    editor: tuple[EditorBox, ...]
    """Empty in what is approved."""
    blocks: tuple[PageBlock, ...]
    series: tuple[SeriesLink, ...]
    related: tuple[RelatedLink, ...]
    facts: tuple[PageFact, ...]
    """About the source."""
    colophon: tuple[TextRun, ...]
    """How the article was made, in a sentence or two for everybody."""
    coverage: tuple[TextRun, ...]
    """How much of the talk is in it, and what is not."""
    technical: tuple[PageFact, ...]
    """What is needed to make it again, and what became of each sentence."""
    bar: tuple[BarSegment, ...]
    """In drawing order: later segments cover earlier ones."""
    legend: tuple[LegendEntry, ...]
    length: str
    """Length of the video as a clock shows it; empty without times."""
    notes: tuple[tuple[TextRun, ...], ...]
    removed: tuple[tuple[TextRun, ...], ...]
    transcript: tuple[TranscriptRow, ...]
    version: str
