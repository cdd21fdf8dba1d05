"""Wires settings to real adapters; the only module that names every class."""

from __future__ import annotations

import gc
import getpass
import os
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models import judge
from models.composer import Composer
from models.entailment import Entailment
from models.extractive import Extractive
from models.remembered import Remembered
from models.restore import Shipped
from models.server import Server
from pipeline import VERSION, run
from pipeline.account import Usage
from pipeline.batch.limiter import VIDEOS
from pipeline.batch.steps import Fetched
from pipeline.codec import encode
from pipeline.events import Answered, Event, Note, Reporter, silent
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
    from collections.abc import Callable, Mapping

    from models.engine import Engine
    from pipeline.batch.world import World
    from pipeline.errors import ArtifactCorrupt
    from pipeline.ports import Judge, Turns, Writer
    from pipeline.settings import ExportSettings, Settings, VerifySettings
    from pipeline.ties import Ties

FORMATS: dict[str, Callable[[Article], bytes]] = {
    "md": markdown.export,
    "html": html.export,
    "json": json.export,
}
"""Every export by the ending of its file."""

_RARELY = 50_000, 20, 50
"""An article is made of a million small values without a cycle; looking for one every 700 took a fifth of the time."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a request, and where its files are."""

    outcome: Outcome
    files: tuple[Path, ...] = ()
    usage: Mapping[str, Usage] = field(default_factory=dict)
    """What was asked of a language model for it, by step; empty when nothing was."""


@dataclass(frozen=True, slots=True)
class Manners:
    """Whose turn it is."""

    requests: Turns
    """Before each request, by host."""
    videos: Turns | None
    """Before each look at a video; without it looks may overlap, and only their requests wait for each other."""

    @classmethod
    def of(cls, settings: Settings, world: World | None = None) -> Manners:
        """As set; with a `world` by its clock, and with the pauses of a batch between videos."""
        if world is None:
            return cls(Pace(settings.source.pause_seconds), None)
        outside, pause = (world.now, world.sleep, world.chance), settings.batch.pause_seconds
        videos = Pace(pause, *outside, jitter=1.0) if pause else None
        return cls(Pace(settings.source.pause_seconds, *outside), videos)


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
        turns = self._manners.videos
        with turns.turn(VIDEOS) if turns else nullcontext():
            return self._youtube.fetch(reference)


class Meter:
    """Passes events on, and adds up what a language model was asked."""

    def __init__(self, report: Reporter) -> None:
        """Begin at nothing."""
        self.steps: dict[str, Usage] = {}
        """By step: tokens and seconds."""
        self._report = report

    def __call__(self, event: Event) -> None:
        """Take an event."""
        if isinstance(event, Answered):
            self.steps[event.step] = self.steps.get(event.step, Usage()) + event.usage
        self._report(event)


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
        gc.set_threshold(*_RARELY)
        self.folder = Path(settings.library.folder)
        steps = frozenset({run.FETCH.name}) if refresh else frozenset()
        held_by = arbiter(settings.verify)
        self.meter = Meter(report)
        """What was asked of a language model so far."""
        self._settings = settings
        self._report = report
        self._manners = manners or Manners.of(settings)
        self._sources = Sources(settings, self._manners, report)
        self._library = Library(self.folder)
        self._run = run.Run(
            memo=Memo(Artifacts(self.folder / "artifacts"), report, refresh=steps),
            source=self._sources,
            restorer=Shipped() if settings.text.restore else AsCaptioned(),
            writer=writer or author(settings, held_by, self.meter),
            judge=held_by,
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

    def kept(self, reference: Reference) -> bool:
        """Whether the captions of a video are on disk."""
        return self._run.kept(reference)

    def fetch(self, reference: Reference) -> Fetched:
        """Fetch the captions of a video, if they are not on disk. Raises `PipelineError`."""
        recording, keep = self._run.look(reference)
        return Fetched(recording.video, keep)

    def make(self, reference: Reference) -> Card:
        """Make the article of a video, and put its files in place. Raises `PipelineError`."""
        article = self._run.article(reference)
        own = self._card(article, reference.digest)
        self._export(article, own)
        return own

    def tie(self, folder: str, ties: Ties) -> Card:
        """Write the files of a finished article again, as it is but for its ties; no source and no model is asked.

        Raises `ArtifactCorrupt` when it cannot be read, and `StoreError`.
        """
        own, article = self._library.card(folder), self._library.article(folder)
        self._export(replace(article, related=ties.related, places=ties.places), own)
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

        self.meter.steps.clear()
        outcome = run.attempt(request, make)
        return Published(outcome, tuple(files), dict(self.meter.steps))

    def _located(self, request: str) -> Reference:
        reference = self._sources.locate(request)
        if reference.note:
            self._report(Note(reference.note))
        return replace(reference, note="")  # other links to one video must not fetch it again

    def _related(self, article: Article) -> tuple[Article, Card]:
        own = self._card(article)
        related = relate(own, self._library.cards(self._damaged), self._settings.export.related)
        return replace(article, related=related, places=self._library.places(own.folder)), own

    def _damaged(self, error: ArtifactCorrupt) -> None:
        """Say that an article of the library cannot be read; others are made all the same."""
        self._report(Note(f"{error}; no article leads to it. {error.hint}"))

    def _card(self, article: Article, digest: str = "") -> Card:
        video = article.script.video
        folder = self._library.folder(video.id, names.folder(video.id, article.draft.headline))
        return replace(card(article, folder), recipe=f"{self._run.recipe}{digest}")

    def _export(self, article: Article, own: Card) -> tuple[Path, ...]:
        written = exported(article, self._settings.export)
        place = self._library.publish(own, written | {RECORD: encode(article)})
        return tuple(place / name for name in written)


def author(settings: Settings, held_by: Judge, report: Reporter = silent) -> Writer:
    """Who writes, by the settings; nothing is loaded or asked yet. Raises `ConfigError`."""
    if settings.writer.kind == "extractive":
        return Extractive(settings.writer)
    engine = Remembered(_engine(settings, report), Artifacts(Path(settings.library.folder) / "artifacts"))
    return Composer(engine, settings.writer, settings.model.batch, held_by, report)


def _engine(settings: Settings, report: Reporter) -> Engine:
    if settings.writer.kind == "server":
        return Server(settings.model, report=report)
    from models.local import Local  # noqa: PLC0415 - looks at this machine's memory and cores

    return Local(settings.model, report)


def hired(settings: Settings, writer: Writer | None, turns: Turns) -> Tadwin:
    """The application for a worker of a cluster, which asks for its turns elsewhere."""
    return Tadwin(settings, writer=writer, manners=Manners(turns, turns))


def account_name() -> str:
    """The name of the account on this machine, or its number where it has none, as in many containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}"


def exported(article: Article, settings: ExportSettings) -> dict[str, bytes]:
    """The files of an article in the formats of the settings, by name."""
    return {f"article.{name}": FORMATS[name](article) for name in settings.formats}


def arbiter(settings: VerifySettings) -> Judge:
    """The entailment model that the settings name, or else the embedded judge."""
    return Entailment(settings.judge) if settings.judge else judge.Shipped()


def desk(settings: Settings) -> Desk:
    """The review desk of the library that the settings name; raises `NotWritable`, `NoSpace` or `StoreError`."""
    folder, held_by = Path(settings.library.folder), arbiter(settings.verify)
    return Desk(
        Tools(
            library=Library(folder),
            reviews=Reviews(folder / "reviews"),
            index=Index(folder / "reviews" / "index.sqlite"),
            writer=author(settings, held_by),
            judge=held_by,
            export=lambda article: exported(article, settings.export),
            settings=settings.verify,
            author=settings.review.author or account_name(),
            now=lambda: datetime.now(tz=UTC),
        )
    )
