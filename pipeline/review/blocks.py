"""A draft as a list of blocks that can be edited: headings, lines and paragraphs by their place.

A place is written as in `Finding.place`: `title`, `lead`, `background.1`, `sections.2` (a heading), `sections.2.1`.
Each change returns a new draft, and raises `EditRefused` for a place that the draft does not have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.arabic.punctuation import tidy
from pipeline.errors import EditRefused, Refusal
from pipeline.types.article import Draft, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

_PLACE = re.compile(r"(background|sections)\.([1-9]\d{0,4})(?:\.([1-9]\d{0,4}))?")
_HEADING = re.compile(r"sections\.\d+")
OPTIONAL = ("challenges", "outlook", "conclusion")
_REQUIRED = ("lead", "transition")
_LINES = ("title", "headline")


class BlockShape(StrEnum):
    """How a block is written."""

    LINE = "line"
    """Title or headline."""
    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """One editable piece of a draft."""

    place: str
    shape: BlockShape
    text: str
    """As shown in its editor; the statements of a paragraph follow one another with their punctuation."""
    paragraph: Paragraph | None = None


def blocks(draft: Draft) -> Iterator[DraftBlock]:
    """Every block, in reading order."""
    yield DraftBlock("title", BlockShape.LINE, draft.title)
    yield DraftBlock("headline", BlockShape.LINE, draft.headline)
    for part in draft.parts():
        if part.heading is not None:
            yield DraftBlock(part.place, BlockShape.HEADING, part.heading)
        for place, paragraph in part.paragraphs:
            yield DraftBlock(place, BlockShape.PARAGRAPH, paragraph_text(paragraph), paragraph)


def block(draft: Draft, place: str) -> DraftBlock:
    match = next((block for block in blocks(draft) if block.place == place), None)
    if match is None:
        raise EditRefused(Refusal.NO_SUCH_PLACE)
    return match


def paragraph_text(paragraph: Paragraph) -> str:
    """The text of a paragraph, each statement ended by a punctuation mark."""
    return " ".join(filter(None, (tidy(statement.text) for statement in paragraph.statements)))


def changed_places(old: Draft, new: Draft) -> tuple[str, ...]:
    """The places at which two drafts differ: those of the new one, then those that only the old one has."""
    before = {block.place: (block.text, block.paragraph) for block in blocks(old)}
    after = {block.place: (block.text, block.paragraph) for block in blocks(new)}
    changed = [place for place, content in after.items() if before.get(place) != content]
    return (*changed, *(place for place in before if place not in after))


# --- changes ---


def with_line(draft: Draft, place: str, text: str) -> Draft:
    """With another title, headline or heading; raises `EditRefused` for an empty one instead of one that is not."""
    if not text and block(draft, place).text:
        raise EditRefused(Refusal.EMPTY_TEXT)
    if place in _LINES:
        return _with_part(draft, place, text)
    return with_section(draft, place, replace(draft.sections[_section_index(draft, place)], heading=text))


def with_paragraph(draft: Draft, place: str, paragraph: Paragraph) -> Draft:
    """With other statements in one paragraph; raises `EditRefused` for an empty one."""
    if not paragraph.statements:
        raise EditRefused(Refusal.EMPTY_TEXT)
    if place in (*_REQUIRED, *OPTIONAL):
        return _with_part(draft, place, paragraph)
    return _with_siblings(draft, place, lambda listed, at: (*listed[:at], paragraph, *listed[at + 1 :]))


def with_paragraphs(draft: Draft, place: str, paragraphs: Sequence[Paragraph]) -> Draft:
    """With several paragraphs instead of one; in a part that is a single paragraph they are written as one."""
    first, *others = paragraphs or [Paragraph(())]
    if others and place in (*OPTIONAL, *_REQUIRED) and place != "lead":
        first, others = Paragraph(tuple(said for each in paragraphs for said in each.statements)), []
    draft = with_paragraph(draft, place, first)
    return with_new_paragraphs(draft, place, others)


def with_new_paragraphs(draft: Draft, after: str, paragraphs: Sequence[Paragraph]) -> Draft:
    """With more paragraphs below a paragraph or heading, in this order."""
    for paragraph in reversed(paragraphs):
        draft = with_new_paragraph(draft, after, paragraph)
    return draft


def with_new_paragraph(draft: Draft, after: str, paragraph: Paragraph) -> Draft:
    """With one more paragraph below a paragraph or heading; a part that may be missing is added by its name."""
    if not paragraph.statements:
        raise EditRefused(Refusal.EMPTY_TEXT)
    if after in OPTIONAL and getattr(draft, after) is None:
        return _with_part(draft, after, paragraph)
    if after in {"lead", "headline"}:
        return replace(draft, background=(paragraph, *draft.background))
    if _HEADING.fullmatch(after):
        section = draft.sections[_section_index(draft, after)]
        return with_section(draft, after, replace(section, paragraphs=(paragraph, *section.paragraphs)))
    return _with_siblings(draft, after, lambda listed, at: (*listed[: at + 1], paragraph, *listed[at + 1 :]))


def with_new_section(draft: Draft, after: str, section: Section) -> Draft:
    """With one more section, below the named one or, for `transition`, before all."""
    if not section.heading or not all(paragraph.statements for paragraph in section.paragraphs):
        raise EditRefused(Refusal.EMPTY_TEXT)
    index = 0 if after == "transition" else _section_index(draft, after) + 1
    return replace(draft, sections=(*draft.sections[:index], section, *draft.sections[index:]))


def with_section(draft: Draft, place: str, section: Section) -> Draft:
    """With another section instead of one."""
    index = _section_index(draft, place)
    return replace(draft, sections=(*draft.sections[:index], section, *draft.sections[index + 1 :]))


def removed(draft: Draft, place: str) -> Draft:
    """Without a paragraph or a whole section; raises `EditRefused` for parts that every article has."""
    if place in OPTIONAL and getattr(draft, place):
        return _with_part(draft, place, None)
    if place in (*_REQUIRED, *_LINES):
        raise EditRefused(Refusal.REQUIRED_PART)
    if _HEADING.fullmatch(place):
        index = _section_index(draft, place)
        return replace(draft, sections=draft.sections[:index] + draft.sections[index + 1 :])
    return _with_siblings(draft, place, lambda listed, at: listed[:at] + listed[at + 1 :])


def moved(draft: Draft, place: str, step: int) -> Draft:
    """With a paragraph moved up (-1) or down (1) in its part, or a section among the sections."""
    if _HEADING.fullmatch(place):
        return replace(draft, sections=_swapped(draft.sections, _section_index(draft, place), step))
    return _with_siblings(draft, place, lambda listed, at: _swapped(listed, at, step))


def merged(draft: Draft, place: str) -> Draft:
    """With a paragraph, or a section, joined to the one before it; the section's heading is dropped."""
    if _HEADING.fullmatch(place):
        index = _section_index(draft, place)
        if not index:
            raise EditRefused(Refusal.NOTHING_BEFORE)
        above, below = draft.sections[index - 1 : index + 1]
        joined = replace(above, paragraphs=above.paragraphs + below.paragraphs)
        return replace(draft, sections=(*draft.sections[: index - 1], joined, *draft.sections[index + 1 :]))

    def join(listed: tuple[Paragraph, ...], at: int) -> tuple[Paragraph, ...]:
        if not at:
            raise EditRefused(Refusal.NOTHING_BEFORE)
        joined = Paragraph(listed[at - 1].statements + listed[at].statements)
        return (*listed[: at - 1], joined, *listed[at + 1 :])

    return _with_siblings(draft, place, join)


def _with_part(draft: Draft, name: str, value: Any) -> Draft:  # noqa: ANN401 - of the part's own type
    return replace(draft, **{name: value})


def _with_siblings(
    draft: Draft, place: str, change: Callable[[tuple[Paragraph, ...], int], tuple[Paragraph, ...]]
) -> Draft:
    """With a change to a list of paragraphs: `change` gets the list that the place is in, and the index there."""

    def changed(listed: tuple[Paragraph, ...], number: str) -> tuple[Paragraph, ...]:
        if int(number) > len(listed):
            raise EditRefused(Refusal.NO_SUCH_PLACE)
        return change(listed, int(number) - 1)

    match = _PLACE.fullmatch(place)
    if not match or (match[1] == "sections") != bool(match[3]):
        raise EditRefused(Refusal.NO_SUCH_PLACE)
    if match[1] == "background":
        return replace(draft, background=changed(draft.background, match[2]))
    heading = f"sections.{match[2]}"
    section = draft.sections[_section_index(draft, heading)]
    return with_section(draft, heading, replace(section, paragraphs=changed(section.paragraphs, match[3])))


def _section_index(draft: Draft, place: str) -> int:
    match = _PLACE.fullmatch(place)
    if not match or match[1] != "sections" or match[3] or int(match[2]) > len(draft.sections):
        raise EditRefused(Refusal.NO_SUCH_PLACE)
    return int(match[2]) - 1


def _swapped(listed: tuple[T, ...], index: int, step: int) -> tuple[T, ...]:
    other = index + step
    if not 0 <= other < len(listed):
        raise EditRefused(Refusal.AT_THE_EDGE)
    order = list(listed)
    order[index], order[other] = order[other], order[index]
    return tuple(order)
