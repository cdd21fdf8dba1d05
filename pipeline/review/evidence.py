"""Evidence after an edit: sentences that stayed keep theirs, changed ones are given the likeliest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import tidy
from pipeline.types.article import Basis, Paragraph, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.arabic.retrieval import Retriever

_END = re.compile(r"[.!؟?…]+[»”\")\]]{0,3}$")
_INITIAL = re.compile(r"(?:^|[\s(\[«\"])\w\.$")
_SIMILAR = 0.5
"""Share of its words that a sentence must have in common with another to count as reworded from it."""


def reattach_evidence(old: Paragraph, text: str, retriever: Retriever) -> Paragraph:
    """The paragraph with the typed text: a sentence whose words stayed keeps its evidence, wherever it now stands.

    A changed sentence keeps what it rests on while it is a rewording of an old one about the metadata; every other is
    given `retriever.cites`. A text that was not touched gives back the same paragraph.
    """
    typed, ends = _typed(text)
    left = [(statement, _pieces(tidy(statement.text))) for statement in old.statements]
    made: list[Statement] = []
    fresh: list[str] = []

    def close() -> None:
        if fresh:
            made.append(_changed(" ".join(fresh), [statement for statement, _ in left], retriever))
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


def split_sentences(text: str) -> Iterator[str]:
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
    tokens = strip_controls(line).split()
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


def _changed(text: str, old: Sequence[Statement], retriever: Retriever) -> Statement:
    near = max(old, key=lambda statement: _shared(text, statement.text), default=None)
    reworded = near is not None and _shared(text, near.text) >= _SIMILAR
    if near is not None and reworded and near.basis is Basis.METADATA and not near.cites:
        return replace(near, text=text)
    return Statement(text, retriever.cites(text) or (near.cites if near is not None and reworded else ()))


def _shared(one: str, other: str) -> float:
    """Share of the words of both that both have."""
    here, there = set(words(one)), set(words(other))
    return len(here & there) / len(here | there) if here | there else 0.0
