"""Align the words of a claim with those that were said: the same word, another form of it, or a synonym."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import (
    ARTICLES,
    JOINED_PREPOSITIONS,
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
"""Letters that a slip may add or leave out; `مستقل` lacks another one of `مستقبل`."""
_OWNERS: Final = ("هما", "هم", "ها", "هن", "كم", "نا")
"""Endings that say whose: an article tells `your Lord` as `their Lord`."""
_INFIXED_LENGTH: Final = 5
"""Letters beyond which a word from `م` to `ش` holds its own negation."""
_EVIDENCE_MOST: Final = 600
"""Words of evidence in which a slip of spelling is looked for: with more, every word resembles some other."""


@dataclass(frozen=True, slots=True)
class IndexedSpeech:
    """Sentences of a talk, indexed by every form of their words."""

    words: tuple[str, ...]
    """Folded, in the order they were said."""
    starts: frozenset[int]
    """Indices in `words` at which a sentence begins."""
    positions: Mapping[str, tuple[int, ...]]
    """Indices in `words` at which each form of each word stands."""


def index_speech(texts: Sequence[str]) -> IndexedSpeech:
    """Index the sentences as one row of words; linear in them."""
    row: list[str] = []
    starts: set[int] = set()
    for text in texts:
        starts.add(len(row))
        row += words(text)
    positions: dict[str, list[int]] = {}
    for at, word in enumerate(row):
        for form in lookup_forms(word):
            positions.setdefault(form, []).append(at)
    for at, form in _phrases(row):
        positions.setdefault(form, []).append(at)
    return IndexedSpeech(tuple(row), frozenset(starts), {form: tuple(places) for form, places in positions.items()})


def align(claim: Sequence[str], source: IndexedSpeech) -> tuple[int | None, ...]:
    """For each folded word of a claim the index of the word that stands for it, or None.

    Linear in both as long as no word comes many times. A word is used once: first for words with a meaning of their own
    that have one candidate, last for function words. Of several candidates the one that continues from the claim's
    neighbours is taken.
    """
    phrases = dict(_phrases(claim))
    forms = [
        (*lookup_forms(word), phrases[at]) if at in phrases else lookup_forms(word) for at, word in enumerate(claim)
    ]
    places: list[int | None] = [None] * len(claim)
    used: set[int] = set()
    content = [at for at, word in enumerate(claim) if word not in FUNCTION]
    for ambiguous, turn in ((False, content), (True, content), (True, range(len(claim)))):
        for at in turn:
            if places[at] is not None:
                continue
            free_by_form = ([p for p in source.positions.get(form, ()) if p not in used] for form in forms[at])
            free = next(filter(None, free_by_form), [])  # of the surest form that has any
            if len(free) == 1 or (free and ambiguous):
                before = next((place for place in reversed(places[:at]) if place is not None), -1)
                after = places[at + 1] if at + 1 < len(claim) else None
                place = min(free, key=partial(_detour, before, after))
                places[at] = place
                used.add(place)
    for at, form in phrases.items():
        if places[at] in source.positions.get(form, ()) and places[at + 1] is None:
            places[at + 1] = places[at]
    return tuple(_with_slips(claim, places, used, source))


@lru_cache(maxsize=65536)
def lookup_forms(word: str) -> tuple[str, ...]:
    """The forms by which a folded word is looked up, surest first; the first is the word without a joined `and`.

    A name has no other forms, `محمد` is no participle of `حمد`, though a place may have another name.
    """
    bare = strip_conjunction(word)
    plain = _without_article(bare)
    if plain in NAMES or plain in GIVEN:
        groups = () if plain in GIVEN else GROUPS.get(plain, ())
        return (bare, f"={plain}", *(f"#{group}" for group in groups))
    forms = [bare, f"={plain}", f"={stem(bare)}"]
    inner = bare[1:] if plain == bare and bare[0] in JOINED_PREPOSITIONS and len(bare) > SHORTEST_WORD else plain
    forms += [f"={inner}", f"={stem(inner)}"] if inner != plain else []
    verb, past = (strip_ending(each, VERB_ENDINGS) for each in (strip_prefix(plain, VERB_BEGINNINGS), plain))
    consonants = verb.translate(_WEAK)
    forms += [f"~{verb}", f"~~{consonants}"] if len(consonants) >= SHORTEST_WORD else [f"~{verb}"]
    forms += [f"~{past}"]
    forms += [f"#{group}" for form in (word, bare, plain, inner, stem(bare), verb) for group in GROUPS.get(form, ())]
    owned = strip_ending(plain, _OWNERS, SHORTEST_WORD - 1)
    forms += [f"@{owned}"] if owned != plain else []
    if holds_negation(bare):
        denied = bare[1:-1].removeprefix("ا")
        forms += [f"={stem(denied)}", f"~{strip_ending(strip_prefix(denied, VERB_BEGINNINGS), VERB_ENDINGS)}"]
    return tuple(dict.fromkeys(forms))


def holds_negation(bare: str) -> bool:
    """Whether a folded word without conjunction negates itself: `ماكانش`, `ميخصش`; other short ones are nouns."""
    least = _INFIXED_LENGTH - bare.startswith(("مي", "مب"))
    return bare.startswith("م") and bare.endswith("ش") and len(bare) > least


def _phrases(row: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Positions of set phrases of two words that have a synonym, with the form they are looked up by."""
    for at in range(len(row) - 1):
        group = PHRASES.get((strip_conjunction(row[at]), row[at + 1]))
        if group is not None:
            yield at, f"#{group}"


def _without_article(word: str) -> str:
    return strip_prefix(word, ARTICLES, SHORTEST_WORD - 1)


def _detour(before: int, after: int | None, place: int) -> tuple[int, bool, int]:
    """Sort key of a place by its neighbours' places: sides on which it adjoins, whether the next one, distance."""
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
        plain = _without_article(strip_conjunction(word))
        similar = (
            at
            for at, other in enumerate(source.words)
            if at not in used and _is_slip(plain, _without_article(strip_conjunction(other)))
        )
        match = next(similar, None)
        if match is not None:
            used.add(match)
        yield match


def _is_slip(one: str, other: str) -> bool:
    """Whether two long words differ by one letter after the first: a similar one, or a vowel or doubled letter more."""
    if min(len(one), len(other)) < _CLOSE_LENGTH or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    here, there = one[same : same + (len(one) >= len(other))], other[same : same + (len(other) >= len(one))]
    alike = any(here in group and there in group for group in (_ALIKE if here and there else (_VOWELS,)))
    doubled = f"{here}{there}" == one[same - 1]
    return (alike or doubled) and one[same + len(here) :] == other[same + len(there) :]
