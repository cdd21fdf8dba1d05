"""Spoken Arabic is told by its function words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.stopwords import SPOKEN
from pipeline.arabic.voice import detect_dialect
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
