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

from models.judges import linear
from models.judges.nli import NliJudge
from models.llm.cache import CachedEngine
from models.llm.server import ServerEngine
from models.restore.restorer import EmbeddedRestorer
from models.writers.extractive import ExtractiveWriter
from models.writers.llm_writer import LLMWriter
from pipeline import VERSION, run, urls
from pipeline.batch.ray.limiter import VIDEOS
from pipeline.batch.steps import FetchResult
from pipeline.codec import encode
from pipeline.events import Event, ModelReplied, Notice, Reporter, silent
from pipeline.export import html, json, markdown
from pipeline.linking import find_related, make_card
from pipeline.memo import Memo
from pipeline.review.articles import ReviewServices
from pipeline.review.desk import Desk
from pipeline.review.history import ReviewStore
from pipeline.review.index import QueueIndex
from pipeline.segment.prepare import NoRestoration
from pipeline.sources.files import FileSource
from pipeline.sources.inputs import InputResolver
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.youtube import YouTubeSource
from pipeline.store import lock, naming
from pipeline.store.artifacts import Artifacts
from pipeline.store.library import RECORD, Library
from pipeline.types.article import Article, ArticleCard, Recording, RunResult, SourceKind, VideoReference
from pipeline.types.usage import TokenUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from models.llm.engine import Engine
    from pipeline.batch.clock import Clock
    from pipeline.errors import ArtifactCorrupt
    from pipeline.ports import Judge, RequestTurns, Writer
    from pipeline.settings import ExportSettings, Settings, VerifySettings
    from pipeline.types.links import ArticleLinks

FORMATS: dict[str, Callable[[Article], bytes]] = {
    "md": markdown.export,
    "html": html.export,
    "json": json.export,
}
"""Every export by the ending of its file."""

_RARELY = 50_000, 20, 50
"""An article is made of a million small values without a cycle; looking for one every 700 took a fifth of the time."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What became of a request, and where its files are."""

    outcome: RunResult
    files: tuple[Path, ...] = ()
    usage: Mapping[str, TokenUsage] = field(default_factory=dict)
    """What was asked of a language model for it, by step; empty when nothing was."""


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Whose turn it is."""

    requests: RequestTurns
    """Before each request, by host."""
    videos: RequestTurns | None
    """Before each look at a video; without it looks may overlap, and only their requests wait for each other."""

    @classmethod
    def of(cls, settings: Settings, world: Clock | None = None) -> RateLimits:
        """As set; with a `world` by its clock, and with the pauses of a batch between videos."""
        if world is None:
            return cls(RateLimiter(settings.source.pause_seconds), None)
        outside, pause = (world.now, world.sleep, world.chance), settings.batch.pause_seconds
        videos = RateLimiter(pause, *outside, jitter=1.0) if pause else None
        return cls(RateLimiter(settings.source.pause_seconds, *outside), videos)


class CombinedSource:
    """Files and YouTube as one `Source`."""

    def __init__(self, settings: Settings, manners: RateLimits, report: Reporter = silent) -> None:
        """Nothing is opened before the first fetch."""
        self.files = FileSource(report)
        self._manners = manners
        self._youtube = YouTubeSource(settings.source, report, manners.requests)

    def locate(self, text: str) -> VideoReference:
        """What the text means: a file that exists, or else a video on YouTube; raises `UsageError`."""
        return self.files.locate(text) or urls.parse_video(text)

    def fetch(self, reference: VideoReference) -> Recording:
        """The recording, from where the reference points."""
        if reference.kind is SourceKind.FILE:
            return self.files.fetch(reference)
        turns = self._manners.videos
        with turns.turn(VIDEOS) if turns else nullcontext():
            return self._youtube.fetch(reference)


class UsageMeter:
    """Passes events on, and adds up what a language model was asked."""

    def __init__(self, report: Reporter) -> None:
        """Begin at nothing."""
        self.steps: dict[str, TokenUsage] = {}
        """By step: tokens and seconds."""
        self._report = report

    def __call__(self, event: Event) -> None:
        """Take an event."""
        if isinstance(event, ModelReplied):
            self.steps[event.step] = self.steps.get(event.step, TokenUsage()) + event.usage
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
        manners: RateLimits | None = None,
    ) -> None:
        """Use the library folder of the settings; `refresh` fetches again what is kept."""
        gc.set_threshold(*_RARELY)
        self.folder = Path(settings.library.folder)
        steps = frozenset({run.FETCH.name}) if refresh else frozenset()
        held_by = make_judge(settings.verify)
        self.meter = UsageMeter(report)
        """What was asked of a language model so far."""
        self._settings = settings
        self._report = report
        self._manners = manners or RateLimits.of(settings)
        self._sources = CombinedSource(settings, self._manners, report)
        self._library = Library(self.folder)
        self._run = run.Pipeline(
            memo=Memo(Artifacts(self.folder / "artifacts"), report, refresh=steps),
            source=self._sources,
            restorer=EmbeddedRestorer() if settings.text.restore else NoRestoration(),
            writer=writer or make_writer(settings, held_by, self.meter),
            judge=held_by,
            settings=settings,
            version=VERSION,
        )

    @property
    def recipe(self) -> str:
        """Digest of all that would make another article of the same captions."""
        return self._run.recipe

    @property
    def shelves(self) -> InputResolver:
        """The lists that can be read, paced together with videos."""
        return InputResolver(self._settings.source, self._sources.files, self._manners.requests)

    def kept(self, reference: VideoReference) -> bool:
        """Whether the captions of a video are on disk."""
        return self._run.kept(reference)

    def fetch(self, reference: VideoReference) -> FetchResult:
        """Fetch the captions of a video, if they are not on disk. Raises `PipelineError`."""
        recording, keep = self._run.look(reference)
        return FetchResult(recording.video, keep)

    def make(self, reference: VideoReference) -> ArticleCard:
        """Make the article of a video, and put its files in place. Raises `PipelineError`."""
        article = self._run.article(reference)
        own = self._card(article, reference.digest)
        self._export(article, own)
        return own

    def tie(self, folder: str, ties: ArticleLinks) -> ArticleCard:
        """Write the files of a finished article again, as it is but for its ties; no source and no model is asked.

        Raises `ArtifactCorrupt` when it cannot be read, and `StoreError`.
        """
        own, article = self._library.card(folder), self._library.article(folder)
        self._export(replace(article, related=ties.related, places=ties.places), own)
        return own

    def publish(self, request: str) -> PublishResult:
        """Make the article of one request and write its files; an expected failure is the outcome, not an exception."""
        files: list[Path] = []

        def make() -> Article:
            reference = self._located(request)
            with (
                lock.library_lock(self.folder) if self.folder.is_dir() else nullcontext()
            ):  # one not yet there is nobody's
                article, own = self._related(self._run.article(reference))
                files.extend(self._export(article, own))
            return article

        self.meter.steps.clear()
        outcome = run.run_one(request, make)
        return PublishResult(outcome, tuple(files), dict(self.meter.steps))

    def _located(self, request: str) -> VideoReference:
        reference = self._sources.locate(request)
        if reference.note:
            self._report(Notice(reference.note))
        return replace(reference, note="")  # other links to one video must not fetch it again

    def _related(self, article: Article) -> tuple[Article, ArticleCard]:
        own = self._card(article)
        related = find_related(own, self._library.cards(self._damaged), self._settings.export.related)
        return replace(article, related=related, places=self._library.places(own.folder)), own

    def _damaged(self, error: ArtifactCorrupt) -> None:
        """Say that an article of the library cannot be read; others are made all the same."""
        self._report(Notice(f"{error}; no article leads to it. {error.hint}"))

    def _card(self, article: Article, digest: str = "") -> ArticleCard:
        video = article.script.video
        folder = self._library.folder(video.id, naming.folder_name(video.id, article.draft.headline))
        return replace(make_card(article, folder), recipe=f"{self._run.recipe}{digest}")

    def _export(self, article: Article, own: ArticleCard) -> tuple[Path, ...]:
        written = export_files(article, self._settings.export)
        place = self._library.publish(own, written | {RECORD: encode(article)})
        return tuple(place / name for name in written)


def make_writer(settings: Settings, held_by: Judge, report: Reporter = silent) -> Writer:
    """Who writes, by the settings; nothing is loaded or asked yet. Raises `ConfigError`."""
    if settings.writer.kind == "extractive":
        return ExtractiveWriter(settings.writer)
    engine = CachedEngine(_engine(settings, report), Artifacts(Path(settings.library.folder) / "artifacts"))
    return LLMWriter(engine, settings.writer, settings.model.batch, held_by, report)


def _engine(settings: Settings, report: Reporter) -> Engine:
    if settings.writer.kind == "server":
        return ServerEngine(settings.model, report=report)
    from models.local.engine import LocalEngine  # noqa: PLC0415 - looks at this machine's memory and cores

    return LocalEngine(settings.model, report)


def worker_app(settings: Settings, writer: Writer | None, turns: RequestTurns) -> Tadwin:
    """The application for a worker of a cluster, which asks for its turns elsewhere."""
    return Tadwin(settings, writer=writer, manners=RateLimits(turns, turns))


def account_name() -> str:
    """The name of the account on this machine, or its number where it has none, as in many containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}"


def export_files(article: Article, settings: ExportSettings) -> dict[str, bytes]:
    """The files of an article in the formats of the settings, by name."""
    return {f"article.{name}": FORMATS[name](article) for name in settings.formats}


def make_judge(settings: VerifySettings) -> Judge:
    """The entailment model that the settings name, or else the embedded judge."""
    return NliJudge(settings.judge) if settings.judge else linear.EmbeddedJudge()


def make_desk(settings: Settings) -> Desk:
    """The review desk of the library that the settings name; raises `NotWritable`, `NoSpace` or `StoreError`."""
    folder, held_by = Path(settings.library.folder), make_judge(settings.verify)
    return Desk(
        ReviewServices(
            library=Library(folder),
            reviews=ReviewStore(folder / "reviews"),
            index=QueueIndex(folder / "reviews" / "index.sqlite"),
            writer=make_writer(settings, held_by),
            judge=held_by,
            export=lambda article: export_files(article, settings.export),
            settings=settings.verify,
            author=settings.review.author or account_name(),
            now=lambda: datetime.now(tz=UTC),
        )
    )
