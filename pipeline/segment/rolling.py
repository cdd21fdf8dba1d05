"""Leave out words that stand on screen twice and were said once: rolling captions, fillers, doubled cues."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.types.article import Caption, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOUCHING = 0.1
"""Seconds that may lie between two cues of which the second still shows words of the first."""

LETTERS_A_SECOND = 30.0
"""Faster than anybody speaks (a fast talk has about 20): a repeated cue shown for less time was not said again."""

FEW_LETTERS = 20
"""Up to this length a cue can be clipped to next to nothing and be speech all the same: `no, no, no`."""

FILLER = 0.05
"""Seconds in which nothing is said; YouTube's fillers between rolling cues last 0.01."""

ROLLING_SHARE = 1 / 3
"""A track is rolling when this share of its neighbouring cues carry words over; people do not repeat so often."""

FEW_REPEATS = 3
"""Fewer different lines that stand there twice are no habit of the track."""

HELD_SHARE = 0.1
"""The habit is one where so many of the lines are written again."""

_REACH = 200
"""Most words of a cue that are compared, so that a hostile track costs no more than a real one."""


def without_repeats(captions: Sequence[Caption]) -> tuple[tuple[Caption, ...], tuple[Removal, ...]]:
    """The captions without words that the previous cue still shows, and what was left out.

    Only what cannot be a real repeat goes: words carried over in a track that rolls, the same cue twice at the same
    time, and a cue that shows words of the previous one too briefly to be said. Without times nothing is removed.
    """
    shown = [0, *(_carried(earlier, later) for earlier, later in pairwise(captions))]
    carried: list[int] = []
    for caption, count in zip(captions, shown, strict=False):
        times = caption.times[:count]
        # Words with times of their own are said; a source gives those of a line that only stays one time.
        timed = len(caption.times) == len(caption.text.split())
        said = timed and all(before < after for before, after in pairwise(times))
        carried.append(0 if said else count)
    doubled = [_is_doubled(captions, index, count) for index, count in enumerate(carried)]
    signs = sum(
        1
        for caption, count, double in zip(captions, carried, doubled, strict=True)
        if double or 0 < count < len(caption.text.split())
    )
    held = _held(captions)
    rolls = signs > 1 and signs >= ROLLING_SHARE * (len(captions) - 1)
    skips = [
        count if rolls or double or place in held else 0
        for place, (count, double) in enumerate(zip(carried, doubled, strict=True))
    ]
    kept = tuple(_without_first(caption, skip) for caption, skip in zip(_lasting(captions, held), skips, strict=True))
    removed = tuple(
        Removal("repeat", " ".join(caption.text.split()[:skip]), caption.start)
        for caption, skip in zip(captions, skips, strict=True)
        if skip
    )
    return tuple(caption for caption in kept if caption.text), removed


def _held(captions: Sequence[Caption]) -> frozenset[int]:
    """Places of cues that show the one before once more without a gap, where a track does so as a habit.

    Programs that colour each word as it is said, or move a line, write its cue anew for each step. People repeat a
    whole line, too, but not one line after the other all along a talk.
    """
    repeats: list[int] = []
    runs = repeated = 0
    texts = [caption.text.split() for caption in captions]
    for place, caption in enumerate(captions):
        before = captions[place - 1]
        same = place > 0 and texts[place] == texts[place - 1] and not caption.times
        touching = caption.start is not None and before.end is not None and caption.start <= before.end + TOUCHING
        if not (same and touching):
            runs += 1
            continue
        repeated += not repeats or repeats[-1] != place - 1
        repeats.append(place)
    habit = len({tuple(texts[place]) for place in repeats}) >= FEW_REPEATS and repeated >= HELD_SHARE * runs
    return frozenset(repeats if habit else ())


def _lasting(captions: Sequence[Caption], held: frozenset[int]) -> Iterator[Caption]:
    """The captions, each up to the end of the last cue that only shows it once more."""
    for place, caption in enumerate(captions):
        last = place
        while last + 1 in held:
            last += 1
        yield replace(caption, end=captions[last].end) if last > place and place not in held else caption


def _carried(earlier: Caption, later: Caption) -> int:
    """The number of first words of a cue that are the last ones of the cue that it follows.

    Of a cue of several lines whole lines are carried over, all of them only if the screen stood still.
    """
    if earlier.start is None or earlier.end is None or later.start is None:
        return 0
    if later.start > earlier.end + TOUCHING:
        return 0
    rows = [line.split() for line in later.text.splitlines() if line.strip()]
    shown = earlier.text.split()[-_REACH:]
    if len(rows) < 2:  # noqa: PLR2004 - one line
        return _overlap(shown, rows[0][:_REACH]) if rows else 0
    best = 0
    opening: list[str] = []
    for row in rows:
        opening += row
        if len(opening) > len(shown):
            break
        if shown[-len(opening) :] == opening and row is not rows[-1]:
            best = len(opening)
    return best or (len(opening) if shown == opening else 0)


def _overlap(shown: list[str], text: list[str]) -> int:
    """Length of the longest opening of `text` that closes `shown` (failure function of Knuth, Morris and Pratt)."""
    links: list[int] = []
    for word in text:
        length = links[-1] if links else 0
        while length and text[length] != word:
            length = links[length - 1]
        links.append(length + 1 if links and text[length] == word else 0)
    length = 0
    for word in shown:
        while length and (length == len(text) or text[length] != word):
            length = links[length - 1]
        length += bool(text) and text[length] == word
    return length


def _is_doubled(captions: Sequence[Caption], index: int, count: int) -> bool:
    """Whether a cue shows nothing but words of the previous one, at the same time or too briefly to be speech."""
    caption = captions[index]
    if not count or count < len(caption.text.split()) or caption.start is None:
        return False
    if captions[index - 1].text.split() == caption.text.split() and caption.start == captions[index - 1].start:
        return True
    ends = [end for end in (caption.end, *(c.start for c in captions[index + 1 : index + 2])) if end]
    if not ends:
        return False
    seconds, letters = min(ends) - caption.start, len("".join(caption.text.split()))
    return seconds <= FILLER or (letters > FEW_LETTERS and letters > LETTERS_A_SECOND * seconds)


def _without_first(caption: Caption, skip: int) -> Caption:
    """The caption without so many of its first words, its lines kept."""
    if not skip:
        return caption
    timed = len(caption.times) == len(caption.text.split())
    rows: list[str] = []
    left = skip
    for line in caption.text.splitlines():
        row = line.split()
        rows.append(" ".join(row[left:]))
        left = max(0, left - len(row))
    text = "\n".join(row for row in rows if row)
    return Caption(text, caption.start, caption.end, caption.times[skip:] if timed else ())
