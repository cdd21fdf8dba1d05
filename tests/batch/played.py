"""Steps that play a script instead of asking anybody, and lists in memory."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipeline.batch.clock import Clock, StopSignal
from pipeline.batch.runner import LocalRunner
from pipeline.batch.steps import BatchSteps
from pipeline.errors import PipelineError
from pipeline.settings import BatchSettings
from pipeline.store.database import LibraryDatabase
from pipeline.types.article import ArticleCard, SourceKind, Video, VideoReference
from pipeline.types.batch import BatchFilter, FetchResult, ListEntry, ListReference, SourceType
from tests.batch_world import Time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.batch.runner import BatchSummary
    from pipeline.events import Event
    from pipeline.types.batch import VideoRecord

CHANNEL = ListReference(SourceType.CHANNEL, "@c")
PLAYLIST = ListReference(SourceType.PLAYLIST, "PLx")
Deed = PipelineError | BaseException | None


def name(number: int) -> str:
    """The id of the video with this number."""
    return f"video_{number:05}"


def entries(*numbers: int, published: Callable[[int], date | None] = lambda _: None) -> list[ListEntry]:
    """Listed videos."""
    return [ListEntry(VideoReference(SourceKind.YOUTUBE, name(n)), f"حلقة {n}", published(n)) for n in numbers]


@dataclass
class Sheet:
    """A list in memory; what stands in `parts` that is no entry is raised there."""

    parts: Sequence[Sequence[ListEntry | PipelineError]]
    title: str = "قائمة"
    announced: int | None = None
    read: int = 0
    _left: bool = False

    def __iter__(self) -> Iterator[ListEntry]:
        """The entries, part by part."""
        for part in self.parts:
            self._left = False
            for item in part:
                if self._left:
                    break
                if isinstance(item, PipelineError):
                    raise item
                self.read += 1
                yield item

    def leave(self) -> None:
        """Leave the part."""
        self._left = True

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Play:
    """What happens to whom: for each video the outcomes of its looks in order, and then success."""

    sheets: dict[str, list[Sheet]]
    fetching: dict[str, list[Deed]] = field(default_factory=dict)
    writing: dict[str, list[Deed]] = field(default_factory=dict)
    published: dict[str, date] = field(default_factory=dict)
    shelf: dict[str, int] = field(default_factory=dict)
    """Articles on disk, and how often each was written."""
    kept: set[str] = field(default_factory=set)
    """Captions on disk."""
    asked: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    recipe: str = "r1"
    on_fetch: Callable[[str], None] = lambda _: None
    on_write: Callable[[str], None] = lambda _: None

    def steps(self) -> BatchSteps:
        """The steps of a batch."""
        return BatchSteps(
            open_list=self._listing,
            fetch=self._fetch,
            make=self._write,
            is_fetched=lambda reference: reference.id in self.kept,
            has_article=lambda folder: folder in self.shelf,
            recipe=self.recipe,
        )

    def _listing(self, wanted: ListReference) -> Sheet:
        sheets = self.sheets[wanted.key]
        return sheets.pop(0) if len(sheets) > 1 else sheets[0]

    def _fetch(self, reference: VideoReference) -> FetchResult:
        video = Video(reference.id, "عنوان", published=self.published.get(reference.id))
        if reference.id in self.kept:
            return FetchResult(video)
        self.asked[reference.id] += 1
        self.order.append(reference.id)
        self.on_fetch(reference.id)
        _play(self.fetching, reference.id)
        return FetchResult(video, lambda: self.kept.add(reference.id))

    def _write(self, reference: VideoReference) -> ArticleCard:
        self.on_write(reference.id)
        _play(self.writing, reference.id)
        self.shelf[reference.id] = self.shelf.get(reference.id, 0) + 1
        return ArticleCard(reference.id, "عنوان", reference.id, ())


def _play(script: dict[str, list[Deed]], video: str) -> None:
    if script.get(video) and (deed := script[video].pop(0)) is not None:
        raise deed


@contextmanager
def staged(play: Play, folder: Path, time: Time, heard: list[Event], **settings: float) -> Iterator[LocalRunner]:
    """A batch of a play, with its state in a folder."""
    with LibraryDatabase(folder) as state:
        base = {"pause_seconds": 0.0, "patience_minutes": 10.0, "known_in_a_row": 3, **settings}
        counts = {"ahead", "known_in_a_row", "looks"}
        whole = {key: int(value) if key in counts else value for key, value in base.items()}
        stop_signal = StopSignal()

        def sleep(seconds: float) -> None:
            stop_signal.sleep(0)
            time.sleep(seconds)

        clock = Clock(time, sleep, lambda: 0.5)
        yield LocalRunner(state, play.steps(), BatchSettings(**whole), clock, stop_signal, heard.append)  # type: ignore[arg-type] # by name


def run(  # noqa: PLR0913 - what a test may want to say
    play: Play,
    folder: Path,
    *wanted: ListReference,
    filters: BatchFilter | None = None,
    time: Time | None = None,
    heard: list[Event] | None = None,
    again: Sequence[VideoRecord] = (),
    **settings: float,
) -> BatchSummary:
    """One run of the play; of the playlist if nothing else is wanted."""
    with staged(play, folder, time or Time(), heard if heard is not None else [], **settings) as batch:
        return batch.run(wanted or (() if again else (PLAYLIST,)), filters or BatchFilter(), again)


def listing(*numbers: int, announced: int | None = None) -> dict[str, list[Sheet]]:
    """A playlist of these videos."""
    return {PLAYLIST.key: [Sheet([entries(*numbers)], announced=announced)]}
