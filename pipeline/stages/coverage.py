"""Which stretches of the talk an article stands for, so that what it leaves out can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.types import Cover, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.types import Draft, Paragraph, Passage, Script

BACKGROUND, CHALLENGES, OUTLOOK = "خلفية", "التحديات", "الآفاق"
"""Headings of the parts that have none of their own."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the talk the body of an article stands for."""

    share: float
    """Of the speech (0 to 1), by time, or by words when there are no times."""
    cover: tuple[Cover, ...]
    """By section, in the article's order; empty without times."""
    gaps: tuple[Span, ...]
    """Stretches of the whole video, in order, that no section stands for; empty without times."""


def coverage(draft: Draft, script: Script) -> Coverage:
    """A section stands for every passage of which it cites a sentence.

    By passage and not by sentence, since an article condenses: it is to have something from every topic, not every
    word. Silence between two neighbouring passages that one section stands for counts as shown.
    """
    home = {sentence.number: index for index, passage in enumerate(script.passages) for sentence in passage.sentences}
    cited = [(heading, _passages(paragraphs, home)) for heading, paragraphs in _parts(draft)]
    spans = [_span(passage) for passage in script.passages]
    known = [span for span in spans if span]
    weights = [span.end - span.start if span else 0.0 for span in spans]
    if not any(weights):
        weights = [float(sum(len(sentence.text.split()) for sentence in p.sentences)) for p in script.passages]
    shown = {index for _, indices in cited for index in indices}
    share = sum(weights[index] for index in shown) / sum(weights) if any(weights) else 0.0
    if not known:
        return Coverage(share, (), ())
    cover = tuple(Cover(heading, tuple(_merged(indices, spans))) for heading, indices in cited)
    end = max(script.video.seconds or 0.0, *(span.end for span in known))
    return Coverage(share, cover, tuple(_gaps([span for part in cover for span in part.spans], end)))


def _parts(draft: Draft) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """The parts that report the talk, each with its heading; the lead and the conclusion only frame it."""
    if draft.background:
        yield BACKGROUND, draft.background
    for section in draft.sections:
        yield section.heading, section.paragraphs
    for heading, paragraph in ((CHALLENGES, draft.challenges), (OUTLOOK, draft.outlook)):
        if paragraph:
            yield heading, (paragraph,)


def _passages(paragraphs: tuple[Paragraph, ...], home: dict[int, int]) -> list[int]:
    return sorted({home[number] for paragraph in paragraphs for number in paragraph.cites if number in home})


def _span(passage: Passage) -> Span | None:
    starts = [sentence.start for sentence in passage.sentences if sentence.start is not None]
    ends = [sentence.end for sentence in passage.sentences if sentence.end is not None]
    return Span(min(starts), max(starts + ends)) if starts else None


def _merged(indices: list[int], spans: list[Span | None]) -> Iterator[Span]:
    """The spans of passages, neighbours as one."""
    open_span: Span | None = None
    for previous, index in pairwise([-2, *indices]):
        span = spans[index]
        if span is None:
            continue
        if open_span and index == previous + 1:
            open_span = Span(open_span.start, max(open_span.end, span.end))
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def _gaps(spans: list[Span], end: float) -> Iterator[Span]:
    shown = 0.0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > shown:
            yield Span(shown, span.start)
        shown = max(shown, span.end)
    if end > shown:
        yield Span(shown, end)
