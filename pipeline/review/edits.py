"""One change to one block, as a person asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.normalize import fold
from pipeline.arabic.terms import Term
from pipeline.errors import EditRefused, Refusal
from pipeline.review import blocks
from pipeline.review.paragraphs import typed_paragraphs
from pipeline.types.article import Basis, Draft, Paragraph, Section
from pipeline.verify.glossary import corrected

if TYPE_CHECKING:
    from collections.abc import Callable

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
    ATTACH = "attach"
    """Let one of its statements rest on these sentences, too."""
    DETACH = "detach"
    """Let one of its statements no longer rest on these sentences."""
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
    """The new text; for `CITE`, `ATTACH` and `DETACH` the numbers; for `REPLACE` the right form."""
    wrong: str = ""
    """For `REPLACE`: the form to be replaced."""
    statement: int = 0
    """For `CITE`, `ATTACH` and `DETACH`: which statement of the paragraph, counting from 1."""


def apply_edit(draft: Draft, edit: Edit) -> Draft:
    """The changed draft; raises `EditRefused` for what the rules do not allow."""
    if len(edit.text) > TEXT_MOST:
        raise EditRefused(Refusal.TOO_LONG)
    return _CHANGES[edit.action](draft, edit)


def place_after(edit: Edit, draft: Draft) -> str:
    """Where the block of an edit stands in the changed draft; of a removed one, the block that took its place."""
    group, _, number = edit.place.rpartition(".")
    at, is_heading = int(number) if group else 0, group == "sections"
    place = {
        EditAction.UP: f"{group}.{at - 1}",
        EditAction.MERGE: f"{group}.{at - 1}",
        EditAction.DOWN: f"{group}.{at + 1}",
        EditAction.ADD: f"{edit.place}.1" if is_heading else f"{group}.{at + 1}" if group else "background.1",
        EditAction.SECTION: f"sections.{at + 1}",
    }.get(edit.action, edit.place)
    if edit.action is EditAction.ADD and edit.place in blocks.OPTIONAL:
        place = edit.place
    places = [block.place for block in blocks.blocks(draft)]
    return next((each for each in (place, f"{group}.{at - 1}", group) if each in places), places[0])


def _with_text(draft: Draft, place: str, text: str) -> Draft:
    paragraph = blocks.block(draft, place).paragraph
    if paragraph is None:
        return blocks.with_line(draft, place, strip_controls(text))
    return blocks.with_paragraphs(draft, place, typed_paragraphs(paragraph, text))


def _with_term_replaced(draft: Draft, edit: Edit) -> Draft:
    term = Term(edit.wrong, strip_controls(edit.text))
    if not term.wrong or not term.right:
        raise EditRefused(Refusal.BAD_CORRECTION)
    return corrected(draft, (term,), {edit.place})


def _with_cites(draft: Draft, edit: Edit) -> Draft:
    paragraph = blocks.block(draft, edit.place).paragraph
    numbers = fold(edit.text).replace(",", " ").replace("،", " ").split()
    valid = len(numbers) <= CITES_MOST and all(_NUMBER.fullmatch(number) for number in numbers)
    if paragraph is None or not 0 < edit.statement <= len(paragraph.statements) or not valid:
        raise EditRefused(Refusal.NOT_SENTENCE_NUMBERS)
    index, named = edit.statement - 1, {int(number) for number in numbers}
    before = paragraph.statements[index]
    cites = _CITED[edit.action](set(before.cites), named)
    if len(cites) > CITES_MOST:
        raise EditRefused(Refusal.NOT_SENTENCE_NUMBERS)
    basis = before.basis if edit.action is EditAction.DETACH else Basis.SPEECH
    statement = replace(before, cites=tuple(sorted(cites)), basis=basis)
    statements = (*paragraph.statements[:index], statement, *paragraph.statements[index + 1 :])
    return blocks.with_paragraph(draft, edit.place, Paragraph(statements))


_CITED: dict[EditAction, Callable[[set[int], set[int]], set[int]]] = {
    EditAction.CITE: lambda _, named: named,
    EditAction.ATTACH: lambda before, named: before | named,
    EditAction.DETACH: lambda before, named: before - named,
}


def _with_new_section(draft: Draft, edit: Edit) -> Draft:
    heading, _, body = edit.text.strip().partition("\n")
    section = Section(strip_controls(heading), _new_paragraphs(body) or (Paragraph(()),))
    return blocks.with_new_section(draft, edit.place, section)


def _with_added(draft: Draft, edit: Edit) -> Draft:
    written = _new_paragraphs(edit.text)
    if not written:
        raise EditRefused(Refusal.EMPTY_TEXT)
    if edit.place in blocks.OPTIONAL:  # each is one paragraph
        written = (Paragraph(tuple(said for each in written for said in each.statements)),)
    return blocks.with_new_paragraphs(draft, edit.place, written)


def _new_paragraphs(text: str) -> tuple[Paragraph, ...]:
    return typed_paragraphs(Paragraph(()), text)


_CHANGES: dict[EditAction, Callable[[Draft, Edit], Draft]] = {
    EditAction.WRITE: lambda draft, edit: _with_text(draft, edit.place, edit.text),
    EditAction.CITE: _with_cites,
    EditAction.ATTACH: _with_cites,
    EditAction.DETACH: _with_cites,
    EditAction.REPLACE: _with_term_replaced,
    EditAction.ADD: _with_added,
    EditAction.SECTION: _with_new_section,
    EditAction.REMOVE: lambda draft, edit: blocks.removed(draft, edit.place),
    EditAction.UP: lambda draft, edit: blocks.moved(draft, edit.place, -1),
    EditAction.DOWN: lambda draft, edit: blocks.moved(draft, edit.place, 1),
    EditAction.MERGE: lambda draft, edit: blocks.merged(draft, edit.place),
}
