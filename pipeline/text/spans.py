"""Stretches of a video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.types import Passage, Script


def span(passage: Passage) -> Span | None:
    """From a passage's first word to its last, in seconds; None when its source has no times."""
    starts = [sentence.start for sentence in passage.sentences if sentence.start is not None]
    ends = [sentence.end for sentence in passage.sentences if sentence.end is not None]
    return Span(min(starts), max(starts + ends)) if starts else None


def talk_end(script: Script) -> float:
    """Seconds from the start of the video to its end, or to the last word when the source does not tell its length."""
    ends = (known.end for known in map(span, script.passages) if known)
    return max((script.video.seconds or 0.0, *ends))


def gaps(spans: Iterable[Span], end: float) -> tuple[Span, ...]:
    """The stretches from 0 to the end, in order, that lie in none of the spans."""
    return tuple(_between(sorted(spans, key=lambda known: known.start), end))


def _between(spans: list[Span], end: float) -> Iterator[Span]:
    shown = 0.0
    for known in spans:
        if known.start > shown:
            yield Span(shown, known.start)
        shown = max(shown, known.end)
    if end > shown:
        yield Span(shown, end)
