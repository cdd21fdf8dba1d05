"""Times that only the day of publication makes known."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.arabic.relative_time import figures_by_publication, has_relative_time


@pytest.mark.parametrize(
    "text",
    [
        "ارتفع السعر اليوم إلى عشرين جنيهًا.",
        "ويصل الوفد اليوم أو غدًا إلى المدينة.",
        "واليوم صار في المدينة عشرون مصنعًا.",
        "ولم يصل حتى اليوم أي رد.",
        "عندهم أمل لحد النهارده إنه ييجي.",
        "الشركة خسرت كتير السنة دي.",
        "وصلوا امبارح من السفر.",
        "صدر القرار أمس.",
        "أصدر القانون الشهر اللي فات.",
        "ينعقد المؤتمر العام المقبل.",
        "تراجعت الأرباح الأسبوع الماضي.",
        "اجتمعوا الخميس الماضي.",
        "يُفتح المعرض غدًا.",
        "بدأ المشروع قبل عامين.",
        "يعمل في الشركة منذ ثلاث سنوات.",
    ],
)
def test_it_is_known_by_its_words(text: str) -> None:
    """In writing and in dialect."""
    assert has_relative_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "من كان يؤمن بالله واليوم الآخر فليكرم ضيفه.",
        "يُسأل عنه يوم القيامة.",
        "في اليوم الذي وصل فيه القطار.",
        "وغدا يقول سأتوب اليوم أو غداً.",
        "اليوم اللي شفته فيه كان حر.",
        "يأكل مرتين في اليوم.",
        "وفي اليوم التالي عاد.",
        "في ذلك اليوم ولد.",
        "وفي اليوم السابع استراح.",
        "كتبت عنه صحيفة المصري اليوم.",
        "حلقة النهارده عن الماء.",
        "قال تعالى: ﴿اليوم أكملت لكم دينكم﴾.",
        "غدا المكان خاليًا.",
        "في 2022 السنة اللي فاتت كانت أصعب.",
        "بدأ البناء قبل ثلاث سنوات من الحرب.",
        "كان العام صعبًا والشهر طويلًا.",
        "في العام السابق للحرب.",
    ],
)
def test_other_days_and_years_are_none(text: str) -> None:
    """The Last Day, a day in a story, a measure, a newspaper, a verse, a year that is told."""
    assert not has_relative_time(text)


def test_a_day_in_a_story_gives_no_date() -> None:
    """What may be written as the day of publication was said of today."""
    published = date(2021, 3, 3)
    assert "2021" in figures_by_publication("وصل اليوم", published)
    assert figures_by_publication("وصل في اليوم الذي سافر فيه", published) == frozenset()
