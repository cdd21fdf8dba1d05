"""Cuts words into the pieces that the encoder knows: a unigram language model's best path (Kudo 2018)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

START, PAD, END, UNKNOWN = range(4)
"""Numbers of the pieces that no word is made of."""
MOST: Final = 8
"""Pieces of one word; later ones of a very long word are left out."""
LONGEST: Final = 64
"""Letters of a word that are read."""
SPACE: Final = "▁"
"""Stands before the first letter of a word."""
_PENALTY: Final = 10.0
"""How much less likely than the least likely piece a letter without a piece is, as in SentencePiece."""


class Pieces:
    """A vocabulary of pieces. Words are remembered, so that each is cut once."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        """Pieces with their log probabilities, by number; the first four are those that no word is made of."""
        self._numbers = {piece: number for number, piece in enumerate(pieces) if number > UNKNOWN}
        self._scores = list(scores)
        self._longest = max(map(len, self._numbers), default=1)
        self._unknown = min(self._scores[UNKNOWN + 1 :], default=0.0) - _PENALTY
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, one at least; neighbouring letters without a piece are one `UNKNOWN`."""
        if word not in self._known:
            self._known[word] = self._cut(SPACE + word[:LONGEST])[:MOST] or (UNKNOWN,)
        return self._known[word]

    def _cut(self, text: str) -> tuple[int, ...]:
        """The most probable pieces; of two equal ways the one whose last pieces are longer, as `tokenizers` has it."""
        best: list[tuple[float, int, int]] = [(0.0, 0, UNKNOWN)] + [(float("-inf"), 0, UNKNOWN)] * len(text)
        for begin in range(len(text)):
            so_far = best[begin][0]
            for end in range(begin + 1, min(begin + self._longest, len(text)) + 1):
                number = self._numbers.get(text[begin:end], UNKNOWN)
                if number == UNKNOWN and end > begin + 1:
                    continue
                score = so_far + (self._unknown if number == UNKNOWN else self._scores[number])
                if score > best[end][0]:
                    best[end] = score, begin, number
        found: list[int] = []
        end = len(text)
        while end:
            _, end, number = best[end]
            if number != UNKNOWN or found[-1:] != [UNKNOWN]:
                found.append(number)
        return tuple(reversed(found))
