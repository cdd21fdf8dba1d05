"""The differences between two drafts, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words
from pipeline.review.blocks import blocks

if TYPE_CHECKING:
    from pipeline.types.article import Draft

_PAIRS_MOST = 4_000_000
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
    """A stretch of words that stayed, went or came."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class DiffRow:
    """A block of one or both drafts."""

    place: str
    """In the new draft; of a removed block, in the old one."""
    changes: tuple[Change, ...]

    @property
    def changed(self) -> bool:
        return any(change.kind is not ChangeKind.SAME for change in self.changes)


def diff_words(old: str, new: str) -> tuple[Change, ...]:
    """The words of both texts in reading order; without the `OUT` ones it is the new text, without the `IN` the old."""
    before, after = old.split(), new.split()
    if len(before) * len(after) > _PAIRS_MOST:
        return Change(ChangeKind.OUT, " ".join(before)), Change(ChangeKind.IN, " ".join(after))
    changes: list[Change] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            changes.append(Change(ChangeKind.SAME, " ".join(after[k:m])))
            continue
        changes += [Change(ChangeKind.OUT, " ".join(before[i:j]))] if j > i else []
        changes += [Change(ChangeKind.IN, " ".join(after[k:m]))] if m > k else []
    return tuple(changes)


def diff_blocks(old: Draft, new: Draft) -> tuple[DiffRow, ...]:
    """Every block of both drafts, in the new one's order, with its changes."""
    before, after = list(blocks(old)), list(blocks(new))
    matcher = SequenceMatcher(None, [block.text for block in before], [block.text for block in after], autojunk=False)
    rows: list[DiffRow] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            rows += [DiffRow(block.place, diff_words(block.text, block.text)) for block in after[k:m]]
            continue
        pairs = min(j - i, m - k)  # none unless blocks were replaced
        rows += [
            DiffRow(replacement.place, diff_words(replaced.text, replacement.text))
            for replaced, replacement in zip(before[i : i + pairs], after[k : k + pairs], strict=True)
        ]
        rows += [DiffRow(block.place, diff_words(block.text, "")) for block in before[i + pairs : j]]
        rows += [DiffRow(block.place, diff_words("", block.text)) for block in after[k + pairs : m]]
    return tuple(rows)


def corrections(old: Draft, new: Draft) -> tuple[tuple[str, str], ...]:
    """Names and terms that were respelled, each once: up to three words replaced by as few that are spelled alike."""
    pairs: dict[tuple[str, str], None] = {}
    for row in diff_blocks(old, new):
        for out, into in zip(row.changes, row.changes[1:], strict=False):
            wrong, right = (change.text.strip(" .,:;!?،؛؟…«»“”\"'()[]") for change in (out, into))
            if (out.kind, into.kind) == (ChangeKind.OUT, ChangeKind.IN) and _is_respelled(wrong, right):
                pairs[wrong, right] = None
    return tuple(pairs)


def _is_respelled(wrong: str, right: str) -> bool:
    if wrong == right or not wrong or not right or max(len(wrong.split()), len(right.split())) > _TERM_WORDS:
        return False
    one, other = " ".join(words(wrong)), " ".join(words(right))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
