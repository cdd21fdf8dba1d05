"""A library under review, made of hand-written articles, with a clock that only moves when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from models.writers.extractive import ExtractiveWriter
from pipeline.codec import digest
from pipeline.export.formats import TAKEN_AWAY, export_files
from pipeline.linking import make_card
from pipeline.ports import Judge, Writer
from pipeline.review.articles import ReviewServices
from pipeline.review.desk import Desk
from pipeline.review.history import ReviewStore
from pipeline.review.index import QueueIndex
from pipeline.settings import Settings
from pipeline.store.library import RECORD, Library, folder_name, record_file
from pipeline.types.article import Article, Draft, Provenance, Script, Statement, Video
from pipeline.verify.report import verify
from tests.fakes.judges import AcceptingJudge
from tests.fakes.scripts import TALK, VIDEO, script

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTINGS = Settings()


class Clock:
    """A second passes with every look."""

    def __init__(self) -> None:
        """It is noon."""
        self.looks = 0

    def __call__(self) -> datetime:
        """The time."""
        self.looks += 1
        return NOON + timedelta(seconds=self.looks)


def article(video: Video = VIDEO, talk: Sequence[tuple[str, Sequence[str]]] = TALK) -> Article:
    """The embedded writer's article of a talk; without findings for the usual one."""
    said = script(talk, video=video)
    return checked(said, ExtractiveWriter(SETTINGS.writer).write(said))


def checked(said: Script, draft: Draft) -> Article:
    """A draft with all that an article has."""
    provenance = Provenance(said.track, "srt", "The only one.", "extractive 1", "0", digest(said), digest(draft))
    return Article(said, draft, verify(draft, said, SETTINGS.verify, AcceptingJudge()), provenance)


def flawed(of: Article, text: str = "وقال إن 77 سفينة غرقت في البحر.") -> Article:
    """The article with a sentence in its first section that nobody said."""
    section = of.draft.sections[0]
    first = replace(section.paragraphs[0], statements=(Statement(text, (2,)), *section.paragraphs[0].statements))
    other = replace(section, paragraphs=(first, *section.paragraphs[1:]))
    return checked(of.script, replace(of.draft, sections=(other, *of.draft.sections[1:])))


def quoting(of: Article, number: int) -> Article:
    """The article with another sentence of the talk, word for word, at the beginning of its first section."""
    said = next(each.text for each in of.script.sentences if each.number == number)
    section = of.draft.sections[0]
    first = replace(section.paragraphs[0], statements=(Statement(said, (number,)), *section.paragraphs[0].statements))
    other = replace(section, paragraphs=(first, *section.paragraphs[1:]))
    return checked(of.script, replace(of.draft, sections=(other, *of.draft.sections[1:])))


def video(number: int, **other: Any) -> Video:  # noqa: ANN401 - fields of several types
    """A video of its own."""
    return replace(VIDEO, id=f"video{number:06}", **other)


def publish(folder: Path, *articles: Article) -> None:
    """Put articles into the library, as a run does."""
    library = Library(folder)
    for each in articles:
        name = library.folder(each.script.video.id, folder_name(each.script.video.id, each.draft.headline))
        library.publish(make_card(each, name), {RECORD: record_file(each)})


def desk(
    folder: Path,
    *articles: Article,
    writer: Writer | None = None,
    author: str = "سلمى",
    judge: Judge | None = None,
    **other: Any,  # noqa: ANN401 - services of several types
) -> Desk:
    """A desk over a library with these articles."""
    publish(folder, *articles)
    services = ReviewServices(
        library=Library(folder),
        reviews=ReviewStore(folder / "reviews"),
        index=QueueIndex(folder / "reviews" / "index.sqlite"),
        writer=writer or ExtractiveWriter(SETTINGS.writer),
        judge=judge or AcceptingJudge(),
        export=lambda each: export_files(each, (*SETTINGS.export.formats, *TAKEN_AWAY)),
        settings=SETTINGS.verify,
        author=author,
        now=Clock(),
        **other,
    )
    return Desk(services)
