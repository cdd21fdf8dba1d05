"""Whether words were said: how a claim stands in the words it was taken from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_JOINED = "وف"


@dataclass(frozen=True, slots=True)
class Match:
    """How a claim's words stand in a source."""

    share: float
    """Share (0 to 1) of the claim's words that the source has, each as often as the claim uses it; 1 for no words."""
    missing: tuple[str, ...]
    """The words that it does not have, in the claim's order."""
    ordered: bool
    """Whether all words stand in the source in the claim's order, gaps allowed."""
    places: tuple[int, ...]
    """Where each word stands in the shortest such stretch found; empty when not ordered."""

    @property
    def place(self) -> tuple[int, int]:
        """Index of the first word of that stretch and of the word after it; (0, 0) when not ordered."""
        return (self.places[0], self.places[-1] + 1) if self.places else (0, 0)


def match(claim: Sequence[str], source: Sequence[str]) -> Match:
    """Find folded words of a claim among the folded words of a source, in time linear in both.

    A leading `و` or `ف` (`and`, `so`) makes no difference, on either side: joining sentences adds and drops it.
    """
    wanted, said = [_bare(word) for word in claim], [_bare(word) for word in source]
    left = Counter(said)
    missing: list[str] = []
    for word, bare in zip(claim, wanted, strict=True):
        if left[bare] > 0:
            left[bare] -= 1
        else:
            missing.append(word)
    share = 1 - len(missing) / len(wanted) if wanted else 1.0
    places = None if missing else _stretch(wanted, said)
    return Match(share, tuple(missing), places is not None, places or ())


def within(phrase: Sequence[str], source: Sequence[str]) -> bool:
    """Whether the words stand in the source one after the other, exactly."""
    return f" {' '.join(phrase)} " in f" {' '.join(source)} "


def _bare(word: str) -> str:
    return word[1:] if len(word) > 2 and word[0] in _JOINED else word  # noqa: PLR2004 - two letters are a word


def _stretch(wanted: list[str], said: list[str]) -> tuple[int, ...] | None:
    """The words in the first stretch that holds them in order, made as short as its end allows."""
    found = _subsequence(wanted, said)
    if not found:
        return found
    last = found[-1]
    backwards = _subsequence(wanted[::-1], said[last::-1]) or ()
    return tuple(last - place for place in reversed(backwards))


def _subsequence(wanted: list[str], said: list[str]) -> tuple[int, ...] | None:
    """The first places at which all wanted words stand in order; None when they are not there."""
    places: list[int] = []
    for index, word in enumerate(said):
        if len(places) == len(wanted):
            break
        if word == wanted[len(places)]:
            places.append(index)
    return tuple(places) if len(places) == len(wanted) else None
