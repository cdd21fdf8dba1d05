"""Whether an Arabic word is likely a name: there are no capital letters to tell."""

from __future__ import annotations

from typing import Final

from pipeline.arabic.affixes import (
    INFLECTED_ENDINGS,
    JOINED_PREPOSITIONS,
    PLAIN_ARTICLES,
    PRESENT_LETTERS,
    SHORTEST_WORD,
    strip_conjunction,
)
from pipeline.arabic.normalize import fold
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.stem import stem
from pipeline.arabic.stopwords import EMPTY

GIVEN: Final = frozenset(
    fold("""
    محمد أحمد محمود حامد حمد حميد علي حسن حسين محسن عمر عمرو عامر عثمان خالد خليل إبراهيم إسماعيل إسحاق يعقوب يوسف موسى
    عيسى هارون داود سليمان سلمان سالم سليم سلمى آدم نوح هود صالح يونس يحيى زكريا مريم فاطمة خديجة عائشة زينب حفصة سعد
    سعيد سعود مسعود ناصر منصور نصر كمال جمال مصطفى مرتضى عباس عبدالله عبدالرحمن طارق طاهر ياسر ياسين
    رشيد راشد فيصل فهد ماجد مجدي هاني هشام وليد أنور أمين إياد زياد يزيد معاوية مروان هاجر سارة ليلى نورة نادية
    """).split()
)
"""Folded."""
PLACES: Final = frozenset(
    fold("""
    الأردن العراق السعودية الكويت البحرين الإمارات اليمن السودان الصومال الجزائر المغرب الهند الصين اليابان الفلبين
    النمسا
    السويد النرويج الدنمارك البرتغال البرازيل الأرجنتين المكسيك الكونغو النيجر السنغال القاهرة الإسكندرية الجيزة السويس
    الأقصر القدس الخليل الناصرة الرياض الدمام الطائف الدوحة المنامة الشارقة الخرطوم الرباط البصرة الموصل النجف الكوفة
    الرقة اللاذقية الفرات النيل الأندلس الحجاز الشام ألمانيا ألبانيا أستراليا إيطاليا إسبانيا أوكرانيا تركيا تونس يافا
    نيجيريا نيويورك تشاد
    """).split()
)
"""Folded."""

_CUES: Final = frozenset(
    fold("""
السيد السيدة الأستاذ الأستاذة الدكتور الدكتورة دكتور المهندس الشيخ الإمام الملك الملكة الأمير الأميرة الرئيس
الوزير القائد الجنرال القاضي الكاتب الشاعر الفنان الصحفي اللاعب المدرب النائب السفير العالم الباحث ابن بن بنت أبو
أبي أم آل عبد مدينة بلدة قرية دولة جمهورية مملكة إمارة محافظة ولاية إقليم عاصمة جزيرة نهر جبل بحر بحيرة خليج مضيق
وادي حي شارع ميدان شركة مؤسسة منظمة جمعية حزب جامعة مدرسة كلية معهد بنك مصرف صحيفة جريدة مجلة قناة نادي فريق اسمه
اسمها يدعى تدعى المدعو
""").split()
)
_NAMES: Final = NAMES | PLACES | (GIVEN - EMPTY - ADJECTIVES)
_KNOWN: Final = NOUNS | ADJECTIVES | EMPTY


def is_likely_name(word: str, before: str = "") -> bool:
    """Whether a folded word is likely a name, given the folded word before it.

    Latin letters, a name that is known, a title or `city of` before it, or a word that is no known noun, adjective or
    function word and has neither the beginning nor the ending of an inflected one.
    """
    bare = strip_conjunction(word)
    plain = bare[1:] if bare[0] in JOINED_PREPOSITIONS and bare[1:] in _NAMES else bare
    if bare.isascii() or plain in _NAMES or strip_conjunction(before) in _CUES:
        return not word.isdecimal()
    inside = bare[1:] if bare[0] in JOINED_PREPOSITIONS and len(bare) > SHORTEST_WORD else bare
    for article in PLAIN_ARTICLES:
        inside = inside.removeprefix(article)
    if inside.endswith(INFLECTED_ENDINGS) or inside[:1] in PRESENT_LETTERS or len(inside) < SHORTEST_WORD:
        return False
    return not {bare, stem(bare), inside, stem(inside)} & _KNOWN
