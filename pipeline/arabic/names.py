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

UNMISTAKABLE: Final = frozenset(
    fold("""
    مصر السعودية العراق الأردن الكويت الإمارات اليمن السودان الصومال الجزائر المغرب سوريا لبنان فلسطين ليبيا تونس
    موريتانيا عمان إسرائيل إيران تركيا أفغانستان باكستان الهند الصين اليابان تايوان كوريا تايلاند فيتنام إندونيسيا
    ماليزيا سنغافورة الفلبين بنغلاديش كازاخستان أوزبكستان أذربيجان أرمينيا جورجيا روسيا أوكرانيا بيلاروسيا بولندا
    ألمانيا النمسا سويسرا فرنسا إسبانيا البرتغال إيطاليا اليونان بلجيكا هولندا بريطانيا إنجلترا اسكتلندا إيرلندا
    السويد النرويج الدنمارك فنلندا رومانيا بلغاريا صربيا كرواتيا ألبانيا المجر التشيك قبرص مالطا أوروبا آسيا أفريقيا
    إفريقيا أمريكا أميركا أستراليا كندا المكسيك البرازيل الأرجنتين كولومبيا فنزويلا بوليفيا تشيلي إثيوبيا كينيا
    تنزانيا نيجيريا السنغال الكونغو أنغولا النيجر تشاد رواندا أوغندا إريتريا القاهرة الإسكندرية الجيزة أسوان أسيوط
    طنطا دمياط بورسعيد دمشق حلب درعا بيروت بغداد كربلاء أربيل القدس غزة حيفا يافا نابلس مكة الكوفة البصرة النجف
    الدمام الدوحة المنامة أبوظبي دبي الشارقة صنعاء حضرموت الخرطوم طرابلس بنغازي مراكش طنجة إسطنبول أنقرة طهران
    أصفهان كابول دلهي بكين شنغهاي طوكيو موسكو كييف برلين ميونخ هامبورغ فيينا جنيف زيورخ باريس مرسيليا لندن مانشستر
    ليفربول دبلن مدريد برشلونة قرطبة غرناطة إشبيلية لشبونة روما ميلانو أثينا أمستردام بروكسل ستوكهولم أوسلو كوبنهاغن
    هلسنكي وارسو بودابست بوخارست بلغراد سراييفو واشنطن نيويورك شيكاغو بوسطن كاليفورنيا تكساس فلوريدا هوليوود تورنتو
    مونتريال سيدني الفرات دجلة سيناء الحجاز الأندلس سمرقند بخارى خراسان نيسابور القسطنطينية بيزنطة أورشليم أرسطو
    أفلاطون سقراط هتلر ستالين لينين نابليون أينشتاين نيوتن محمد محمود حسين عثمان إبراهيم إسماعيل إسحاق يعقوب يوسف
    موسى عيسى هارون داود سليمان زكريا مريم فاطمة خديجة عائشة زينب مصطفى عبدالله عبدالرحمن معاوية مروان مايكروسوفت
    فيسبوك جوجل غوغل أمازون تويتر إنستغرام إنستجرام واتساب واتسآب تسلا ياهو نتفلكس يوتيوب ويكيبيديا
    """).split()
)
"""Folded names that are no other word in any spelling, so that one which nobody said is certainly wrong. `علي` is not
here, which folding makes of `على`, nor are `عمر` (age), `قطر` (drops) and `النيل` (attaining)."""
_SEATS: Final = """
    واشنطن:أمريكا،أميركا،الولايات باريس:فرنسا لندن:بريطانيا،إنجلترا برلين:ألمانيا روما:إيطاليا مدريد:إسبانيا
    موسكو:روسيا،السوفيتي،السوفييتي كييف:أوكرانيا بكين:الصين طوكيو:اليابان دلهي:الهند طهران:إيران أنقرة:تركيا
    القاهرة:مصر الخرطوم:السودان دمشق:سوريا بيروت:لبنان بغداد:العراق الدوحة:قطر صنعاء:اليمن أثينا:اليونان
    بروكسل:أوروبا،بلجيكا
"""
SEATS: Final = {
    fold(seat): tuple(fold(countries).split("،"))
    for seat, _, countries in (entry.partition(":") for entry in _SEATS.split())
}
"""By the seat of a government the countries that it may stand for: `باريس` where `فرنسا` was said. Folded."""
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


def is_known_name(word: str) -> bool:
    """Whether a folded word is a name that a list has, also with a conjunction or preposition joined to it."""
    bare = strip_conjunction(word)
    return bare in _NAMES or (bare[0] in JOINED_PREPOSITIONS and bare[1:] in _NAMES)


def unmistakable_name(word: str) -> str:
    """The name that a folded word is, without what is joined to it; empty where it is none or may be another word."""
    bare = strip_conjunction(word)
    # A name may begin with a letter that is a conjunction elsewhere: `فرنسا`.
    forms = (
        word,
        bare,
        bare[1:] if bare[0] in JOINED_PREPOSITIONS else "",
        f"ال{bare[2:]}" if bare.startswith("لل") else "",
    )
    return next((form for form in forms if form in UNMISTAKABLE), "")


def is_likely_name(word: str, before: str = "") -> bool:
    """Whether a folded word is likely a name, given the folded word before it.

    Latin letters, a name that is known, a title or `city of` before it, or a word that is no known noun, adjective or
    function word and has neither the beginning nor the ending of an inflected one.
    """
    bare = strip_conjunction(word)
    if bare.isascii() or is_known_name(word) or strip_conjunction(before) in _CUES:
        return not word.isdecimal()
    inside = bare[1:] if bare[0] in JOINED_PREPOSITIONS and len(bare) > SHORTEST_WORD else bare
    for article in PLAIN_ARTICLES:
        inside = inside.removeprefix(article)
    if inside.endswith(INFLECTED_ENDINGS) or inside[:1] in PRESENT_LETTERS or len(inside) < SHORTEST_WORD:
        return False
    return not {bare, stem(bare), inside, stem(inside)} & _KNOWN
