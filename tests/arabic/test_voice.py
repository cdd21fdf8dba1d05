"""What a sentence says of itself: a difficulty, an outlook, the past, the gist."""

import pytest

from pipeline.arabic.voice import states_challenge, states_future, sums_up, tells_of_past


@pytest.mark.parametrize(
    "text",
    [
        "أكبر تحدي قدام الشركة هو البطارية",
        "من أبرز التحديات ارتفاع الأسعار",
        "والصعوبة الثانية أن السكان يزيدون",
        "تواجه المدينة عقبات كثيرة",
        "التحدي الأكبر هو الوقت",
    ],
)
def test_a_difficulty_is_named_as_one(text: str) -> None:
    """The sentence says that something is a difficulty."""
    assert states_challenge(text)


@pytest.mark.parametrize(
    "text", ["حل كل التحديات في أسبوع", "محاولة تحدي جوجل لفيسبوك", "ما أكبر التحديات؟", "قبل التحدي وفاز في السباق"]
)
def test_a_word_of_difficulty_is_none(text: str) -> None:
    """The word in another sense, or in a question, names no difficulty."""
    assert not states_challenge(text)


def test_an_outlook_says_what_will_be() -> None:
    """A time to come and a verb of the future, not one without the other."""
    assert states_future("في المستقبل ستصبح المياه أغلى من النفط")
    assert states_future("السنين الجاية هنشوف سيارات أكتر")
    assert not states_future("في المستقبل القريب من المدينة قرية")
    assert not states_future("سيارة قديمة ومكسورة في الحارة")


def test_the_past_is_named() -> None:
    """A year or an age, not a count."""
    assert tells_of_past("في سنة 1974 طلب الرئيس دراسة")
    assert tells_of_past("في القرن الماضي بنيت السدود")
    assert not tells_of_past("يقطع النهر أكثر من 2000 كيلومتر")
    assert not tells_of_past("هل حدث هذا في عام 1990؟")


def test_a_gist_is_announced() -> None:
    """The sentence says of itself that it sums up."""
    assert sums_up("الخلاصة إن الشركة نجحت")
    assert sums_up("السر في نجاحها هو الأسعار")
    assert not sums_up("الشركة نجحت في أوروبا")
