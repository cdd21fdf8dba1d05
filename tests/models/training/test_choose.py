"""Curves of thresholds. Needs torch, as the articles kept apart are read by the trainer."""

from __future__ import annotations

import numpy as np
import pytest

from models.restore.tagger import TagScores

pytest.importorskip("torch", reason="training needs torch")
choose = pytest.importorskip("models.training.restore.choose")

MARKS = ("", "،", "؛", ":", ".", "؟")


def scores(marks: list[list[float]], tags: list[list[float]] | None = None) -> TagScores:
    """Scores of as many words as there are rows."""
    rows = np.array(marks, np.float32)
    known = np.array(tags, np.float32) if tags else np.ones((len(rows), 1), np.float32)
    return TagScores(known, np.linspace(0, 1, len(rows), dtype=np.float32), rows)


def test_f1_of_masks() -> None:
    """Two of three found are right, two of four are found; nothing found is 0."""
    found, true = np.array([1, 1, 1, 0, 0], bool), np.array([1, 1, 0, 1, 1], bool)

    assert choose.f1(found, true) == 4 / 7
    assert choose.f1(np.zeros(5, bool), true) == 0


def test_the_mark_curve_asks_for_the_right_mark() -> None:
    """A comma for a colon is no hit at any threshold."""
    row = [[0.2, 0.8, 0, 0, 0, 0]]

    assert max(choose.mark_curve(scores(row), MARKS, np.array([1]))) == 1
    assert max(choose.mark_curve(scores(row), MARKS, np.array([3]))) == 0


def test_the_end_curve_asks_for_any_mark_of_an_end() -> None:
    """A question mark found as a full stop is a hit, while both together are likely enough."""
    found = scores([[0.4, 0, 0, 0, 0.3, 0.3], [0.9, 0.1, 0, 0, 0, 0]])
    curve = choose.end_curve(found, MARKS, np.array([5, 0]))

    assert curve[0] == 1
    assert curve[-1] == 0


def test_the_spelling_curve_falls_back_to_the_plain_word() -> None:
    """Below the threshold the plain spelling counts; unknown labels do not."""
    found = scores([[1, 0, 0, 0, 0, 0]] * 2, [[0.4, 0.6], [0.4, 0.6]])

    assert choose.spelling_curve(found, np.array([1, -1]))[0] == 1
    assert choose.spelling_curve(found, np.array([0, -1]))[-1] == 1


def test_the_tanween_curve_counts_only_words_that_can_carry_it() -> None:
    """The surest word carries it; an unknown label and a word that cannot are left out."""
    found = scores([[1, 0, 0, 0, 0, 0]] * 4)
    curve = choose.tanween_curve(found, np.array([0, -1, 0, 1]), np.array([True, True, False, True]))

    assert max(curve) == 1
