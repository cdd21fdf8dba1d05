"""Marks go to the end of their rows where a file has them at the wrong end, and only there."""

import pytest

from pipeline.segment.visual_order import in_logical_order
from pipeline.types.article import Caption


def turned(*rows: str) -> list[str]:
    """The rows as they are read."""
    return [caption.text for caption in in_logical_order([Caption(row) for row in rows])]


def test_leading_marks_of_a_habit_move() -> None:
    """Every mark before a word stands behind its row in a file that has several, beside marks that stand right."""
    assert turned(".نعم قال", "؟من أنت", '!"هذا هو"', "قال ثم:\n.ذهب", "وعاد.") == [
        "نعم قال.", "من أنت؟", '"هذا هو"!', "قال ثم:\nذهب.", "وعاد.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (".نعم قال", "من أنت؟", "هذا هو.", "وعاد."),
        ("ثم...", "...قال لي", "نعم...", "...وذهب إلى", "البيت...", "...في الليل."),
        (".5 من المئة", ".7 من المئة", ".NET", ".9"),
        ("من دمشق-", "إلى بغداد", "ثم عاد", "وهكذا", "كان الأمر", "كله", "يوما"),
    ],
)
def test_marks_that_may_be_right_stay(rows: tuple[str, ...]) -> None:
    """One row is no habit; dots say that a sentence goes on; a number may begin with a point; a word breaks off."""
    assert turned(*rows) == list(rows)


def test_dashes_at_the_end_begin_their_rows() -> None:
    """A dash that ends most rows is that of a speaker."""
    assert turned("من أنت؟-", "أنا هنا.-", ".تعال إذن-", "-نعم") == ["-من أنت؟", "-أنا هنا.", "-.تعال إذن", "-نعم"]


def test_word_times_stay_with_their_words() -> None:
    """A caption keeps its times while it has as many words."""
    captions = [
        Caption(".نعم قال", 1.0, 2.0, (1.0, 1.5)),
        Caption(". لا قال", 3.0, 4.0, (3.0, 3.2, 3.5)),
        Caption(".ثم"),
    ]
    assert [caption.times for caption in in_logical_order(captions)] == [(1.0, 1.5), (), ()]
