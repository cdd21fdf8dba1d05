"""Captions' spelling and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.orthography import (
    TANWEEN,
    apply,
    bare,
    fits,
    is_arabic,
    is_captioned,
    is_punctuated,
    shifted,
    tag_of,
    takes_tanween,
    unsigned,
    with_tanween,
)

WRITTEN = st.text("اأإآبتثجحدرسشصعفقكلمنهةويىءؤئ", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("written", "captioned"),
    [
        ("الأمة", "الامه"),
        ("إلى", "الى"),
        ("آخر", "اخر"),
        ("شيئًا", "شيئا"),
        ("مسؤول", "مسؤول"),
        ("مستشفى", "مستشفى"),
        ("ٱلله", "الله"),
        ("مدّرسة", "مدرسه"),
        ("كتـــاب", "كتاب"),
        ("2004", "2004"),
        ("YouTube", "YouTube"),
    ],
)
def test_bare_is_what_automatic_captions_write(written: str, captioned: str) -> None:
    """Alef loses its hamza and taa marbuta its dots; final alef maqsura, waw and yaa with hamza stay."""
    assert bare(written) == captioned


@pytest.mark.parametrize(
    ("written", "tag"),
    [("كتاب", ""), ("أمة", "0أة"), ("الإنسان", "1إ"), ("وآراء", "0آ"), ("للأمم", "0أ"), ("بالأسئلة", "1أة")],
)
def test_a_tag_names_the_marks_and_their_places(written: str, tag: str) -> None:
    """Alefs are counted from 0, proclitics included; taa marbuta is named last."""
    assert tag_of(written) == tag


@given(WRITTEN)
def test_a_tag_brings_the_written_word_back(written: str) -> None:
    """What captions lost of a word is all in its tag, unless taa marbuta stands inside, where no word has it."""
    if "ة" not in written[:-1]:
        assert apply(tag_of(written), bare(written)) == written


@given(WRITTEN, WRITTEN)
def test_a_tag_never_makes_another_word(one: str, other: str) -> None:
    """Whatever tag is put on a word, folding gives the same word again; a tag that does not fit is refused."""
    tag, word = tag_of(one), bare(other)
    if fits(tag, word):
        assert bare(apply(tag, word)) == word
    else:
        with pytest.raises(ValueError, match="does not fit"):
            apply(tag, word)


def test_bare_words_do_not_change_again() -> None:
    """Folding twice is folding once."""
    assert bare(bare("أسئلةٌ")) == bare("أسئلةٌ") == "اسئله"


def test_tags_move_with_the_article() -> None:
    """A tag counts on behind more alefs, and is none when an alef would come before the first."""
    assert shifted("0أة", 1) == "1أة"
    assert shifted("1إ", -1) == "0إ"
    assert shifted("ة", 3) == "ة"
    assert not fits(shifted("0أ", -1), "ااا") or shifted("0أ", -1) == "?"
    assert shifted("0أ", -1) == "?"


def test_tanween_stands_after_the_last_letter() -> None:
    """`أيضاً`, `مساءً`: on a final alef or on hamza after alef, never on words of two letters."""
    assert with_tanween("أيضا") == "أيضاً"
    assert with_tanween("مساء") == "مساءً"
    assert with_tanween("جدا").endswith(TANWEEN)
    assert takes_tanween("ايضا")
    assert takes_tanween("مساء")
    assert not takes_tanween("ما")
    assert not takes_tanween("كتاب")


def test_only_letters_make_a_word_arabic() -> None:
    """Digits, Latin letters, signs and nothing are not Arabic words."""
    assert is_arabic("كتاب")
    assert [is_arabic(word) for word in ("كتاب2", "AI", "2004", "كتابٌ", "كتاب،", "")] == [False] * 6


def test_signs_are_no_letters() -> None:
    """Vowel signs and tatweel go, letters stay."""
    assert unsigned("مُحَمَّدٌ") == "محمد"
    assert unsigned("إلـــى") == "إلى"


def test_spelling_tells_captions_from_typed_text() -> None:
    """A single hamza in a long track is a stray; text that people wrote has them everywhere; numbers say nothing."""
    captioned = ["في", "سنه", "2004", "رفعوا", "قضيه", "ضد", "الرئيس"]
    written = ["في", "سنة", "2004", "رفعوا", "قضية", "ضد", "الرئيس"]

    assert is_captioned(captioned)
    assert is_captioned(captioned * 40 + ["إلى"])
    assert not is_captioned(written)
    assert not is_captioned(["إلى", "100", "200"])
    assert is_captioned([])


def test_marks_tell_a_punctuated_track() -> None:
    """A mark in forty words and more is punctuation; a question mark in hundreds of words is not."""
    plain = ["كلمة"] * 100

    assert is_punctuated([*plain, "نعم،", "لا.", "لماذا؟"])
    assert not is_punctuated([*plain, "لماذا؟"])
    assert is_punctuated(['قال:"', "نعم"])
    assert not is_punctuated([])
