"""Written text as words with marks."""

from __future__ import annotations

from pipeline.arabic.punctuation import marked_words


def pairs(text: str) -> list[tuple[str, str]]:
    """Words with their marks."""
    return [(word.text, word.mark) for word in marked_words(text)]


def test_each_word_has_the_mark_after_it() -> None:
    """Marks belong to the word before them, wherever the space stands."""
    assert pairs("قال: نعم، ثم ذهب .") == [("قال", ":"), ("نعم", "،"), ("ثم", ""), ("ذهب", ".")]


def test_foreign_marks_are_arabic_marks() -> None:
    """Latin comma, semicolon and question mark count as the Arabic ones, an exclamation mark as a full stop."""
    assert [mark for _, mark in pairs("نعم, كلا; كيف? بلى! ربما…")] == ["،", "؛", "؟", ".", "."]


def test_the_strongest_mark_counts() -> None:
    """Of several marks in a row the sentence end is kept."""
    assert pairs("كيف؟! نعم..، لا") == [("كيف", "؟"), ("نعم", "."), ("لا", "")]


def test_quotation_marks_and_brackets_are_left_out() -> None:
    """They neither are marks nor come between a word and its mark."""
    assert pairs("«الكتاب» (القديم)، وصل") == [("الكتاب", ""), ("القديم", "،"), ("وصل", "")]


def test_numbers_and_abbreviations_hold_their_marks() -> None:
    """A decimal point and the dot of a one-letter abbreviation end nothing."""
    assert pairs("بلغ 3.5 م. تقريبا") == [("بلغ", ""), ("3.5", ""), ("م", ""), ("تقريبا", "")]


def test_vowel_signs_stay_inside_a_word() -> None:
    """A word with signs is one word."""
    assert pairs("مُحَمَّدٌ رسولُ") == [("مُحَمَّدٌ", ""), ("رسولُ", "")]


def test_text_without_words_has_none() -> None:
    """Marks alone, or nothing, are no words."""
    assert pairs("") == pairs("، . ؟ …") == []
