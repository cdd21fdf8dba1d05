"""Code refuses what it knows for certain to be wrong, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from models.judges.exam import exam_items
from pipeline.types.article import Chapter, Flaw, Video
from pipeline.verify.certain import Facts, certain_flaws, video_facts

VIDEO = Video(
    "x",
    "ما سر نجاح Threads؟",
    channel="قناة الأرقام",
    published=date(2025, 5, 11),
    description="رابط المصدر https://example.com/a و«كلام لم يقله أحد» و1234 مشاهدة",
    url="https://youtu.be/x",
    chapters=(Chapter(0.0, "قصة 1984"),),
    tags=("OpenAI",),
)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("بلغت النسبة 3.7%.", "وصلت لـ ثلاثة فاصل 7%"),
        ("غُرّمت الشركة 1.2 مليار يورو.", "غرمها واحد فاصل اتنين مليار يورو"),
        ("كلّف المشروع مليون ونصف مليون جنيه.", "كلف المشروع مليون ونص"),
        ("بلغت كلفته 1.5 مليون.", "اتكلف مليون ونص"),
        ("مات 3000 رجل.", "مات تلات آلاف راجل"),
        ("بلغت الحرارة 37.5 درجة.", "على 37 درجة ونص"),
        ("زاد السعر بنسبة 17.5%.", "زيادة 17% ونص"),
        ("يسكنها 2.3 مليون نسمة.", "فيها 2 مليون و 300 ألف بني آدم"),
        ("وقعت الحرب عام 1973.", "الحرب كانت سنة تلاتة وسبعين"),
        ("تراجع إلى 50%.", "نزل للنص"),
        ("بدأ في القرن التاسع عشر.", "بدأ سنة 1893"),
        ("كانت ميتا تعرف ذلك.", "الشركة كانت عارفة"),
        ("بلغت الكمية 9600 طن.", "تسعة آلاف وستمية طن"),
        ("ذكر ثلاث مراتب.", "الأولى الكظم، وبعدها العفو، وفوقهم الإحسان"),
        ("دفع 38 ألفاً.", "دفع 38 وخلص"),
        ("يناهز الدين 44 مليار دولار.", "الديون كانت 44.5 مليار دولار"),
        ("استمرت نحو 21 سنة.", "من سنة 1741 لسنة 1762"),
        ("تخلو الحافلة يوم الثلاثاء.", "يوم التلات الأتوبيس بيفضى"),
        ("روى شعبان قصته.", "حكيت لهم الحكاية"),
        ("مارس عليه الضغط.", "ضغط عليه"),
        ("ارتفع إلى 52%.", "الأولى نزلت ل46% والتانية ل52"),
        ("قال إن «نزلنا السوق ... ولقينا الناس».", "نزلنا السوق الصبح ولقينا الناس واقفة"),
        ("نقلت عن «لوموند» الخبر.", "وجريدة اللوموند قالت"),
    ],
)
def test_every_spelling_of_what_was_said_may_stand(claim: str, said: str) -> None:
    """A figure, day, name or quotation is none too many where it was said in other letters, or follows from it."""
    assert certain_flaws(claim, (said,)) == ()


@pytest.mark.parametrize(
    ("claim", "said", "flaw"),
    [
        ("بلغت النسبة 7.3%.", "وصلت لـ ثلاثة فاصل 7%", (Flaw.NUMBER, "7.3%")),
        ("كلّف المشروع 2.5 مليون جنيه.", "كلف المشروع مليون ونص", (Flaw.NUMBER, "2500000")),
        ("وقعت الحرب عام 1967.", "الحرب كانت سنة تلاتة وسبعين", (Flaw.NUMBER, "1967")),
        ("خسر 38 مليار دولار.", "خسر 38 مليون دولار", None),
        ("خسر 48 مليار دولار.", "خسر 38 مليون دولار", (Flaw.NUMBER, "48000000000")),
        ("يفتح في مارس 2020.", "فتح في شهر مايو 2020", (Flaw.NUMBER, "3")),
        ("تخلو يوم الأربعاء.", "يوم التلات بيفضى", (Flaw.NUMBER, "الاربعاء")),
        ("أطلقت شركة Google التطبيق.", "الشركة طلعت التطبيق", (Flaw.NAME, "google")),
        ("انظر https://evil.example/x.", "الشركة طلعت التطبيق", (Flaw.NAME, "https://evil.example/x.")),
        ("قال «لن ندفع أبداً لأحد».", "قال إحنا مش هندفع لحد", (Flaw.QUOTE, "لن ندفع أبداً لأحد")),
        ("قال تعالى: ﴿قل هو الله واحد﴾.", "قال تعالى ﴿قل هو الله أحد﴾", (Flaw.SCRIPTURE, "قل هو الله واحد")),
    ],
)
def test_what_was_not_said_in_any_spelling_is_refused(claim: str, said: str, flaw: tuple[Flaw, str] | None) -> None:
    """Another figure, month, day, name, address, quotation or verse is a flaw that names it; a scale alone is not."""
    assert certain_flaws(claim, (said,)) == ((flaw,) if flaw else ())


def test_facts_name_but_only_titles_count_and_speak() -> None:
    """Names and addresses may come from all metadata, figures and quotations not from the description."""
    facts = video_facts(VIDEO)
    said = ("كلام عادي",)

    assert certain_flaws("تناولت الحلقة Threads وOpenAI و«قصة 1984».", said, facts) == ()
    assert certain_flaws("انظر https://example.com/a", said, facts) == ()
    assert certain_flaws("شاهدها 1234 شخصاً.", said, facts) == ((Flaw.NUMBER, "1234"),)
    assert certain_flaws("قال «كلام لم يقله أحد».", said, facts) == ((Flaw.QUOTE, "كلام لم يقله أحد"),)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("حدث ذلك عام 2025.", "حصل السنة دي"),
        ("حدث ذلك عام 2024.", "حصل السنة اللي فاتت"),
        ("يُفتتح عام 2026.", "هيفتح السنة الجاية"),
        ("غُرّمت في أبريل 2025.", "اتغرمت الشهر اللي فات"),
        ("قبل نحو عشر سنوات، أي عام 2015.", "من عشر سنين"),
        ("في 10 مايو 2025 وصل.", "وصل امبارح"),
    ],
)
def test_relative_time_is_told_by_the_day_of_publication(claim: str, said: str) -> None:
    """A year, month or day that follows from the publication may stand; the same without such words may not."""
    assert certain_flaws(claim, (said,), video_facts(VIDEO)) == ()
    assert certain_flaws(claim.replace("202", "203"), (said,), video_facts(VIDEO)) != () or "2015" in claim


def test_the_year_alone_needs_its_words() -> None:
    """Last year is no certain knowledge where nobody said so."""
    assert certain_flaws("حدث عام 2024.", ("حصل زمان",), video_facts(VIDEO)) == ((Flaw.NUMBER, "2024"),)
    assert certain_flaws("حدث عام 2024.", ("حصل السنة اللي فاتت",), Facts()) == ((Flaw.NUMBER, "2024"),)


def test_no_true_statement_of_the_exam_is_refused() -> None:
    """All 120 true statements about dialect talks pass the certain checks: meaning is left to the judge."""
    refused = [
        (item.statement, flaws)
        for item in exam_items()
        if item.label and (flaws := certain_flaws(item.statement, [sentence.text for sentence in item.evidence]))
    ]

    assert refused == []
