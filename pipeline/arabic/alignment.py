"""Which word of a claim stands for which word of what was said: the same, another form of it, or a synonym."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import (
    ARTICLES,
    PREPOSITIONS,
    SHORTEST_WORD,
    VERB_BEGINNINGS,
    VERB_ENDINGS,
    strip_conjunction,
    strip_ending,
    strip_prefix,
)
from pipeline.arabic.names import GIVEN
from pipeline.arabic.normalize import words
from pipeline.arabic.nouns import NAMES
from pipeline.arabic.stem import stem
from pipeline.arabic.stopwords import FUNCTION
from pipeline.arabic.synonyms import GROUPS, PHRASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WEAK: Final = str.maketrans("", "", "اويى")
_CLOSE_LENGTH: Final = 5
"""Letters from which on two words that differ in one letter count as spellings of one: shorter ones are two words."""
_ALIKE: Final = ("ضظدذ", "سصث", "تطثد", "ذزظ", "قكغج", "حهخ", "عايوه", "نم")
"""Letters that recognisers and typists take for each other; with any other letter it is another word: `احتلال` and
`احتفال`, `استقلال` and `استقبال`."""
_VOWELS: Final = "اويه"
"""Letters that are missed: `مستقل` misses another one of `مستقبل`."""
_EVIDENCE_MOST: Final = 600
"""Words of evidence in which a slip of spelling is looked for: with more, every word resembles some other."""


@dataclass(frozen=True, slots=True)
class IndexedSpeech:
    """What was said, prepared for finding words in it."""

    words: tuple[str, ...]
    """Folded, in the order they were said."""
    starts: frozenset[int]
    """Indices in `words` at which a sentence begins."""
    homes: Mapping[str, tuple[int, ...]]
    """Where each form of each word stands."""


def index_speech(texts: Sequence[str]) -> IndexedSpeech:
    """The sentences in a row; linear in them."""
    row: list[str] = []
    starts: set[int] = set()
    for text in texts:
        starts.add(len(row))
        row += words(text)
    homes: dict[str, list[int]] = {}
    for at, word in enumerate(row):
        for form in lookup_forms(word):
            homes.setdefault(form, []).append(at)
    for at, form in _phrases(row):
        homes.setdefault(form, []).append(at)
    return IndexedSpeech(tuple(row), frozenset(starts), {form: tuple(places) for form, places in homes.items()})


def align(claim: Sequence[str], source: IndexedSpeech) -> tuple[int | None, ...]:
    """For each folded word of a claim the index of the word that stands for it, or None.

    Linear in both as long as no word comes many times. A word is taken once, first by words that carry meaning and have
    no choice, last by function words. Of several places the one that goes on from the claim's neighbours is taken.
    """
    phrases = dict(_phrases(claim))
    looked = [
        (*lookup_forms(word), phrases[at]) if at in phrases else lookup_forms(word) for at, word in enumerate(claim)
    ]
    places: list[int | None] = [None] * len(claim)
    used: set[int] = set()
    content = [at for at, word in enumerate(claim) if word not in FUNCTION]
    for choice, turn in ((False, content), (True, content), (True, range(len(claim)))):
        for at in turn:
            free = _free(looked[at], used, source) if places[at] is None else ()
            if free and (choice or len(free) == 1):
                after = places[at + 1] if at + 1 < len(claim) else None
                places[at] = min(free, key=partial(_detour, _before(at, places), after))
                used.add(places[at] or 0)
    for at, form in phrases.items():
        if places[at] in source.homes.get(form, ()) and places[at + 1] is None:
            places[at + 1] = places[at]
    return tuple(_with_slips(claim, places, used, source))


@lru_cache(maxsize=65536)
def lookup_forms(word: str) -> tuple[str, ...]:
    """The ways to look a folded word up, the surest first; the first is the word without a joined `and`.

    A name has no other forms: `محمد` is no participle of `حمد`.
    """
    bare = strip_conjunction(word)
    plain = _without_article(bare)
    if plain in NAMES or plain in GIVEN:
        return bare, f"={plain}"
    found = [bare, f"={plain}", f"={stem(bare)}"]
    if plain == bare and bare[0] in PREPOSITIONS and len(bare) > SHORTEST_WORD:
        found += [f"={bare[1:]}", f"={stem(bare[1:])}"]
    verb = strip_ending(strip_prefix(plain, VERB_BEGINNINGS), VERB_ENDINGS)
    bones = verb.translate(_WEAK)
    found += [f"~{verb}", f"~~{bones}"] if len(bones) >= SHORTEST_WORD else [f"~{verb}"]
    found += [f"#{group}" for form in (bare, plain, stem(bare), verb) for group in GROUPS.get(form, ())]
    return tuple(dict.fromkeys(found))


def _phrases(row: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Places of set phrases of two words that have a synonym, with the form they are looked up by."""
    for at in range(len(row) - 1):
        group = PHRASES.get((strip_conjunction(row[at]), row[at + 1]))
        if group is not None:
            yield at, f"#{group}"


def _without_article(word: str) -> str:
    return strip_prefix(word, ARTICLES, SHORTEST_WORD - 1)


def _free(looked: Sequence[str], used: set[int], source: IndexedSpeech) -> tuple[int, ...]:
    """The places of the surest form that has any, as far as they are not taken."""
    for form in looked:
        if free := tuple(at for at in source.homes.get(form, ()) if at not in used):
            return free
    return ()


def _before(at: int, places: Sequence[int | None]) -> int:
    """The place of the last word before one that has any, or -1."""
    known = (place for place in map(places.__getitem__, range(at - 1, -1, -1)) if place is not None)
    return next(known, -1)


def _detour(before: int, after: int | None, place: int) -> tuple[int, bool, int]:
    """How far a place is from those of its neighbours: sides where it adjoins, whether on the next, distance."""
    distances = [abs(place - before - 1), *([abs(after - 1 - place)] if after is not None else [])]
    return -distances.count(0), distances[-1] != 0, sum(distances)


def _with_slips(
    claim: Sequence[str], places: Sequence[int | None], used: set[int], source: IndexedSpeech
) -> Iterator[int | None]:
    """The places, and for long words without one the word that differs in a single letter after the first."""
    for word, place in zip(claim, places, strict=True):
        if place is not None or len(word) < _CLOSE_LENGTH or len(source.words) > _EVIDENCE_MOST:
            yield place
            continue
        mine = _without_article(strip_conjunction(word))
        near = (
            at
            for at, other in enumerate(source.words)
            if at not in used and _slip(mine, _without_article(strip_conjunction(other)))
        )
        found = next(near, None)
        used.update(() if found is None else (found,))
        yield found


def _slip(one: str, other: str) -> bool:
    """Whether two long words differ by one letter after the first: one like it, or a vowel or a doubled one more."""
    if min(len(one), len(other)) < _CLOSE_LENGTH or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, theirs = one[same : same + (len(one) >= len(other))], other[same : same + (len(other) >= len(one))]
    alike = any(mine in group and theirs in group for group in (_ALIKE if mine and theirs else (_VOWELS,)))
    doubled = f"{mine}{theirs}" == one[same - 1]
    return (alike or doubled) and one[same + len(mine) :] == other[same + len(theirs) :]
