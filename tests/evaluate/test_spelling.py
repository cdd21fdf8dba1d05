"""Counting correctly spelled words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.arabic.orthography import TANWEEN
from pipeline.evaluate import spelling
from pipeline.evaluate.restoration_texts import aligned, written_text

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = written_text("نص", ["إلى الأمام دائماً، في 2004", "مع YouTube"])


def same(words: Sequence[str]) -> Sequence[str]:
    """Captions as they are."""
    return words


def perfect(words: Sequence[str]) -> list[str]:
    """A speller that knows the text."""
    known = {"الى": "إلى", "الامام": "الأمام", "دائما": "دائماً"}
    return [known.get(word, word) for word in words]


def test_only_arabic_words_count() -> None:
    """Numbers and Latin words are not counted; words that captions already spell right are."""
    count = spelling.of_texts([TEXT], same)

    assert (count.words, count.right) == (5, 3)
    assert count.share == 0.6


def test_tanween_is_not_spelling() -> None:
    """Many books print no tanween, so a word is right with and without it."""
    assert spelling.of_texts([TEXT], perfect).share == 1
    assert spelling.of_texts([written_text("", ["أيضا"])], lambda _: ["أيضاً"]).share == 1


def test_tanween_has_a_measure_of_its_own() -> None:
    """It is counted on words that can carry it: written rightly, written at all, expected."""
    assert spelling.tanween([TEXT], perfect) == (1, 1, 1)
    assert spelling.tanween([TEXT], same) == (0, 0, 1)
    assert spelling.tanween([written_text("", ["ماذا قلنا"])], lambda words: [w + TANWEEN for w in words]) == (0, 2, 0)


def test_pairs_are_measured_where_the_editor_kept_the_word() -> None:
    """Words that the editor replaced or left out have no gold."""
    pair = aligned("خطبة", ["قال", "ان", "امه", "خطا", "الاسلام"], ["قال", "إنَّ", "أمةَ", "الإسلام"])

    assert pair.gold == {0: "قال", 1: "إنَّ", 2: "أمةَ", 4: "الإسلام"}
    count = spelling.of_pairs([pair], lambda _: ["قال", "إن", "أمة", "خطا", "الاسلام"])
    assert (count.words, count.right) == (4, 3)


def test_typed_words_that_change_are_worse() -> None:
    """What people typed is the standard, whatever a restorer makes of it."""
    assert spelling.worsened([TEXT], same).right == 0
    assert spelling.worsened([TEXT], lambda words: ["X", *words[1:]]).right == 1


def test_nothing_has_no_share() -> None:
    """No words give a share of 0, not an error."""
    assert spelling.of_texts([], same).share == 0
