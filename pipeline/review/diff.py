"""What changed between two drafts, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words
from pipeline.review.blocks import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types.article import Draft

_WORK = 4_000_000
"""Most pairs of words that are compared; two longer texts are shown as one taken out and one put in."""
_TERM_WORDS = 3
_ALIKE = 0.6
"""From this likeness of letters (difflib's ratio), a replaced word is the same name written otherwise."""


class ChangeKind(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words with one fate."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class DiffRow:
    """A block of one or both drafts."""

    place: str
    """In the new draft; of a block that is gone, in the old one."""
    changes: tuple[Change, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is otherwise."""
        return any(change.kind is not ChangeKind.SAME for change in self.changes)


def diff_words(old: str, new: str) -> tuple[Change, ...]:
    """The words of both texts in reading order; without the `OUT` ones it is the new text, without the `IN` the old."""
    here, there = old.split(), new.split()
    if len(here) * len(there) > _WORK:
        return tuple(_changes(here, there, [("replace", 0, len(here), 0, len(there))]))
    return tuple(_changes(here, there, SequenceMatcher(None, here, there, autojunk=False).get_opcodes()))


def diff_blocks(old: Draft, new: Draft) -> tuple[DiffRow, ...]:
    """Every block of both drafts, in the new one's order, with its changes."""
    here, there = list(blocks(old)), list(blocks(new))
    matcher = SequenceMatcher(None, [b.text for b in here], [b.text for b in there], autojunk=False)
    found: list[DiffRow] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        pairs = min(j - i, m - k) if tag == "replace" else 0
        if tag == "equal":
            found += [DiffRow(block.place, diff_words(block.text, block.text)) for block in there[k:m]]
            continue
        found += [
            DiffRow(b.place, diff_words(a.text, b.text))
            for a, b in zip(here[i : i + pairs], there[k : k + pairs], strict=True)
        ]
        found += [DiffRow(block.place, diff_words(block.text, "")) for block in here[i + pairs : j]]
        found += [DiffRow(block.place, diff_words("", block.text)) for block in there[k + pairs : m]]
    return tuple(found)


def corrections(old: Draft, new: Draft) -> tuple[tuple[str, str], ...]:
    """Names and terms that were written otherwise, each once: up to three words replaced by as alike a few."""
    found: dict[tuple[str, str], None] = {}
    for row in diff_blocks(old, new):
        for out, into in zip(row.changes, row.changes[1:], strict=False):
            if (out.kind, into.kind) == (ChangeKind.OUT, ChangeKind.IN) and _one_term(
                _bare(out.text), _bare(into.text)
            ):
                found[_bare(out.text), _bare(into.text)] = None
    return tuple(found)


def _changes(
    here: Sequence[str], there: Sequence[str], codes: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Change]:
    for tag, i, j, k, m in codes:
        if tag == "equal":
            yield Change(ChangeKind.SAME, " ".join(there[k:m]))
            continue
        if j > i:
            yield Change(ChangeKind.OUT, " ".join(here[i:j]))
        if m > k:
            yield Change(ChangeKind.IN, " ".join(there[k:m]))


def _one_term(wrong: str, right: str) -> bool:
    if wrong == right or not wrong or not right or max(len(wrong.split()), len(right.split())) > _TERM_WORDS:
        return False
    one, other = " ".join(words(wrong)), " ".join(words(right))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _bare(text: str) -> str:
    """The words without marks around them."""
    return text.strip(" .,:;!?،؛؟…«»“”\"'()[]")
