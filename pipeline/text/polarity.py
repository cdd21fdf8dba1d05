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

NEGATORS: Final = NEGATIONS - {"الا"} | frozenset(
    fold("غير دون بدون عدم بلا لولا ما وما فما وبدون ودون وغير وعدم بغير").split()
)
"""Folded words that turn what follows round; folded, `ألا` cannot be told from `إلا`, which does not."""
_OPTIONAL: Final = frozenset(fold("ما وما فما غير وغير دون ودون لولا").split())
"""Negators that mean something else as often (`that which`, `others`, `under`): they allow a negation, and ask none."""
_VERBAL: Final = frozenset(fold("ليس ليست ليسوا وليس وليست مش مو موش").split())
"""Negators that may stand behind what they are about: `المال ليس كافيا` and `ليس المال كافيا` say the same."""
_SET: Final = frozenset(fold("بد شك سيما يزال تزال يزالون زال زالت محالة").split())
"""Heads whose negation is no negation of what is said: `لا بد`, `لا يزال`."""
_REACH: Final = 5
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


def _bases(word: str) -> tuple[str, ...]:
    """The forms of a word by which opposites are found: with and without what is joined to it or inflects it."""
    return tuple(dict.fromkeys(form.lstrip("=~") for form in forms(word) if not form.startswith(("#", "~~"))))


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for pair in fold(_PAIRS).split("|"):
        one, other = map(_bases, pair.split())
        for mine, theirs in ((one, other), (other, one)):
            found |= {base: found.get(base, frozenset()).union(theirs) for base in mine}
    return found


_OPPOSITES: Final = _opposites()


def turned(claim: Sequence[str], places: Sequence[int | None], source: Said) -> str:
    """`1 ≠ 0` where a claim negates what was said without negation, `0 ≠ 1` the other way round, else empty.

    Folded words of the claim, where each stands in the source (`alignment.align`), and the source. A negation counts
    with the word that it negates, so that another clause's does not matter.
    """
    here, there = _scopes(claim), _scopes(source.words)
    homes = {place: at for at, place in enumerate(places) if place is not None}
    for head in _heads(claim):
        place = places[head]
        if place is not None and here[head] > there[place]:
            return "1 ≠ 0"
    for head in _heads(source.words):
        mine = homes.get(head)
        if mine is not None and there[head] > here[mine]:
            return "0 ≠ 1"
    return ""


def opposites(lacking: Sequence[str], unused: Sequence[str]) -> tuple[str, str]:
    """A word that only the claim has and its opposite that only the source has; both empty when there is none."""
    there = {base: word for word in unused for base in _bases(word)}
    for word in lacking:
        turned_to = frozenset().union(*(_OPPOSITES.get(base, frozenset()) for base in _bases(word)))
        if both := turned_to & there.keys():
            return word, there[min(both)]
    return "", ""


def _heads(row: Sequence[str]) -> Iterator[int]:
    """Place of each word that is surely negated: the first after a negation that carries meaning."""
    for at, word in enumerate(row):
        if word in NEGATORS and word not in _OPTIONAL and at + 1 < len(row) and row[at + 1] not in _SET:
            yield from _scope(row, at)[:1]


def _scopes(row: Sequence[str]) -> list[int]:
    """For each word how many negations may be about it."""
    counts = [int(_negated(word)) for word in row]
    for at, word in enumerate(row):
        if word in NEGATORS and at + 1 < len(row) and row[at + 1] not in _SET:
            before = [at - 1] if at and word in _VERBAL and row[at - 1] not in FUNCTION else []
            for head in (*before, *_scope(row, at)):
                counts[head] += 1
    return counts


def _scope(row: Sequence[str], at: int) -> list[int]:
    """Places of the two words after a negation that carry meaning, or of the next word where none is near."""
    reach = range(at + 1, min(at + 1 + _REACH, len(row)))
    return [head for head in reach if row[head] not in FUNCTION and row[head] not in NEGATORS][:2] or [at + 1]


def _negated(word: str) -> bool:
    """Whether a word holds its own negation (`ماكانش`)."""
    bare = unjoined(word)
    return bare.startswith("م") and bare.endswith("ش") and len(bare) > _REACH
