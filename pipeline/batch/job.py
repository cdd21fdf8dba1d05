"""A video on its way through workers, and what they do with it; nothing here knows what carries it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pipeline import errors
from pipeline.batch.crashes import CrashCounter
from pipeline.batch.list_reader import in_date_range
from pipeline.errors import PipelineError, SourceError, WorkerLost
from pipeline.types.article import ArticleCard, Video, VideoReference  # noqa: TC001 - as above
from pipeline.types.batch import BatchFilter, FetchResult, VideoRecord  # noqa: TC001 - the codec reads the annotations while the program runs
from pipeline.types.links import ArticleLinks  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.types.batch import FetchResult


@dataclass(frozen=True, slots=True)
class SerializedError:
    """A `PipelineError` as data, with everything that it says."""

    kind: str
    """Name of its class in `pipeline.errors`."""
    message: str
    hint: str = ""
    subject: str = ""
    wait: float = 0.0
    challenged: bool = False
    refusals: int = 0

    @classmethod
    def of(cls, error: PipelineError) -> SerializedError:
        source = (error.subject, error.wait, error.challenged, error.refusals) if isinstance(error, SourceError) else ()
        return cls(type(error).__name__, str(error), error.hint, *source)

    @property
    def error(self) -> PipelineError:
        """The same error again."""
        kind = getattr(errors, self.kind)
        error: PipelineError
        if issubclass(kind, SourceError):
            error = source_error = kind(self.subject, "", self.hint)
            source_error.wait, source_error.challenged = self.wait, self.challenged
            source_error.refusals = self.refusals
        else:
            error = kind("", self.hint)
        error.args = (self.message,)
        return error


CRASHES = 2
"""Workers that may die of one video before it is left alone: one may be chance."""


class RequestsPaused(Exception):
    """YouTube may not be asked now; no request was sent."""


class WorkerTools(Protocol):
    """The work itself, as each process of a cluster builds it for its own `Worker`."""

    def fetch(self, reference: VideoReference) -> FetchResult:
        """As `BatchSteps.fetch`; raises `RequestsPaused` as well."""

    def make(self, reference: VideoReference) -> ArticleCard:
        """As `BatchSteps.make`."""

    def set_links(self, folder: str, links: ArticleLinks) -> ArticleCard:
        """Write the files of a finished article again, with these links. Raises `PipelineError`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A video, what is to be done for it, and what came of it so far."""

    record: VideoRecord
    links: ArticleLinks | None = None
    """Links to set in its finished article; None if the article is still to be made."""
    video: Video | None = None
    """Once its captions are on disk."""
    out_of_range: bool = False
    """True if it turned out to be outside of the requested dates."""
    paused: bool = False
    """True if YouTube may not be asked now, so that nothing was done."""
    card: ArticleCard | None = None
    """Once its article is on disk."""
    failure: SerializedError | None = None
    seconds: float = 0.0
    """Time that workers spent on it."""

    @property
    def ended(self) -> bool:
        """True if no later step has anything to do."""
        return self.out_of_range or self.paused or self.card is not None or self.failure is not None


class Worker:
    """Does one step for each job that comes by."""

    def __init__(self, tools: WorkerTools, library: Path, filters: BatchFilter, clock: Callable[[], float]) -> None:
        """Attempts are counted in the library's folder."""
        self._tools, self._filters, self._clock = tools, filters, clock
        self._attempts = CrashCounter(library)

    def fetch(self, job: Job) -> Job:
        """Put its captions on disk."""

        def step() -> Job:
            fetched = self._tools.fetch(job.record.reference)
            if fetched.commit is not None:
                fetched.commit()
            published = fetched.video.published or job.record.published
            return replace(job, video=fetched.video, out_of_range=not in_date_range(self._filters, published))

        return self._attempt(job, step)

    def write(self, job: Job) -> Job:
        """Make its article, or set the links of the one that it has."""

        def step() -> Job:
            if job.links is None:
                return replace(job, card=self._tools.make(job.record.reference))
            return replace(job, card=self._tools.set_links(job.record.folder, job.links))

        return self._attempt(job, step)

    def _attempt(self, job: Job, step: Callable[[], Job]) -> Job:
        """The job after the step. An expected failure is data, a bug ends the run, a crash is counted on disk."""
        if job.ended:
            return job
        started, name = self._clock(), job.record.id
        try:
            if self._attempts.begin(name) >= CRASHES:
                message = f"{name}: crashed {CRASHES} workers"
                raise WorkerLost(message)
            job = step()
        except RequestsPaused:
            job = replace(job, paused=True)
        except PipelineError as error:
            job = replace(job, failure=SerializedError.of(error))
        self._attempts.end(name)
        return replace(job, seconds=job.seconds + self._clock() - started)
