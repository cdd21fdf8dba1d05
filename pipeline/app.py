"""Wires settings to real adapters; the only module that names every class."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.extractive import Extractive
from models.restore import Shipped
from pipeline import VERSION, run
from pipeline.codec import encode
from pipeline.events import Note, Reporter, silent
from pipeline.export import html, json, markdown
from pipeline.memo import Memo
from pipeline.review.desk import Desk
from pipeline.review.sheets import Tools
from pipeline.sources.files import Files
from pipeline.sources.youtube import YouTube
from pipeline.stages.prepare import AsCaptioned
from pipeline.stages.relate import card, relate
from pipeline.store.artifacts import Artifacts
from pipeline.store.index import Index
from pipeline.store.library import RECORD, Library
from pipeline.store.reviews import Reviews
from pipeline.text import links, names
from pipeline.types import Article, Kind, Outcome, Recording, Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.ports import Source, Writer
    from pipeline.settings import ExportSettings, Settings

FORMATS: dict[str, Callable[[Article], bytes]] = {
    "md": markdown.export,
    "html": html.export,
    "json": json.export,
}
"""Every export by the ending of its file."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a request, and where its files are."""

    outcome: Outcome
    files: tuple[Path, ...] = ()


class Sources:
    """Files and YouTube as one `Source`."""

    def __init__(self, settings: Settings, report: Reporter = silent) -> None:
        """Nothing is opened before the first fetch."""
        self._files = Files(report)
        self._by_kind: dict[Kind, Source] = {
            Kind.FILE: self._files,
            Kind.YOUTUBE: YouTube(settings.source, report),
        }

    def locate(self, text: str) -> Reference:
        """What the text means: a file that exists, or else a video on YouTube; raises `UsageError`."""
        return self._files.locate(text) or links.reference(text)

    def fetch(self, reference: Reference) -> Recording:
        """The recording, from where the reference points."""
        return self._by_kind[reference.kind].fetch(reference)


class Tadwin:
    """The application: a request in, an article on disk out."""

    def __init__(
        self, settings: Settings, report: Reporter = silent, *, refresh: bool = False, writer: Writer | None = None
    ) -> None:
        """Use the library folder of the settings; `refresh` fetches again what is kept."""
        folder = Path(settings.library.folder)
        steps = frozenset({run.FETCH.name}) if refresh else frozenset()
        self._settings = settings
        self._report = report
        self._sources = Sources(settings, report)
        self._library = Library(folder)
        self._run = run.Run(
            memo=Memo(Artifacts(folder / "artifacts"), report, refresh=steps),
            source=self._sources,
            restorer=Shipped() if settings.text.restore else AsCaptioned(),
            writer=writer or Extractive(settings.writer),
            settings=settings,
            version=VERSION,
        )

    def publish(self, request: str) -> Published:
        """Make the article of one request and write its files; an expected failure is the outcome, not an exception."""
        files: list[Path] = []

        def make() -> Article:
            article, folder = self._related(self._article(request))
            files.extend(self._export(article, folder))
            return article

        outcome = run.attempt(request, make)
        return Published(outcome, tuple(files))

    def _article(self, request: str) -> Article:
        reference = self._sources.locate(request)
        if reference.note:
            self._report(Note(reference.note))
        return self._run.article(replace(reference, note=""))  # other links to one video must not fetch it again

    def _related(self, article: Article) -> tuple[Article, str]:
        video = article.script.video
        folder = self._library.folder(video.id, names.folder(video.id, article.draft.headline))
        others = tuple(other for other in self._library.cards() if other.id != video.id)
        related = relate(card(article, folder), others, self._settings.export.related)
        return replace(article, related=related), folder

    def _export(self, article: Article, folder: str) -> tuple[Path, ...]:
        written = exported(article, self._settings.export)
        place = self._library.publish(card(article, folder), written | {RECORD: encode(article)})
        return tuple(place / name for name in written)


def exported(article: Article, settings: ExportSettings) -> dict[str, bytes]:
    """The files of an article in the formats of the settings, by name."""
    return {f"article.{name}": FORMATS[name](article) for name in settings.formats}


def desk(settings: Settings) -> Desk:
    """The review desk of the library that the settings name; raises `NotWritable`."""
    folder = Path(settings.library.folder)
    return Desk(
        Tools(
            library=Library(folder),
            reviews=Reviews(folder / "reviews"),
            index=Index(folder / "reviews" / "index.sqlite"),
            writer=Extractive(settings.writer),
            export=lambda article: exported(article, settings.export),
            settings=settings.verify,
            author=settings.review.author or getpass.getuser(),
            now=lambda: datetime.now(tz=UTC),
        )
    )
