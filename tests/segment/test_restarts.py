"""What a speaker begins and says again at once is told once."""

from dataclasses import replace

import pytest

from pipeline.segment.restarts import restarts, without_places
from pipeline.types.article import Removal, SpokenWord


def without_restarts(words: tuple[SpokenWord, ...]) -> tuple[tuple[SpokenWord, ...], tuple[Removal, ...]]:
    """The words that are kept, and what was begun."""
    places, removed = restarts(words)
    return without_places(words, places), removed


def said(text: str) -> tuple[SpokenWord, ...]:
    return tuple(SpokenWord(word, float(at)) for at, word in enumerate(text.split()))


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        ("واذا انعم الله واذا انعم الله تعالى على البلاد", "واذا انعم الله تعالى على البلاد"),
        ("والامن والامن يوجب والامن يوجب الشكر", "والامن يوجب الشكر"),
        ("في في المدينة", "في المدينة"),
        ("هو هو الأحق بالطاعة", "هو الأحق بالطاعة"),
        ("خدوا بالكم من السعر من السعر ده", "خدوا بالكم من السعر ده"),
        ("وامتن الله امتن الله على عباده", "وامتن الله على عباده"),
        ("اللهم احفظ هذه البلاد البلاد المباركة", "اللهم احفظ هذه البلاد المباركة"),
    ],
)
def test_a_false_start_is_left_out_and_told(heard: str, told: str) -> None:
    """The last of the repeated words stay, with their seconds; what went is listed with its second."""
    kept, removed = without_restarts(said(heard))

    assert " ".join(word.text for word in kept) == told
    assert len(kept) + sum(len(each.text.split()) for each in removed) == len(heard.split())
    assert all(each.reason == "repeat" and each.start is not None for each in removed)


@pytest.mark.parametrize(
    "heard",
    [
        "سعر البيت غالي جدا جدا",
        "الله أكبر الله أكبر لا إله إلا الله",
        "لا لا أقصد هذا",
        "الصلاة الصلاة عباد الله",
        "دخلوا واحد واحد من الباب",
        "قال الطريق الطريق يا رجال",
        "رجل ورجل ثم امرأة",
        "وصلنا صلنا إلى المدينة",
        "أمك ثم أمك ثم أبوك",
        "رأيت المدينة. رأيت المدينة كلها",
    ],
)
def test_what_is_doubled_on_purpose_stays(heard: str) -> None:
    """Emphasis, calls, counting, and a sentence that is over."""
    kept, removed = without_restarts(said(heard))

    assert " ".join(word.text for word in kept) == heard
    assert not removed


def test_another_voice_may_say_the_same() -> None:
    """Where somebody else goes on, nobody started over."""
    first, second = said("سافرت إلى دمشق"), said("سافرت إلى دمشق فعلا")
    asked = (*first[:-1], SpokenWord(first[-1].text, first[-1].start, ends=True))

    assert without_restarts((*asked, *second))[0] == (*asked, *second)


def test_a_false_start_leaves_no_silence() -> None:
    """The seconds of what was begun belong to the word before it, so no pause ends a sentence there."""
    words = tuple(replace(word, end=at + 0.9) for at, word in enumerate(said("قال في المدينة في المدينة كلها")))
    kept, _ = without_restarts(words)
    assert [(word.text, word.start, word.end) for word in kept[:2]] == [("قال", 0.0, 2.9), ("في", 3.0, 3.9)]
