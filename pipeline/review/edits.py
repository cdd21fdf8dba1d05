"""One change of one block, as a person asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.errors import EditRefused
from pipeline.review.rules import occurrence
from pipeline.stages import blocks
from pipeline.stages.align import realigned
from pipeline.stages.blocks import Shape
from pipeline.text.bidi import stripped
from pipeline.types import Basis, Paragraph, Section

if TYPE_CHECKING:
    from pipeline.stages.align import Ground
    from pipeline.types import Draft

TEXT_MOST = 20_000
"""Longest text of a block, in characters."""
CITES_MOST = 50
"""Most sentences that one statement may cite by hand."""


class Action(StrEnum):
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
    action: Action
    text: str = ""
    """The new text; for `CITE` the numbers; for `REPLACE` the right form."""
    wrong: str = ""
    """For `REPLACE`: the form to be replaced."""
    statement: int = 0
    """For `CITE`: which statement of the paragraph, counting from 1."""


def apply(draft: Draft, edit: Edit, ground: Ground) -> Draft:
    """The changed draft; raises `EditRefused` for what the rules do not allow."""
    if len(edit.text) > TEXT_MOST:
        message = f"a block has at most {TEXT_MOST} characters"
        raise EditRefused(message, "Divide it into paragraphs.")
    match edit.action:
        case Action.WRITE:
            return _written(draft, edit.place, edit.text, ground)
        case Action.CITE:
            return _cited(draft, edit)
        case Action.REPLACE:
            text = blocks.block(draft, edit.place).text
            return _written(draft, edit.place, occurrence(edit.wrong).sub(lambda _: edit.text, text), ground)
        case Action.ADD:
            return blocks.added(draft, edit.place, _paragraph(edit.text, ground))
        case Action.SECTION:
            heading, _, body = edit.text.strip().partition("\n")
            section = Section(stripped(heading), (_paragraph(body, ground),))
            return blocks.with_new_section(draft, edit.place, section)
        case Action.REMOVE:
            return blocks.removed(draft, edit.place)
        case Action.UP | Action.DOWN:
            return blocks.moved(draft, edit.place, -1 if edit.action is Action.UP else 1)
        case Action.MERGE:
            return blocks.merged(draft, edit.place)


def _written(draft: Draft, place: str, text: str, ground: Ground) -> Draft:
    block = blocks.block(draft, place)
    if block.paragraph is None or block.shape is not Shape.PARAGRAPH:
        return blocks.with_line(draft, place, stripped(text))
    return blocks.with_paragraph(draft, place, realigned(block.paragraph, text, ground))


def _paragraph(text: str, ground: Ground) -> Paragraph:
    return realigned(Paragraph(()), text, ground)


def _cited(draft: Draft, edit: Edit) -> Draft:
    """The draft with another evidence for one statement, by hand."""
    paragraph = blocks.block(draft, edit.place).paragraph
    numbers = edit.text.replace(",", " ").replace("،", " ").split()
    fits = len(numbers) <= CITES_MOST and all(number.isdecimal() and len(number) < 7 for number in numbers)  # noqa: PLR2004, E501 - more sentences than any video has
    if paragraph is None or not 0 < edit.statement <= len(paragraph.statements) or not fits:
        message = "evidence is given as the numbers of sentences"
        raise EditRefused(message, "For instance: 12 13 20.")
    at = edit.statement - 1
    cites = tuple(sorted({int(number) for number in numbers}))
    statement = replace(paragraph.statements[at], cites=cites, basis=Basis.SPEECH)
    statements = (*paragraph.statements[:at], statement, *paragraph.statements[at + 1 :])
    return blocks.with_paragraph(draft, edit.place, Paragraph(statements))
