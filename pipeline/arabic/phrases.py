"""Find phrases and claims in a run of folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.arabic.affixes import CONJUNCTIONS
from pipeline.arabic.normalize import words

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


def find_words(quote: str, text: str) -> str:
    """The words of a quotation as the text has them, one right after the other; empty when it does not have them."""
    wanted = words(quote)
    tokens = [(place, word) for place, token in enumerate(text.split()) for word in words(token)]
    said = [word for _, word in tokens]
    for begin in range(len(said) - len(wanted) + 1):
        if wanted and tuple(said[begin : begin + len(wanted)]) == wanted:
            first, last = tokens[begin][0], tokens[begin + len(wanted) - 1][0]
            return " ".join(text.split()[first : last + 1])
    return ""


def cut_at_quotes(text: str, quotes: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is one of the quotations or part of one; joined, they are the text."""
    spans = [(begin, begin + len(quote)) for quote in quotes if quote and (begin := text.find(quote)) >= 0]
    pieces: list[tuple[str, bool]] = []
    done = 0
    for begin, end in sorted(spans):
        first = max(begin, done)
        if end > first:
            pieces += [(text[done:first], False), (text[first:end], True)]
            done = end
    return tuple((piece, quoted) for piece, quoted in (*pieces, (text[done:], False)) if piece)


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
