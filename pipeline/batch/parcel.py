"""A video on its way through workers, and what each of them does with it; nothing here knows what carries it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pipeline.batch.failure import Failure
from pipeline.batch.reading import in_time
from pipeline.errors import PipelineError, WorkerLost
from pipeline.series import Wish, Work  # noqa: TC001 - the codec reads the annotations while the program runs
from pipeline.store.attempts import Attempts
from pipeline.ties import Ties  # noqa: TC001 - as above
from pipeline.types import Card, Reference, Video  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.batch.steps import Fetched

CRASHES = 2
"""Workers that may die of one video before it is left alone: one may be chance."""


class Held(Exception):
    """YouTube may not be asked now; nothing was."""


class Tools(Protocol):
    """What a worker works with."""

    def fetch(self, reference: Reference) -> Fetched:
        """As `Steps.fetch`; raises `Held` as well."""

    def make(self, reference: Reference) -> Card:
        """Make the article and put its files in place. Raises `PipelineError`."""

    def tie(self, folder: str, ties: Ties) -> Card:
        """Write the files of a finished article again, with these ties. Raises `PipelineError`."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A video, what is wanted for it, and what came of it so far."""

    work: Work
    ties: Ties | None = None
    """What its article, which is made, is to show from now on; None for one that is to be made."""
    video: Video | None = None
    """Once its captions are on disk."""
    unwanted: bool = False
    """Whether it turned out to be outside of the days that were asked for."""
    held: bool = False
    """Whether YouTube could not be asked now."""
    card: Card | None = None
    """Once its article is on disk."""
    failure: Failure | None = None
    seconds: float = 0.0
    """Time that workers spent on it."""

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be done with it."""
        return self.unwanted or self.held or self.card is not None or self.failure is not None


class Worker:
    """Does one step with parcels that come one by one."""

    def __init__(self, tools: Tools, library: Path, wish: Wish, clock: Callable[[], float]) -> None:
        """Attempts are counted in the library's folder."""
        self._tools, self._wish, self._clock = tools, wish, clock
        self._attempts = Attempts(library)

    def fetch(self, parcel: Parcel) -> Parcel:
        """Put its captions on disk."""
        return self._try(parcel, self._fetched)

    def write(self, parcel: Parcel) -> Parcel:
        """Make its article, or tie it."""
        return self._try(parcel, lambda each: replace(each, card=self._written(each)))

    def _written(self, parcel: Parcel) -> Card:
        if parcel.ties is None:
            return self._tools.make(parcel.work.reference)
        return self._tools.tie(parcel.work.folder, parcel.ties)

    def _fetched(self, parcel: Parcel) -> Parcel:
        fetched = self._tools.fetch(parcel.work.reference)
        if fetched.keep is not None:
            fetched.keep()
        published = fetched.video.published or parcel.work.published
        return replace(parcel, video=fetched.video, unwanted=not in_time(self._wish, published))

    def _try(self, parcel: Parcel, step: Callable[[Parcel], Parcel]) -> Parcel:
        """The parcel after the step. An expected failure is data, a bug ends the run, a crash is counted on disk."""
        if parcel.ended:
            return parcel
        begun, name = self._clock(), parcel.work.id
        try:
            if self._attempts.begin(name) >= CRASHES:
                message = f"{name}: {CRASHES} workers died of it"
                raise WorkerLost(message)
            parcel = step(parcel)
        except Held:
            parcel = replace(parcel, held=True)
        except PipelineError as error:
            parcel = replace(parcel, failure=Failure.of(error))
        self._attempts.end(name)
        return replace(parcel, seconds=parcel.seconds + self._clock() - begun)
