"""Leave out what a speaker begins and says again at once: `إذا أنعم الله، إذا أنعم الله على البلاد`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import CONJUNCTIONS
from pipeline.arabic.normalize import fold
from pipeline.arabic.stopwords import PARTICLES, PREPOSITIONS, PRONOUNS
from pipeline.types.article import Border, Removal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.types.article import SpokenWord

LONGEST: Final = 12
"""Most words that are said again at once; more is a refrain."""
_MEANT: Final = frozenset(
    fold("لا والله نعم كلا بلى أجل جدا تماما أبدا فعلا حقا هيا ها معا كل بعض أيضا ثم واحد واحدة").split()
)
"""Words that people double for emphasis, or one by one."""
_CALLS: Final = frozenset(fold("الله أكبر يا رب اللهم آمين لبيك").split())
"""Words of calls and prayers that are said several times."""
_JOINING: Final = frozenset(fold("ثم و أو أم").split())
"""Words between the members of a row: `your mother, then your mother`."""
_THIS: Final = frozenset(fold("هذا هذه ذلك تلك").split())
"""Words behind which a doubled noun is no emphasis."""
_LINKED: Final = 4
"""Fewest letters of a word that begins with a conjunction and is doubled by mistake: `وعد` may be a noun."""


def restarts(words: Sequence[SpokenWord]) -> tuple[frozenset[int], tuple[Removal, ...]]:
    """The places of words that are said again at once, and what was said there; of several the last stays.

    One word counts only if it carries no meaning of its own, or joins to the one before: others are doubled for
    emphasis. Several may be begun with a conjunction and said again without it. Nothing counts where another voice, or
    a mark that ends a sentence, stands between, nor what is said three times.
    """
    folded = [fold(word.text).strip("،؛:,") for word in words]
    places: set[int] = set()
    begun: list[Removal] = []
    place = 0
    while place < len(words):
        left_out = _restarted(words, folded, place)
        if left_out:
            places.update(left_out)
            said = words[left_out.start : left_out.stop]
            begun.append(Removal("repeat", " ".join(word.text for word in said), said[0].start))
        place = left_out.stop if left_out else place + 1
    return frozenset(places), tuple(begun)


def without_places(words: Sequence[SpokenWord], places: AbstractSet[int]) -> tuple[SpokenWord, ...]:
    """The words without those at some places, whose time counts for the word before: it was no pause of the speaker."""
    kept: list[SpokenWord] = []
    for place, word in enumerate(words):
        if place not in places:
            kept.append(word)
        elif kept:
            kept[-1] = replace(kept[-1], end=word.end, border=Border.NONE)
    return tuple(kept)


def _restarted(words: Sequence[SpokenWord], folded: Sequence[str], place: int) -> range:
    """The places to leave out of words that are said from here on and again at once; none if they are not."""
    for length in range(min(LONGEST, (len(words) - place) // 2), 0, -1):
        phrase = folded[place : place + length]
        again = folded[place + length : place + 2 * length]
        before = folded[max(place - length, 0) : place]
        if again != phrase and not (length > 1 and again == _without_conjunction(phrase)):
            continue
        if not _is_slip(phrase, folded[place - 1] if place else ""):
            continue
        if phrase == before or again == folded[place + 2 * length : place + 3 * length]:
            continue
        if not any(word.ends or word.text.endswith((".", "؟", "?", "!")) for word in words[place : place + length]):
            # Of `and the minister, the minister` the first stays, for its conjunction.
            first = place if again == phrase else place + length
            return range(first, first + length)
    return range(0)


def _without_conjunction(phrase: Sequence[str]) -> list[str]:
    """`and the minister said` as it is begun again: `the minister said`."""
    first = phrase[0]
    return [first[1:] if first.startswith(CONJUNCTIONS) and len(first) >= _LINKED else first, *phrase[1:]]


def _is_slip(phrase: Sequence[str], before: str) -> bool:
    if len(phrase) > 1:
        return len(set(phrase)) > 1 and phrase[-1] not in _JOINING and not _CALLS.issuperset(phrase)
    (word,) = phrase
    joined = word.startswith(CONJUNCTIONS) and len(word) >= _LINKED
    pointed = before in _THIS and word.startswith("ال")
    return word not in _MEANT and (joined or pointed or word in PREPOSITIONS or word in PRONOUNS or word in PARTICLES)
