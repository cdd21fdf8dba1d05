"""Which word of a claim stands for which word of what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.affixes import strip_conjunction
from pipeline.arabic.alignment import align, index_speech, lookup_forms
from pipeline.arabic.normalize import words


def aligned(claim: str, *evidence: str) -> list[str | None]:
    """For each word of the claim the word of the evidence that stands for it."""
    source = index_speech(evidence)
    return [None if place is None else source.words[place] for place in align(words(claim), source)]


def test_the_same_words_stand_for_themselves() -> None:
    """Each once, in order, folded."""
    assert align(words("أصلحنا الشبكة"), index_speech(["أصلحنا الشبكه"])) == (0, 1)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("الكتاب", "كتاب"),
        ("وبالماء", "الماء"),
        ("لبغداد", "بغداد"),
        ("يرتفع", "ارتفعت"),
        ("المدرسون", "مدرسين"),
        ("الاقتصادي", "اقتصادية"),
        ("الأنظمة", "الانظمات"),
        ("لذلك", "ولهذا"),
        ("الآن", "دلوقتي"),
        ("يريد", "عايز"),
    ],
)
def test_another_form_of_a_word_stands_for_it(claim: str, evidence: str) -> None:
    """With or without article, preposition, person, number and gender; standard for spoken."""
    assert aligned(claim, evidence) != [None]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [("مصر", "سوريا"), ("النفط", "الماء"), ("قطر", "مطر"), ("لبنان", "إيران"), ("محمد", "حمد"), ("باريس", "فارس")],
)
def test_another_word_does_not(claim: str, evidence: str) -> None:
    """Short words that look alike are two words."""
    assert aligned(claim, evidence) == [None]


def test_a_slip_in_a_long_word_is_forgiven() -> None:
    """Recognisers and typists miss a letter, but for the first."""
    assert aligned("الاستراتيجية", "الاسترتيجية") == ["الاسترتيجيه"]
    assert aligned("الحاظرين", "الحاضرين") == ["الحاضرين"]
    assert aligned("قنصليات", "جنصليات") == [None]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [("الاحتلال", "الاحتفال"), ("استقلال", "استقبال"), ("المستقل", "المستقبل"), ("مقاولة", "مقاومة")],
)
def test_another_letter_makes_another_word(claim: str, evidence: str) -> None:
    """Letters that nobody takes for each other tell words apart: occupation is no celebration."""
    assert aligned(claim, evidence) == [None]


def test_a_phrase_stands_for_a_word() -> None:
    """Both of its words have the same place."""
    assert aligned("غير أن الماء قليل", "لكن الماء قليل") == ["لكن", "لكن", "الماء", "قليل"]


def test_a_word_is_taken_once() -> None:
    """Said once, it supports one mention."""
    assert aligned("الماء الماء", "الماء") == ["الماء", None]


def test_of_two_places_the_one_between_its_neighbours_is_taken() -> None:
    """A word that was said twice stands where the claim goes on from it."""
    source = index_speech(["في بغداد جامعة", "وفي دمشق جامعة قديمة"])

    assert align(words("في دمشق جامعة"), source) == (3, 4, 5)


def test_function_words_follow_the_words_around_them() -> None:
    """They are no landmarks."""
    assert align(words("في دمشق سوق وفي بغداد نهر"), index_speech(["في بغداد نهر وفي دمشق سوق"])) == (3, 4, 5, 0, 1, 2)


def test_sentences_keep_their_beginnings() -> None:
    """The source knows where each begins."""
    assert index_speech(["أول جملة", "ثاني جملة هنا"]).starts == {0, 2}


def test_a_joined_and_makes_no_difference() -> None:
    """Also before two letters, when they are a function word; a radical is no `and`."""
    assert [strip_conjunction(word) for word in ("والماء", "وفي", "فمن", "ورد", "")] == ["الماء", "في", "من", "ورد", ""]
    assert lookup_forms("والماء")[0] == lookup_forms("الماء")[0]


@given(
    st.lists(st.text("ابتفلمنويه", min_size=1, max_size=6), max_size=12),
    st.lists(st.text("ابتفلمنويه ", max_size=30), max_size=3),
)
def test_places_exist_and_a_place_is_taken_once(claim: list[str], evidence: list[str]) -> None:
    """Whatever the words: one answer a word, inside the source, none twice."""
    source = index_speech(evidence)
    places = [place for place in align(claim, source) if place is not None]

    assert len(align(claim, source)) == len(claim)
    assert all(0 <= place < len(source.words) for place in places)
    assert len(set(places)) == len(places)
