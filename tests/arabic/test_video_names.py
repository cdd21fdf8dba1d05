"""What is told from the title of a video."""

from __future__ import annotations

import pytest

from pipeline.arabic.titles import VideoName, video_subject
from pipeline.types.article import Video


def told(title: str, *others: str, channel: str = "") -> VideoName:
    return video_subject(Video("x", title, channel), others)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("الدحيح | الموسم 3 | الحلقة 12 | لماذا نكذب؟", VideoName("لماذا نكذب؟", "الدحيح", 3, 12)),
        ("كيف تعمل البطارية؟ | بودكاست علوم | جلسة ١٣", VideoName("كيف تعمل البطارية؟", "بودكاست علوم", None, 13)),
        ("الحلقة الثالثة عشرة: سر النوم (كاملة)", VideoName("سر النوم", "", None, 13)),
        ("S03E12 - كيف تعمل البطارية؟", VideoName("كيف تعمل البطارية؟", "", 3, 12)),
        ("Ep.17 –إيه المشكلة في السفر؟", VideoName("إيه المشكلة في السفر؟", "", None, 17)),
        (
            "حكاية مطعم - من أقدم مطاعم البلد- Foodcast 16",
            VideoName("حكاية مطعم - من أقدم مطاعم البلد", "Foodcast", None, 16),
        ),
        ("فيزياء - الدرس 3 - قوانين الحركة", VideoName("قوانين الحركة", "فيزياء", None, 3)),
        ("نصائح للنوم - الجزء الأول | بودكاست علوم", VideoName("نصائح للنوم - الجزء الأول", "بودكاست علوم")),
        ("قصة الأندلس الحلقة 4 سقوط غرناطة", VideoName("سقوط غرناطة", "قصة الأندلس", None, 4)),
        ("حوارات تدوين | الطريق إلى دمشق", VideoName("الطريق إلى دمشق", "حوارات تدوين")),
        ("حلقة 3 من 10: سر النوم", VideoName("سر النوم", "", None, 3)),
        ("#12 كيف تنام جيدا", VideoName("كيف تنام جيدا", "", None, 12)),
    ],
)
def test_the_programme_its_numbers_and_the_subject_are_told_apart(title: str, name: VideoName) -> None:
    """A headline can name what the video is about, whatever stands around it and in whatever order."""
    assert told(title) == name


@pytest.mark.parametrize(
    "title",
    [
        "خطبة الجمعة من المسجد الحرام 17 رمضان - الشيخ فلان الفلاني",
        "خطبتا الجمعة والصلاة من المسجد النبوي",
        "خطبة الجمعة للشيخ عبد الرحمن سالم من المسجد الحرام 1446/9/17هـ",
        "خطبة الجمعة | Friday Khutbah | 12 ربيع الأول 1447هـ",
        "Sheikh Salem 2026-05-08",
        "رسائل الصباح الحلقة التالتة - كريم إسماعيل | Kareem Esmail",
        "01",
        "|||",
        "",
        "؟؟",
    ],
)
def test_a_title_of_programme_date_and_person_names_no_subject(title: str) -> None:
    """Where the title says nothing of the subject it is empty, so that the talk's own words are asked."""
    assert not told(title).subject


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("خطبة الجمعة: الصبر على البلاء", "الصبر على البلاء"),
        ("خطبة الجمعة بعنوان: فضل الصدقة | الشيخ صالح بن حميد", "فضل الصدقة"),
        ("خطبة الجمعة عن الصبر للشيخ صالح بن حميد", "الصبر"),
        ("خطبة الجمعة من جامع الراجحي | فضل الصدقة", "فضل الصدقة"),
    ],
)
def test_the_subject_of_a_sermon_stands_behind_its_occasion(title: str, subject: str) -> None:
    """Occasion, mosque and preacher are taken off, the subject stays."""
    assert told(title).subject == subject


@pytest.mark.parametrize(
    "title",
    [
        "برنامج الغذاء العالمي يعلن إفلاسه",
        "زلزال تركيا 6 فبراير 2023",
        "الشيخ زايد وبناء الدولة",
        "لقاء 5 رؤساء في القاهرة",
        "الصلاة: معناها وأثرها",
        "مقابلة الدكتور أحمد زويل على قناة النيل",
        "شرح Python 3.14 بالعربية",
        "Chat GPT",
    ],
)
def test_words_of_a_programme_or_a_person_inside_a_subject_stay(title: str) -> None:
    """Nothing is taken off a title that has nothing around its subject."""
    assert told(title) == VideoName(title)


def test_what_other_titles_have_too_is_the_programme() -> None:
    """The longer part is no subject if other videos have it, too; a title that is there twice does not hide it."""
    title = "حكايات من قلب المدينة القديمة | السوق"
    others = ("حكايات من قلب المدينة القديمة | الجسر", "المسجد | حكايات من قلب المدينة القديمة")
    assert told(title).subject == "حكايات من قلب المدينة القديمة"
    assert told(title, *others, title) == VideoName("السوق", "حكايات من قلب المدينة القديمة")


def test_a_subject_that_comes_again_by_chance_stays_one() -> None:
    """In a library of many titles, one other video of the same name makes no programme of a subject."""
    others = ("سقوط بغداد | قناة أخرى", "الماء", "الهواء", "النار", "التراب")
    assert told("سقوط بغداد | وثائقي", *others).subject == "سقوط بغداد"


def test_the_channel_is_no_subject() -> None:
    """A part that is the channel's name is left out, even if it is the longest."""
    assert told("قصص التاريخ القديم والحديث | بابل", channel="قصص التاريخ القديم والحديث!").subject == "بابل"


def test_a_dated_series_is_told_by_its_other_days() -> None:
    """`programme, night 19` is a programme once another night is known, and a subject alone."""
    assert told("عالمغرب ليلة 19 رمضان").subject == "عالمغرب ليلة 19 رمضان"
    assert told("عالمغرب ليلة 19 رمضان", "عالمغرب ليلة 18 رمضان") == VideoName("", "عالمغرب ليلة 19 رمضان")
