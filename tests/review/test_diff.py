"""What changed between two drafts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.review import blocks
from pipeline.review.diff import Change, ChangeKind, corrections, diff_blocks, diff_words
from pipeline.types.article import Draft
from tests.review.test_blocks import ADDED, DRAFT, paragraph

TEXTS = st.text(alphabet="ابجد .،\n", max_size=60)


def side(changes: tuple[Change, ...], gone: ChangeKind) -> list[str]:
    """The words of one side."""
    return " ".join(change.text for change in changes if change.kind is not gone).split()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_changes(old: str, new: str) -> None:
    """Without what came it is the old text, without what went the new one: a diff hides no word."""
    changes = diff_words(old, new)

    assert side(changes, ChangeKind.IN) == old.split()
    assert side(changes, ChangeKind.OUT) == new.split()


def test_a_changed_word_is_shown_alone() -> None:
    """One word replaced is one word out and one in, between what stayed."""
    assert diff_words("ماء النهر قليل", "ماء البحر قليل") == (
        Change(ChangeKind.SAME, "ماء"),
        Change(ChangeKind.OUT, "النهر"),
        Change(ChangeKind.IN, "البحر"),
        Change(ChangeKind.SAME, "قليل"),
    )


def test_texts_too_long_to_compare_are_shown_whole() -> None:
    """Two endless texts are taken out and put in, and no time is lost on their words."""
    old, new = " ".join(map(str, range(3000))), " ".join(map(str, range(1, 3001)))

    assert diff_words(old, new) == (Change(ChangeKind.OUT, old), Change(ChangeKind.IN, new))


def test_an_unchanged_draft_has_no_changes() -> None:
    """Every block is there and none is changed."""
    found = diff_blocks(DRAFT, DRAFT)

    assert [row.place for row in found] == [block.place for block in blocks.blocks(DRAFT)]
    assert not any(row.changed for row in found)


def test_blocks_that_came_and_went_are_rows_of_their_own() -> None:
    """An added paragraph is all new, a removed one all gone, and their neighbours are unchanged."""
    added = diff_blocks(DRAFT, blocks.with_new_paragraph(DRAFT, "background.1", ADDED))
    removed = diff_blocks(DRAFT, blocks.removed(DRAFT, "background.1"))

    assert [(row.place, row.changes) for row in added if row.changed] == [
        ("background.2", (Change(ChangeKind.IN, "جديد."),)),
    ]
    assert [row.changes for row in removed if row.changed] == [(Change(ChangeKind.OUT, "خلفية أولى."),)]


def corrected(wrong: str, right: str) -> tuple[tuple[str, str], ...]:
    """What is learnt from one paragraph written anew."""
    old: Draft = blocks.with_paragraph(DRAFT, "lead", paragraph(wrong))
    return corrections(old, blocks.with_paragraph(DRAFT, "lead", paragraph(right)))


def test_a_name_written_otherwise_is_a_correction() -> None:
    """Names and terms spelled anew are learnt, without the marks around them, each once."""
    assert corrected("زار احمد الشرع دمشق. وقال احمد نعم", "زار أحمد الشرع دمشق. وقال أحمد نعم") == (("احمد", "أحمد"),)
    assert corrected("في دير زور،", "في دير الزور،") == (("زور", "الزور"),)
    assert corrected("حقل الرميله", "حقل الرميلة") == (("الرميله", "الرميلة"),)


def test_other_words_are_no_correction() -> None:
    """A word replaced by another, a sentence written anew and words added or removed teach nothing."""
    assert corrected("ماء النهر قليل", "ماء الخزان قليل") == ()
    assert corrected("ماء النهر قليل جدا", "ماء النهر") == ()
    assert corrected("هذه جملة عن النهر", "وتلك فقرة في البحر") == ()
