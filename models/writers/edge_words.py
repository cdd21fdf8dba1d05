"""Words with which a quotation of speech may not begin or end, and those that say what goes with it: folded, by hand.

Standard Arabic and Egyptian, since most talks that were read are in these.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.arabic.formatting import MONTHS
from pipeline.arabic.normalize import fold
from pipeline.arabic.stopwords import FILLERS, HANGING


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(f" {fold(phrase.strip())} " for phrase in text.split("|"))


OPENINGS: Final = _words(
    "المهم الخلاصة خلاصة باختصار بحسب طبعا أما وأما فأما السؤال والسؤال معنى لكن ولكن وبالتالي علشان عشان إحنا أنا أنت"
    " كيف ليه إزاي مين هل وهل وهنا هنا بالشكل كمان أيها وبما وبكده وبكدا فبما عباد وإذا ولو وعلى اعتبارا وخلال كذلك"
    " وكذلك وبرغم وفي ومن يعني هقول برأيك ودا وده ودي وبعدين وبالفعل وبالشكل وبالمناسبة بالمناسبة نفس النهار النهارده"
    " دلوقتي كل يا ما مش لا صح"
)
"""Words that a thought begins with."""
OPENING_PAIRS: Final = tuple(
    phrase.lstrip()
    for phrase in _phrases(
        "من هنا|من الآخر|من المفترض|بالنسبة ل|على سبيل|على الناحية|على مدار|على هذا|في السياق|في ظل|في الوقت|في نفس"
        "|في اللحظة|في النهاية|في الحقيقة|بعد كده|قبل كده|من ساعة|في سنة|في عام|في أوائل|في نهاية|في بداية|لحد النهار"
        "|لحد اللحظة"
    )
)
"""Pairs of words that one begins with."""
POINTING: Final = _words(
    "هذا هذه ذلك تلك هؤلاء أولئك هذان هذين ذاك ده دي دا هاد هاي هدول هيدا هيدي هذي هذول هذاك كده كدا هيك هناك"
)
COUNTRIES_OR_THESE: Final = _words("دول")
AROUND_US: Final = _words(
    "العام اليوم الشهر الأيام المدينة البلاد البلد العصر الزمان الدنيا الأمة الدين الأرض الحياة السنة الأسبوع الوطن"
)
"""What `this` points to where everybody knows what it is."""
REVERED: Final = _words("تعالى صلى سبحانه")
"""First words of a formula that says who speaks."""
CONNECTORS: Final = _phrases(
    "في السياق ده|وفي السياق ده|في السياق دا|وفي السياق دا|علشان كده|علشان كدا|عشان كده|عشان كدا|بالشكل ده|بالشكل دا"
    "|وبالشكل ده|وبالشكل دا|في اللحظة دي|على سبيل المثال|وعلى سبيل المثال|وعلى هذا الأساس|على هذا الأساس"
    "|وبالتالي|وبكده|وبكدا"
)
"""What only joins a sentence to the one before it: what is said behind it stands without it."""
PRONOUNS: Final = _words("هو هي هم هما وهو وهي وهم")
SAYS_WHICH: Final = PRONOUNS | _words("بقى اللي")
"""What follows `the first one` before what it is."""
BACK: Final = _words(
    "وراه وراها بعدها بعدهم بعديها بعده قبلها قبله ساعتها ساعتهم وقتها حينها عندها يومها منهم منها منه بينهم كلهم كلها"
    " معظمهم معظمها أغلبهم أغلبها أولهم أهمهم أهمها أبرزهم أبرزها سببها سببه بتاعته بتاعتها الاتنين الاثنين"
    " قبلهما وقبلهما بعدهما وبعدهما"
    " الطرفين الجانبين لهم لها له عنهم عنها عنه معهم معها معاه معاها فيه فيها هنا وهنا وبكده وبكدا وبالتالي"
    " وبهذا وبذلك وهكذا كده كدا"
)
"""Words that speak of what was named before."""
BETWEEN: Final = _words("بينهم بينهما ساعتها وقتها")
"""The same, which speaks so farther from the beginning."""
MEMBERS: Final = _words("الحاجة الفئة الشريحة النقطة النوع الجزء القسم الشيء الأمر السبب")
"""What says nothing of itself: `the first kind` of what?"""
FIRST: Final = _words("الأول الأولى الأولاني الأولانية")
OR: Final = _words("أو ولا وإلا وللا")
ASKING: Final = _words("السؤال والسؤال فالسؤال")
"""Words of a sentence that says that a question follows."""
TURNING: Final = _words("المهم بصوا الخلاصة")
"""Words by which a speaker turns to what comes next."""
CLINGING: Final = _words("صلى وصلى وسلم رضي رضى رحمه عليه عز جل سبحانه")
"""First words of a formula behind a name that stands in the sentence before."""
SAYING: Final = _words(
    "قال قالت قالوا قاله وقال وقالت وقالوا فقال فقالت فقالوا يقول تقول ويقول بيقول بتقول بيقولوا وبيقول أجاب فأجاب رد"
    " ورد سأل سأله ذكرت ذكر قايل قايلة"
)
WITHOUT_SUBJECT: Final = _words(
    "كان كانت كانوا راح راحت طلع طلعت قام قامت رجع رجعت بقى بقت ظل ظلت فضل فضلت صار صارت"
    " استمر استمرت بدأ بدأت انتهى انتهت"
)
"""Verbs whose subject stands beside them or was named before."""
FEAR_GOD: Final = _words("اتقوا فاتقوا")
BELIEVERS: Final = _words("لنا عنا علينا بنا منا المسلمين للمسلمين والمسلمين عنهم لهم عليهم إياكم وإياكم ولكم")
"""Words of those for whom a sermon prays."""
LEANING: Final = re.compile(
    "نسأل الله العافية|لا سمح الله|لا قدر الله|لا مؤاخذة|والعياذ بالله"
    "|أن |إن (?:إحنا|أنا|إنت|هو|هي)|ل[يتن][\u0621-\u064a]{3,}|وال\\S+ ﴿|[0-9%]"
)
"""Beginnings that lean on what was said before: a wish in passing, `that`, `so that`, the last of a list before a
verse, a bare figure."""
FROM: Final = _words("عن وعن وله")
BLESSED: Final = _words("عنه عنها عنهما عنهم رضي رحمه وسلم سلم")
"""Words of who handed down what the next sentence says."""
TWICE_IN_THE_QURAN: Final = frozenset(
    map(
        fold,
        (
            *("خلق", "آمنوا", "الله", "فيه", "أحسنتم", "هيهات", "بطشتم", "يعلمون", "سيئة", "سلاما", "دكا", "صفا"),
            *("ليلة القدر", "إخوانهن أو بني", "موج من فوقه", "إخوانهن ولا أبناء", "آمنوا ثم كفروا ثم"),
        ),
    )
)
"""All that the Qur'an says twice at once, over the ends of verses too."""
SOURCES: Final = _words("رواه أخرجه متفق")
"""First words of what is said about the hadith before."""
LEADS_ON: Final = HANGING | _words(
    "اسمها اسمه بس مش أوعى فعلا إنت دلوقتي لازم هل لديك وسط نصا إنه إنها إني إننا إنهم المهم يا هو هي هما"
)
"""Last words of a sentence that goes on in the next."""
LEADS: Final = _phrases(
    "علشان كده|عشان كده|علشان كدا|سبيل المثال|من الآخر|الوهلة الأولى|للوهلة الأولى|السؤال بقى|المهم بقى|الأهم بقى"
    "|من ناحية|من ناحيته|الناحية الثانية|الناحية التانية|في السياق|بص يا سيدي|بصوا يا جماعة|يا جماعة|يا سيدي"
)
"""Last words of the same kind, several together."""
PROMISES: Final = _phrases(
    "خدوا بالكم|خد بالك|خلي بالك|ناخد بالنا|هقول لك|هقولك|هقول لكم|أقول لك|حاجة مهمة|ملاحظة شديدة|حاجتين|للوهلة الأولى"
    "|متخيلة|متخيلين|متخيل إن|فاكر إن|فاكرين إن|نصا|السؤال بقى|سؤال بقى|السؤال هنا|السؤال الأهم|والسؤال الأهم|سؤال مهم"
    "|احتمال من اتنين|حل من اثنين|حل من اتنين|الآتي|كالتالي|ما يلي|العبارة التالية|ياخدنا ل|خلونا نبدأ|نتخيل"
    "|مؤشر واضح|حقيقة مهمة|نقطة مهمة|لأسباب كتيرة|لأسباب كثيرة"
    "|لعدة أسباب|لسببين|لازم تعرف|لازم نعرف|علشان نفهم|سؤال|الأهم من كده"
    "|الأهم من كدا|الأخطر من كده|معنى الكلام|أكتر بقى"
)
"""What the end of a sentence says that only the next one tells, makes true or takes back."""
TAKES_BACK: Final = tuple(
    phrase.lstrip()
    for phrase in _phrases(
        "لكن دا مش|لكن ده مش|ولكن دا مش|ولكن ده مش|بس دا مش|بس ده مش|لكن هذا غير|لكن هذا ليس|وهنا ضروري|ضروري ناخد"
        "|بس خليك|اتضح بعدين|لكن اتضح|لكن الحقيقة|لكن في الحقيقة|لكن في حقيقة|ولكن في الحقيقة|العكس بقى|بس طبعا اتضح"
        "|لكن دي مش|يا إما|يا أما|وإما"
    )
)
"""What begins a sentence that limits or takes back the one before it: neither stands without the other."""
CONCEDING: Final = _words("متخيلة متخيلين متخيل فاكرين قلت صحيح رغم برغم يبدو وعدت معروف ممكن")
"""Words by which a speaker grants what the next sentence sets something against."""
DENYING: Final = _words("مش لا ما لم لن")
SUBJECTLESS: Final = frozenset(tuple(fold(pair).split()) for pair in ("ما بين", "بين كل", "أحمد ربي", "أحمد الله"))
"""Beginnings of what stands behind its verb, and of a speaker's own praise."""
WE: Final = _words("أنا إحنا نحن وأنا وإحنا ونحن إنا")
CONTRASTS: Final = _words("لكن ولكن بس لكنه لكنها ولكنه ولكنها وإنما")
"""First words of a sentence that sets something against the one before it."""
JESTS: Final = _words("بهزر بنهزر بهزار هزار أهزر أمزح بمزح نمزح")
"""Words by which a speaker says that he was joking."""
DOUBTS: Final = re.compile(r"هل (?:\S+ ){0,3}(?:صحيح|حقيقي|صح|فعلا|بجد)\b")
"""A question whether what was said is true."""
CALL: Final = re.compile(
    r" (?:ايها \S+(?: \S+)?|عباد الله|امه الاسلام|معشر \S+|ايها الناس|حجاج البيت(?: العتيق)?|يا \S+)$"
)
"""Whom the next sentence calls."""
OF_THE_VIDEO: Final = _words(
    "فيديو الفيديو فيديوهات الفيديوهات الحلقة حلقة حلقات كورس كورسات الكورس الكورسات التعليقات الكومنتات المونتاج"
    " مونتاج الديسكريبشن القناة بودكاست البودكاست"
)
"""Words by which a speaker who says `I` or `you` speaks of the programme."""
CONDITIONS: Final = _words("لو إذا لما كلما مهما ولو وإذا")
AWAITING: Final = CONDITIONS | _words("بما وبما بدل")
"""Words of a clause that waits for another."""
WHEN: Final = _words("في بعد قبل لما لو إذا وقت ساعة أثناء خلال منذ من كل مهما بما وبما ولما ولو رغم برغم على")
"""First words of what only says when, or under what condition."""
RELATIVES: Final = _words("اللي واللي الذي التي")
FILLING: Final = FILLERS | _words("يا جماعة المهم")
DATE: Final = re.compile(
    r"(?:و?في|و?خلال|اعتبارا من|و?منذ|من|قبل|بعد|بعدها) (?:\S+ ){0,2}?(?:\d{1,4}|" + "|".join(map(fold, MONTHS)) + ")"
)
"""A beginning that says when."""
TO_LISTENERS: Final = _words(
    "هقول هقولك أقولك أقولكم ركز ركزوا معايا خلونا خلينا تعالوا بصوا تخيلوا تخيل هتفتكر كمل اسمعوا لاحظوا"
)
"""Words by which a speaker turns to the listeners."""
ANEW: Final = re.compile(
    rf"(?:و?في|و?خلال|اعتبارا من|و?منذ|من) (?:\S+ ){{0,2}}?(?:\d{{4}}|{'|'.join(map(fold, MONTHS))})"
    r"|(?:المهم|بحسب|وفقا|معني)\b"
)
"""Beginnings behind which a thought begins: a date, `according to`, `the point is`."""
TIME: Final = re.compile(
    rf"(?:^| )(?:ب?في|من|منذ|بداية|اعتبارا) (?:\S+ ){{0,3}}?(?:\d{{4}}"
    rf"|{'|'.join(map(fold, ('اللي فات', 'اللي فاتت', 'الماضي', 'الماضية', *MONTHS)))})$"
)
HOLDING: Final = _words("يعني بقى أ آ اه آه ام اي وبتاع بتاع إيه اصل")
