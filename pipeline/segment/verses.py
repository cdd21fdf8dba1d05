"""Verses in the place of the words in which they were heard."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import DIACRITICS, fold
from pipeline.types.article import SpokenWord, Verse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Recitation

_GOES_ON: Final = frozenset(("ثم", "اي", "انه", "انها", "الي"))
"""Folded words after a verse that go on with the sentence, beside those with ف; after any other it is over.

Of 86 verses in the gold of real talks and the corpus 76 end their sentence, and 8 of the others are told by these.
"""
_SIGNED: Final = re.compile(f"[{DIACRITICS}]")
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
        spoken += _without_bracket(words[done : each.first], at=-1, bracket="﴿")
        if each.introduced and each.first > done and spoken:
            spoken[-1] = _announcing(spoken[-1])
        heard = captioned[each.first : each.last + 1]
        following = fold("".join(word.text for word in words[each.last + 1 : each.last + 2]))
        recited = _recited(words, each, captioned, following)
        spoken += recited
        text = " ".join(word.text for word in recited).strip("﴿﴾")
        verses.append(Verse(text, each.place, " ".join(word.text for word in heard), each.numbers))
        done = each.last + 1
        words = (*words[:done], *_without_bracket(words[done:], at=0, bracket="﴾"))
    return (*spoken, *words[done:]), tuple(verses)


def _without_bracket(words: Sequence[SpokenWord], at: int, bracket: str) -> tuple[SpokenWord, ...]:
    """The words without a bracket that captions already have beside a verse; one that is nothing else is left out."""
    if not words or bracket not in words[at].text:
        return tuple(words)
    rest = words[at].text.replace(bracket, "")
    inner = () if not rest.strip(_MARKS) else (replace(words[at], text=rest),)
    return (*words[:-1], *inner) if at else (*inner, *words[1:])


def _announcing(word: SpokenWord) -> SpokenWord:
    """The last word before a verse that it announces: no sentence ends there."""
    return replace(word, text=word.text.rstrip(_MARKS) + ":", ends=False, odds=None, closing="", recited=True)


def _recited(
    words: Sequence[SpokenWord], recitation: Recitation, captioned: Sequence[SpokenWord], following: str
) -> list[SpokenWord]:
    """The words of a recitation, and whether the sentence is over with them."""
    shares = Counter(place for _, place in recitation.words)
    before: Counter[int] = Counter()
    spoken = []
    for text, place in recitation.words:
        heard, among, number = words[place], shares[place], before[place]
        before[place] += 1
        start, end = heard.start, heard.end
        if start is not None and end is not None and among > 1:
            step = (end - start) / among
            start, end = round(start + number * step, 3), round(start + (number + 1) * step, 3)
        typed = captioned[place].text.strip(_MARKS + '﴿﴾"«»()')
        signed = _SIGNED.search(typed) is not None and fold(typed) == fold(text)
        spoken.append(SpokenWord(typed if signed else text, start, end, recited=True, known=1.0, voice=heard.voice))
    spoken[0] = replace(spoken[0], text="﴿" + spoken[0].text)
    last = words[recitation.last]
    over = last.ends or not (following in _GOES_ON or following.startswith("ف"))
    spoken[-1] = replace(
        spoken[-1],
        text=spoken[-1].text + "﴾",
        end=last.end,
        border=last.border,
        ends=over,
        odds=last.odds,
        closing=".",
        recited=False,
    )
    return spoken
