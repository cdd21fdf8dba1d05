"""Scripts written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from pipeline.types.article import Chapter, Passage, Script, Sentence, Track, TrackOrigin, Video

VIDEO = Video(
    id="aaaaaaaaaaa",
    title="حلقات النهر | لماذا يعطش الفرات؟",
    channel="قناة النهر",
    published=date(2026, 3, 1),
    seconds=600.0,
    url="https://www.youtube.com/watch?v=aaaaaaaaaaa",
    language="ar",
)

TALK: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "منبع الفرات ومجراه",
        (
            "السلام عليكم ورحمة الله وبركاته",
            "ينبع نهر الفرات من جبال الأناضول في تركيا ويصب في شط العرب",
            "ويقطع النهر في سوريا والعراق أكثر من 2000 كيلومتر بين السهول والبادية",
            "وعلى ضفاف النهر قامت مدن قديمة عرفت الزراعة والري قبل آلاف السنين",
        ),
    ),
    (
        "سدود النهر",
        (
            "بنت تركيا سدوداً كبيرة على النهر في أعلى المجرى خلال القرن الماضي",
            "وأقامت سوريا سد الفرات قرب مدينة الطبقة لتوليد الكهرباء وري الأرض",
            "وللعراق سد حديثة الذي يخزن ماء النهر لمواسم الجفاف الطويلة",
            "فهل تكفي هذه السدود وحدها؟",
        ),
    ),
    (
        "ري الحقول",
        (
            "يضيع نصف الماء في الحقول التي تروى بالغمر تحت شمس الصيف",
            "والري بالتنقيط يوفر ماء كثيراً ويحفظ التربة من الملوحة",
            "أنا جربت الري بالتنقيط في مزرعة أبي فوفرت ماءً كثيراً",
        ),
    ),
    (
        "مدن على الضفاف",
        (
            "تشرب مدن كثيرة من ماء النهر مثل الرقة ودير الزور والرمادي",
            "ومحطات التنقية القديمة في هذه المدن تحتاج إلى إصلاح كل عام",
        ),
    ),
    (
        "تجارة النهر",
        (
            "كانت القوارب تحمل القمح والتمر بين مدن النهر قبل بناء السدود",
            "واليوم تنقل الشاحنات التمر والقمح على طريق يحاذي النهر",
        ),
    ),
    (
        "صعوبات أمام النهر",
        (
            "أول الصعوبات أن المطر صار أقل انتظاماً في جبال المنبع",
            "والصعوبة الثانية أن السكان يزيدون وأن حاجة المدن إلى الماء تكبر",
        ),
    ),
    (
        "مستقبل الماء",
        (
            "في المستقبل قد تتبادل الدول قراءات المناسيب يوماً بيوم",
            "وفي السنوات القادمة سيحتاج المزارع إلى محاصيل تتحمل الملوحة",
            "وفي الختام يبقى النهر واحداً وإن عبر ثلاث دول",
            "ومن يحفظ ماءه اليوم يجده غداً",
            "اشتركوا في القناة وفعلوا الجرس واكتبوا في التعليقات",
        ),
    ),
)
"""A talk of seven passages about a river: background, four subjects, difficulties, and an outlook with an end."""


def script(
    talk: Sequence[tuple[str, Sequence[str]]] = TALK,
    *,
    video: Video = VIDEO,
    timed: bool = True,
    chapters: bool = False,
) -> Script:
    """The talk as a script; a sentence lasts ten seconds, and with `chapters` the headings are the author's."""
    numbers = count(1)
    passages = tuple(
        Passage(heading, tuple(_sentence(next(numbers), text, timed=timed) for text in texts), chapters)
        for heading, texts in talk
    )
    marks = tuple(Chapter(p.sentences[0].start or 0.0, p.heading) for p in passages) if chapters else ()
    return Script(replace(video, chapters=marks), Track("ar", TrackOrigin.AUTOMATIC), passages)


def _sentence(number: int, text: str, *, timed: bool) -> Sentence:
    start = 10.0 * (number - 1)
    times = tuple(start + 0.5 * place for place in range(len(text.split())))
    return Sentence(number, text, start, start + 9.0, times) if timed else Sentence(number, text)
