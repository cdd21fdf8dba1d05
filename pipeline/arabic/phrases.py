"""Find phrases and claims in a run of folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.arabic.affixes import CONJUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    Index: TypeAlias = Mapping[str, tuple[tuple[str, ...], ...]]


def phrase_index(phrases: Iterable[tuple[str, ...]]) -> Index:
    """The phrases by their first word, longest first."""
    index: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        index[phrase[0]] = (*index.get(phrase[0], ()), phrase)
    return index


def phrase_positions(said: Sequence[str], phrases: Index) -> frozenset[int]:
    """Positions of the words that belong to a phrase."""
    return frozenset(place for begin, length in find_phrases(said, phrases) for place in range(begin, begin + length))


def find_phrases(said: Sequence[str], phrases: Index) -> tuple[tuple[int, int], ...]:
    """Position and length of each phrase in order, the longest first where several begin; none overlap."""
    hits: list[tuple[int, int]] = []
    free = 0
    for place, word in enumerate(said):
        if place < free or word not in phrases:
            continue
        length = next((len(one) for one in phrases[word] if tuple(said[place : place + len(one)]) == one), 0)
        if length:
            hits.append((place, length))
            free = place + length
    return tuple(hits)


def match_words(claim: Sequence[str], source: Sequence[str]) -> tuple[int, ...] | None:
    """Positions in a source of the folded words of a claim, in the claim's order with gaps allowed; None without them.

    Of the first stretch that holds them, made as short as its end allows. Linear in both. A leading `و` or `ف` (`and`,
    `so`) makes no difference on either side: joining sentences adds and drops it.
    """
    wanted, said = ([_bare(word) for word in row] for row in (claim, source))
    places = _subsequence(wanted, said)
    if not places:
        return places
    last = places[-1]
    backwards = _subsequence(wanted[::-1], said[last::-1]) or ()
    return tuple(last - place for place in reversed(backwards))


def contains_phrase(phrase: Sequence[str], source: Sequence[str]) -> bool:
    """Whether the words stand in the source one right after the other."""
    return f" {' '.join(phrase)} " in f" {' '.join(source)} "


def _bare(word: str) -> str:
    return word[1:] if len(word) > 2 and word[0] in CONJUNCTIONS else word  # noqa: PLR2004 - two letters are a word


def _subsequence(wanted: Sequence[str], said: Sequence[str]) -> tuple[int, ...] | None:
    """The first positions at which all wanted words stand in order; None when they do not."""
    places: list[int] = []
    for place, word in enumerate(said):
        if len(places) == len(wanted):
            break
        if word == wanted[len(places)]:
            places.append(place)
    return tuple(places) if len(places) == len(wanted) else None
