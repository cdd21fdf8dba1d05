"""Libraries of drafts for the desk, written as the program itself writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.settings import VerifySettings
from pipeline.types.article import Article, Draft, Paragraph, Passage, Script, Section, Sentence, Statement
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
        "العنوان هو https://example.org/a?b=1&c=2 وفيه كل شيء",
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
        Section(passage.heading, tuple(_said(passage.sentences[at : at + 24 : 6]) for at in range(0, 80, 24)))
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
