"""Tell who speaks, in which variety of Arabic, and whether a sentence announces a difficulty, an outlook or the end."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import CONJUNCTIONS
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.stopwords import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Sentence

SAYS: Final = ("يقول المتحدث", "ويضيف المتحدث", "ويتابع المتحدث")
"""Introductions of a quotation: in the first paragraph, in the second, and in every later one."""
ASKS: Final = "ويطرح المتحدث سؤالاً"
"""Introduction of a quoted question."""


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(f" {fold(line.strip())} " for line in text.split("|"))


_STANDARD_TOO: Final = _folded("دول قوى قوي ترى حاجة كذا حقه")
"""Words of a dialect that standard prose has as well: `states`, `forces`, `she sees`, `need`."""
_DIALECT: Final = frozenset().union(*SPOKEN.values()) - _STANDARD_TOO
_FIRST_AND_SECOND: Final = _folded("""
أنا نحن إحنا أنت أنتم انتو أنتي إني إننا أننا أنني إنني لأني لأننا لأنني ولكني لكني لكننا لي معي عندي مني بي لنا
معنا عندنا إلينا علينا بنا لك معك عندك منك إليك عليك بك لكم معكم عندكم منكم إليكم عليكم بكم أقول قلت قلنا نقول
سأقول أقصد قصدي أعني أظن أظنه أظنها أعتقد أرى رأيت رأينا سأذكر أذكر ذكرت ذكرنا أعود أنسى أتحدث سأتحدث تحدثت
تحدثنا نتحدث سنتحدث أسأل نسأل نجيب أجيب أحب نحب أريد نريد أعرف نعرف أعلم نعلم أفهم نفهم أحتاج نحتاج أستطيع
نستطيع يمكنني يمكننا يمكنك يمكنكم نبدأ لنبدأ ابدأ أبدأ بدأنا ننتقل لننتقل انتقل نصل وصلنا نأتي نعود عدنا نرى
سنرى لنرى دعونا دعني دعنا دعوني تعالوا تعال خلونا خلينا تصوروا تخيلوا تخيل تخيلي اسمعوا انظروا انظر لاحظوا لاحظ
تذكروا تذكر فكروا اكتبوا شاركونا اشتركوا أخبركم أحكي أحدثكم حديثنا حلقتنا قناتنا موضوعنا كلامي كلامنا رأيي حياتي
حياتنا بلدي أمي أخي صديقي زوجتي ابني بيتي سألت سألني تعرف تعرفون تعلم تعلمون ترون أردت أردتم وجدت
وجدتم تريد تريدون تسأل تسألون حضراتكم حضرتك إخواني أيها نسمع سمعنا سمعت نعيش عشنا عشت نكون نتعلم تعلمنا تعلمت
نفعل فعلنا نقدر أقدر نهتم نراقب نحاول أحاول نلاحظ نعد نشوف شفنا شفت فلنبدأ ولنبدأ فلنتحدث ولنتحدث وسأذكر وأترك
وأنا ونحن فأنا فنحن
""")
_BOTH_PERSONS: Final = _folded("""
تعرف تعلم تريد تسأل تذكر تذكروا تحدثت ذكرت رأيت وجدت سمعت سألت أردت تعلمت تخيل انتقل قلت لاحظوا قدر فكروا
""")
"""Forms of the first or second person that are a third person's as well (`she mentioned`, `the state wants`)."""
_IN_PROSE: Final = _DIALECT | _folded("""
اللي اللى علشان عشان زي مش فيش كمان برضو بقى دلوقت لحد حوالين إمتى فين مين شوية كتير تاني تانية بيقول بتقول بيكون
بتكون الجاية الستات
""")
"""Dialect in what an article tells of its own: more than names a variety, since standard prose has none of it."""
_QUOTED: Final = re.compile(r"«[^«»]{0,2000}»|“[^“”]{0,2000}”|\"[^\"]{0,2000}\"")
_CHALLENGE_NOUNS: Final = _folded("""
تحد تحدي التحدي تحديات التحديات تحدياً صعوبة الصعوبة صعوبات الصعوبات والصعوبات عقبة العقبة عقبات العقبات معوقات
المعوقات عوائق العوائق عراقيل العراقيل مخاطر المخاطر مشكلات المشكلات
""")
_FUTURE_HEADINGS: Final = _folded("""
المستقبل مستقبل مستقبلا القادم القادمة المقبل المقبلة آفاق الآفاق سيناريوهات السيناريوهات توقعات التوقعات غدا
الغد يأتي سيأتي
""")
_DIFFICULTY: Final = "(?:تحدي?|تحديات|صعوبه|صعوبات|عقبه|عقبات|معوقات|عوايق|عراقيل)"
_CHALLENGE: Final = re.compile(
    rf"(?:اكبر|اهم|ابرز|اول|اخطر|اصعب|احد|احدى|من) (?:ال)?{_DIFFICULTY}\b"
    rf"|\bو?ال{_DIFFICULTY} (?:\S+ ){{0,3}}(?:هو|هي|هنا|ان|الاول|الاولى|الكبير|الكبرى|الاكبر)\b"
    rf"|\b\S?[يتب]?[يت]?واجه\S* (?:\S+ ){{0,4}}(?:ال)?{_DIFFICULTY}\b"
)
_WILL: Final = re.compile(r"\b(?:و?ف?(?:س|ه|ح)[يتنا]\w{3,}|سوف|لن|متوقع|المتوقع|يتوقع|نتوقع)\b")
_PAST: Final = re.compile(
    r"\b(?:(?:عام|سنه|في|منذ) (?:1[0-9]{3}|20[01][0-9])|القرن|قديما|زمان|تاسس\w*|القرون|العصور"
    r"|التسعينيات|الثمانينيات|السبعينيات|الستينيات|الخمسينيات)\b"
)
_FUTURE: Final = _phrases("""
المستقبل|في المستقبل|مستقبلا|السنوات القادمة|السنوات المقبلة|الأعوام القادمة|الأعوام المقبلة|المرحلة المقبلة
|المرحلة القادمة|الفترة المقبلة|الفترة القادمة|الأيام القادمة|الأيام المقبلة|الأجيال القادمة|من المتوقع|يتوقع
|نتوقع|المتوقع أن|السيناريو|بحلول عام|بحلول سنة|على المدى البعيد|على المدى الطويل
|السنين الجاية|السنوات الجاية|الفترة الجاية|الأيام الجاية|قريبا
""")
_GIST: Final = _phrases("""
الخلاصة|والخلاصة|خلاصة الكلام|باختصار|الفكرة هي|الفكرة إن|الفكرة هنا|الحقيقة إن|السر في|سر|السبب في|السبب هو
|معنى الكلام|المقصود|المهم هو|الأهم هو|الدرس|العبرة|بعبارة أخرى|النتيجة هي|النتيجة إن|الهدف هو|الهدف من
""")
_END: Final = _phrases("""
في الختام|وفي الختام|ختاما|وختاما|في النهاية|وفي النهاية|خلاصة القول|وخلاصة القول|الخلاصة|والخلاصة|خلاصة الحديث
|خلاصة الكلام|وأخيرا|باختصار
""")


def is_question(text: str) -> bool:
    """Whether the sentence is a question by its mark."""
    return text.rstrip().endswith(("؟", "?"))


def needs_quotes(text: str) -> bool:
    """Whether only the speaker can say it: the first or second person, a question, or the words of a dialect."""
    said = frozenset(words(text))
    return is_question(text) or bool(said & _FIRST_AND_SECOND) or bool(said & _DIALECT)


def speaks_as_person(text: str) -> bool:
    """Whether a sentence that an article tells of its own speaks as `I`, `we` or `you`, asks, or is in a dialect.

    What stands in quotation marks is the speaker's.
    """
    own = _QUOTED.sub(" ", text)
    said = words(own)
    bare = {word[1:] for word in said if word[0] in CONJUNCTIONS}
    return is_question(own) or bool(bare.union(said) & ((_FIRST_AND_SECOND - _BOTH_PERSONS) | _IN_PROSE))


def names_challenge(heading: str) -> bool:
    """Whether a heading announces difficulties."""
    return bool(_CHALLENGE_NOUNS.intersection(words(heading)))


def states_challenge(text: str) -> bool:
    """Whether a sentence says that something is a difficulty, and not only has such a word."""
    return not is_question(text) and bool(_CHALLENGE.search(" ".join(words(text))))


def names_future(heading: str) -> bool:
    """Whether a heading announces what may come."""
    return bool(_FUTURE_HEADINGS.intersection(words(heading)))


def states_future(text: str) -> bool:
    """Whether a sentence says what will be at a time to come."""
    return not is_question(text) and _has(text, _FUTURE) and bool(_WILL.search(" ".join(words(text))))


def tells_of_past(text: str) -> bool:
    """Whether a sentence says what was in a year or an age that it names."""
    return not is_question(text) and bool(_PAST.search(" ".join(words(text))))


def sums_up(text: str) -> bool:
    """Whether a sentence says of itself that it gives the gist."""
    return not is_question(text) and _has(text, _GIST)


def announces_end(text: str) -> bool:
    """Whether a sentence begins by announcing the end of the talk."""
    opening = " ".join(words(text)[:4])
    return _has(opening, _END)


def _has(text: str, phrases: tuple[str, ...]) -> bool:
    said = f" {' '.join(words(text))} "
    return any(phrase in said for phrase in phrases)


# --- varieties ---

LEAST_SHARE = 0.008
"""Share of telling words from which on speech counts as spoken Arabic; standard texts stay far below."""
CLEAR_SHARE = 0.6
"""Share of the telling words that one variety needs to give its name to the whole."""


def detect_dialect(sentences: Sequence[Sentence]) -> str:
    """`egyptian`, `levantine`, `gulf`, `iraqi`, or `mixed` when none of them prevails; empty for standard Arabic."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences:
        said = words(sentence.text)
        total += len(said)
        counts.update(name for word in said for name, telling in SPOKEN.items() if word in telling)
    telling_words = counts.total()
    if not total or telling_words / total < LEAST_SHARE:
        return ""
    name, most = counts.most_common(1)[0]
    return name if most / telling_words >= CLEAR_SHARE else "mixed"
