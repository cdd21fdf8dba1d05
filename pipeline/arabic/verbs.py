"""Verbs by their form: of the imperative, as captions spell it, and of the past."""

from __future__ import annotations

import re
from typing import Final

from pipeline.arabic.affixes import SHORTEST_WORD, strip_conjunction
from pipeline.arabic.normalize import fold


def _forms(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_FORM: Final = _forms("""
ابحث ابدؤ ابدا ابذل ابسط ابعث ابك ابلع اترك اتل اثبت اجبر اجعل اجلس اجمع احبس احجز احذر احذف احرس احرص احسب احضر احفر
احفظ احقن احك احكم احلف احلم احمد احمل اخدم اخذل اخرج اخسر اخش اخفض اخلط اخلع ادخل ادرا ادرس ادع ادفع ادفن ادهن اذبح
اذكر اذهب اربط ارجع ارحم اردد ارزق ارسم ارع ارغب ارفع ارفق ارقد اركب اركع ارم ارو ازجر ازرع اسبح اسبق استر اسجد اسحب
اسرد اسرق اسع اسق اسقط اسكت اسكن اسلك اسمح اسمع اشبع اشتم اشدد اشرب اشرح اشعر اشغل اشف اشكر اشمل اشهد اشو اصبر اصدق
اصرف اصعد اصفح اصلب اصنع اضحك اضرب اضغط اضمن اطبخ اطرح اطرق اطعن اطلب اطلع اطو اظهر اعبد اعبر اعجن اعدل اعرض اعرف اعزم
اعصم اعطف اعف اعقد اعلم اعمل اغرس اغرف اغسل اغضب اغفر اغفل اغلب اغلق افتح افحص افرح افرض افسح افصل افعل افهم اقبض اقتل
اقدر اقرؤ اقرا اقرب اقرع اقسم اقصد اقض اقطع اقفز اقلب اقمع اكبت اكبح اكتب اكذب اكره اكسر اكشف اكف اكفر اكفل اكلا اكنس
العب امسح امسك امش املؤ املا امنح امنع انزع انزل انشر انصر انظر انفخ انفع انقل انهض اهبط اهجر اهد اهدا اهرب اهزا اهزم
""")
"""Imperatives of the first form: their alef joins, and carries no hamza."""

ALSO_FOURTH: Final = _forms("""
اثبت اجبر اجلس اجمع احضر احكم احمد اخرج ادخل اذهب ارجع ارفق اركب اسكن اسقط اسمع اشبع اشعر اشغل اضرب اطرق اطلع اظهر
اعرض اعلم اغلق افسح اقسم اكره امسك انزل انشر
""")
"""Those of them that the fourth form spells alike but for its hamza (`اخرج`, `أخرج`), and a name."""

SAID_OF_ONESELF: Final = _forms("احمد اذكر ارج اشهد اشك اعبد اعلم ادع")
"""Those of them that in a prayer are rather `I` than an imperative: `وأشهد`."""

ENDING_IN_WAW: Final = _forms("اتل ادع ارج اشك اعف")
"""Those of them whose present ends in waw (`أدعوه`), so that a waw is no plural."""

_VERB_BEFORE: Final = frozenset(fold("قد وقد فقد لقد لم ولم لن ولن سوف أن وأن").split())
"""Folded words behind which a verb follows."""
_PAST: Final = re.compile(r"است..+|ان...|ا.[تطد]..|ا...|..+(?<!ا)ت")
"""Forms X, VII, VIII and IV of the past, and any with the ending of `she`."""


def is_likely_verb(word: str, before: str = "") -> bool:
    """Whether a folded word that nobody knows is rather a verb than a name, given the folded word before it.

    Three letters name hardly anybody whom no list has.
    """
    bare = strip_conjunction(word)
    return before in _VERB_BEFORE or len(bare) <= SHORTEST_WORD or bool(_PAST.fullmatch(bare))
