"""Counting marks."""

from __future__ import annotations

from pipeline.evaluate import marks
from pipeline.evaluate.marks import MarkCounts
from pipeline.evaluate.restoration_texts import joined

TEXT = joined("نص", ["نعم، قال: لا.", "لماذا جاء؟ لا أدري"])
"""Words: 0 yes, 1 said, 2 no. 3 why, 4 came? 5 not, 6 I know; a paragraph ends without a mark."""


def test_all_marks_in_their_places_are_perfect() -> None:
    """The text itself scores 1 in everything; a paragraph's end is a sentence end even without a mark."""
    found = marks.of_texts([TEXT], lambda _: ["،", ":", ".", "", "؟", "", "."])

    assert (found.ends.f1, found.inner.f1) == (1, 1)
    assert found.every == MarkCounts(4, 5, 4)


def test_the_kind_of_end_counts_only_among_marks() -> None:
    """A full stop for a question mark is the right end and the wrong mark."""
    found = marks.compared(TEXT, ["", "", "؟", "", ".", "", "."])

    assert found.ends == MarkCounts(3, 3, 3)
    assert found.every == MarkCounts(0, 3, 4)
    assert found.inner == MarkCounts(0, 0, 2)


def test_a_mark_of_another_kind_is_no_hit() -> None:
    """A comma for a colon is both a mark too many and one too few."""
    assert marks.compared(TEXT, ["،", "،", "", "", "", "", ""]).inner == MarkCounts(1, 2, 2)


def test_clauses_are_the_lines_of_people() -> None:
    """Any mark at a line end is a hit, inside a line it is none."""
    lines = joined("", ["قال لي", "إنه هنا"])

    assert marks.clauses([lines], lambda _: ["", "،", "", "."]) == MarkCounts(2, 2, 2)
    assert marks.clauses([lines], lambda _: ["،", "", "", ""]) == MarkCounts(0, 1, 2)


def test_the_baseline_ends_a_sentence_after_every_so_many_words() -> None:
    """And after the last word."""
    assert marks.every(2)(["أ"] * 5) == ["", ".", "", ".", "."]


def test_tallies_add_up() -> None:
    """F1 of several texts is that of all their places together; nothing found is 0."""
    assert MarkCounts(1, 2, 3) + MarkCounts(1, 1, 1) == MarkCounts(2, 3, 4)
    assert (MarkCounts(1, 2, 3) + MarkCounts(1, 1, 1)).f1 == 4 / 7
    assert MarkCounts(0, 0, 5).f1 == 0
