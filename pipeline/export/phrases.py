"""The fixed Arabic text of an article's page: headings, labels, and the words for what the report counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.types.article import TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping

RELATED, NO_RELATED = "مقالات مرتبطة", "لا توجد بعدُ مقالات مرتبطة في هذه المكتبة."
EVIDENCE, COVERAGE, NOTES = "المصدر والتوثيق", "من أين نُقل في الفيديو", "ملاحظات التدقيق"
TECHNICAL = "تفاصيل فنية"
EDITOR, MORE = "للمحرر قبل النشر", "وغيرها"
NO_NOTES = "لم يجد التدقيق الآلي ما يُنبَّه إليه، وهو لا يقابل نص الكلام بالصوت."
REMOVED, TRANSCRIPT = "ما تُرك من نص الفيديو", "نص الحديث كاملًا بجمل مرقّمة"
UNTITLED = "قسم بلا عنوان"
UNCOVERED = "أطول ما تُرك"
SERIES, BEFORE, AFTER = "السلسلة", "السابق", "التالي"
SOURCE, APPROVED, UNREVIEWED = "المصدر", "راجعه وقبله", "مسودة كتبتها الآلة ولم يراجعها إنسان بعد."

QURAN = "بنص مشروع «تنزيل» (Tanzil Project، رخصة CC BY 3.0):"
QURAN_URL = "https://tanzil.net"

TRACK_ORIGINS: Final = {
    TrackOrigin.MANUAL: "نص كتبه إنسان",
    TrackOrigin.AUTOMATIC: "تفريغ آلي من المنصة",
    TrackOrigin.TRANSLATED: "ترجمة آلية",
    TrackOrigin.RECOGNISED: "تعرّف آلي على الكلام",
    TrackOrigin.UNSTATED: "نص لم يُذكر صانعه",
}
CAPTIONS: Final = {
    TrackOrigin.MANUAL: "النص المكتوب لكلام الفيديو",
    TrackOrigin.AUTOMATIC: "التفريغ الآلي لكلام الفيديو على المنصة، وقد يخطئ في الأسماء والأرقام",
    TrackOrigin.TRANSLATED: "ترجمة آلية لكلام الفيديو، وقد تخطئ",
    TrackOrigin.RECOGNISED: "تعرّف آلي على كلام الفيديو، وقد يخطئ في الأسماء والأرقام",
    TrackOrigin.UNSTATED: "نص كلام الفيديو",
}
"""What an article was made from, for its colophon."""
REMOVAL_REASONS: Final = {
    "noise": "أصوات وعلامات",
    "censored": "كلمات حجبتها المنصة",
    "invention": "كلام أضافه التعرّف الآلي ولم يُقَل",
    "repeat": "تكرار",
    "markup": "رموز تنسيق",
    "speaker": "اسم متكلم",
    "greeting": "تحية",
    "subscribe": "دعوة إلى الاشتراك",
    "sponsor": "إعلان",
    "creed": "صيغ افتتاح الخطب ودعائها",
    "meta": "كلام عن الفيديو نفسه",
    "filler": "حشو",
}
"""By `Removal.reason`; one that is not here is shown as it is."""
_USELESS = "جواب النموذج عن الحديث كله لا يصلح"
STRICT: Final = {
    "judge": "لا حَكَم موثوقًا به",
    "canaries": "الحَكَم لم يكشف ما دُسّ لاختباره",
    "window": "الحديث أطول مما يسعه النموذج دفعة واحدة",
    "summariser": "النموذج يلخّص ولا يتّبع التعليمات",
    "unfounded": "لم تثبت جملة مما كتبه النموذج عن الحديث كله",
    **dict.fromkeys(("empty", "refusal", "foreign", "loop", "unreadable"), _USELESS),
}
"""By `GenerationStats.strict`; one that is not here is shown as it is."""
DIALECTS: Final = {
    "egyptian": "مصرية",
    "levantine": "شامية",
    "gulf": "خليجية",
    "iraqi": "عراقية",
    "mixed": "مختلطة",
}
"""By `Script.dialect`."""


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """What the places of a draft are called in one language."""

    parts: Mapping[str, str]
    """Of the parts that are no sections; `article` for the whole."""
    section: str
    paragraph: str
    comma: str

    def name(self, place: str) -> str:
        """A place, written as in `Finding.place`, as a reader counts: `القسم 2، الفقرة 1` for `sections.2.1`."""
        part, *numbers = place.split(".")
        labels = (self.section, self.paragraph) if part == "sections" else (self.paragraph,)
        numbered = [f"{label} {number}" for label, number in zip(labels, numbers, strict=False)]
        return self.comma.join(numbered if part == "sections" else [self.parts.get(part, part), *numbered])


ARABIC_PLACES: Final = PlaceNames(
    {
        "title": "العنوان",
        "headline": "العنوان الفرعي",
        "lead": "المقدمة",
        "background": "الخلفية",
        "transition": "التمهيد",
        "challenges": "التحديات",
        "outlook": "الآفاق",
        "conclusion": "الخلاصة",
        "article": "المقال كله",
    },
    section="القسم",
    paragraph="الفقرة",
    comma="، ",
)
