"""Counting marks."""

from __future__ import annotations

from pipeline.evaluate import marks
from pipeline.evaluate.marks import MarkCounts
from pipeline.evaluate.restoration_texts import written_text

TEXT = written_text("نص", ["نعم، قال: لا.", "لماذا جاء؟ لا أدري"])
"""Words: 0 yes, 1 said, 2 no. 3 why, 4 came? 5 not, 6 I know; a paragraph ends without a mark."""


def test_all_marks_in_their_places_are_perfect() -> None:
    """The text itself scores 1 throughout; the end of a paragraph is a sentence end even without a mark."""
    scores = marks.of_texts([TEXT], lambda _: ["،", ":", ".", "", "؟", "", "."])

    assert (scores.ends.f1, scores.inner.f1) == (1, 1)
    assert scores.every == MarkCounts(4, 5, 4)


def test_the_kind_of_end_counts_only_among_marks() -> None:
    """A full stop in place of a question mark is the right end and the wrong mark."""
    scores = marks.compared(TEXT, ["", "", "؟", "", ".", "", "."])

    assert scores.ends == MarkCounts(3, 3, 3)
    assert scores.every == MarkCounts(0, 3, 4)
    assert scores.inner == MarkCounts(0, 0, 2)


def test_a_mark_of_another_kind_is_no_hit() -> None:
    """A comma in place of a colon is both one mark too many and one too few."""
    assert marks.compared(TEXT, ["،", "،", "", "", "", "", ""]).inner == MarkCounts(1, 2, 2)


def test_clauses_are_the_lines_that_people_typed() -> None:
    """Any mark at the end of a line is a hit; inside a line it is not."""
    lines = written_text("", ["قال لي", "إنه هنا"])

    assert marks.clauses([lines], lambda _: ["", "،", "", "."]) == MarkCounts(2, 2, 2)
    assert marks.clauses([lines], lambda _: ["،", "", "", ""]) == MarkCounts(0, 1, 2)


def test_the_baseline_ends_a_sentence_after_every_so_many_words() -> None:
    """It also ends one after the last word."""
    assert marks.every(2)(["أ"] * 5) == ["", ".", "", ".", "."]


def test_counts_add_up() -> None:
    """The F1 of several texts is that of all their places together; finding nothing gives 0."""
    assert MarkCounts(1, 2, 3) + MarkCounts(1, 1, 1) == MarkCounts(2, 3, 4)
    assert (MarkCounts(1, 2, 3) + MarkCounts(1, 1, 1)).f1 == 4 / 7
    assert MarkCounts(0, 0, 5).f1 == 0
