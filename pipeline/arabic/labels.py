"""Arabic labels of an article: what each flaw is called, and the headings of parts that have none in the draft."""

from __future__ import annotations

from typing import Final

from pipeline.types.article import Doubt, Flaw
from pipeline.types.usage import DropReason

FLAW_LABELS: Final = {
    Flaw.UNCITED: ("جملة بلا سند من نص الفيديو", "Cites no sentence of the transcript"),
    Flaw.NUMBER: ("رقم لم يرد في الجمل المستشهد بها", "A number or date that the cited sentences do not contain"),
    Flaw.NAME: ("اسم أو عنوان لم يرد في الجمل المستشهد بها", "A name that the cited sentences do not contain"),
    Flaw.QUOTE: ("اقتباس لم يرد بلفظه", "A quotation that nobody said in these words"),
    Flaw.SCRIPTURE: ("آية أو حديث يُقابَل بمصدره", "A verse or hadith: compare it with its source"),
    Flaw.NEGATION: ("نفي أو عكس لما قيل", "Negates what was said, or says the opposite"),
    Flaw.SWAPPED: ("كلمتان تبادلتا موضعيهما", "Two words that swapped places"),
    Flaw.ASSERTED: ("سؤال أو احتمال صار خبرًا", "A question or a guess stated as fact"),
    Flaw.UNSUPPORTED: ("صياغة لا تطابق ما قيل", "Does not match the cited sentences"),
    Flaw.UNCOVERED: (
        "جزء طويل من الفيديو لا شيء منه في المقال",
        "A long stretch of the video of which the article has nothing",
    ),
    Flaw.UNWRITTEN: ("لم يكتبه النموذج لأن أجوبته لا تصلح", "Not written by the model: its replies were of no use"),
}
"""Each flaw in Arabic and in English: articles, prompts and the review desk all read it here."""
FLAWS: Final = {flaw: arabic for flaw, (arabic, _) in FLAW_LABELS.items()}

DOUBT_LABELS: Final = {
    Doubt.ACCUSATION: ("اتهام قرب اسم", "An accusation near a name"),
    Doubt.NAME: ("أسماء تُراجَع كتابتها", "Names: check their spelling"),
    Doubt.FIGURE: ("أرقام تُقابَل بما قيل", "Figures: compare with what was said"),
    Doubt.VERSE: ("آيات سُمعت بغير لفظها", "Verses that were heard in other words"),
    Doubt.SCRIPTURE: ("آية أو حديث يُقابَل بمصدره", "A verse or hadith: compare it with its source"),
    Doubt.WORDING: ("ألفاظ غريبة قد يكون التفريغ أخطأ فيها", "Unlikely words: perhaps misheard"),
    Doubt.TIMES: ("أوقات لا تستقيم", "Times that cannot be true"),
}
"""Why an editor should look at a place, in Arabic and in English."""

DROP_LABELS: Final = {
    DropReason.UNREADABLE: ("ليست جملة عربية سليمة", "No sentence in Arabic"),
    DropReason.UNCITED: ("لا موضع لها في الحديث", "Nothing in the talk comes near to it"),
    DropReason.CODE: ("فيها ما لم يرد", "Has what was not said"),
    DropReason.VERDICT: ("لا يسندها الحديث", "Not supported, by the judge"),
    DropReason.UNSURE: ("لم يتبيّن سندها", "The judge could not tell"),
    DropReason.WORDING: ("ألفاظها غير ألفاظ الحديث", "Words that its evidence lacks"),
    DropReason.REPEATED: ("مكررة", "Repeated"),
    DropReason.WITHDRAWN: ("سحبها النموذج بعد المراجعة", "Did not come back from mending"),
    DropReason.UNPLACED: ("لم تدخل في المقال", "Found no place in the article"),
}
"""Why a sentence of a model was dropped, in Arabic and in English."""
FURTHER: Final = "نقاط أخرى"
"""The heading of sections whose own does not stand: it claims nothing."""
UNSURE: Final = "تعذّر التحقق منها"
"""Detail of a finding: a trusted judge could not tell."""
UNQUOTED: Final = "لم تُنقل ألفاظ تسندها"
"""Detail of a finding: a trusted judge found support, and quoted no words for it."""

BACKGROUND, CHALLENGES, OUTLOOK, CONCLUSION = "خلفية", "التحديات", "الآفاق", "الخلاصة"
PART_NAMES: Final = {
    "lead": "المقدمة",
    "background": BACKGROUND,
    "transition": "التمهيد",
    "challenges": CHALLENGES,
    "outlook": OUTLOOK,
    "conclusion": CONCLUSION,
}
"""What the parts are called that have no heading in the draft, by `DraftPart.place`."""
