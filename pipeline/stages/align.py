"""Evidence after an edit: sentences that stayed keep theirs, changed ones are given the likeliest."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.text.bidi import stripped
from pipeline.text.fold import words
from pipeline.text.stem import stem, telling
from pipeline.text.tidy import tidy
from pipeline.types import Basis, Paragraph, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types import Script

_END = re.compile(r"[.!؟?…]+[»”\")\]]{0,3}$")
_INITIAL = re.compile(r"(?:^|[\s(\[«\"])\w\.$")
_CITES_MOST = 3
_SIMILAR = 0.5
"""Share of its words that a sentence must have in common with another to count as said there, or reworded from it."""
_FURTHER = 0.15
"""Share of its words that a second or third sentence must add to be cited too."""


class Ground:
    """The sentences of a script, prepared for finding where something was said."""

    def __init__(self, script: Script) -> None:
        """Linear in the script."""
        self._said = {sentence.number: _stems(sentence.text) for sentence in script.sentences}
        self._homes: dict[str, list[int]] = {}
        for number, said in self._said.items():
            for each in said:
                self._homes.setdefault(each, []).append(number)

    def cites(self, text: str) -> tuple[int, ...]:
        """Numbers of the few sentences that say most of the text, ascending; none when no three say half of it."""
        left = {each: self._weight(each) for each in _stems(text)}
        whole = sum(left.values())
        chosen: list[int] = []
        while left and len(chosen) < _CITES_MOST:
            best, gain = self._best(left)
            if gain < _FURTHER * whole:
                break
            chosen.append(best)
            left = {each: weight for each, weight in left.items() if each not in self._said[best]}
        return tuple(sorted(chosen)) if sum(left.values()) <= (1 - _SIMILAR) * whole else ()

    def _best(self, wanted: dict[str, float]) -> tuple[int, float]:
        """The sentence with most of the weight, the first of equals, and how much it has."""
        gains: dict[int, float] = {}
        for each, weight in wanted.items():
            for number in self._homes.get(each, ()):
                gains[number] = gains.get(number, 0.0) + weight
        return max(gains.items(), key=lambda item: (item[1], -item[0]), default=(0, 0.0))

    def _weight(self, each: str) -> float:
        """More for a word of few sentences (inverse document frequency, Spärck Jones 1972)."""
        return math.log(1 + (1 + len(self._said)) / (1 + len(self._homes.get(each, ()))))


def realigned(old: Paragraph, text: str, ground: Ground) -> Paragraph:
    """The paragraph with the typed text: a sentence whose words stayed keeps its evidence, wherever it now stands.

    A changed sentence keeps what it rests on while it is a rewording of an old one about the metadata; every other is
    given `ground.cites`. A text that was not touched gives back the same paragraph.
    """
    typed, ends = _typed(text)
    left = [(statement, _pieces(tidy(statement.text))) for statement in old.statements]
    made: list[Statement] = []
    fresh: list[str] = []

    def close() -> None:
        if fresh:
            made.append(_changed(" ".join(fresh), [statement for statement, _ in left], ground))
            fresh.clear()

    at = 0
    while at < len(typed):
        found = next((pair for pair in left if _same(pair[1], typed[at : at + len(pair[1])])), None)
        if found is None:
            fresh.append(typed[at])
            if ends[at]:
                close()
            at += 1
            continue
        close()
        left.remove(found)
        statement, pieces = found
        now = typed[at : at + len(pieces)]
        made.append(statement if now == pieces else replace(statement, text=" ".join(now)))
        at += len(pieces)
    close()
    return Paragraph(tuple(made))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a typed text: divided after a full stop, question or exclamation mark, and at line ends.

    Not after a single letter with a dot (`د. محمد`), and not inside `«»`.
    """
    sentence: list[str] = []
    for piece, ends in zip(*_typed(text), strict=True):
        sentence.append(piece)
        if ends:
            yield " ".join(sentence)
            sentence = []


def _typed(text: str) -> tuple[list[str], list[bool]]:
    """The pieces of a typed text, and of each whether a sentence ends with it."""
    lines = [pieces for line in text.splitlines() if (pieces := _pieces(line))]
    ends = [at == len(pieces) - 1 or _closed(piece) for pieces in lines for at, piece in enumerate(pieces)]
    return [piece for pieces in lines for piece in pieces], ends


def _pieces(line: str) -> list[str]:
    """A line cut wherever a statement can end: after the end of a sentence, and after a colon."""
    tokens = stripped(line).split()
    pieces: list[str] = []
    piece: list[str] = []
    depth, closings = 0, sum(token.count("»") for token in tokens)
    for token in tokens:
        piece.append(token)
        closings -= token.count("»")
        depth = max(0, depth + token.count("«") - token.count("»")) if closings else 0
        if not depth and (token.endswith(":") or _closed(token)):
            pieces.append(" ".join(piece))
            piece = []
    return [*pieces, " ".join(piece)] if piece else pieces


def _closed(piece: str) -> bool:
    """Whether a sentence ends with it."""
    return bool(_END.search(piece)) and not _INITIAL.search(piece)


def _same(pieces: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether these are the same words, whatever their marks."""
    return bool(pieces) and [*map(words, pieces)] == [*map(words, typed)]


def _changed(text: str, old: Sequence[Statement], ground: Ground) -> Statement:
    near = max(old, key=lambda statement: _shared(text, statement.text), default=None)
    reworded = near is not None and _shared(text, near.text) >= _SIMILAR
    if near is not None and reworded and near.basis is Basis.METADATA and not near.cites:
        return replace(near, text=text)
    return Statement(text, ground.cites(text) or (near.cites if near is not None and reworded else ()))


def _shared(one: str, other: str) -> float:
    """Share of the words of both that both have."""
    here, there = set(words(one)), set(words(other))
    return len(here & there) / len(here | there) if here | there else 0.0


def _stems(text: str) -> frozenset[str]:
    """What of a text can be found again: topic words without their endings, and figures."""
    return frozenset(stem(word) for word in words(text) if telling(word) or word.isdecimal())
