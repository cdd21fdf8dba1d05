"""One change to one block, as a person asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.errors import EditRefused, Refusal
from pipeline.review import blocks
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
"""Most sentences that one statement may cite when a person sets them."""


class EditAction(StrEnum):
    """What is done with a block. The values stand in the desk's forms."""

    WRITE = "write"
    """Replace its text."""
    CITE = "cite"
    """Set the sentences of the script that one of its statements rests on."""
    REPLACE = "replace"
    """Replace one term wherever it occurs in the block."""
    ADD = "add"
    """Add a paragraph below it."""
    SECTION = "section"
    """Add a section below it: the first line is the heading."""
    REMOVE = "remove"
    UP = "up"
    DOWN = "down"
    MERGE = "merge"
    """Join it to the one before."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to one block."""

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


def _with_text(draft: Draft, place: str, text: str, retriever: Retriever) -> Draft:
    paragraph = blocks.block(draft, place).paragraph
    if paragraph is None:
        return blocks.with_line(draft, place, strip_controls(text))
    return blocks.with_paragraph(draft, place, reattach_evidence(paragraph, text, retriever))


def _with_term_replaced(draft: Draft, edit: Edit, retriever: Retriever) -> Draft:
    text = blocks.block(draft, edit.place).text
    return _with_text(draft, edit.place, term_pattern(edit.wrong).sub(lambda _: edit.text, text), retriever)


def _with_cites(draft: Draft, edit: Edit) -> Draft:
    paragraph = blocks.block(draft, edit.place).paragraph
    numbers = edit.text.replace(",", " ").replace("،", " ").split()
    valid = len(numbers) <= CITES_MOST and all(_NUMBER.fullmatch(number) for number in numbers)
    if paragraph is None or not 0 < edit.statement <= len(paragraph.statements) or not valid:
        raise EditRefused(Refusal.NOT_SENTENCE_NUMBERS)
    index = edit.statement - 1
    cites = tuple(sorted({int(number) for number in numbers}))
    statement = replace(paragraph.statements[index], cites=cites, basis=Basis.SPEECH)
    statements = (*paragraph.statements[:index], statement, *paragraph.statements[index + 1 :])
    return blocks.with_paragraph(draft, edit.place, Paragraph(statements))


def _with_new_section(draft: Draft, edit: Edit, retriever: Retriever) -> Draft:
    heading, _, body = edit.text.strip().partition("\n")
    section = Section(strip_controls(heading), (_new_paragraph(body, retriever),))
    return blocks.with_new_section(draft, edit.place, section)


def _new_paragraph(text: str, retriever: Retriever) -> Paragraph:
    return reattach_evidence(Paragraph(()), text, retriever)


_CHANGES: dict[EditAction, Callable[[Draft, Edit, Retriever], Draft]] = {
    EditAction.WRITE: lambda draft, edit, retriever: _with_text(draft, edit.place, edit.text, retriever),
    EditAction.CITE: lambda draft, edit, _: _with_cites(draft, edit),
    EditAction.REPLACE: _with_term_replaced,
    EditAction.ADD: lambda draft, edit, retriever: blocks.with_new_paragraph(
        draft, edit.place, _new_paragraph(edit.text, retriever)
    ),
    EditAction.SECTION: _with_new_section,
    EditAction.REMOVE: lambda draft, edit, _: blocks.removed(draft, edit.place),
    EditAction.UP: lambda draft, edit, _: blocks.moved(draft, edit.place, -1),
    EditAction.DOWN: lambda draft, edit, _: blocks.moved(draft, edit.place, 1),
    EditAction.MERGE: lambda draft, edit, _: blocks.merged(draft, edit.place),
}
