"""Talks written for the tests: three subjects of standard Arabic, enough to tell one from another."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

RIVER = (
    "تعاني البلاد من نقص المياه منذ سنوات طويلة بسبب تراجع الأمطار.",
    "مياه النهر المشترك تكفي الزراعة حين تلتزم الدول بحصصها من المياه.",
    "السدود الكبيرة تحجز مياه النهر وتقلل ما يصل إلى الحقول.",
    "يحتاج الفلاح إلى الري في الصيف، والري القديم يضيع نصف المياه.",
    "تلوث مياه النهر يضر بالزراعة وبصحة القرى على ضفاف النهر.",
    "اتفاق تقاسم المياه بين البلدين يحدد حصة كل بلد من النهر.",
    "الري الحديث يوفر المياه ويزيد محصول القمح في الحقول.",
    "مياه النهر المشترك ثروة، وتقاسم المياه يمنع نزاع المزارعين.",
    "جفت الآبار في القرى، وصار الفلاح يشتري المياه للري.",
    "تخطط الوزارة لبناء سدود صغيرة تخزن مياه الأمطار للزراعة.",
)
SCHOOL = (
    "المدارس الابتدائية تستقبل أطفالا أكثر مما تتسع له الصفوف.",
    "تدريب المعلمين أساس إصلاح التعليم، والمعلم الجيد يصنع المدرسة.",
    "يحتاج التلميذ إلى كتاب واضح ومنهج يناسب عمره في المدرسة.",
    "رواتب المعلمين ضعيفة، فيترك المعلم المدرسة إلى عمل آخر.",
    "المناهج الدراسية القديمة تعلم التلاميذ الحفظ ولا تعلمهم التفكير.",
    "إصلاح المناهج الدراسية يبدأ من سؤال عما يحتاج التلميذ إليه.",
    "تغيب الفتيات عن المدارس البعيدة عن القرى في الشتاء.",
    "الامتحانات تقيس الحفظ، والتعليم الجيد يقيس فهم التلاميذ.",
    "تدريب المعلمين في الصيف رفع نتائج التلاميذ في الامتحانات.",
    "تحتاج المدارس إلى مكتبات وكتب يقرؤها التلاميذ بعد الدرس.",
)
TRADE = (
    "التجارة بين البلدين تراجعت بعد إغلاق المعابر والطرق.",
    "المعابر الحدودية تفتح أبوابها للشاحنات ثلاث ساعات في النهار.",
    "الرسوم الجمركية ترفع أسعار البضائع في الأسواق المحلية.",
    "يطلب التجار تخفيض الرسوم الجمركية على بضائع البلدين.",
    "الشاحنات تنتظر أياما عند المعابر، فتفسد البضائع قبل الأسواق.",
    "تصدير البضائع إلى الأسواق المجاورة يحتاج إلى طرق آمنة.",
    "اتفقت غرف التجارة على سوق حرة قرب المعابر الحدودية.",
    "الأسعار في الأسواق ترتفع حين تقل بضائع التجار.",
    "السوق الحرة توفر عملا للتجار وسائقي الشاحنات.",
    "زيادة الصادرات تحتاج إلى مصارف تمول التجارة والتجار.",
)


def said(*texts: str, start: float | None = None, pause: float = 0.2) -> tuple[Sentence, ...]:
    """The texts as numbered sentences; with a start, half a second a word and the pause between sentences."""
    if start is None:
        return tuple(Sentence(number, text) for number, text in enumerate(texts, 1))
    sentences = []
    now = start
    for number, text in enumerate(texts, 1):
        end = now + 0.5 * len(text.split())
        sentences.append(Sentence(number, text, now, end))
        now = end + pause
    return tuple(sentences)


def repeated(texts: Iterable[str], words: int) -> list[str]:
    """The texts over and over, until there are at least so many words."""
    pool = list(texts)
    taken: list[str] = []
    total = 0
    for place in count():
        if total >= words:
            return taken
        taken.append(pool[place % len(pool)])
        total += len(taken[-1].split())
    raise AssertionError
