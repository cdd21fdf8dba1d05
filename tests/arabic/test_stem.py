"""Light stemming brings the forms of a word together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.normalize import fold
from pipeline.arabic.stem import content_stems, is_content_word, stem
from pipeline.arabic.stopwords import EMPTY

LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=14)


@pytest.mark.parametrize(
    "forms",
    [
        ("كتاب", "الكتاب", "والكتاب", "بالكتاب", "للكتاب", "كتابه", "كتابها", "كتابهم"),
        ("مدرسة", "المدرسة", "مدرستنا", "والمدرسة", "المدرسات"),
        ("معلم", "المعلمين", "معلمون", "المعلم", "معلمة"),
        ("اقتصاد", "الاقتصاد", "اقتصادي", "الاقتصادية", "اقتصادها"),
    ],
)
def test_forms_of_one_word_share_a_stem(forms: tuple[str, ...]) -> None:
    """Article, conjunction, number, gender and possessive do not make another word."""
    assert len({stem(fold(form)) for form in forms}) == 1


@pytest.mark.parametrize("pair", [("علم", "عمل"), ("مدرسة", "مدينة"), ("دولة", "دولار"), ("ولد", "لد")])
def test_different_words_keep_different_stems(pair: tuple[str, str]) -> None:
    """A light stem is no root: words that only look alike stay apart."""
    assert stem(fold(pair[0])) != stem(fold(pair[1]))


@given(LETTERS)
def test_a_stem_is_part_of_its_word_and_long_enough(word: str) -> None:
    """Nothing is added, and a word is never cut below three letters."""
    assert stem(word) in word
    assert len(stem(word)) >= min(3, len(word))


def test_content_leaves_out_what_names_nothing() -> None:
    """Function words, general nouns, figures and single letters are no content; order and repeats are kept."""
    assert content_stems("هذا هو الكتاب الذي في البيت، و الكتاب رقم 12 ب") == ("كتاب", "بيت", "كتاب", "رقم")


def test_content_leaves_out_blessings() -> None:
    """What is said around a name in reverence does not name the subject."""
    assert content_stems("قال النبي صلى الله عليه وسلم في الصيام إن شاء الله") == content_stems("الصيام")
    assert content_stems("الافتقار إلى الله") == (*content_stems("الافتقار"), *content_stems("الله"))
    assert len(content_stems("الله")) == 1


@given(st.sampled_from(sorted(EMPTY)))
def test_no_function_word_is_telling(word: str) -> None:
    """Every listed word is passed over, also after a joined و or ف."""
    assert not is_content_word(word)
    assert not is_content_word("و" + word)
    assert not is_content_word("ف" + word)


@pytest.mark.parametrize("word", ["اقتصاد", "حدود", "طاقه", "ذكاء", "مدرسه", "الله"])
def test_nouns_are_telling(word: str) -> None:
    """What a talk can be about is not passed over."""
    assert is_content_word(word)


@given(st.text())
def test_any_text_has_content_or_none(text: str) -> None:
    """Hostile text is folded and read like any other: stems are never empty."""
    assert all(content_stems(text)) or content_stems(text) == ()
