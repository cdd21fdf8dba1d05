"""A talk written for the tests, and the article a careful editor would make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.settings import VerifySettings
from pipeline.types.article import (
    Article,
    Basis,
    Chapter,
    Draft,
    Flaw,
    Paragraph,
    Passage,
    Provenance,
    Removal,
    Script,
    Section,
    Sentence,
    Statement,
    Track,
    TrackOrigin,
    Video,
)
from pipeline.types.links import RelatedArticle
from pipeline.verify.report import verify
from tests.fakes.judges import AcceptingJudge

TALK: tuple[tuple[float, str, tuple[str, ...]], ...] = (
    (
        5.0,
        "لماذا نتحدث عن الماء؟",
        (
            "أهلًا بكم في حلقة جديدة نتحدث فيها عن الماء في مدننا",
            "في عام 1990 كانت المدينة تشرب من نهر واحد، واليوم يشرب نصف سكانها من الآبار",
            "يقول تقرير World Bank إن الطلب على الماء زاد بنسبة 35% خلال عشر سنوات",
            "لا يكفي أن نحفر بئرًا جديدة كلما جفّت بئر قديمة",
        ),
    ),
    (
        240.0,
        "قياس الفاقد في الشبكة",
        (
            "أول خطوة هي أن نعرف كم نخسر، لأن ما لا يُقاس لا يُدار",
            "وجدنا أن ثلاثة وعشرين في المئة من الماء يضيع قبل أن يصل إلى البيوت",
            "كتبنا برنامجًا صغيرًا بلغة Python 3.14 يقرأ العدادات كل 15 دقيقة",
            "نشرنا الشيفرة كلها على GitHub ليستفيد منها من يشاء",
        ),
    ),
    (
        1500.0,
        "إصلاح الأنابيب القديمة",
        (
            "عمر بعض الأنابيب يزيد على ستين سنة",
            "أصلحنا 120 كيلومترًا في عامين، وانخفض الفاقد إلى النصف تقريبًا",
            "كلفة الإصلاح كانت أقل من كلفة محطة تحلية واحدة",
            "قال لنا مهندس الشبكة: «الأنبوب الجديد أرخص من البئر الجديدة»",
        ),
    ),
    (
        2820.0,
        "إعادة استعمال المياه الرمادية",
        (
            "الماء الذي نغسل به أيدينا يصلح لري الحدائق بعد تنقية بسيطة",
            "ركّبنا في ثلاث مدارس خزانات للمياه الرمادية سعة كل منها ألفا لتر",
            "وفّرت كل مدرسة بين 10–20 مترًا مكعبًا في الشهر",
        ),
    ),
    (
        3725.0,
        "ما الذي يعيق العمل",
        (
            "أكبر عقبة أمامنا ليست المال بل غياب البيانات",
            "لم تكن البلدية تعرف مكان ثلث الصمامات",
            "وهناك من يخاف أن ترتفع الفواتير بعد تركيب العدادات",
        ),
    ),
    (
        4310.0,
        "إلى أين نمضي",
        (
            "نأمل أن نغطي المدينة كلها بالعدادات قبل نهاية عام 2028",
            "وسنفتح البيانات للجامعات حتى يتحقق الناس من أرقامنا",
            "وخلاصة كلامي أن الماء الذي نحفظه أرخص من الماء الذي نبحث عنه",
        ),
    ),
)
"""Start in seconds, heading and sentences of each passage."""

LENGTH = 4500.0
URL = "https://www.youtube.com/watch?v=TadwinDemo1"


def script(*, timed: bool = True) -> Script:
    """The talk of 75 minutes as a script, its sentences spread evenly over each passage."""
    video = Video(
        id="TadwinDemo1",
        title="حوارات المدينة: كيف نحفظ الماء في مدننا؟",
        channel="قناة Tadwin التجريبية",
        published=date(2026, 11, 23),
        seconds=LENGTH if timed else None,
        url=URL if timed else "",
        language="ar",
        chapters=tuple(Chapter(start, heading) for start, heading, _ in TALK) if timed else (),
    )
    passages: list[Passage] = []
    number = 0
    for (begin, heading, texts), end in zip(TALK, (*(start for start, _, _ in TALK[1:]), LENGTH), strict=True):
        sentences = []
        each = (end - begin) / len(texts)
        for index, text in enumerate(texts):
            number += 1
            start = begin + each * index
            sentences.append(Sentence(number, text, start, start + each - 1) if timed else Sentence(number, text))
        passages.append(Passage(heading, tuple(sentences), chapter=timed))
    removed = (Removal("noise", "[موسيقى]", 0.0 if timed else None), Removal("repeat", "في مدننا في مدننا"))
    return Script(video, Track("ar", TrackOrigin.AUTOMATIC, "Arabic (auto-generated)"), tuple(passages), removed)


def draft(talk: Script) -> Draft:
    """An article in which every statement about the speech is one of its sentences."""
    link = f"، المتاح على الرابط {URL}" if talk.video.url else ""
    lead = (
        f"يتناول الفيديو المعنون بـ «{talk.video.title}» الذي نشرته قناة Tadwin التجريبية بتاريخ 23 نوفمبر 2026{link}، "
        "موضوع الماء في مدننا."
    )
    return Draft(
        title=talk.video.title,
        headline="حوارات المدينة: قياس الفاقد وإصلاح الأنابيب وإعادة استعمال المياه",
        lead=Paragraph((Statement(lead, basis=Basis.METADATA), said(talk, 3))),
        background=(Paragraph((said(talk, 2), said(talk, 4))),),
        transition=Paragraph((Statement("ويمكن تلخيص ما جاء في الحديث في المحاور التالية.", basis=Basis.METADATA),)),
        sections=(
            Section(TALK[1][1], (Paragraph((said(talk, 5), said(talk, 6))), Paragraph((said(talk, 7), said(talk, 8))))),
            Section(TALK[2][1], (Paragraph((said(talk, 9), said(talk, 10), said(talk, 11), said(talk, 12))),)),
            Section(TALK[3][1], (Paragraph((said(talk, 13), said(talk, 14), said(talk, 15))),)),
        ),
        challenges=Paragraph((said(talk, 16), said(talk, 17), said(talk, 18))),
        outlook=Paragraph((said(talk, 19), said(talk, 20))),
        conclusion=Paragraph((said(talk, 21),)),
    )


def said(talk: Script, number: int) -> Statement:
    """A sentence of the talk as a statement that cites it."""
    return Statement(talk.sentences[number - 1].text, (number,))


def article(*, timed: bool = True, talk: Script | None = None, written: Draft | None = None) -> Article:
    """The article of the talk, checked."""
    talk = talk or script(timed=timed)
    written = written or draft(talk)
    report = verify(written, talk, VerifySettings(), AcceptingJudge())
    provenance = Provenance(talk.track, "yt-dlp", "the only Arabic track", "extractive/1", "0.1.0", "5" * 64, "d" * 64)
    return Article(talk, written, report, provenance)


def untitled(*, timed: bool = True) -> Article:
    """The article with no heading over its first section."""
    good = article(timed=timed)
    first, *others = good.draft.sections
    return article(talk=good.script, written=replace(good.draft, sections=(replace(first, heading=""), *others)))


def related() -> RelatedArticle:
    """A neighbour in the same library."""
    return RelatedArticle(
        "TadwinDemo2", "الطاقة الشمسية على سطح كل بيت", "../TadwinDemo2-الطاقة-الشمسية", ("المدينة", "عدادات")
    )


def flawed() -> Article:
    """The article with statements that were never said, so that its page has notes, and a related article."""
    good = draft(talk := script())
    wrong = Paragraph(
        (
            Statement("وجدنا أن أربعين في المئة من الماء يضيع قبل أن يصل إلى البيوت", (6,)),
            Statement("يكفي أن نحفر بئرًا جديدة كلما جفّت بئر قديمة", (4,)),
        )
    )
    sections = (*good.sections[:2], replace(good.sections[2], paragraphs=(wrong,)))
    made = article(talk=talk, written=replace(good, sections=sections))
    return replace(made, related=(related(),))


def doubted() -> Article:
    """The flawed article with a second finding on its first wrong statement."""
    of = flawed()
    first, *others = of.report.findings
    second = replace(first, flaw=Flaw.UNSUPPORTED, detail="92%: أربعين")
    return replace(of, report=replace(of.report, findings=(first, second, *others)))
