"""A video on its way through workers, and what each of them does with it; nothing here knows what carries it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pipeline import errors
from pipeline.batch.list_reader import in_date_range
from pipeline.batch.ray.attempts import Attempts
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
    """All that a `PipelineError` says."""

    kind: str
    """Name of its class in `pipeline.errors`."""
    message: str
    hint: str = ""
    subject: str = ""
    wait: float = 0.0
    challenged: bool = False

    @classmethod
    def of(cls, error: PipelineError) -> SerializedError:
        """The error as data."""
        told = (error.subject, error.wait, error.challenged) if isinstance(error, SourceError) else ()
        return cls(type(error).__name__, str(error), error.hint, *told)

    @property
    def error(self) -> PipelineError:
        """The same error again."""
        kind = getattr(errors, self.kind)
        made: PipelineError
        if issubclass(kind, SourceError):
            made = source = kind(self.subject, "", self.hint)
            source.wait, source.challenged = self.wait, self.challenged
        else:
            made = kind("", self.hint)
        made.args = (self.message,)
        return made


CRASHES = 2
"""Workers that may die of one video before it is left alone: one may be chance."""


class RequestsPaused(Exception):
    """YouTube may not be asked now; nothing was."""


class WorkerTools(Protocol):
    """What a worker works with."""

    def fetch(self, reference: VideoReference) -> FetchResult:
        """As `BatchSteps.fetch`; raises `RequestsPaused` as well."""

    def make(self, reference: VideoReference) -> ArticleCard:
        """Make the article and put its files in place. Raises `PipelineError`."""

    def set_links(self, folder: str, links: ArticleLinks) -> ArticleCard:
        """Write the files of a finished article again, with these links. Raises `PipelineError`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A video, what is wanted for it, and what came of it so far."""

    record: VideoRecord
    links: ArticleLinks | None = None
    """What its article, which is made, is to show from now on; None for one that is to be made."""
    video: Video | None = None
    """Once its captions are on disk."""
    out_of_range: bool = False
    """Whether it turned out to be outside of the days that were asked for."""
    paused: bool = False
    """Whether YouTube could not be asked now."""
    card: ArticleCard | None = None
    """Once its article is on disk."""
    failure: SerializedError | None = None
    seconds: float = 0.0
    """Time that workers spent on it."""

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be done with it."""
        return self.out_of_range or self.paused or self.card is not None or self.failure is not None


class Worker:
    """Does one step with parcels that come one by one."""

    def __init__(self, tools: WorkerTools, library: Path, filters: BatchFilter, clock: Callable[[], float]) -> None:
        """Attempts are counted in the library's folder."""
        self._tools, self._filters, self._clock = tools, filters, clock
        self._attempts = Attempts(library)

    def fetch(self, parcel: Job) -> Job:
        """Put its captions on disk."""
        return self._try(parcel, self._fetched)

    def write(self, parcel: Job) -> Job:
        """Make its article, or tie it."""
        return self._try(parcel, lambda each: replace(each, card=self._written(each)))

    def _written(self, parcel: Job) -> ArticleCard:
        if parcel.links is None:
            return self._tools.make(parcel.record.reference)
        return self._tools.set_links(parcel.record.folder, parcel.links)

    def _fetched(self, parcel: Job) -> Job:
        fetched = self._tools.fetch(parcel.record.reference)
        if fetched.commit is not None:
            fetched.commit()
        published = fetched.video.published or parcel.record.published
        return replace(parcel, video=fetched.video, out_of_range=not in_date_range(self._filters, published))

    def _try(self, parcel: Job, step: Callable[[Job], Job]) -> Job:
        """The parcel after the step. An expected failure is data, a bug ends the run, a crash is counted on disk."""
        if parcel.ended:
            return parcel
        begun, name = self._clock(), parcel.record.id
        try:
            if self._attempts.begin(name) >= CRASHES:
                message = f"{name}: {CRASHES} workers died of it"
                raise WorkerLost(message)
            parcel = step(parcel)
        except RequestsPaused:
            parcel = replace(parcel, paused=True)
        except PipelineError as error:
            parcel = replace(parcel, failure=SerializedError.of(error))
        self._attempts.end(name)
        return replace(parcel, seconds=parcel.seconds + self._clock() - begun)
