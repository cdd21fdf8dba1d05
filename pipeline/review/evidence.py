"""Evidence after an edit: sentences that stayed keep theirs, changed ones get the most likely."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import tidy
from pipeline.types.article import Basis, Paragraph, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.arabic.retrieval import Retriever

_END = re.compile(r"[.!؟?…]+[»”\")\]]{0,3}$")
_INITIAL = re.compile(r"(?:^|[\s(\[«\"])\w\.$")
_SIMILAR = 0.5
"""Share of its words that a sentence must have in common with another to count as reworded from it."""


def reattach_evidence(old: Paragraph, text: str, retriever: Retriever) -> Paragraph:
    """The paragraph with the typed text: a sentence whose words stayed keeps its evidence, wherever it is moved.

    A reworded sentence about the metadata stays one; every other changed sentence gets `retriever.cites`. A text that
    was not touched gives the same paragraph.
    """
    pieces, is_end = _pieces(text)
    remaining = [(statement, _split_line(tidy(statement.text))) for statement in old.statements]
    statements: list[Statement] = []
    changed: list[str] = []

    def close() -> None:
        """End the changed sentence that is being gathered."""
        if changed:
            candidates = [statement for statement, _ in remaining]
            statements.append(_changed_statement(" ".join(changed), candidates, retriever))
            changed.clear()

    at = 0
    while at < len(pieces):
        unchanged = next((pair for pair in remaining if _same_words(pair[1], pieces[at : at + len(pair[1])])), None)
        if unchanged is None:
            changed.append(pieces[at])
            if is_end[at]:
                close()
            at += 1
            continue
        close()
        remaining.remove(unchanged)
        statement, before = unchanged
        now = pieces[at : at + len(before)]
        statements.append(statement if now == before else replace(statement, text=" ".join(now)))
        at += len(before)
    close()
    return Paragraph(tuple(statements))


def _pieces(text: str) -> tuple[list[str], list[bool]]:
    """The pieces of a typed text, and whether a sentence ends with each."""
    lines = [pieces for line in text.splitlines() if (pieces := _split_line(line))]
    is_end = [at == len(pieces) - 1 or _ends_sentence(piece) for pieces in lines for at, piece in enumerate(pieces)]
    return [piece for pieces in lines for piece in pieces], is_end


def _split_line(line: str) -> list[str]:
    """A line cut wherever a statement can end: after the end of a sentence, and after a colon."""
    tokens = strip_controls(line).split()
    pieces: list[str] = []
    piece: list[str] = []
    depth, closings_left = 0, sum(token.count("»") for token in tokens)
    for token in tokens:
        piece.append(token)
        closings_left -= token.count("»")
        # A quotation that is never closed must not swallow the rest of the line.
        depth = max(0, depth + token.count("«") - token.count("»")) if closings_left else 0
        if not depth and (token.endswith(":") or _ends_sentence(token)):
            pieces.append(" ".join(piece))
            piece = []
    return [*pieces, " ".join(piece)] if piece else pieces


def _ends_sentence(piece: str) -> bool:
    return bool(_END.search(piece)) and not _INITIAL.search(piece)


def _same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether these are the same words, whatever their marks; nothing is not the same as nothing."""
    return bool(one) and [*map(words, one)] == [*map(words, other)]


def _changed_statement(text: str, candidates: Sequence[Statement], retriever: Retriever) -> Statement:
    """A typed sentence with its evidence; it may be reworded from one of the candidates."""
    nearest = max(candidates, key=lambda statement: _similarity(text, statement.text), default=None)
    if nearest is None or _similarity(text, nearest.text) < _SIMILAR:
        return Statement(text, retriever.cites(text))
    if nearest.basis is Basis.METADATA and not nearest.cites:
        return replace(nearest, text=text)
    return Statement(text, retriever.cites(text) or nearest.cites)


def _similarity(one: str, other: str) -> float:
    """Share of the words of both that they have in common."""
    first, second = set(words(one)), set(words(other))
    return len(first & second) / len(first | second) if first | second else 0.0
