"""What automatic recognition hears wrong, after 139 errors that were found in real captions, with the truth kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.orthography import is_arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet
    from random import Random


@dataclass(frozen=True, slots=True)
class Heard:
    """One caption word, and the spoken words that it stands for."""

    text: str
    first: int
    """Position of the first spoken word it stands for."""
    last: int
    """Position after the last one. Two halves of a split word stand for the same word."""
    kind: str = ""
    """How it was misheard, or nothing."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an error may be made."""

    words: Sequence[str]
    at: int
    names: AbstractSet[int]
    pool: Sequence[str]
    """All words of the talk, each once."""
    draw: Random

    @property
    def word(self) -> str:
        return self.words[self.at]

    @property
    def after(self) -> str:
        """The word after it, or nothing."""
        return self.words[self.at + 1] if self.at + 1 < len(self.words) else ""


_Slip = tuple[list[str], int]
"""Caption words, and how many spoken words they stand for."""

_SOUNDS = ("سصثش", "زذظج", "تطد", "دضذ", "قكغ", "حهخ", "عا", "غخق", "بمف", "من", "لر", "جشز")
"""Letters that are taken for each other."""
_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ف", "ب", "ل")
_ENDINGS = {"ه": ("ا", "ي", ""), "ا": ("ه", "ى"), "ى": ("ا", "يه"), "ي": ("", "يه"), "ت": ("",), "وا": ("ه",)}
_SHORT, _LONG = 3, 5
_TRIES = 6
_NAMES = 0.05
"""How much sooner names are misheard than other words."""
_UNKNOWN = 0.25
"""How often a slip stands that makes no known word."""


def recognised(
    words: Sequence[str],
    rate: float,
    draw: Random,
    names: AbstractSet[int] = frozenset(),
    known: frozenset[str] = frozenset(),
) -> list[Heard]:
    """Caption words for spoken words in captions' spelling, of which about a share `rate` is misheard.

    Every spoken word is covered by a caption word. `names` are positions of proper names, which suffer most; words of
    `known` are rather heard than others, since recognition writes words that it knows.
    """
    slips: dict[int, tuple[str, _Slip]] = {}
    taken: set[int] = set()
    waiting = sorted(range(len(words)), key=lambda at: draw.random() + (_NAMES if at in names else 0))
    pool = sorted(set(words))
    while waiting and len(taken) < round(rate * len(words)):
        at = waiting.pop()
        kind = _drawn(draw, name=at in names)
        slip = _likely([KINDS[kind](_Place(words, at, names, pool, draw)) for _ in range(_TRIES)], known, draw)
        reach = range(at, at + (slip[1] if slip else 1))
        if slip and taken.isdisjoint(reach) and slip[0] != list(words[at : reach.stop]):
            slips[at] = kind, slip
            taken.update(reach)
    return _heard(words, slips)


def _drawn(draw: Random, *, name: bool) -> str:
    shares = [share * (20 if name and kind == "name" else 1) for kind, share in SHARES.items()]
    return draw.choices(list(SHARES), weights=shares)[0]


def _likely(slips: Sequence[_Slip | None], known: frozenset[str], draw: Random) -> _Slip | None:
    """The first slip that makes known words; otherwise, in a part of the places, whichever comes first."""
    possible = [slip for slip in slips if slip]
    usual = [slip for slip in possible if known.issuperset(slip[0])]
    if usual:
        return usual[0]
    return possible[0] if possible and draw.random() < _UNKNOWN else None


def _heard(words: Sequence[str], slips: dict[int, tuple[str, _Slip]]) -> list[Heard]:
    found: list[Heard] = []
    at = 0
    while at < len(words):
        kind, (texts, reach) = slips.get(at, ("", ([words[at]], 1)))
        found += [Heard(text, at, at + reach, kind) for text in texts]
        at += reach
    return found


def _merged(place: _Place) -> _Slip | None:
    """`توقف فيه` is heard as `توقفيه`."""
    word, after = place.word, place.after
    if not (is_arabic(word) and is_arabic(after)) or len(word) + len(after) > 2 * _LONG:
        return None
    return [word.removesuffix(after[0]) + after], 2


def _split(place: _Place) -> _Slip | None:
    """`الملبين` is heard as `الملبي ين`, `هتساعدها` as `ح تساعدها`."""
    word = place.word
    if not is_arabic(word) or len(word) < _LONG:
        return None
    cut = place.draw.randint(1, len(word) - 2)
    return [word[:cut], word[cut:]], 1


def _similar(place: _Place) -> _Slip | None:
    """`أسر` is heard as `اثر`."""
    heard = _exchanged(place.word, place.draw)
    return ([heard], 1) if heard else None


def _exchanged(word: str, draw: Random) -> str:
    """The word with one letter exchanged for one that sounds like it; empty where it has none."""
    pairs = [
        (at, other)
        for at, letter in enumerate(word)
        for group in _SOUNDS
        if letter in group and not (letter == "ا" and at < _SHORT)
        for other in group
        if other != letter
    ]
    if not is_arabic(word) or len(word) < _SHORT or not pairs:
        return ""
    at, other = draw.choice(pairs)
    return word[:at] + other + word[at + 1 :]


def _cut(place: _Place) -> _Slip | None:
    """`بتتعاون` is heard as `بتتعا`."""
    word = place.word
    if not is_arabic(word) or len(word) <= _SHORT:
        return None
    return [word[: -place.draw.randint(1, 2 if len(word) > _LONG else 1)]], 1


def _clitic(place: _Place) -> _Slip | None:
    """`النصيب` is heard as `نصيب`, `محمد` as `لمحمد`."""
    word = place.word
    if not is_arabic(word) or len(word) < _SHORT:
        return None
    has = next((prefix for prefix in _PREFIXES if word.startswith(prefix) and len(word) - len(prefix) >= _SHORT), "")
    if has:
        return [word[len(has) :]], 1
    return [place.draw.choice(("ال", "و", "ل", "ب")) + word], 1


def _vowel(place: _Place) -> _Slip | None:
    """`فاصل` is heard as `فصل`, `ضخها` as `ضخاها`: a long vowel inside is lost or added."""
    word = place.word
    if not is_arabic(word) or len(word) < _SHORT + 1:
        return None
    inside = [at for at in range(1, len(word) - 1) if word[at] in "اوي"]
    if inside and place.draw.random() < 0.6:  # noqa: PLR2004 - rather lost than added
        at = place.draw.choice(inside)
        return [word[:at] + word[at + 1 :]], 1
    bare = [at for at in range(1, len(word)) if not {word[at - 1], word[at]} & set("اويى") and word[:at] != "ال"]
    if not bare:
        return None
    at = place.draw.choice(bare)
    return [word[:at] + place.draw.choice("اوي") + word[at:]], 1


def _ending(place: _Place) -> _Slip | None:
    """`وبشرى` is heard as `وبشرا`, `يبعتوا` as `يبعته`."""
    word = place.word
    ends = [(end, heard) for end, others in _ENDINGS.items() if word.endswith(end) for heard in others]
    if not is_arabic(word) or len(word) <= _SHORT or not ends:
        return None
    end, heard = place.draw.choice(ends)
    return [word.removesuffix(end) + heard], 1


def _lost(place: _Place) -> _Slip | None:
    """`في متناول` is heard as `متناول`."""
    if not (is_arabic(place.word) and is_arabic(place.after)) or len(place.word) > _SHORT:
        return None
    return [place.after], 2


def _other(place: _Place) -> _Slip | None:
    """`المزدوج` is heard as `المستوى`: another word that begins alike."""
    word = place.word
    alike = {
        other
        for other in place.pool
        if other[:2] == word[:2] and other != word and abs(len(other) - len(word)) <= 1 and is_arabic(other)
    }
    if not is_arabic(word) or len(word) < _LONG or not alike:
        return None
    return [place.draw.choice(sorted(alike))], 1


def _name(place: _Place) -> _Slip | None:
    """`هايتي` is heard as `هيطي` or `ايتي`."""
    word = place.word
    if place.at not in place.names or not is_arabic(word) or len(word) < _SHORT:
        return None
    heard = _exchanged(word, place.draw) or word[1:]
    vowels = [at for at in range(1, len(heard)) if heard[at] in "اوي"]
    if len(heard) > _SHORT and vowels and place.draw.random() < 0.5:  # noqa: PLR2004 - every other name
        at = place.draw.choice(vowels)
        heard = heard[:at] + heard[at + 1 :]
    return [heard], 1


KINDS: dict[str, Callable[[_Place], _Slip | None]] = {
    "merged": _merged,
    "split": _split,
    "similar": _similar,
    "cut": _cut,
    "clitic": _clitic,
    "vowel": _vowel,
    "ending": _ending,
    "lost": _lost,
    "other": _other,
    "name": _name,
}
SHARES: dict[str, float] = {
    "merged": 0.07,
    "split": 0.07,
    "similar": 0.16,
    "cut": 0.14,
    "clitic": 0.17,
    "vowel": 0.14,
    "ending": 0.11,
    "lost": 0.05,
    "other": 0.04,
    "name": 0.05,
}
"""About how the errors in real captions divide among the kinds."""
