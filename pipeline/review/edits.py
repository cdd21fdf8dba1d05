"""One change of one block, as a person asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.errors import EditRefused, Refusal
from pipeline.review import blocks
from pipeline.review.blocks import BlockShape
from pipeline.review.evidence import reattach_evidence
from pipeline.review.rules import term_pattern
from pipeline.types.article import Basis, Draft, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.arabic.retrieval import Retriever

_NUMBER = re.compile(r"[0-9]{1,6}")
TEXT_MOST = 20_000
"""Longest text of a block, in characters."""
CITES_MOST = 50
"""Most sentences that one statement may cite by hand."""


class EditAction(StrEnum):
    """What is done with a block."""

    WRITE = "write"
    """Give it another text."""
    CITE = "cite"
    """Name the sentences of the script on which one of its statements rests."""
    REPLACE = "replace"
    """Write one term otherwise wherever it stands in the block."""
    ADD = "add"
    """Put a paragraph below it."""
    SECTION = "section"
    """Put a section below it: the first line is the heading."""
    REMOVE = "remove"
    UP = "up"
    DOWN = "down"
    MERGE = "merge"
    """Join it to the one before."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one block."""

    place: str
    action: EditAction
    text: str = ""
    """The new text; for `CITE` the numbers; for `REPLACE` the right form."""
    wrong: str = ""
    """For `REPLACE`: the form to be replaced."""
    statement: int = 0
    """For `CITE`: which statement of the paragraph, counting from 1."""


def apply_edit(draft: Draft, edit: Edit, retriever: Retriever) -> Draft:
    """The changed draft; raises `EditRefused` for what the rules do not allow."""
    if len(edit.text) > TEXT_MOST:
        message = f"a block has at most {TEXT_MOST} characters"
        raise EditRefused(message, "Divide it into paragraphs.")
    return _CHANGES[edit.action](draft, edit, retriever)


def _write(draft: Draft, edit: Edit, retriever: Retriever) -> Draft:
    return _written(draft, edit.place, edit.text, retriever)


def _replace(draft: Draft, edit: Edit, retriever: Retriever) -> Draft:
    text = blocks.block(draft, edit.place).text
    return _written(draft, edit.place, term_pattern(edit.wrong).sub(lambda _: edit.text, text), retriever)


def _add(draft: Draft, edit: Edit, retriever: Retriever) -> Draft:
    return blocks.added(draft, edit.place, _paragraph(edit.text, retriever))


def _add_section(draft: Draft, edit: Edit, retriever: Retriever) -> Draft:
    heading, _, body = edit.text.strip().partition("\n")
    return blocks.with_new_section(draft, edit.place, Section(strip_controls(heading), (_paragraph(body, retriever),)))


def _written(draft: Draft, place: str, text: str, retriever: Retriever) -> Draft:
    block = blocks.block(draft, place)
    if block.paragraph is None or block.shape is not BlockShape.PARAGRAPH:
        return blocks.with_line(draft, place, strip_controls(text))
    return blocks.with_paragraph(draft, place, reattach_evidence(block.paragraph, text, retriever))


def _paragraph(text: str, retriever: Retriever) -> Paragraph:
    return reattach_evidence(Paragraph(()), text, retriever)


def _cite(draft: Draft, edit: Edit, _retriever: Retriever) -> Draft:
    """The draft with another evidence for one statement, by hand."""
    paragraph = blocks.block(draft, edit.place).paragraph
    numbers = edit.text.replace(",", " ").replace("،", " ").split()
    fits = len(numbers) <= CITES_MOST and all(_NUMBER.fullmatch(number) for number in numbers)
    if paragraph is None or not 0 < edit.statement <= len(paragraph.statements) or not fits:
        raise EditRefused(Refusal.NOT_SENTENCE_NUMBERS)
    at = edit.statement - 1
    cites = tuple(sorted({int(number) for number in numbers}))
    statement = replace(paragraph.statements[at], cites=cites, basis=Basis.SPEECH)
    statements = (*paragraph.statements[:at], statement, *paragraph.statements[at + 1 :])
    return blocks.with_paragraph(draft, edit.place, Paragraph(statements))


_CHANGES: dict[EditAction, Callable[[Draft, Edit, Retriever], Draft]] = {
    EditAction.WRITE: _write,
    EditAction.CITE: _cite,
    EditAction.REPLACE: _replace,
    EditAction.ADD: _add,
    EditAction.SECTION: _add_section,
    EditAction.REMOVE: lambda draft, edit, _: blocks.removed(draft, edit.place),
    EditAction.UP: lambda draft, edit, _: blocks.moved(draft, edit.place, -1),
    EditAction.DOWN: lambda draft, edit, _: blocks.moved(draft, edit.place, 1),
    EditAction.MERGE: lambda draft, edit, _: blocks.merged(draft, edit.place),
}
