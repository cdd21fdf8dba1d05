"""Verses in the place of the words in which they were heard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import fold
from pipeline.types.article import SpokenWord, Verse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Recitation

_GOES_ON: Final = frozenset(("ثم", "اي", "انه", "انها", "الي"))
"""Folded words after a verse that go on with the sentence, beside those with ف; after any other it is over.

Of 86 verses in the gold of real talks and the corpus 76 end their sentence, and 8 of the others are told by these.
"""
_SOFT: Final = "،؛:,;"
_MARKS: Final = _SOFT + ".؟!?…"


def with_verses(
    words: Sequence[SpokenWord], recitations: Sequence[Recitation], captioned: Sequence[SpokenWord]
) -> tuple[tuple[SpokenWord, ...], tuple[Verse, ...]]:
    """The words with each recitation as its verse, between ﴿ and ﴾ and without marks inside; and the verses.

    `captioned` are the same words as they were heard. A verse may have more words than were heard, or fewer: those
    heard in one word share its time.
    """
    spoken: list[SpokenWord] = []
    verses: list[Verse] = []
    done = 0
    for each in recitations:
        spoken += words[done : each.first]
        if each.introduced and spoken:
            spoken[-1] = _announcing(spoken[-1])
        following = fold("".join(word.text for word in words[each.last + 1 : each.last + 2]))
        spoken += _recited(words, each, following)
        heard = " ".join(word.text for word in captioned[each.first : each.last + 1])
        verses.append(Verse(" ".join(text for text, _ in each.words), each.place, heard))
        done = each.last + 1
    return (*spoken, *words[done:]), tuple(verses)


def _announcing(word: SpokenWord) -> SpokenWord:
    """The last word before a verse that it announces: no sentence ends there."""
    return replace(word, text=word.text.rstrip(_MARKS) + ":", ends=False, odds=None, closing="", recited=True)


def _recited(words: Sequence[SpokenWord], recitation: Recitation, following: str) -> list[SpokenWord]:
    """The words of a recitation, and whether the sentence is over with them."""
    texts = [text for text, _ in recitation.words]
    texts[0] = "﴿" + texts[0]
    texts[-1] += "﴾"
    places = [place for _, place in recitation.words]
    spoken = []
    for number, (text, place) in enumerate(zip(texts, places, strict=True)):
        heard, among = words[place], places.count(place)
        start, end = heard.start, heard.end
        if start is not None and end is not None and among > 1:
            step = (end - start) / among
            before = number - places.index(place)
            start, end = round(start + before * step, 3), round(start + (before + 1) * step, 3)
        spoken.append(SpokenWord(text, start, end, recited=True))
    last = words[recitation.last]
    over = last.ends or not (following in _GOES_ON or following.startswith("ف"))
    spoken[-1] = replace(
        spoken[-1], end=last.end, border=last.border, ends=over, odds=last.odds, closing=".", recited=False
    )
    return spoken
