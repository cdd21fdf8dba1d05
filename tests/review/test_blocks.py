"""A draft as editable blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import EditRefused
from pipeline.review import blocks
from pipeline.types.article import Draft, Paragraph, Section, Statement


def paragraph(*texts: str) -> Paragraph:
    """A paragraph whose statements cite a sentence each."""
    return Paragraph(tuple(Statement(text, (number,)) for number, text in enumerate(texts, 1)))


DRAFT = Draft(
    title="العنوان",
    headline="الفرعي",
    lead=paragraph("المقدمة"),
    background=(paragraph("خلفية أولى"), paragraph("خلفية ثانية")),
    transition=paragraph("تمهيد"),
    sections=(
        Section("الأول", (paragraph("أ", "ب"), paragraph("ج"))),
        Section("الثاني", (paragraph("د"),)),
    ),
    challenges=paragraph("تحدٍ"),
    outlook=None,
    conclusion=paragraph("خاتمة"),
)
PLACES = [block.place for block in blocks.blocks(DRAFT)]
ADDED = paragraph("جديد")


def texts(draft: Draft) -> list[str]:
    """The text of each block, in order."""
    return [block.text for block in blocks.blocks(draft)]


def test_every_part_is_a_block_in_reading_order() -> None:
    """Nothing of a draft is out of an editor's reach, and an absent part is no block."""
    assert [
        *("title", "headline", "lead", "background.1", "background.2", "transition"),
        *("sections.1", "sections.1.1", "sections.1.2", "sections.2", "sections.2.1", "challenges", "conclusion"),
    ] == PLACES
    assert texts(DRAFT)[7] == "أ. ب."


@pytest.mark.parametrize("place", PLACES)
def test_a_block_is_found_by_its_place(place: str) -> None:
    """Each place leads to its own block."""
    assert blocks.block(DRAFT, place).place == place


@pytest.mark.parametrize("place", ["", "body", "background.3", "sections.3", "sections.1.9", "sections.0", "outlook"])
def test_a_place_that_is_not_there_is_refused(place: str) -> None:
    """A wrong place raises `EditRefused` from every change, and nothing else."""
    for change in (
        lambda: blocks.block(DRAFT, place),
        lambda: blocks.removed(DRAFT, place),
        lambda: blocks.moved(DRAFT, place, 1),
        lambda: blocks.merged(DRAFT, place),
        lambda: blocks.with_line(DRAFT, place, "نص"),
    ):
        with pytest.raises(EditRefused):
            change()


@given(st.text(max_size=30))
def test_any_text_as_a_place_is_answered(place: str) -> None:
    """No place, however strange, breaks a change: it works or is refused."""
    for change in (blocks.removed, blocks.merged):
        try:
            change(DRAFT, place)
        except EditRefused:
            continue
        assert place in PLACES


@pytest.mark.parametrize("place", ["title", "headline", "sections.1", "sections.2"])
def test_a_line_is_changed_alone(place: str) -> None:
    """A new title, headline or heading changes that block and no other."""
    changed = blocks.with_line(DRAFT, place, "آخر")

    assert blocks.changed_places(DRAFT, changed) == (place,)
    assert blocks.block(changed, place).text == "آخر"


@pytest.mark.parametrize("place", [p for p in PLACES if blocks.block(DRAFT, p).paragraph])
def test_a_paragraph_is_changed_alone(place: str) -> None:
    """New statements change that paragraph and no other."""
    changed = blocks.with_paragraph(DRAFT, place, ADDED)

    assert blocks.changed_places(DRAFT, changed) == (place,)
    assert blocks.block(changed, place).paragraph == ADDED


def test_an_empty_text_is_refused() -> None:
    """Emptying a block is not saving it: an article has no empty parts."""
    nothing = Paragraph(())
    changes: tuple[Callable[[], Draft], ...] = (
        lambda: blocks.with_line(DRAFT, "title", ""),
        lambda: blocks.with_paragraph(DRAFT, "lead", nothing),
        lambda: blocks.with_new_paragraph(DRAFT, "lead", nothing),
        lambda: blocks.with_new_section(DRAFT, "sections.1", Section("", (ADDED,))),
        lambda: blocks.with_new_section(DRAFT, "sections.1", Section("عنوان", (nothing,))),
    )
    for change in changes:
        with pytest.raises(EditRefused, match="text is empty"):
            change()


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ("background.1", "background.2"),
        ("lead", "background.1"),
        ("sections.1", "sections.1.1"),
        ("sections.1.2", "sections.1.3"),
        ("outlook", "outlook"),
    ],
)
def test_a_paragraph_is_added_below(after: str, place: str) -> None:
    """A new paragraph stands just below the block it was asked for, and all others stay."""
    changed = blocks.with_new_paragraph(DRAFT, after, ADDED)

    assert blocks.block(changed, place).paragraph == ADDED
    assert Counter(texts(changed)) == Counter(texts(DRAFT)) + Counter(["جديد."])


@pytest.mark.parametrize(("after", "number"), [("transition", 1), ("sections.1", 2), ("sections.2", 3)])
def test_a_section_is_added_below(after: str, number: int) -> None:
    """A new section stands below the named one, or before all after the transition."""
    changed = blocks.with_new_section(DRAFT, after, Section("بين", (ADDED,)))

    assert changed.sections[number - 1].heading == "بين"
    assert len(changed.sections) == 3


@pytest.mark.parametrize("place", ["background.1", "sections.1", "sections.1.2", "challenges"])
def test_a_part_is_removed_alone(place: str) -> None:
    """What is removed is gone, and the rest is as it was."""
    gone = {"sections.1": 3}.get(place, 1)

    changed = blocks.removed(DRAFT, place)

    assert len(texts(changed)) == len(PLACES) - gone
    assert set(texts(changed)) < set(texts(DRAFT))


@pytest.mark.parametrize("place", ["title", "headline", "lead", "transition"])
def test_parts_that_every_article_has_stay(place: str) -> None:
    """Title, headline, lead and transition can be changed, not removed."""
    with pytest.raises(EditRefused, match="every article"):
        blocks.removed(DRAFT, place)


def test_moving_down_and_up_again_changes_nothing() -> None:
    """A step down and the step back give the draft as it was, for paragraphs and for sections."""
    for place, below in (
        ("background.1", "background.2"),
        ("sections.1.1", "sections.1.2"),
        ("sections.1", "sections.2"),
    ):
        down = blocks.moved(DRAFT, place, 1)
        assert down != DRAFT
        assert blocks.moved(down, below, -1) == DRAFT


def test_nothing_moves_over_a_border() -> None:
    """The first does not go up and the last not down: it is refused, not ignored."""
    for place, step in (("background.1", -1), ("background.2", 1), ("sections.1", -1), ("sections.2.1", 1)):
        with pytest.raises(EditRefused, match="any further"):
            blocks.moved(DRAFT, place, step)


def test_merging_keeps_every_statement_with_its_evidence() -> None:
    """Joined paragraphs have the statements of both, in order; joined sections the paragraphs of both."""
    assert blocks.merged(DRAFT, "sections.1.2").sections[0].paragraphs == (
        Paragraph(DRAFT.sections[0].paragraphs[0].statements + DRAFT.sections[0].paragraphs[1].statements),
    )
    joined = blocks.merged(DRAFT, "sections.2")
    assert joined.sections == (Section("الأول", DRAFT.sections[0].paragraphs + DRAFT.sections[1].paragraphs),)
    for first in ("background.1", "sections.1", "sections.1.1"):
        with pytest.raises(EditRefused, match="before"):
            blocks.merged(DRAFT, first)


def test_places_name_what_differs() -> None:
    """The places of a change are those of the new draft, then what is gone; an equal draft has none."""
    assert blocks.changed_places(DRAFT, DRAFT) == ()
    assert blocks.changed_places(DRAFT, blocks.removed(DRAFT, "background.2")) == ("background.2",)
    assert blocks.changed_places(DRAFT, blocks.with_section(DRAFT, "sections.2", Section("س", (ADDED,)))) == (
        "sections.2",
        "sections.2.1",
    )
