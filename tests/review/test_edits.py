"""One change of one block."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.errors import EditRefused
from pipeline.review import blocks
from pipeline.review.edits import CITES_MOST, TEXT_MOST, Edit, EditAction, apply_edit
from pipeline.types.article import Basis, Draft
from tests.fakes.desks import article

ARTICLE = article()
DRAFT = ARTICLE.draft


def edited(place: str, action: EditAction, text: str = "", **other: Any) -> Draft:  # noqa: ANN401 - fields of several types
    """The draft after an edit."""
    return apply_edit(DRAFT, Edit(place, action, text, **other))


def text(draft: Draft, place: str) -> str:
    """The text of a block."""
    return blocks.block(draft, place).text


@pytest.mark.parametrize("block", list(blocks.blocks(DRAFT)), ids=lambda block: block.place)
def test_saving_what_is_shown_changes_nothing(block: blocks.DraftBlock) -> None:
    """The text of a form that was not touched gives the same draft, for every block."""
    assert edited(block.place, EditAction.WRITE, block.text) == DRAFT


@pytest.mark.parametrize("place", ["title", "headline", "lead", "sections.1", "sections.1.1", "conclusion"])
def test_a_block_is_written(place: str) -> None:
    """A new text stands in its block, and only there."""
    changed = edited(place, EditAction.WRITE, "نص جديد تمامًا.")

    assert text(changed, place) == "نص جديد تمامًا."
    assert blocks.changed_places(DRAFT, changed) == (place,)


def test_a_line_stays_one_line_without_overrides() -> None:
    """Line ends and direction overrides do not come into a title, nor overrides into a paragraph."""
    assert text(edited("title", EditAction.WRITE, " سطر\n\u202eآخر "), "title") == "سطر آخر"
    assert "\u202e" not in text(edited("lead", EditAction.WRITE, "نص \u202eآخر"), "lead")


def test_evidence_is_named_by_hand() -> None:
    """The numbers that a person gives are what the statement rests on, and it counts as about the speech."""
    changed = edited("lead", EditAction.CITE, " 5، 3 3, 4", statement=1)

    paragraph = blocks.block(changed, "lead").paragraph
    assert paragraph is not None
    assert (paragraph.statements[0].cites, paragraph.statements[0].basis) == ((3, 4, 5), Basis.SPEECH)
    assert paragraph.statements[1:] == DRAFT.lead.statements[1:]


@pytest.mark.parametrize(
    ("place", "statement", "typed"),
    [("lead", 0, "1"), ("lead", 99, "1"), ("title", 1, "1"), ("lead", 1, "١٢x"), ("lead", 1, "1 " * (CITES_MOST + 1))],
)
def test_evidence_that_is_none_is_refused(place: str, statement: int, typed: str) -> None:
    """No such statement, no numbers, or too many: refused in a sentence."""
    with pytest.raises(EditRefused, match="sentence numbers"):
        edited(place, EditAction.CITE, typed, statement=statement)


def test_a_term_is_replaced_as_a_whole_word_with_its_evidence_kept() -> None:
    """Every occurrence in the block is written otherwise; longer words stay, and a spelling keeps the evidence."""
    place = "background.1"
    old = blocks.block(DRAFT, place)
    word = "تركيا"
    assert word in old.text

    changed = blocks.block(edited(place, EditAction.REPLACE, "تُركيا", wrong=word), place)

    assert old.paragraph is not None
    assert changed.paragraph is not None
    assert changed.text == old.text.replace(word, "تُركيا")
    assert [s.cites for s in changed.paragraph.statements] == [s.cites for s in old.paragraph.statements]
    assert edited(place, EditAction.REPLACE, "س", wrong="ركي") == DRAFT


@pytest.mark.parametrize(("wrong", "right"), [("", "س"), ("تركيا", " ")])
def test_a_replacement_has_two_forms(wrong: str, right: str) -> None:
    """Nothing is put in everywhere, and no name is replaced by nothing."""
    with pytest.raises(EditRefused, match="correction"):
        edited("sections.1.1", EditAction.REPLACE, right, wrong=wrong)


def test_a_paragraph_is_added_without_evidence() -> None:
    """Nothing is added by itself, not even what was said word for word: a person attaches it."""
    changed = edited("sections.1", EditAction.ADD, "والري بالتنقيط يوفر ماء كثيراً ويحفظ التربة من الملوحة.")

    paragraph = blocks.block(changed, "sections.1.1").paragraph
    assert paragraph is not None
    assert paragraph.cites == ()


def test_a_sentence_of_the_talk_is_attached_and_detached() -> None:
    """One sentence more, or one less, and the others stay; a statement about the metadata then is about the speech."""
    before = DRAFT.lead.statements
    at = next(number for number, each in enumerate(before, 1) if each.basis is Basis.METADATA)

    attached = edited("lead", EditAction.ATTACH, "5", statement=at)
    both = apply_edit(attached, Edit("lead", EditAction.ATTACH, "2", statement=at))
    one = apply_edit(both, Edit("lead", EditAction.DETACH, "5", statement=at))

    made = [each.lead.statements[at - 1] for each in (attached, both, one)]
    assert [each.cites for each in made] == [(5,), (2, 5), (2,)]
    assert {each.basis for each in made} == {Basis.SPEECH}
    assert apply_edit(one, Edit("lead", EditAction.DETACH, "2", statement=at)).lead.statements[at - 1].cites == ()


def test_what_a_person_attached_is_never_replaced() -> None:
    """A sentence may be written anew from its first to its last word: it rests on what was picked."""
    picked = edited("conclusion", EditAction.CITE, "3", statement=1)

    changed = apply_edit(picked, Edit("conclusion", EditAction.WRITE, "وأقامت سوريا سد الفرات لتوليد الكهرباء."))

    assert changed.conclusion is not None
    assert changed.conclusion.statements[0].cites == (3,)


def test_a_section_is_typed_with_its_heading_first() -> None:
    """The first line is the heading, the rest its paragraph; without a rest it is refused."""
    changed = edited("transition", EditAction.SECTION, "عنوان القسم\nنص القسم.\nجملة أخرى.")

    assert changed.sections[0].heading == "عنوان القسم"
    assert text(changed, "sections.1.1") == "نص القسم. جملة أخرى."
    with pytest.raises(EditRefused, match="text is empty"):
        edited("transition", EditAction.SECTION, "عنوان فقط")


def test_removing_moving_and_merging_are_done_as_asked() -> None:
    """Each action is the change of its name."""
    assert edited("sections.1", EditAction.REMOVE) == blocks.removed(DRAFT, "sections.1")
    assert edited("sections.2", EditAction.UP) == blocks.moved(DRAFT, "sections.2", -1)
    assert edited("sections.1", EditAction.DOWN) == blocks.moved(DRAFT, "sections.1", 1)
    assert edited("sections.2", EditAction.MERGE) == blocks.merged(DRAFT, "sections.2")


def test_a_text_without_end_is_refused() -> None:
    """A block has a longest text."""
    with pytest.raises(EditRefused, match="at most"):
        edited("lead", EditAction.WRITE, "س" * (TEXT_MOST + 1))
    assert text(edited("title", EditAction.WRITE, "س" * TEXT_MOST), "title") == "س" * TEXT_MOST


def test_every_action_has_its_change() -> None:
    """No action of a form is unknown to the rules."""
    for action in EditAction:
        try:
            edited("background.1", action, "نص", wrong="س", statement=1)
        except EditRefused:
            continue
