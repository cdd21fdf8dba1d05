"""The stretches of the talk that an article stands for, so that what it leaves out can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.arabic.labels import PART_HEADINGS
from pipeline.types.article import SectionCoverage, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.types.article import Draft, Passage, Script

_FRAMING = ("lead", "transition", "conclusion")
"""Parts that report nothing of the talk themselves."""


def passage_span(passage: Passage) -> TimeSpan | None:
    """From a passage's first word to its last, in seconds; None when its source has no times."""
    starts = [sentence.start for sentence in passage.sentences if sentence.start is not None]
    ends = [sentence.end for sentence in passage.sentences if sentence.end is not None]
    return TimeSpan(min(starts), max(starts + ends)) if starts else None


def talk_end(script: Script) -> float:
    """Seconds from the start of the video to its end, or to the last word when the source does not tell its length."""
    ends = (span.end for span in map(passage_span, script.passages) if span)
    return max((script.video.seconds or 0.0, *ends))


def gaps(spans: Iterable[TimeSpan], end: float) -> tuple[TimeSpan, ...]:
    """The stretches from 0 to the end, in order, that lie in none of the spans."""
    missing: list[TimeSpan] = []
    shown = 0.0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > shown:
            missing.append(TimeSpan(shown, span.start))
        shown = max(shown, span.end)
    if end > shown:
        missing.append(TimeSpan(shown, end))
    return tuple(missing)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The part of a talk that the body of an article stands for."""

    share: float
    """Of the speech, from 0 to 1: by time, or by words when there are no times."""
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
    sections: list[tuple[str, list[int]]] = []
    for part in draft.parts():
        if part.place not in _FRAMING:
            passages = {home[number] for _, each in part.paragraphs for number in each.cites if number in home}
            sections.append((part.heading if part.heading is not None else PART_HEADINGS[part.place], sorted(passages)))
    spans = [passage_span(passage) for passage in script.passages]
    weights = [span.end - span.start if span else 0.0 for span in spans]
    if not any(weights):
        weights = [float(sum(len(sentence.text.split()) for sentence in p.sentences)) for p in script.passages]
    covered = {index for _, indices in sections for index in indices}
    share = sum(weights[index] for index in covered) / sum(weights) if any(weights) else 0.0
    if not any(spans):
        return Coverage(share, (), ())
    cover = tuple(SectionCoverage(heading, tuple(_merged(indices, spans))) for heading, indices in sections)
    return Coverage(share, cover, gaps([span for section in cover for span in section.spans], talk_end(script)))


def _merged(indices: list[int], spans: list[TimeSpan | None]) -> Iterator[TimeSpan]:
    """The spans of passages, neighbours as one."""
    merged: TimeSpan | None = None
    for previous, index in pairwise([-2, *indices]):
        span = spans[index]
        if span is None:
            continue
        if merged and index == previous + 1:
            merged = TimeSpan(merged.start, max(merged.end, span.end))
            continue
        if merged:
            yield merged
        merged = span
    if merged:
        yield merged
