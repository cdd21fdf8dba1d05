"""Verses and hadith."""

from __future__ import annotations

import pytest

from pipeline.verify.scripture import altered_scripture, gives_scripture, respell_scripture, without_verses

SAID = ["قال الله تعالى: إنما المؤمنون إخوة", "قال رسول الله صلى الله عليه وسلم: الدين النصيحة"]


@pytest.mark.parametrize(
    "text",
    [
        "قال تعالى: «إنما المؤمنون إخوة»",
        "وقال الله سبحانه: إنما المؤمنون إخوة",
        "كما في قوله تعالى «إنما المؤمنون إخوة»",
        "﴿إنما المؤمنون إخوة﴾",
        "قال رسول الله صلى الله عليه وسلم: «الدين النصيحة»",
        "ويقول النبي: الدين النصيحة",
    ],
)
def test_what_is_introduced_as_scripture_is_known(text: str) -> None:
    """By its brackets or by its opening; as captioned it is not altered."""
    assert gives_scripture(text)
    assert altered_scripture(text, SAID) == ""


@pytest.mark.parametrize("text", ["قال المهندس: «الماء قليل»", "تعالى صوته", "نقل الله البلاد إلى خير"])
def test_other_quotations_are_not(text: str) -> None:
    """A speaker is no prophet."""
    assert not gives_scripture(text)
    assert altered_scripture(text, SAID) == ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("قال تعالى: «إنما المسلمون إخوة»", "إنما المسلمون إخوة"),
        ("قال تعالى: «انما المؤمنون اخوة»", "انما المؤمنون اخوة"),
        ("﴿إنما المؤمنون﴾ ثم ﴿إخوة متحابون﴾", "إخوة متحابون"),
        ("وقال رسول الله: الدين المعاملة", "الدين المعاملة"),
    ],
)
def test_one_letter_less_is_another_verse(text: str, wrong: str) -> None:
    """Not even a hamza may differ from the captions."""
    assert altered_scripture(text, SAID) == wrong


def test_a_hamza_that_captions_lack_is_the_writers() -> None:
    """A rare word that nobody restored is spelled by who knows it, but in a verse between its brackets nothing is."""
    said, written = ("قال النبي من خاف ادلج بلغ المنزل",), "قال النبي: «مَن خاف أدلج بلغ المنزل»"
    kept = respell_scripture(written, said)

    assert kept == "قال النبي: «من خاف أدلج بلغ المنزل»"
    assert altered_scripture(kept, said) == ""
    assert respell_scripture("﴿من خاف أدلج﴾", said) == "﴿من خاف ادلج﴾"
    assert altered_scripture("﴿من خاف أدلج﴾", said) == "من خاف أدلج"


def test_marks_between_words_do_not_count() -> None:
    """Commas are the editor's."""
    assert altered_scripture("قال تعالى: «إنما المؤمنون، إخوة.»", SAID) == ""


def test_only_what_announces_a_known_verse_needs_no_look() -> None:
    """A verse from the Qur'an needs no comparison with its source; another verse and a hadith beside it do."""
    known = {"والسماء رفعها"}

    assert not gives_scripture(without_verses("قال الله تعالى في كتابه: ﴿والسماء رفعها﴾.", known))
    assert gives_scripture(without_verses("قال تعالى: ﴿والأرض وضعها﴾.", known))
    assert gives_scripture(without_verses("قال رسول الله: الدين النصيحة. وقال تعالى: ﴿والسماء رفعها﴾.", known))


@pytest.mark.parametrize(
    ("written", "captioned"),
    [
        ("وتلا ﴿إِنَّمَا ٱلْمُؤْمِنُونَ إِخْوَةٌ﴾ ثم سكت", "وتلا ﴿إنما المؤمنون إخوة﴾ ثم سكت"),
        ("قال تعالى: «انما المؤمنون اخوه»", "قال تعالى: «إنما المؤمنون إخوة»"),
        ("﴿إنما المسلمون إخوة﴾", "﴿إنما المسلمون إخوة﴾"),
        ("قال المهندس: «الدِّين النصيحه»", "قال المهندس: «الدِّين النصيحه»"),
    ],
)
def test_a_verse_known_by_heart_is_put_in_the_letters_of_the_captions(written: str, captioned: str) -> None:
    """Vowel signs and hamzas become those that were shown; other words, and quotations of people, stay as written."""
    assert respell_scripture(written, SAID) == captioned
