"""Arabic labels of an article: what each flaw is called, and the headings of parts that have none in the draft."""

from __future__ import annotations

from typing import Final

from pipeline.types.article import Flaw

FLAWS: Final = {
    Flaw.UNCITED: "جملة بلا سند من نص الفيديو",
    Flaw.NUMBER: "رقم لم يرد في الجمل المستشهد بها",
    Flaw.NAME: "اسم أو عنوان لم يرد في الجمل المستشهد بها",
    Flaw.QUOTE: "اقتباس لم يرد بلفظه",
    Flaw.SCRIPTURE: "آية أو حديث يُقابَل بمصدره",
    Flaw.NEGATION: "نفي أو عكس لما قيل",
    Flaw.SWAPPED: "كلمتان تبادلتا موضعيهما",
    Flaw.ASSERTED: "سؤال أو احتمال صار خبرًا",
    Flaw.UNSUPPORTED: "صياغة لا تطابق ما قيل",
    Flaw.UNCOVERED: "جزء من الفيديو لا يمثّله أي قسم",
}

BACKGROUND, CHALLENGES, OUTLOOK, CONCLUSION = "خلفية", "التحديات", "الآفاق", "الخلاصة"
PART_HEADINGS: Final = {
    "background": BACKGROUND,
    "challenges": CHALLENGES,
    "outlook": OUTLOOK,
    "conclusion": CONCLUSION,
}
"""By `DraftPart.place`; the lead and the transition stand without a heading."""
