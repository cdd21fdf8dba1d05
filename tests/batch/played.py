"""Steps that play a script instead of asking anybody, and lists in memory."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipeline.batch.clock import Clock, StopSignal
from pipeline.batch.context import BatchOperations, RunContext
from pipeline.batch.runner import LocalRunner
from pipeline.errors import PipelineError
from pipeline.settings import BatchSettings
from pipeline.store.database import LibraryDatabase
from pipeline.types.article import ArticleCard, SourceKind, Video, VideoReference
from pipeline.types.batch import BatchFilter, FetchResult, ListEntry, ListKind, ListReference
from tests.batch_world import Time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.batch.runner import BatchSummary
    from pipeline.events import Event
    from pipeline.types.batch import VideoRecord

CHANNEL = ListReference(ListKind.CHANNEL, "@c")
PLAYLIST = ListReference(ListKind.PLAYLIST, "PLx")
Outcome = PipelineError | BaseException | None


def name(number: int) -> str:
    """The id of the video with this number."""
    return f"video_{number:05}"


def entries(*numbers: int, published: Callable[[int], date | None] = lambda _: None) -> list[ListEntry]:
    """Listed videos."""
    return [ListEntry(VideoReference(SourceKind.YOUTUBE, name(n)), f"حلقة {n}", published(n)) for n in numbers]


@dataclass
class FakeList:
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

    def skip_rest(self) -> None:
        """Leave the part."""
        self._left = True

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Play:
    """What happens to whom: for each video the outcomes of its looks in order, and then success."""

    lists: dict[str, list[FakeList]]
    fetching: dict[str, list[Outcome]] = field(default_factory=dict)
    writing: dict[str, list[Outcome]] = field(default_factory=dict)
    published: dict[str, date] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    """Articles on disk, and how often each was written."""
    captions: set[str] = field(default_factory=set)
    """Captions on disk."""
    asked: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    recipe: str = "r1"
    on_fetch: Callable[[str], None] = lambda _: None
    on_write: Callable[[str], None] = lambda _: None
    stop_signal: StopSignal = field(default_factory=StopSignal)
    """Of the present run."""

    def steps(self) -> BatchOperations:
        """The steps of a batch."""
        return BatchOperations(
            open_list=self._listing,
            fetch=self._fetch,
            make=self._write,
            is_fetched=lambda reference: reference.id in self.captions,
            has_article=lambda folder: folder in self.articles,
            recipe=self.recipe,
        )

    def _listing(self, wanted: ListReference) -> FakeList:
        lists = self.lists[wanted.key]
        return lists.pop(0) if len(lists) > 1 else lists[0]

    def _fetch(self, reference: VideoReference) -> FetchResult:
        video = Video(reference.id, "عنوان", published=self.published.get(reference.id))
        if reference.id in self.captions:
            return FetchResult(video)
        self.asked[reference.id] += 1
        self.order.append(reference.id)
        self.on_fetch(reference.id)
        _play(self.fetching, reference.id)
        return FetchResult(video, lambda: self.captions.add(reference.id))

    def _write(self, reference: VideoReference) -> ArticleCard:
        self.on_write(reference.id)
        _play(self.writing, reference.id)
        self.articles[reference.id] = self.articles.get(reference.id, 0) + 1
        return ArticleCard(reference.id, "عنوان", reference.id, ())


def _play(script: dict[str, list[Outcome]], video: str) -> None:
    if script.get(video) and (outcome := script[video].pop(0)) is not None:
        raise outcome


@contextmanager
def open_runner(play: Play, folder: Path, time: Time, events: list[Event], **settings: float) -> Iterator[LocalRunner]:
    """A batch of a play, with its state in a folder."""
    with LibraryDatabase(folder) as state:
        base = {"pause_seconds": 0.0, "patience_minutes": 10.0, "known_in_a_row": 3, **settings}
        counts = {"ahead", "known_in_a_row", "looks"}
        whole = {key: int(value) if key in counts else value for key, value in base.items()}
        stop_signal = play.stop_signal = StopSignal()

        def sleep(seconds: float) -> None:
            stop_signal.sleep(0)
            time.sleep(seconds)

        clock = Clock(time, sleep, lambda: 0.5)
        batch = BatchSettings(**whole)  # type: ignore[arg-type] # by name
        yield LocalRunner(RunContext(state, play.steps(), batch, clock, stop_signal, events.append))


def run(  # noqa: PLR0913 - what a test may want to say
    play: Play,
    folder: Path,
    *wanted: ListReference,
    filters: BatchFilter | None = None,
    time: Time | None = None,
    events: list[Event] | None = None,
    retries: Sequence[VideoRecord] = (),
    **settings: float,
) -> BatchSummary:
    """One run of the play; of the playlist if nothing else is wanted."""
    with open_runner(play, folder, time or Time(), events if events is not None else [], **settings) as batch:
        return batch.run(wanted or (() if retries else (PLAYLIST,)), filters or BatchFilter(), retries)


def listing(*numbers: int, announced: int | None = None) -> dict[str, list[FakeList]]:
    """A playlist of these videos."""
    return {PLAYLIST.key: [FakeList([entries(*numbers)], announced=announced)]}
