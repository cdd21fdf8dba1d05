"""Whether a claim says yes where no was said, or the opposite of a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.text.alignment import forms, unjoined
from pipeline.text.fold import fold
from pipeline.text.frame import NEGATIONS
from pipeline.text.lexicon import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.text.alignment import Said

NEGATORS: Final = NEGATIONS | frozenset(fold("غير دون بدون عدم بلا لولا ما وما فما وبدون ودون وغير وعدم بغير").split())
"""Folded words that turn what follows round."""
_OPTIONAL: Final = frozenset(fold("ما وما فما غير وغير دون ودون لولا").split())
"""Negators that mean something else as often (`that which`, `others`, `under`): they allow a negation, and ask none."""
_SET: Final = frozenset(fold("بد شك سيما يزال تزال يزالون زال زالت محالة").split())
"""Heads whose negation is no negation of what is said: `لا بد`, `لا يزال`."""
_REACH: Final = 4
"""Words by which a negation may stand before what it negates."""
_PAIRS: Final = """
ارتفع انخفض | ارتفاع انخفاض | مرتفع منخفض | زاد نقص | زيادة نقص | زاد تراجع | زاد قل | زاد انخفض | ارتفع تراجع |
ارتفع هبط | صعد هبط | صعود هبوط | ارتفاع هبوط | ارتفاع تراجع | زيادة انخفاض | زيادة تراجع | نمو انكماش |
نما انكمش | تحسن تدهور | تقدم تراجع | تقدم تأخر | أكبر أصغر | أكثر أقل | أعلى أدنى | أعلى أسفل | أطول أقصر |
أقوى أضعف | أفضل أسوأ | أحسن أسوأ | أسرع أبطأ | أغلى أرخص | أقدم أحدث | أقرب أبعد | كبير صغير | كثير قليل |
طويل قصير | قوي ضعيف | قوة ضعف | سريع بطيء | غال رخيص | قديم جديد | قديم حديث | قريب بعيد | غني فقير | حار بارد |
ساخن بارد | سهل صعب | بسيط معقد | عام خاص | علني سري | صحيح خاطئ | صحيح خطأ | صواب خطأ | حق باطل | خير شر |
جيد سيئ | حسن سيئ | ممكن مستحيل | واضح غامض | آمن خطير | حي ميت | حياة موت | ولد مات | ولادة وفاة | سلم حرب |
سلام حرب | هدوء توتر | أمن خوف | قبل رفض | قبول رفض | وافق رفض | موافقة رفض | أيد عارض | تأييد معارضة | أيد رفض |
دعم عارض | دعم رفض | سمح منع | أباح حرم | حلال حرام | أجاز منع | إيجابي سلبي | نجح فشل | نجاح فشل | ربح خسر |
ربح خسارة | مكسب خسارة | فاز خسر | فوز خسارة | فوز هزيمة | انتصر انهزم | نصر هزيمة | كسب خسر | بدأ انتهى |
بدأ توقف | بداية نهاية | فتح أغلق | افتتح أغلق | فتح إغلاق | دخل خرج | دخول خروج | وصل غادر | جاء ذهب |
عاد غادر | بنى هدم | بناء هدم | أثبت نفى | أكد نفى | تأكيد نفي | اعترف أنكر | صدق كذب | أحب كره | حب كره |
حب بغض | فرح حزن | اتفق اختلف | اتفاق خلاف | اشترى باع | شراء بيع | أخذ أعطى | أرسل استقبل | صدر استورد |
صادرات واردات | أضاف حذف | جمع فرق | حفظ ضيع | تذكر نسي | علم جهل | عرف جهل | تكلم سكت | حضر غاب | حضور غياب |
ظهر اختفى | بقي رحل | تحرك توقف | رفع خفض | رفع خفض | أعلى أقل | وفرة ندرة | وفر بذر | شمال جنوب | شرق غرب |
شمالي جنوبي | شرقي غربي | يمين يسار | فوق تحت | أمام خلف | أمام وراء | داخل خارج | قبل بعد | سابق لاحق |
أول آخر | صباح مساء | ليل نهار | صيف شتاء | مع ضد | دائما أبدا | دائما نادرا |
زواج طلاق | ذكر أنثى | رجل امرأة | رجال نساء | أب أم | ابن بنت | عدو صديق | حليف عدو |
ظالم مظلوم | إطلاق اعتقال | أفرج اعتقل | إفراج اعتقال | براءة إدانة | بريء مذنب | تصعيد تهدئة | صحة مرض |
شفاء مرض | نظيف ملوث | مضيء مظلم | نور ظلام | حرية عبودية
"""


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for pair in fold(_PAIRS).split("|"):
        one, other = pair.split()
        found[one] = found.get(one, frozenset()) | {other}
        found[other] = found.get(other, frozenset()) | {one}
    return found


_OPPOSITES: Final = _opposites()


def turned(claim: Sequence[str], places: Sequence[int | None], source: Said) -> str:
    """`1 ≠ 0` where a claim negates what was said without negation, `0 ≠ 1` the other way round, else empty.

    Folded words of the claim, where each stands in the source (`alignment.align`), and the source. A negation counts
    with the word that it negates, so that another clause's does not matter.
    """
    here = dict(_negated(claim))
    there = dict(_negated(source.words))
    homes = {place: at for at, place in enumerate(places) if place is not None}
    for at, head in here.items():
        place = places[head]
        if place is not None and claim[at] not in _OPTIONAL and not _before(source.words, place):
            return "1 ≠ 0"
    for at, head in there.items():
        mine = homes.get(head)
        if mine is not None and source.words[at] not in _OPTIONAL and not _before(claim, mine):
            return "0 ≠ 1"
    return ""


def opposites(lacking: Sequence[str], unused: Sequence[str]) -> tuple[str, str]:
    """A word that only the claim has and its opposite that only the source has; both empty when there is none."""
    there = {base: word for word in unused for base in _bases(word)}
    for word in lacking:
        for base in _bases(word):
            for other in _OPPOSITES.get(base, ()):
                found = next((there[form] for form in _bases(other) if form in there), None)
                if found is not None:
                    return word, found
    return "", ""


def _negated(row: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Place of each negation and of the word it negates: the next that carries meaning, or else the next."""
    for at, word in enumerate(row):
        if word not in NEGATORS or at + 1 == len(row) or row[at + 1] in _SET:
            continue
        reach = range(at + 1, min(at + 1 + _REACH, len(row)))
        yield at, next((head for head in reach if row[head] not in FUNCTION), at + 1)


def _before(row: Sequence[str], place: int) -> bool:
    """Whether a negation stands shortly before a word, or is part of it (`ماكانش`)."""
    word = unjoined(row[place])
    own = word in NEGATORS or (word.startswith("م") and word.endswith("ش") and len(word) > _REACH)
    return own or any(other in NEGATORS for other in row[max(0, place - _REACH) : place])


def _bases(word: str) -> tuple[str, ...]:
    """The forms of a word by which opposites are found, without the marks of how sure they are."""
    return tuple(dict.fromkeys(form.lstrip("=~") for form in forms(word) if form[0] != "#"))
