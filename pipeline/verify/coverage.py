"""Which stretches of the talk an article stands for, so that what it leaves out can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.arabic.labels import BACKGROUND, CHALLENGES, OUTLOOK
from pipeline.types.article import SectionCoverage, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.types.article import Draft, Paragraph, Passage, Script


def passage_span(passage: Passage) -> TimeSpan | None:
    """From a passage's first word to its last, in seconds; None when its source has no times."""
    starts = [sentence.start for sentence in passage.sentences if sentence.start is not None]
    ends = [sentence.end for sentence in passage.sentences if sentence.end is not None]
    return TimeSpan(min(starts), max(starts + ends)) if starts else None


def talk_end(script: Script) -> float:
    """Seconds from the start of the video to its end, or to the last word when the source does not tell its length."""
    ends = (known.end for known in map(passage_span, script.passages) if known)
    return max((script.video.seconds or 0.0, *ends))


def gaps(spans: Iterable[TimeSpan], end: float) -> tuple[TimeSpan, ...]:
    """The stretches from 0 to the end, in order, that lie in none of the spans."""
    return tuple(_between(sorted(spans, key=lambda known: known.start), end))


def _between(spans: list[TimeSpan], end: float) -> Iterator[TimeSpan]:
    shown = 0.0
    for known in spans:
        if known.start > shown:
            yield TimeSpan(shown, known.start)
        shown = max(shown, known.end)
    if end > shown:
        yield TimeSpan(shown, end)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the talk the body of an article stands for."""

    share: float
    """Of the speech (0 to 1), by time, or by words when there are no times."""
    cover: tuple[SectionCoverage, ...]
    """By section, in the article's order; empty without times."""
    gaps: tuple[TimeSpan, ...]
    """Stretches of the whole video, in order, that no section stands for; empty without times."""


def coverage(draft: Draft, script: Script) -> Coverage:
    """A section stands for every passage of which it cites a sentence.

    By passage and not by sentence, since an article condenses: it is to have something from every topic, not every
    word. Silence between two neighbouring passages that one section stands for counts as shown.
    """
    home = {sentence.number: index for index, passage in enumerate(script.passages) for sentence in passage.sentences}
    cited = [(heading, _passages(paragraphs, home)) for heading, paragraphs in _parts(draft)]
    spans = [passage_span(passage) for passage in script.passages]
    weights = [known.end - known.start if known else 0.0 for known in spans]
    if not any(weights):
        weights = [float(sum(len(sentence.text.split()) for sentence in p.sentences)) for p in script.passages]
    shown = {index for _, indices in cited for index in indices}
    share = sum(weights[index] for index in shown) / sum(weights) if any(weights) else 0.0
    if not any(spans):
        return Coverage(share, (), ())
    cover = tuple(SectionCoverage(heading, tuple(_merged(indices, spans))) for heading, indices in cited)
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


def _merged(indices: list[int], spans: list[TimeSpan | None]) -> Iterator[TimeSpan]:
    """The spans of passages, neighbours as one."""
    open_span: TimeSpan | None = None
    for previous, index in pairwise([-2, *indices]):
        known = spans[index]
        if known is None:
            continue
        if open_span and index == previous + 1:
            open_span = TimeSpan(open_span.start, max(open_span.end, known.end))
            continue
        if open_span:
            yield open_span
        open_span = known
    if open_span:
        yield open_span
