"""Spoken Arabic is told by its function words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.stopwords import SPOKEN
from pipeline.arabic.voice import detect_dialect, needs_quotes, speaks_as_person
from tests.segment.subjects import RIVER, SCHOOL, TRADE, said

SPEECH = {
    "egyptian": ("إحنا عايزين نعرف ليه ده حصل دلوقتي", "المية دي مش كتير كده في البلد", "طب إزاي محدش قال حاجة"),
    "levantine": ("هلق بدنا نحكي شو صار هون", "هيدا النهر كتير منيح مشان الزراعة", "شو بدك تعمل هيك متل ما قلنا"),
    "gulf": ("الحين نبغى نعرف وش صار في السوق", "هذي البضاعة وايد غالية مب رخيصة", "ترى التجار يبون دحين تخفيض"),
    "iraqi": ("هسه أكو مي قليل بالنهر", "شكد صار سعر البضاعة هواي غالي", "ماكو شي عدنا هيچ بالسوق"),
}


@pytest.mark.parametrize(("name", "texts"), SPEECH.items())
def test_a_variety_is_named(name: str, texts: tuple[str, ...]) -> None:
    """Egyptian, Levantine, Gulf and Iraqi speech get their name."""
    assert detect_dialect(said(*texts)) == name


def test_standard_arabic_has_no_label() -> None:
    """Standard Arabic is the rule and gets no name; neither does silence."""
    assert detect_dialect(said(*RIVER, *SCHOOL, *TRADE)) == ""
    assert detect_dialect(()) == ""
    assert detect_dialect(said("", "...")) == ""


def test_a_quotation_in_dialect_does_not_change_the_label() -> None:
    """One spoken sentence in a long standard talk leaves it standard."""
    assert detect_dialect(said(*(RIVER + SCHOOL + TRADE) * 3, SPEECH["egyptian"][0])) == ""


def test_a_name_with_father_is_no_dialect() -> None:
    """A sermon that cites `أبي هريرة` in every other sentence is in standard Arabic."""
    assert detect_dialect(said("عن أبي هريرة رضي الله عنه", "وعن أبي بكر الصديق", "وله من حديث أبي سعيد")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "تتفق دول الخليج على الأسعار",
        "هذه قوى كبرى في العالم",
        "ترى الولايات المتحدة في ذلك خطرًا",
        "قال الوزير إن القرض كبير",
        "روى أبي بن كعب هذا الحديث",
        "كانت المدينة في حاجة إلى الماء",
    ],
)
def test_what_standard_prose_has_as_well_is_neither_speech_nor_first_person(text: str) -> None:
    """`States`, `powers`, `she sees`, `he said` and `Ubayy` need no quotation marks; what only a speaker says does."""
    assert not needs_quotes(text)
    assert not speaks_as_person(text)
    assert needs_quotes(f"{text} وأنا رأيت ذلك")
    assert speaks_as_person(f"{text} دلوقتي")


def test_guests_of_two_varieties_are_mixed() -> None:
    """When none prevails, none is named."""
    assert detect_dialect(said(*SPEECH["egyptian"], *SPEECH["iraqi"])) == "mixed"


@given(st.lists(st.sampled_from([text for texts in SPEECH.values() for text in texts] + list(RIVER))))
def test_order_does_not_matter(texts: list[str]) -> None:
    """The label is of the whole talk, not of how it begins."""
    assert detect_dialect(said(*texts)) == detect_dialect(said(*reversed(texts)))


def test_no_word_gives_two_varieties_away() -> None:
    """A telling word belongs to one variety only."""
    for name, own in SPOKEN.items():
        others = frozenset().union(*(words for other, words in SPOKEN.items() if other != name))
        assert own & others == frozenset()
