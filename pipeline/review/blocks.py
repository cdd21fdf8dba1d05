"""A draft as the list of blocks that a person edits: headings, lines and paragraphs by their place.

A place is written as in `Finding.place`: `title`, `lead`, `background.1`, `sections.2` (a heading), `sections.2.1`.
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
    from collections.abc import Callable, Iterator

T = TypeVar("T")

_PLACE = re.compile(r"(background|sections)\.([1-9]\d{0,4})(?:\.([1-9]\d{0,4}))?")
_OPTIONAL = ("challenges", "outlook")
_FIXED = ("lead", "transition", "conclusion")
LINES = ("title", "headline")


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
    """As it is shown for editing; the statements of a paragraph follow one another with their marks."""
    paragraph: Paragraph | None = None


def blocks(draft: Draft) -> Iterator[DraftBlock]:
    """Every block, in reading order."""
    yield DraftBlock("title", BlockShape.LINE, draft.title)
    yield DraftBlock("headline", BlockShape.LINE, draft.headline)
    yield _paragraph("lead", draft.lead)
    for number, paragraph in enumerate(draft.background, 1):
        yield _paragraph(f"background.{number}", paragraph)
    yield _paragraph("transition", draft.transition)
    for number, section in enumerate(draft.sections, 1):
        yield DraftBlock(f"sections.{number}", BlockShape.HEADING, section.heading)
        for index, paragraph in enumerate(section.paragraphs, 1):
            yield _paragraph(f"sections.{number}.{index}", paragraph)
    for name in _OPTIONAL:
        if part := getattr(draft, name):
            yield _paragraph(name, part)
    yield _paragraph("conclusion", draft.conclusion)


def block(draft: Draft, place: str) -> DraftBlock:
    """The block at a place; raises `EditRefused` when there is none."""
    found = next((each for each in blocks(draft) if each.place == place), None)
    if found is None:
        raise _nothing_there(place)
    return found


def shown(paragraph: Paragraph) -> str:
    """The text of a paragraph, each statement ended by a mark."""
    return " ".join(filter(None, (tidy(statement.text) for statement in paragraph.statements)))


def places(old: Draft, new: Draft) -> tuple[str, ...]:
    """The places at which two drafts differ: those of the new one, then those that only the old one has."""
    before = {each.place: (each.text, each.paragraph) for each in blocks(old)}
    after = {each.place: (each.text, each.paragraph) for each in blocks(new)}
    changed = [place for place, content in after.items() if before.get(place) != content]
    return (*changed, *(place for place in before if place not in after))


# --- changes: each gives a new draft and leaves the old one alone ---


def with_line(draft: Draft, place: str, text: str) -> Draft:
    """The draft with another title, headline or heading; raises `EditRefused` for an empty one or no such place."""
    if not text:
        raise EditRefused(Refusal.EMPTY_TEXT)
    if place in LINES:
        return _with(draft, place, text)
    at = _section(draft, place)
    return _with_section(draft, at, replace(draft.sections[at], heading=text))


def with_paragraph(draft: Draft, place: str, paragraph: Paragraph) -> Draft:
    """The draft with other statements in one paragraph; raises `EditRefused` for an empty one or no such place."""
    if not paragraph.statements:
        raise EditRefused(Refusal.EMPTY_TEXT)
    if place in (*_FIXED, *_OPTIONAL):
        return _with(draft, place, paragraph)
    return _listed(draft, place, lambda listed, at: (*listed[:at], paragraph, *listed[at + 1 :]))


def added(draft: Draft, after: str, paragraph: Paragraph) -> Draft:
    """The draft with one more paragraph, below a paragraph or heading; `challenges` and `outlook` by their names."""
    if not paragraph.statements:
        raise EditRefused(Refusal.EMPTY_TEXT)
    if after in _OPTIONAL and getattr(draft, after) is None:
        return _with(draft, after, paragraph)
    if after in {"lead", "headline"}:
        return replace(draft, background=(paragraph, *draft.background))
    if re.fullmatch(r"sections\.\d+", after):
        at = _section(draft, after)
        section = draft.sections[at]
        return _with_section(draft, at, replace(section, paragraphs=(paragraph, *section.paragraphs)))
    return _listed(draft, after, lambda listed, at: (*listed[: at + 1], paragraph, *listed[at + 1 :]))


def with_new_section(draft: Draft, after: str, section: Section) -> Draft:
    """The draft with one more section, below the named one or, for `transition`, before all."""
    if not section.heading or not all(paragraph.statements for paragraph in section.paragraphs):
        raise EditRefused(Refusal.EMPTY_TEXT)
    at = 0 if after == "transition" else _section(draft, after) + 1
    return replace(draft, sections=(*draft.sections[:at], section, *draft.sections[at:]))


def with_section(draft: Draft, place: str, section: Section) -> Draft:
    """The draft with another section in the place of one."""
    return _with_section(draft, _section(draft, place), section)


def removed(draft: Draft, place: str) -> Draft:
    """The draft without a paragraph or a whole section; raises `EditRefused` for parts that every article has."""
    if place in _OPTIONAL and getattr(draft, place):
        return _with(draft, place, None)
    if place in (*_FIXED, *LINES):
        raise EditRefused(Refusal.REQUIRED_PART)
    if re.fullmatch(r"sections\.\d+", place):
        at = _section(draft, place)
        return replace(draft, sections=draft.sections[:at] + draft.sections[at + 1 :])
    return _listed(draft, place, lambda listed, at: listed[:at] + listed[at + 1 :])


def moved(draft: Draft, place: str, step: int) -> Draft:
    """The draft with a paragraph one place up (-1) or down (1) in its part, or a section among the sections."""
    if re.fullmatch(r"sections\.\d+", place):
        return replace(draft, sections=_swapped(draft.sections, _section(draft, place), step))
    return _listed(draft, place, lambda listed, at: _swapped(listed, at, step))


def merged(draft: Draft, place: str) -> Draft:
    """The draft with a paragraph, or a section, joined to the one before it; a section's heading goes."""
    if re.fullmatch(r"sections\.\d+", place):
        at = _section(draft, place)
        if not at:
            raise EditRefused(Refusal.NOTHING_BEFORE)
        above, below = draft.sections[at - 1 : at + 1]
        joined = replace(above, paragraphs=above.paragraphs + below.paragraphs)
        return replace(draft, sections=(*draft.sections[: at - 1], joined, *draft.sections[at + 1 :]))
    return _listed(draft, place, _joined)


def _paragraph(place: str, paragraph: Paragraph) -> DraftBlock:
    return DraftBlock(place, BlockShape.PARAGRAPH, shown(paragraph), paragraph)


def _with(draft: Draft, part: str, value: Any) -> Draft:  # noqa: ANN401 - of the part's own type
    return replace(draft, **{part: value})


def _section(draft: Draft, place: str) -> int:
    found = _PLACE.fullmatch(place)
    if not found or found[1] != "sections" or found[3] or int(found[2]) > len(draft.sections):
        raise _nothing_there(place)
    return int(found[2]) - 1


def _with_section(draft: Draft, at: int, section: Section) -> Draft:
    return replace(draft, sections=(*draft.sections[:at], section, *draft.sections[at + 1 :]))


def _listed(draft: Draft, place: str, change: Callable[[tuple[Paragraph, ...], int], tuple[Paragraph, ...]]) -> Draft:
    """The draft with the list changed in which a paragraph stands."""
    found = _PLACE.fullmatch(place)
    if not found or (found[1] == "sections") != bool(found[3]):
        raise _nothing_there(place)
    if found[1] == "background":
        return replace(draft, background=change(draft.background, _at(draft.background, found[2], place)))
    at = _section(draft, f"sections.{found[2]}")
    section = draft.sections[at]
    paragraphs = change(section.paragraphs, _at(section.paragraphs, found[3], place))
    return _with_section(draft, at, replace(section, paragraphs=paragraphs))


def _at(listed: tuple[Paragraph, ...], number: str, place: str) -> int:
    if int(number) > len(listed):
        raise _nothing_there(place)
    return int(number) - 1


def _swapped(listed: tuple[T, ...], at: int, step: int) -> tuple[T, ...]:
    other = at + step
    if not 0 <= other < len(listed):
        raise EditRefused(Refusal.AT_THE_EDGE)
    order = list(listed)
    order[at], order[other] = order[other], order[at]
    return tuple(order)


def _joined(listed: tuple[Paragraph, ...], at: int) -> tuple[Paragraph, ...]:
    if not at:
        raise EditRefused(Refusal.NOTHING_BEFORE)
    joined = Paragraph(listed[at - 1].statements + listed[at].statements)
    return (*listed[: at - 1], joined, *listed[at + 1 :])


def _nothing_there(place: str) -> EditRefused:
    return EditRefused(f"the draft has no {place[:40]}", "It may have been moved or removed.")
