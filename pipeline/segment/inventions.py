"""Leave out what recognition writes where nobody speaks: credits it learned from subtitles, and loops."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words
from pipeline.types.article import Caption, Removal

if TYPE_CHECKING:
    from collections.abc import Sequence

REASON = "invention"

OFTEN = 3
"""A line that stands between silences each time and comes back as often was not said."""

SILENCE = 5.0
"""Seconds without speech on both sides that set a line apart."""

SLOW_LETTER = 0.4
"""Seconds a letter, five times slower than people speak: a line that is shown so long fills a silence."""

FEW_WORDS = 8
"""A credit is short."""

TURNS = 12
"""The same lines, or words, so many times in a row are a loop; nobody says a whole line twelve times on end."""

KNOWN_TURNS = 6
"""The same for lines that were said before."""

SHORT_TURNS = 20
"""The same for a line of one or two words, which people do repeat."""

REACH = 200
"""Lines back in which a line counts as said before."""

LONGEST_LOOP = 3
"""Lines that take turns in a loop."""

CREDITS = ("ترجمه", "subtitles", "captions")
"""First words of a credit that is left out when it stands between silences only once."""


def without_inventions(captions: Sequence[Caption]) -> tuple[tuple[Caption, ...], tuple[Removal, ...]]:
    """The captions without lines that recur between silences and without loops, and what was left out.

    Recognisers of the Whisper family answer silence and music with lines of their training data (`ترجمة فلان`,
    `اشتركوا في القناة`) and get caught in a line that they repeat (openai/whisper, discussion 2608). Of a loop the
    first turn stays, unless the same line was said before.
    """
    said = [words(caption.text) for caption in captions]
    invented = _credits(captions, said)
    kept = [place for place in range(len(captions)) if place not in invented]
    for turn in _looped([said[place] for place in kept]):
        invented.add(kept[turn])
    fresh: list[Caption] = []
    removed: list[Removal] = []
    for place, caption in enumerate(captions):
        if place in invented:
            removed.append(Removal(REASON, " ".join(caption.text.split()), caption.start))
            continue
        turns = _turns_inside(caption)
        if turns:
            tokens = caption.text.split()
            removed.append(Removal(REASON, " ".join(tokens[turns:]), caption.start))
            times = caption.times[:turns] if len(caption.times) == len(tokens) else ()
            caption = replace(caption, text=" ".join(tokens[:turns]), times=times)  # noqa: PLW2901 - shortened
        fresh.append(caption)
    return tuple(fresh), tuple(removed)


# --- credits ---


def _credits(captions: Sequence[Caption], said: Sequence[tuple[str, ...]]) -> set[int]:
    """The places of lines that stand between silences: those that recur there only, and credits."""
    apart = [0 < len(line) <= FEW_WORDS and _is_apart(captions, place) for place, line in enumerate(said)]
    total = Counter(said)
    silent = Counter(line for line, alone in zip(said, apart, strict=True) if alone)
    return {
        place
        for place, line in enumerate(said)
        if apart[place] and (line[0] in CREDITS or (silent[line] >= OFTEN and silent[line] == total[line]))
    }


def _is_apart(captions: Sequence[Caption], place: int) -> bool:
    """Whether a line is shown far longer than it takes to say it, or with silence on both sides."""
    caption = captions[place]
    if caption.start is None or caption.end is None or caption.times:  # who times each word has heard it
        return False
    after = captions[place + 1].start if place + 1 < len(captions) else None
    end = caption.end if after is None else min(caption.end, after)
    if end - caption.start >= max(SILENCE, SLOW_LETTER * len(caption.text)):
        return True
    before = captions[place - 1].end if place else None
    alone = (before is None or caption.start - before >= SILENCE) and (after is None or after - end >= SILENCE)
    return alone and " " in caption.text


# --- loops ---


def _looped(said: Sequence[tuple[str, ...]]) -> set[int]:
    """The places of lines that only repeat, alone or two or three by turns; the first of each stays if it is new."""
    looped: set[int] = set()
    for period in range(1, LONGEST_LOOP + 1):
        begin = 0
        for place in range(period, len(said) + 1):
            if place < len(said) and said[place] and said[place] == said[place - period]:
                continue
            turns = (place - begin) // period
            length = min(map(len, said[begin : begin + period]))
            earlier = set(said[max(0, begin - REACH) : begin]) if turns >= KNOWN_TURNS else set()
            known = bool(earlier) and all(line in earlier for line in said[begin : begin + period])
            least = (KNOWN_TURNS if known else TURNS) if length > 2 else SHORT_TURNS  # noqa: PLR2004 - one or two words
            if turns >= least:
                looped.update(range(begin if known else begin + period, place))
            begin = place - period + 1
    return looped


def _turns_inside(caption: Caption) -> int:
    """How many words a caption says before it only repeats them; 0 where it does not."""
    line = caption.text.split()
    if len(line) < TURNS * 3:
        return 0
    folded = [" ".join(words(word)) for word in line]
    links = [0]  # the failure function of Knuth, Morris and Pratt
    for word in folded[1:]:
        length = links[-1]
        while length and folded[length] != word:
            length = links[length - 1]
        links.append(length + 1 if folded[length] == word else 0)
    period = len(folded) - links[-1]
    return period if period > 2 and len(folded) >= TURNS * period else 0  # noqa: PLR2004 - as above
