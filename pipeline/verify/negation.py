"""Find claims that say yes where no was said, or the opposite of a word."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import strip_conjunction
from pipeline.arabic.alignment import holds_negation, lookup_forms
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
"""Folded words that negate what follows. Not `ألا`: folded, it is also `إلا`, which does not negate."""
_OPTIONAL: Final = frozenset(fold("ما وما فما لولا").split())
"""Negators that mean something else just as often (`that which`): the other side may have a negation, but need not."""
_OTHER_THAN, _WITHOUT = frozenset(fold("غير وغير").split()), frozenset(fold("دون ودون").split())
"""Negators of a word without article. Before any other word they may be verbs (`changed`, `noted`) or mean `others` and
`under`; then the other side need not have a negation either."""
_VERBAL: Final = frozenset(fold("ليس ليست ليسوا وليس وليست مش مو موش").split())
"""Negators that may stand behind what they negate: `المال ليس كافيا` and `ليس المال كافيا` say the same."""
_IDIOMATIC: Final = frozenset(fold("بد شك سيما يزال تزال يزالون زال زالت محالة غير").split())
"""Words before which a negator negates nothing: `لا بد`, `لا يزال`, `لا غير`."""
_REACH: Final = 5
"""Greatest distance, in words, from a negator to what it negates."""
_BEING: Final = frozenset(fold("كانش كانتش كانوش كنتش كناش بقاش بقتش عادش عادتش").split())
"""Words behind a spoken `ما` that only carry its negation to what follows: `ما كانش عايز` is `لم يكن يريد`."""
_COPULAS: Final = frozenset(fold("يكن تكن يكون تكون يكونوا كان كانت يعد تعد").split())
"""Words behind a negator before whose predicate their subject may stand: `لم يكن الوزير يريد`."""
_SPOKEN_ENDING: Final = re.compile(r"..+ش")
"""What `ما` surely negates in dialect: `ما خدش`."""
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
    table: dict[str, frozenset[str]] = {}
    for pair in fold(_PAIRS).split("|"):
        one, other = map(_bases, pair.split())
        for bases, opposites in ((one, other), (other, one)):
            table |= {base: table.get(base, frozenset()).union(opposites) for base in bases}
    return table


_OPPOSITES: Final = _opposites()


def negation_mismatch(claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> str:
    """`1 ≠ 0` where a claim negates what was said without negation, `0 ≠ 1` for the reverse, else empty.

    Takes the folded words of the claim and where each stands in the source (`alignment.align`). A negation counts with
    the word that it negates, so that one in another clause does not matter.
    """
    negations, said_negations = _negation_counts(claim, frozenset()), _negation_counts(source.words, source.starts)
    positions = {place: at for at, place in enumerate(places) if place is not None}
    for at in _negated_positions(claim, frozenset()):
        place = places[at]
        if place is not None and negations[at] > said_negations[place]:
            return "1 ≠ 0"
    for place in _negated_positions(source.words, source.starts):
        claimed_at = positions.get(place)
        if claimed_at is not None and said_negations[place] > negations[claimed_at]:
            return "0 ≠ 1"
    return ""


def opposite_word(lacking: Sequence[str], unused: Sequence[str]) -> tuple[str, str]:
    """A word that only the claim has and its opposite that only the source has; both empty when there is none."""
    unused_bases = {base: word for word in unused for base in _bases(word)}
    for word in lacking:
        opposites = frozenset().union(*(_OPPOSITES.get(base, frozenset()) for base in _bases(word)))
        if said := opposites & unused_bases.keys():
            return word, unused_bases[min(said)]
    return "", ""


def _negated_positions(row: Sequence[str], starts: AbstractSet[int]) -> Iterator[int]:
    """Position of each word that is surely negated: by itself, or the first with a meaning of its own after a negator.

    After `غير` and `دون` only a word without article, or a clause (`دون أن`), surely is.
    """
    yield from (at for at, word in enumerate(row) if word not in NEGATORS and holds_negation(strip_conjunction(word)))
    for at in _negator_positions(row):
        after = row[at + 1]
        clear = after == "ان" or (after not in FUNCTION and not after.startswith("ال"))
        sure = row[at] not in _OPTIONAL or bool(_SPOKEN_ENDING.fullmatch(after))
        if sure and (clear or row[at] not in _OTHER_THAN | _WITHOUT):
            scope = _scope(row, at, starts)
            yield from scope[-1:] if after in _COPULAS else scope[:1]


def _negation_counts(row: Sequence[str], starts: AbstractSet[int]) -> list[int]:
    """For each word the number of negations that may be about it, one inside the word (`ماكانش`) among them."""
    counts = [int(holds_negation(strip_conjunction(word))) for word in row]
    for at in _negator_positions(row):
        behind = at and at not in starts and row[at] in _VERBAL and row[at - 1] not in FUNCTION
        for negated in (*([at - 1] if behind else []), *_scope(row, at, starts)):
            counts[negated] += 1
    return counts


def _negator_positions(row: Sequence[str]) -> Iterator[int]:
    """Positions of the words that negate what follows: not of `غير` in `غير أن` (but) and `لا غير` (only)."""
    for at, (before, word, after) in enumerate(zip(("", *row), row, row[1:], strict=False)):
        only_or_but = word in _OTHER_THAN and (before == "لا" or after == "ان")
        if word in NEGATORS and after not in _IDIOMATIC and not only_or_but:
            yield at


def _scope(row: Sequence[str], at: int, starts: AbstractSet[int]) -> list[int]:
    """Positions of the sentence's next two words with a meaning of their own, or of the next word if none is near."""
    reach = list(takewhile(lambda place: place not in starts, range(at + 1, min(at + 1 + _REACH, len(row)))))
    return [place for place in reach if row[place] not in FUNCTION | NEGATORS | _BEING][:2] or [
        place for place in reach[:1] if row[place] not in NEGATORS
    ]
