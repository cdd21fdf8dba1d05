"""The bar that shows from where in the video each part of an article has its words, and its legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.formatting import timestamp
from pipeline.export.text import TextRun, text_runs
from pipeline.verify.coverage import gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types.article import SectionCoverage, TimeSpan

_COLOURS = 8
"""Colours of the style sheets, `c1` to `c8`; `c0` is for what is left out."""
_SHORTEST_GAP = 60.0
"""Shortest stretch left out for the legend to name it, in seconds."""
_GAPS_MOST = 3
"""Stretches left out that the legend names, the longest ones."""


@dataclass(frozen=True, slots=True)
class BarSegment:
    """A stretch of the video, in thousandths of its length."""

    start: int
    width: int
    part: int
    """Which part of the report's coverage it belongs to, counting from 1."""

    @property
    def colour(self) -> int:
        return _colour(self.part)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A stretch of the video as text."""

    label: str
    """`0:00–4:10`."""
    start: float


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A part of the article and its stretches of the video."""

    part: int
    """As in `BarSegment.part`; 0 for what is left out."""
    heading: tuple[TextRun, ...]
    ranges: tuple[TimeRange, ...]

    @property
    def colour(self) -> int:
        return _colour(self.part)


def bar_segments(coverage: Sequence[SectionCoverage], seconds: float) -> Iterator[BarSegment]:
    """The segments of each part in turn, for a video of this length; parts may overlap."""
    for number, part in enumerate(coverage, 1):
        for span in part.spans:
            start, end = (round(time / seconds * 1000) if seconds else 0 for time in (span.start, span.end))
            yield BarSegment(start, max(end - start, 1) if seconds else 0, number)


def legend(
    coverage: Sequence[SectionCoverage],
    seconds: float,
    uncovered: str,
    untitled: str,
    silence: Sequence[TimeSpan] = (),
) -> Iterator[LegendEntry]:
    """An entry for each part, and one with the heading `uncovered` for the longest gaps; none without times.

    A part without a heading is called `untitled`; a stretch of `silence` is no gap.
    """
    for number, part in enumerate(coverage, 1):
        yield LegendEntry(number, text_runs(part.heading or untitled), tuple(map(time_range, part.spans)))
    missing = gaps((*(span for part in coverage for span in part.spans), *silence), seconds) if coverage else ()
    long = [span for span in missing if span.end - span.start >= _SHORTEST_GAP]
    longest = sorted(long, key=lambda span: span.start - span.end)[:_GAPS_MOST]
    if longest:
        yield LegendEntry(0, text_runs(uncovered), tuple(time_range(span) for span in missing if span in longest))


def time_range(span: TimeSpan) -> TimeRange:
    return TimeRange(f"{timestamp(span.start)}–{timestamp(span.end)}", span.start)


def _colour(part: int) -> int:
    return (part - 1) % _COLOURS + 1 if part else 0
