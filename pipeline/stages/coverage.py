"""Which stretches of the talk an article stands for, so that what it leaves out can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.text.labels import BACKGROUND, CHALLENGES, OUTLOOK
from pipeline.text.spans import gaps, span, talk_end
from pipeline.types import Cover, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.types import Draft, Paragraph, Script


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
    spans = [span(passage) for passage in script.passages]
    weights = [known.end - known.start if known else 0.0 for known in spans]
    if not any(weights):
        weights = [float(sum(len(sentence.text.split()) for sentence in p.sentences)) for p in script.passages]
    shown = {index for _, indices in cited for index in indices}
    share = sum(weights[index] for index in shown) / sum(weights) if any(weights) else 0.0
    if not any(spans):
        return Coverage(share, (), ())
    cover = tuple(Cover(heading, tuple(_merged(indices, spans))) for heading, indices in cited)
    return Coverage(share, cover, gaps([shown for part in cover for shown in part.spans], talk_end(script)))


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


def _merged(indices: list[int], spans: list[Span | None]) -> Iterator[Span]:
    """The spans of passages, neighbours as one."""
    open_span: Span | None = None
    for previous, index in pairwise([-2, *indices]):
        known = spans[index]
        if known is None:
            continue
        if open_span and index == previous + 1:
            open_span = Span(open_span.start, max(open_span.end, known.end))
            continue
        if open_span:
            yield open_span
        open_span = known
    if open_span:
        yield open_span
