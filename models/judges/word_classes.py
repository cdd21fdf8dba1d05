"""Words that decide what a sentence claims, by what they do: negate, widen, hedge, give a reason, put in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTED: Final = {
    "negation": """
لا لم لن ليس ليست ليسوا ما غير دون بدون عدم مش مو موش مهو مهوش ماكو بلا بلاش مفيش مافيش مافي محدش ماحدش
""",
    "refusal": """
رفض يرفض ترفض رفضت رفضوا امتنع امتنعت امتناع نفى ينفي تنفي نفت أنكر ينكر تنكر أنكرت عجز يعجز عجزت فشل يفشل فشلت
غاب غياب تجنب يتجنب ترك تركت تخلى تخلت توقف توقفت منع يمنع منعت حرم يحرم حظر خلا يخلو تخلو انعدام انعدم افتقر
يفتقر قلة نادر نادرا استبعد يستبعد تستبعد كف أحجم أحجمت أبى أبت أخفق أخفقت استحال يستحيل مستحيل تعذر يتعذر فقد
فقدت أهمل أهملت تجاهل يتجاهل تجاهلت خسر نسي سقط أعفى معفى
""",
    "all": """
كل جميع كافة سائر كله كلها كلهم دائما دوما أبدا قط تماما كليا بالكامل كاملا كاملة مطلقا أي وحده وحدها وحدهم فقط
حصرا عشرات مئات آلاف ملايين قطعا حتما بالتأكيد مؤكد الوحيد الوحيدة أشد أعظم أقصى بأكمله بأكملها نهائيا إطلاقا
مضمون يضمن تضمن ضمان طوال سوى
""",
    "some": """
بعض معظم أغلب غالب غالبا غالبية أحيانا نادرا قلما كثير قليل عدد بضع ربما تقريبا قد لعل يمكن نحو حوالي شوي شوية
احتمال محتمل جزء ساعات مرات أكثر كثيرا
""",
    "condition": "إذا لو شرط بشرط لولا حال ولو يشترط اشترط شريطة عند متى",
    "cause": """
لأن لأنه لأنها لأنهم لأنهما لأنني بسبب نتيجة بفضل إذ سبب عشان علشان لأجل جراء السبب يرجع يعود أدى أدت لذلك لهذا
""",
    "before": "قبل قبله قبلها قبيل أولا سبق سابقا",
    "after": "بعد بعده بعدها بعدما ثم لاحقا عقب بعدين",
    "more": """
أكثر أكبر أعلى أطول أسرع أقوى أفضل أحسن أغلى أهم أكتر زاد ارتفع زيادة يفوق تفوق ضعف تجاوز أوسع أشد أقدم
""",
    "less": "أقل أصغر أدنى أقصر أبطأ أضعف أسوأ أرخص نقص انخفض تراجع نصف دون أحدث قل هبط",
    "saying": """
يقول قال يرى رأى يعتقد يذكر ذكر يؤكد أكد ينصح نصح يصف وصف يروي يحكي ينقل يشير أشار تقول قالت ترى يعد عد يقر اعترف
يعترف يوصي يدعو زعم يستنتج يفسر يظن يتوقع يقترح اقترح حذر يحذر يخشى
""",
    "first person": "أنا إحنا نحن عندي رأيي أظن أعتقد قلت أقول بقول بقولك شايف عندنا",
    "speaker": "المتحدث المحاضر الخطيب المقدم الضيف الضيفة الراوي المتحدثة المقدمة المحاضرة الباحث الباحثة الراوية",
    "contrast": "لكن لكنه لكنها رغم مع غير بل بينما بالمقابل",
    "duty": "يجب لازم ينبغي ضرورة عليك سوف سيكون يلزم حتما يتعين الواجب وجوب إلزام ملزم ألزم",
    "possibility": """
يمكن ممكن قد ربما يجوز يستطيع تستطيع بإمكان لعل احتمال يحتمل أظن أعتقد يبدو كأن يتوقع يتمنى يأمل يرجو ود تمنى
يفضل اقترح نفسي أتمنى
""",
}
CLASSES: Final = {name: frozenset(fold(listed).split()) for name, listed in _LISTED.items()}
"""Folded words by class; some stand in two."""
_JOINED: Final = frozenset("وفبل")
_CIRCUMFIXED: Final = re.compile(r"[وف]?م[ايتنب]?\w{2,}ش")
"""Spoken negation, such as `مبيعملش`; it also takes some nouns."""


def count_class(row: Iterable[str], name: str) -> int:
    """How many folded words of a row are of a class."""
    return sum(is_of_class(word, name) for word in row)


def is_of_class(word: str, name: str) -> bool:
    """Whether a folded word is of a class, as far as the word alone tells: also with a letter or the article before."""
    listed = CLASSES[name]
    if word in listed or (word[:1] in _JOINED and word[1:] in listed) or word.removeprefix("ال") in listed:
        return True
    return name == "negation" and _CIRCUMFIXED.fullmatch(word) is not None
