"""Wires settings to real adapters; the only module that names every class."""

from __future__ import annotations

import getpass
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.extractive import Extractive
from models.restore import Shipped
from pipeline import VERSION, run
from pipeline.batch.limiter import VIDEOS
from pipeline.batch.steps import Fetched
from pipeline.codec import encode
from pipeline.events import Note, Reporter, silent
from pipeline.export import html, json, markdown
from pipeline.memo import Memo
from pipeline.review.desk import Desk
from pipeline.review.sheets import Tools
from pipeline.sources.files import Files
from pipeline.sources.pace import Pace
from pipeline.sources.shelves import Shelves
from pipeline.sources.youtube import YouTube
from pipeline.stages.prepare import AsCaptioned
from pipeline.stages.relate import card, relate
from pipeline.store import lock
from pipeline.store.artifacts import Artifacts
from pipeline.store.index import Index
from pipeline.store.library import RECORD, Library
from pipeline.store.reviews import Reviews
from pipeline.text import links, names
from pipeline.types import Article, Card, Kind, Outcome, Recording, Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.world import World
    from pipeline.ports import Turns, Writer
    from pipeline.settings import ExportSettings, Settings
    from pipeline.ties import Ties

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


@dataclass(frozen=True, slots=True)
class Manners:
    """Whose turn it is."""

    requests: Turns
    """Before each request, by host."""
    videos: Turns
    """Before each look at a video."""

    @classmethod
    def of(cls, settings: Settings, world: World | None = None) -> Manners:
        """As set; with a `world` by its clock, and with the pauses of a batch between videos."""
        if world is None:
            return cls(Pace(settings.source.pause_seconds), Pace(0.0))
        return cls(
            Pace(settings.source.pause_seconds, world.now, world.sleep, world.chance),
            Pace(settings.batch.pause_seconds, world.now, world.sleep, world.chance, jitter=1.0),
        )


class Sources:
    """Files and YouTube as one `Source`."""

    def __init__(self, settings: Settings, manners: Manners, report: Reporter = silent) -> None:
        """Nothing is opened before the first fetch."""
        self.files = Files(report)
        self._manners = manners
        self._youtube = YouTube(settings.source, report, manners.requests)

    def locate(self, text: str) -> Reference:
        """What the text means: a file that exists, or else a video on YouTube; raises `UsageError`."""
        return self.files.locate(text) or links.reference(text)

    def fetch(self, reference: Reference) -> Recording:
        """The recording, from where the reference points."""
        if reference.kind is Kind.FILE:
            return self.files.fetch(reference)
        with self._manners.videos.turn(VIDEOS):
            return self._youtube.fetch(reference)


class Tadwin:
    """The application: a request in, an article on disk out."""

    def __init__(
        self,
        settings: Settings,
        report: Reporter = silent,
        *,
        refresh: bool = False,
        writer: Writer | None = None,
        manners: Manners | None = None,
    ) -> None:
        """Use the library folder of the settings; `refresh` fetches again what is kept."""
        self.folder = Path(settings.library.folder)
        steps = frozenset({run.FETCH.name}) if refresh else frozenset()
        self._settings = settings
        self._report = report
        self._manners = manners or Manners.of(settings)
        self._sources = Sources(settings, self._manners, report)
        self._library = Library(self.folder)
        self._run = run.Run(
            memo=Memo(Artifacts(self.folder / "artifacts"), report, refresh=steps),
            source=self._sources,
            restorer=Shipped() if settings.text.restore else AsCaptioned(),
            writer=writer or Extractive(settings.writer),
            settings=settings,
            version=VERSION,
        )

    @property
    def recipe(self) -> str:
        """Digest of all that would make another article of the same captions."""
        return self._run.recipe

    @property
    def shelves(self) -> Shelves:
        """The lists that can be read, paced together with videos."""
        return Shelves(self._settings.source, self._sources.files, self._manners.requests)

    def fetch(self, reference: Reference) -> Fetched:
        """Fetch the captions of a video, if they are not on disk. Raises `PipelineError`."""
        recording, keep = self._run.look(reference)
        return Fetched(recording.video, keep)

    def make(self, reference: Reference, ties: Ties | None = None) -> Card:
        """Make the article of a video with these ties, and put its files in place. Raises `PipelineError`."""
        article = self._run.article(reference)
        if ties is not None:
            article = replace(article, related=ties.related, places=ties.places)
        own = self._card(article, reference.digest)
        self._export(article, own)
        return own

    def publish(self, request: str) -> Published:
        """Make the article of one request and write its files; an expected failure is the outcome, not an exception."""
        files: list[Path] = []

        def make() -> Article:
            reference = self._located(request)
            with lock.held(self.folder) if self.folder.is_dir() else nullcontext():  # one not yet there is nobody's
                article, own = self._related(self._run.article(reference))
                files.extend(self._export(article, own))
            return article

        outcome = run.attempt(request, make)
        return Published(outcome, tuple(files))

    def _located(self, request: str) -> Reference:
        reference = self._sources.locate(request)
        if reference.note:
            self._report(Note(reference.note))
        return replace(reference, note="")  # other links to one video must not fetch it again

    def _related(self, article: Article) -> tuple[Article, Card]:
        own = self._card(article)
        related = relate(own, self._library.cards(), self._settings.export.related)
        return replace(article, related=related, places=self._library.places(own.folder)), own

    def _card(self, article: Article, digest: str = "") -> Card:
        video = article.script.video
        folder = self._library.folder(video.id, names.folder(video.id, article.draft.headline))
        return replace(card(article, folder), recipe=f"{self._run.recipe}{digest}")

    def _export(self, article: Article, own: Card) -> tuple[Path, ...]:
        written = exported(article, self._settings.export)
        place = self._library.publish(own, written | {RECORD: encode(article)})
        return tuple(place / name for name in written)


def hired(settings: Settings, writer: Writer | None, turns: Turns) -> Tadwin:
    """The application for a worker of a cluster, which asks for its turns elsewhere."""
    return Tadwin(settings, writer=writer, manners=Manners(turns, turns))


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
