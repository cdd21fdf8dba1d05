"""Whether a claim says yes where no was said, or the opposite of a word."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import strip_conjunction
from pipeline.arabic.alignment import lookup_forms
from pipeline.arabic.boilerplate import NEGATIONS
from pipeline.arabic.normalize import fold
from pipeline.arabic.stopwords import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.arabic.alignment import IndexedSpeech

NEGATORS: Final = NEGATIONS - {"الا"} | frozenset(
    fold("غير دون بدون عدم بلا لولا ما وما فما وبدون ودون وغير وعدم بغير").split()
)
"""Folded words that turn what follows round; folded, `ألا` cannot be told from `إلا`, which does not."""
_OPTIONAL: Final = frozenset(fold("ما وما فما لولا").split())
"""Negators that mean something else as often (`that which`): they allow a negation, and ask none."""
_UN, _WITHOUT = frozenset(fold("غير وغير").split()), frozenset(fold("دون ودون").split())
"""Negators of a word without article. Before another they may be verbs (`changed`, `noted`) or mean `others` and
`under`; then they allow a negation, and ask none."""
_VERBAL: Final = frozenset(fold("ليس ليست ليسوا وليس وليست مش مو موش").split())
"""Negators that may stand behind what they are about: `المال ليس كافيا` and `ليس المال كافيا` say the same."""
_SET: Final = frozenset(fold("بد شك سيما يزال تزال يزالون زال زالت محالة غير").split())
"""Heads whose negation is no negation of what is said: `لا بد`, `لا يزال`, `لا غير`."""
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
    return tuple(dict.fromkeys(form.lstrip("=~") for form in lookup_forms(word) if not form.startswith(("#", "~~"))))


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for pair in fold(_PAIRS).split("|"):
        one, other = map(_bases, pair.split())
        for mine, theirs in ((one, other), (other, one)):
            found |= {base: found.get(base, frozenset()).union(theirs) for base in mine}
    return found


_OPPOSITES: Final = _opposites()


def negation_mismatch(claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> str:
    """`1 ≠ 0` where a claim negates what was said without negation, `0 ≠ 1` the other way round, else empty.

    Folded words of the claim, where each stands in the source (`alignment.align`), and the source. A negation counts
    with the word that it negates, so that another clause's does not matter.
    """
    here, there = _scopes(claim, frozenset()), _scopes(source.words, source.starts)
    homes = {place: at for at, place in enumerate(places) if place is not None}
    for head in _heads(claim, frozenset()):
        place = places[head]
        if place is not None and here[head] > there[place]:
            return "1 ≠ 0"
    for head in _heads(source.words, source.starts):
        mine = homes.get(head)
        if mine is not None and there[head] > here[mine]:
            return "0 ≠ 1"
    return ""


def opposite_word(lacking: Sequence[str], unused: Sequence[str]) -> tuple[str, str]:
    """A word that only the claim has and its opposite that only the source has; both empty when there is none."""
    there = {base: word for word in unused for base in _bases(word)}
    for word in lacking:
        turned_to = frozenset().union(*(_OPPOSITES.get(base, frozenset()) for base in _bases(word)))
        if both := turned_to & there.keys():
            return word, there[min(both)]
    return "", ""


def _heads(row: Sequence[str], starts: AbstractSet[int]) -> Iterator[int]:
    """Place of each word that is surely negated: the first after a negation that carries meaning."""
    for at in _negations(row):
        if row[at] not in _OPTIONAL and (row[at] not in _UN | _WITHOUT or _bare(row, at)):
            yield from _scope(row, at, starts)[:1]


def _scopes(row: Sequence[str], starts: AbstractSet[int]) -> list[int]:
    """For each word how many negations may be about it."""
    counts = [int(_negated(word)) for word in row]
    for at in _negations(row):
        behind = at and at not in starts and row[at] in _VERBAL and row[at - 1] not in FUNCTION
        for head in (*([at - 1] if behind else []), *_scope(row, at, starts)):
            counts[head] += 1
    return counts


def _negations(row: Sequence[str]) -> Iterator[int]:
    """Places of the words that negate what follows: not of `غير` in `غير أن` (but) and `لا غير` (only)."""
    for at, (before, word, after) in enumerate(zip(("", *row), row, row[1:], strict=False)):
        if word in NEGATORS and after not in _SET and not (word in _UN and (before == "لا" or after == "ان")):
            yield at


def _bare(row: Sequence[str], at: int) -> bool:
    """Whether a word without article follows, or a clause after `without`."""
    return row[at + 1] == "ان" or (row[at + 1] not in FUNCTION and not row[at + 1].startswith("ال"))


def _scope(row: Sequence[str], at: int, starts: AbstractSet[int]) -> list[int]:
    """Places of the next two words of the sentence that carry meaning, or of the next word where none is near."""
    reach = list(takewhile(lambda place: place not in starts, range(at + 1, min(at + 1 + _REACH, len(row)))))
    return [head for head in reach if row[head] not in FUNCTION and row[head] not in NEGATORS][:2] or [
        head for head in reach[:1] if row[head] not in NEGATORS
    ]


def _negated(word: str) -> bool:
    """Whether a word holds its own negation (`ماكانش`)."""
    bare = strip_conjunction(word)
    return bare.startswith("م") and bare.endswith("ش") and len(bare) > _REACH
