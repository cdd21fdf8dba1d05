"""Libraries of drafts for the desk, written as the program itself writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.arabic.formatting import format_date
from pipeline.arabic.numbers import figures
from pipeline.codec import digest
from pipeline.settings import VerifySettings
from pipeline.types.article import Article, Draft, Paragraph, Passage, Script, Section, Sentence, Statement, Video
from pipeline.verify.report import verify
from tests.fakes import articles, desks
from tests.fakes.judges import AcceptingJudge

if TYPE_CHECKING:
    from pathlib import Path

FLAWED = "TadwinDemo1"
"""Two of its statements were never said, and a quarter of an hour is in no section."""
SOUND = "TadwinDemo2"
LOCAL = "file-0123456789ab"
"""Made from a caption file: it has neither times nor a video to show."""
INVENTED = "7777"
ROUGH = 10
FORBIDDEN = "TadwinNoEmb"
"""The fake player refuses to show it."""
MIXED = "TadwinDemo4"
"""Arabic with names, figures, addresses and code in Latin letters."""


def put(folder: Path, article: Article) -> None:
    """Publish an article in a library."""
    desks.publish(folder, replace(article, provenance=replace(article.provenance, draft=digest(article.draft))))


def small(folder: Path) -> None:
    """A library of four different drafts."""
    for article in (articles.flawed(), sound(), local(), mixed()):
        put(folder, article)


def rough(folder: Path) -> list[str]:
    """A library of one draft in which ten statements have an invented figure; the words that stood there, in order."""
    article = articles.article()
    right: list[str] = []
    sections = []
    for section in article.draft.sections:
        paragraphs = []
        for paragraph in section.paragraphs:
            statements = []
            for statement in paragraph.statements:
                words = statement.text.split()
                if len(right) < ROUGH:
                    own = set(figures(statement.text))
                    exchanged = (" ".join((*words[:at], INVENTED, *words[at + 1 :])) for at in range(len(words)))
                    at = next(at for at, text in enumerate(exchanged) if set(figures(text)) == own | {INVENTED})
                    right.append(words[at])
                    words[at] = INVENTED
                statements.append(replace(statement, text=" ".join(words)))
            paragraphs.append(Paragraph(tuple(statements)))
        sections.append(replace(section, paragraphs=tuple(paragraphs)))
    put(folder, _checked(replace(article, draft=replace(article.draft, sections=tuple(sections)))))
    return right


def pictured(folder: Path) -> None:
    """A library with titles and talks as long as those of real channels; two of the drafts have one title."""
    flawed = articles.flawed()
    talk = long(75)
    wrong = Paragraph(
        tuple(
            replace(
                said, cites=tuple(number - 1 for number in said.cites)
            )  # the long talk begins with the second sentence
            for said in flawed.draft.sections[2].paragraphs[0].statements
        )
    )
    first, *others = talk.draft.sections
    sections = (replace(first, paragraphs=(wrong, *first.paragraphs[1:])), *others)
    draft = replace(talk.draft, title=_TITLES[0], sections=sections)
    video = replace(talk.script.video, id=FLAWED, title=_TITLES[0])
    put(folder, _checked(replace(talk, script=replace(talk.script, video=video), draft=draft)))
    for number, title in enumerate((*_TITLES[1:], _TITLES[1]), 5):
        made = renamed(f"TadwinDemo{number}", title)
        video = replace(made.script.video, seconds=1200.0 + 977 * number, published=date(2026, 10, number))
        put(folder, _checked(replace(made, script=replace(made.script, video=video), draft=_about(made.draft, video))))
    for article in (local(), mixed()):
        put(folder, article)


def _about(draft: Draft, video: Video) -> Draft:
    """The draft with what it says of the video put right."""
    first, *rest = draft.lead.statements
    text = first.text.replace(FLAWED, video.id).replace("23 نوفمبر 2026", format_date(video.published or date.min))
    return replace(draft, headline=draft.sections[0].heading, lead=Paragraph((replace(first, text=text), *rest)))


_TITLES = (
    "حوارات المدينة | الحلقة 12: كيف نحفظ الماء في مدننا؟ قياس الفاقد وإصلاح الأنابيب القديمة مع مهندس الشبكة",
    "لماذا تخسر شبكات المياه نصف ما تضخّه؟ محاضرة كاملة في إدارة الطلب على الماء وسياسات التسعير العادل",
    "ندوة مفتوحة: مستقبل إعادة استعمال المياه الرمادية في المدارس والبيوت | تجارب من ثلاث مدن عربية",
)


def sound() -> Article:
    """A draft without a wrong statement."""
    return renamed(SOUND, "كيف نحفظ الماء في مدننا؟ الحلقة الثانية")


def local() -> Article:
    """A draft of a caption file."""
    return renamed(LOCAL, "محاضرة من ملف على هذا الجهاز", timed=False)


def mixed() -> Article:
    """A draft of sentences that jumble easily."""
    said = (
        "نستعمل Python 3.14 وC++ و(Rust) في المشروع نفسه",
        "ارتفعت النسبة من 10–20% إلى 35.5% بين 2020 و2026",
        "العنوان هو example.org/a?b=1&c=2 وفيه كل شيء",
        "اكتب الأمر `pip install tadwin` ثم اضغط Enter",
        "هاتف المكتب +963 11 123 4567 طوال الأسبوع",
    )
    sentences = tuple(Sentence(number, text, number * 60.0, number * 60.0 + 50) for number, text in enumerate(said, 1))
    talk = articles.script()
    video = replace(talk.video, id=MIXED, title="لغات البرمجة: Python وC++ وRust", chapters=(), seconds=400.0)
    script = Script(video, talk.track, (Passage("لغات البرمجة", sentences),))
    return _checked(articles.article(talk=script, written=_quoting(script)))


def long(minutes: int) -> Article:
    """A draft of a talk of so many minutes, eight sentences a minute; one in six is quoted."""
    talk = articles.script()
    texts = [text for _, _, said in articles.TALK for text in said]
    numbers = range(1, minutes * 8 + 1)
    sentences = [Sentence(n, texts[n % len(texts)], (n - 1) * 7.5, n * 7.5 - 1) for n in numbers]
    passages = tuple(
        Passage(f"المحور {at // 80 + 1}", tuple(sentences[at : at + 80])) for at in range(0, len(sentences), 80)
    )
    video = replace(talk.video, seconds=minutes * 60.0, chapters=())
    script = replace(talk, video=video, passages=passages)
    sections = tuple(
        Section(
            passage.heading,
            tuple(_said(passage.sentences[at : at + 24 : 6]) for at in range(0, len(passage.sentences), 24)),
        )
        for passage in passages
    )
    return articles.article(talk=script, written=replace(_quoting(script), sections=sections))


def _quoting(script: Script) -> Draft:
    first = script.sentences[:5]
    return Draft(
        title=script.video.title,
        headline=script.passages[0].heading,
        lead=_said(first[:1]),
        background=(_said(first[1:2]),),
        transition=_said(first[2:3]),
        sections=(Section(script.passages[0].heading, (_said(first[:3]), _said(first[3:5]))),),
        challenges=None,
        outlook=None,
        conclusion=_said(first[4:5]),
    )


def _said(sentences: tuple[Sentence, ...]) -> Paragraph:
    return Paragraph(tuple(Statement(sentence.text, (sentence.number,)) for sentence in sentences))


def renamed(identifier: str, title: str = "حوار آخر", *, timed: bool = True) -> Article:
    """The sound draft as that of another video."""
    talk = articles.script(timed=timed)
    url = f"https://www.youtube.com/watch?v={identifier}" if timed else ""
    video = replace(talk.video, id=identifier, title=title, url=url, published=date(2026, 11, 20))
    talk = replace(talk, video=video)
    return articles.article(talk=talk, written=articles.draft(talk))


def _checked(article: Article) -> Article:
    return replace(article, report=verify(article.draft, article.script, VerifySettings(), AcceptingJudge()))
