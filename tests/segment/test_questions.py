"""Telling questions by their words."""

from __future__ import annotations

import pytest

from pipeline.segment.questions import asks, may_ask


@pytest.mark.parametrize(
    "text",
    [
        "من أين يأتي هذا الماء أصلاً",
        "طيب، إيه اللي حصل بعد كده في المصنع",
        "فماذا فعل",
        "هو مين اللي عمل كده في بيتنا",
        "يا سيدي، كيف عرفت أن الماء سيعود إلينا",
        "السؤال الذي يشغلكم هو: كيف تقيس نصف ساعة بعدل هنا",
        "كم بقي لي معها",
        "وصلنا إلى البئر ولم نجد ماء، فماذا نفعل",
        "رسمت لنا جنة فأين السرقة",
    ],
)
def test_what_asks(text: str) -> None:
    """At the beginning, behind what leads to it or an address, after a colon, and shortly before the end."""
    assert asks(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "يعرف كيف يصلحها",
        "شرحت لكم السؤال كيف بدأ",
        "سأقول لكم بعد قليل لماذا",
        "هو لا يدري أين بيته",
        "رأيت من زاره ومن غاب عنه",
        "كل ما تحتاج إليه عندك",
        "دخل المدينة كم رجل غريب",
        "سألوه متى جاء وأين سكن",
        "لماذا اختار البناء هذا الموضع لأن الهواء يمر فيه ليلاً ونهاراً",
        "وهل أقنعها ذلك قالت لي نصف دواء خير من لا دواء",
        "ولا فرق بين كيف بدأ وكيف انتهى",
        "تكلموا أمس عن كيف بدأ",
        "تركوا الدار لرجل يصلحها وكيف شاء",
    ],
)
def test_what_does_not_ask(text: str) -> None:
    """A question that somebody knows or tells of, a relative, and a question with its answer in one sentence."""
    assert not asks(text.split())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("كم مرة توقفت رحلات الطيران، وازدحمت المستشفيات بسبب عاصفة جاءت من وراء الحدود", True),
        ("نصل الآن إلى السؤال الأخير، ما الذي قد يأتي في السنوات القادمة", True),
        ("أكتر حاجة بتضيق ده هي الموبايل لأنك ترجع بعده تسأل نفسك كنت بقول إيه", False),
        ("ضحك وقال إنه يعني السلام عليكم يا أهل الدار", False),
    ],
)
def test_what_the_model_takes_for_a_question_needs_a_word_that_asks(text: str, *, asked: bool) -> None:
    """However long it is; a word that belongs to a statement, or none, does not do."""
    assert may_ask(text.split()) is asked
