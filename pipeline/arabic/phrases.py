"""Finding set phrases in a run of folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    Index: TypeAlias = Mapping[str, tuple[tuple[str, ...], ...]]


def phrase_index(phrases: Iterable[tuple[str, ...]]) -> Index:
    """The phrases by their first word, longest first."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def phrase_positions(said: Sequence[str], phrases: Index) -> frozenset[int]:
    """Places of the words that belong to a phrase."""
    return frozenset(place for begin, length in find_phrases(said, phrases) for place in range(begin, begin + length))


def find_phrases(said: Sequence[str], phrases: Index) -> tuple[tuple[int, int], ...]:
    """Place and length of each phrase, from left to right, the longest first where several begin; none overlap."""
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
