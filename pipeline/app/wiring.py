"""Wires settings to real adapters; the only module that names every class."""

from __future__ import annotations

import gc
import getpass
import os
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.judges import linear
from models.judges.canaries import judge_with_canaries
from models.judges.choice import ChosenJudge
from models.judges.classifier import ClassifierJudge
from models.judges.examination import ExamResults
from models.judges.odds import ConfirmingJudge
from models.judges.reading import Batches, ReadingJudge
from models.judges.remembered import RememberingJudge
from models.llm.cache import CachedEngine
from models.llm.http import is_loopback_url
from models.llm.server import ServerEngine
from models.restore.quran import EmbeddedQuran
from models.restore.restorer import EmbeddedRestorer
from models.writers.article_writer import ArticleWriter
from models.writers.extractive import ExtractiveWriter
from models.writers.llm_writer import LLMWriter
from pipeline import VERSION, urls
from pipeline.app.breaker import BreakerSource
from pipeline.app.file_manager import folder_opener
from pipeline.arabic.terms import Term
from pipeline.batch.clock import MonotonicClock
from pipeline.errors import UsageError
from pipeline.events import Event, ModelReplied, Notice, Reporter, silent
from pipeline.export.formats import TAKEN_AWAY, export_files
from pipeline.memo import Memo
from pipeline.ports import VIDEO_TURN
from pipeline.review.articles import ReviewServices
from pipeline.review.desk import Desk
from pipeline.review.history import ReviewStore
from pipeline.review.index import QueueIndex
from pipeline.run import FETCH, Pipeline
from pipeline.segment.prepare import NoRestoration
from pipeline.sources.files import missing_path
from pipeline.sources.inputs import InputResolver
from pipeline.sources.local import LocalSources
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.youtube import YouTubeSource
from pipeline.store.artifacts import Artifacts
from pipeline.store.library import Library
from pipeline.types.usage import TokenUsage

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.judges.examination import Examinee
    from models.llm.engine import Engine
    from pipeline.batch.clock import Clock
    from pipeline.ports import Judge, RequestTurns, Writer
    from pipeline.settings import ModelSettings, Settings
    from pipeline.types.article import Recording, RunResult, VideoReference

EMBEDDED = "embedded"
_GC_THRESHOLDS = 50_000, 20, 50
"""An article is made of a million small values without a cycle; looking for one every 700 took a fifth of the time."""


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Who may ask YouTube when."""

    requests: RequestTurns
    """Before each request, by host."""
    videos: RequestTurns | None
    """Before each fetch of a video; None where fetches may overlap, and only their requests wait for each other."""

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> RateLimits:
        """The pauses of the settings for a batch, which pauses between videos, too."""
        outside, pause = (clock.now, clock.sleep, clock.uniform), settings.batch.pause_seconds
        videos = RateLimiter(pause, *outside, jitter=1.0) if pause else None
        return cls(RateLimiter(settings.source.pause_seconds, *outside), videos)


class CombinedSource:
    """The sources on this machine and YouTube as one."""

    def __init__(self, settings: Settings, limits: RateLimits, report: Reporter = silent) -> None:
        self.local = LocalSources(report, settings.source)
        self._limits = limits
        self._youtube = YouTubeSource(settings.source, report, limits.requests)

    def locate(self, text: str) -> VideoReference:
        """A file on this machine, or else a video on YouTube; raises `UsageError`."""
        try:
            return self.local.locate(text) or urls.parse_video(text)
        except UsageError as error:
            raise missing_path(text) or error from None

    def fetch(self, reference: VideoReference) -> Recording:
        """The recording, from the source of the reference's kind."""
        if not reference.kind.is_online:
            return self.local.fetch(reference)
        turns = self._limits.videos
        with turns.turn(VIDEO_TURN) if turns else nullcontext():
            return self._youtube.fetch(reference)


class UsageMeter:
    """Passes events on and adds up what a language model was asked, by step."""

    def __init__(self, report: Reporter) -> None:
        self.steps: dict[str, TokenUsage] = {}
        self._report = report

    def __call__(self, event: Event) -> None:
        if isinstance(event, ModelReplied):
            self.steps[event.step] = self.steps.get(event.step, TokenUsage()) + event.usage
        self._report(event)


class Tadwin:
    """The application: a request in, an article on disk out."""

    def __init__(  # noqa: PLR0913 - its surroundings, each named
        self,
        settings: Settings,
        report: Reporter = silent,
        *,
        refresh: bool = False,
        writer: Writer | None = None,
        limits: RateLimits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Use the library folder of the settings; `refresh` fetches captions again that are on disk.

        `sleep` pauses between requests to YouTube and to a model server. Without the `limits` of a batch, the breaker
        of the library is kept to here.
        """
        gc.set_threshold(*_GC_THRESHOLDS)
        folder = Path(settings.library.folder)
        single = limits is None
        limits = limits or RateLimits(RateLimiter(settings.source.pause_seconds, sleep=sleep), None)
        source = CombinedSource(settings, limits, report)
        refreshed = frozenset({FETCH.name}) if refresh else frozenset[str]()
        self.usage = UsageMeter(report)
        """What was asked of a language model so far."""
        engine = make_engine(settings, self.usage, sleep)
        judge = make_judge(settings, engine, self.usage, sleep)
        self.pipeline = Pipeline(
            memo=Memo(Artifacts(folder / "artifacts", report), report, refresh=refreshed),
            source=BreakerSource(source, folder, MonotonicClock()) if single else source,
            restorer=EmbeddedRestorer() if settings.text.restore else NoRestoration(),
            verses=EmbeddedQuran(),
            writer=writer or make_writer(settings, judge, engine, self.usage),
            judge=judge,
            library=Library(folder),
            settings=settings,
            version=VERSION,
            report=report,
            corrections=lambda channel: corrections(folder, channel),
        )
        self.inputs = InputResolver(settings.source, source.local, limits.requests, report)
        """The lists that can be read, paced together with videos."""

    def run(self, request: str) -> RunResult:
        """Make the article of one request and write its files; an expected failure is part of the result."""
        self.usage.steps.clear()
        return replace(self.pipeline.run(request), usage=dict(self.usage.steps))


def corrections(folder: Path, channel: str) -> tuple[Term, ...]:
    """The names of a channel that an editor wants to have corrected in later drafts, too."""
    terms = ReviewStore(folder / "reviews").terms() if channel else ()
    return tuple(Term(each.wrong, each.right) for each in terms if each.everywhere and each.channel == channel)


def make_engine(
    settings: Settings, report: Reporter = silent, sleep: Callable[[float], None] = time.sleep
) -> CachedEngine | None:
    """The language model that writes, with a memory of its replies; None for the embedded writer."""
    if settings.writer.kind == "extractive":
        return None
    return CachedEngine(_engine(settings.writer.kind, settings.model, report, sleep), _artifacts(settings, report))


def make_writer(settings: Settings, judge: Judge, engine: CachedEngine | None, report: Reporter = silent) -> Writer:
    """The writer that the settings choose; nothing is loaded or asked yet. Raises `ConfigError`."""
    if engine is None:
        return ExtractiveWriter(settings.writer)
    given = (engine, settings.writer, settings.model.batch, judge)
    sections = LLMWriter(*given, report, forget=engine.forget)
    if settings.writer.depth == "sections":
        return sections
    return ArticleWriter(*given, strict=sections, watched=judge_with_canaries, report=report)


def _engine(kind: str, settings: ModelSettings, report: Reporter, sleep: Callable[[float], None]) -> Engine:
    if kind == "server":
        return ServerEngine(settings, sleep, report)
    from models.local.engine import LocalEngine  # noqa: PLC0415 - looks at this machine's memory and cores

    return LocalEngine(settings, report)


def _artifacts(settings: Settings, report: Reporter = silent) -> Artifacts:
    return Artifacts(Path(settings.library.folder) / "artifacts", report)


def make_worker(settings: Settings, writer: Writer | None, turns: RequestTurns) -> Pipeline:
    """The pipeline for a worker of a cluster, which asks for its turns elsewhere."""
    return Tadwin(settings, writer=writer, limits=RateLimits(turns, turns)).pipeline


def account_name() -> str:
    """The name of the account on this machine, or its number where it has none, as in many containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}"


# --- judges ---


def make_judge(
    settings: Settings,
    engine: Engine | None = None,
    report: Reporter = silent,
    sleep: Callable[[float], None] = time.sleep,
) -> Judge:
    """The judge that the settings choose, with what it earned in the exam; nothing is loaded or asked yet.

    `engine` is the model that writes: it judges, too, if no other is named and it is trusted.
    """
    named = settings.verify.judge
    trust = Trust(settings, report)
    if reading := make_reading_judge(settings, engine, report, sleep, trust):
        remembering = RememberingJudge(reading, _artifacts(settings, report))
        if named:
            return remembering
        return ChosenJudge(lambda: remembering if remembering.trusted else linear.EmbeddedJudge())
    odds = linear.EmbeddedJudge() if named in {"", EMBEDDED} else ClassifierJudge(named)
    tell = named not in {"", EMBEDDED}  # nobody needs to hear of the embedded judge what the documents say of it

    def choose() -> Judge:
        result = trust(odds.name, tell=tell)
        return ConfirmingJudge(odds, result) if result else odds

    return ChosenJudge(choose)


def make_examinee(
    settings: Settings, report: Reporter = silent, sleep: Callable[[float], None] = time.sleep
) -> Examinee:
    """The judge that the settings choose, or the model that writes, without its memory: to sit the exam."""
    named, kind = settings.verify.judge, settings.writer.kind
    engine = None if kind == "extractive" else _engine(kind, settings.model, report, sleep)
    reading = make_reading_judge(settings, engine, report, sleep)
    if reading is not None:
        return reading
    return linear.EmbeddedJudge() if named in {"", EMBEDDED} else ClassifierJudge(named)


def make_reading_judge(
    settings: Settings,
    engine: Engine | None,
    report: Reporter,
    sleep: Callable[[float], None],
    passed: Callable[[str], str] = lambda _: "",
) -> ReadingJudge | None:
    """The language model that the settings name as a judge, or else `engine`; None where no such model judges."""
    kind, colon, name = settings.verify.judge.partition(":")
    if colon and kind in {"server", "local"}:
        if engine is None or (kind, name) != (settings.writer.kind, settings.model.name):
            engine = _engine(kind, replace(settings.model, name=name), report, sleep)
    elif settings.verify.judge or engine is None:
        return None
    batches = Batches(settings.verify.claims, settings.model.batch)
    return ReadingJudge(engine, batches, settings.verify.prompt, report, passed)


def exam_results(settings: Settings, report: Reporter = silent) -> ExamResults:
    """The results of exams in the library of the settings."""
    return ExamResults(Artifacts(Path(settings.library.folder), report), lambda: datetime.now(tz=UTC).date())


def is_hosted(settings: Settings) -> bool:
    """Whether the judge of the settings runs on a machine of somebody else, who may change it."""
    kind = settings.verify.judge.partition(":")[0] or settings.writer.kind
    return kind == "server" and not is_loopback_url(settings.model.url)


class Trust:
    """The exam results of judges that passed; what it means if one did not is told once."""

    def __init__(self, settings: Settings, report: Reporter) -> None:
        self._results, self._hosted, self._report = exam_results(settings, report), is_hosted(settings), report
        self._known: dict[str, str] = {}

    def __call__(self, judge: str, *, tell: bool = True) -> str:
        """The figures of the judge of this name, if it has a result that still counts and passed; else empty."""
        if judge not in self._known:
            result = self._results.get(judge, hosted=self._hosted)
            self._known[judge] = result.summary if result and result.passed else ""
            if tell and result is None:
                self._report(Notice("no exam result for this judge, so its word is not trusted; `tadwin models exam`"))
            elif tell and result is not None and not result.passed:
                self._report(Notice(f"this judge failed its exam on {result.taken}, so its word is not trusted"))
        return self._known[judge]


def make_desk(settings: Settings) -> Desk:
    """The review desk of the library that the settings name; raises `NotWritable`, `NoSpace` or `StoreError`."""
    folder, engine = Path(settings.library.folder), make_engine(settings)
    judge = make_judge(settings, engine)
    return Desk(
        ReviewServices(
            library=Library(folder),
            reviews=ReviewStore(folder / "reviews"),
            index=QueueIndex(folder / "reviews" / "index.sqlite"),
            writer=make_writer(settings, judge, engine),
            judge=judge,
            export=lambda article: export_files(article, (*settings.export.formats, *TAKEN_AWAY)),
            settings=settings.verify,
            author=settings.review.author or account_name(),
            now=lambda: datetime.now(tz=UTC),
            show_folder=folder_opener(),
        )
    )
