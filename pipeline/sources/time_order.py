"""Times of a caption file that cannot all be true: parts that were joined, single wrong ones, none at all."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Caption

FEW = 3
"""Fewer captions than this show no pattern."""

JOINT = 60.0
"""Longest silence, in seconds, between two stretches of a file whose times are true and whose order is not."""

FAST_LETTER = 0.03
"""Seconds that a letter takes at least: so much room belongs to a caption where its time is missing."""

JUMP = 5.0
"""Seconds by which a wrong time misses its place at least; less is the overlap of two voices."""

MAX_WRONG = 100
"""More times than this are not looked at one by one."""


def with_possible_times(captions: tuple[Caption, ...]) -> tuple[tuple[Caption, ...], str]:
    """The captions with times by which they can be put in order, and a sentence about what was done.

    Captions in disorder whose times complete each other stay as they are: their times are true. Where times fall back
    over stretches that are taken, parts were joined that each begin at zero, and the later ones move behind the
    earlier ones. A single time that does not fit its neighbours, where it leaves a hole, is left out.
    """
    places = [place for place, caption in enumerate(captions) if caption.start is not None]
    starts = [captions[place].start or 0.0 for place in places]
    if len(places) >= FEW and len(set(starts)) == 1:
        return tuple(
            replace(caption, start=None, end=None, times=()) for caption in captions
        ), "Its times are all equal."
    falls = [at for at in range(1, len(starts)) if starts[at] < starts[at - 1]]
    if not falls:
        return captions, ""
    timed = [captions[place] for place in places]
    wrong = _wrong_times(timed, falls)
    right = [at for at in range(len(timed)) if at not in wrong]
    offsets = _offsets([timed[at] for at in right])
    changed = list(captions)
    for at in wrong:
        changed[places[at]] = replace(timed[at], start=None, end=None, times=())
    for at, offset in zip(right, offsets, strict=True):
        if offset:
            changed[places[at]] = _shifted(timed[at], offset)
    notes = []
    if wrong:
        notes.append(f"Times that do not fit their neighbours were left out: {len(wrong)}.")
    if any(offsets):
        notes.append(f"Its times begin anew; later parts were moved behind earlier ones: {len(set(offsets)) - 1}.")
    return tuple(changed), " ".join(notes)


def _wrong_times(timed: Sequence[Caption], falls: Sequence[int]) -> set[int]:
    """The places of single captions whose time does not fit between their neighbours and leaves a hole there."""
    starts = [caption.start or 0.0 for caption in timed]
    suspects = [at - 1 if at < 2 or starts[at] >= starts[at - 2] else at for at in falls if _is_single(starts, at)]  # noqa: PLR2004 - no neighbour before
    if not suspects or len(suspects) > MAX_WRONG:
        return set()
    ordered = sorted(starts)
    wrong = set()
    for at in suspects:
        before = timed[at - 1] if at else None
        begin = max(before.end or 0.0, before.start or 0.0) if before else 0.0
        room = FAST_LETTER * len(timed[at].text)
        after = starts[at + 1]  # a suspect is never the last: a fall follows it, or a time that goes on
        others = ordered[bisect_left(ordered, begin) : bisect_left(ordered, after)]
        if max(begin - starts[at], starts[at] - after) < JUMP:
            continue
        if after - begin >= max(room, FAST_LETTER) and not any(start != starts[at] for start in others):
            wrong.add(at)
    return wrong


def _is_single(starts: Sequence[float], at: int) -> bool:
    """Whether times would ascend at a fall if one of the two captions there had another time."""
    return at < 2 or starts[at] >= starts[at - 2] or (at + 1 < len(starts) and starts[at + 1] >= starts[at - 1])  # noqa: PLR2004 - as above


class _Span(NamedTuple):
    """A stretch of captions in order: its first and its last start, and its end."""

    first: float
    last: float
    end: float


def _offsets(timed: Sequence[Caption]) -> list[float]:
    """Seconds by which each caption moves so that every part stands behind the one before it."""
    starts = [caption.start or 0.0 for caption in timed]
    borders = [at for at in range(1, len(starts)) if starts[at] < starts[at - 1] and not _is_single(starts, at)]
    parts = [range(begin, end) for begin, end in zip([0, *borders], [*borders, len(starts)], strict=True)]
    spans = [
        _Span(min(starts[at] for at in p), max(starts[at] for at in p), max(_end(timed[at]) for at in p)) for p in parts
    ]
    if all(before.last <= after.first <= before.end + JOINT for before, after in pairwise(sorted(spans))):
        return [0.0] * len(starts)
    offsets: list[float] = []
    reached = 0.0
    for part, span in zip(parts, spans, strict=True):
        offset = 0.0 if span.first >= reached else reached
        offsets += [offset] * len(part)
        reached = span.end + offset
    return offsets


def _end(caption: Caption) -> float:
    return max(caption.start or 0.0, caption.end or 0.0)


def _shifted(caption: Caption, seconds: float) -> Caption:
    start, end = (None if time is None else round(time + seconds, 3) for time in (caption.start, caption.end))
    return replace(caption, start=start, end=end, times=tuple(round(time + seconds, 3) for time in caption.times))
