"""The words an article may use without evidence."""

from __future__ import annotations

from pipeline.arabic.boilerplate import FRAME, NEGATIONS
from pipeline.arabic.numbers import figures


def test_frame_words_never_negate() -> None:
    """A `not` can never pass as a word that only leads to a quotation."""
    assert frozenset() == FRAME & NEGATIONS


def test_frame_words_never_count() -> None:
    """No number word is free."""
    assert {word for word in FRAME if figures(word)} == set()
