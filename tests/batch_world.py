"""A small library and a fake YouTube for tests of many videos: quick to fetch, quick to write."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.app.batch import open_session
from pipeline.batch.clock import Clock, StopSignal
from pipeline.settings import BatchSettings, ExportSettings, LibrarySettings, Settings, SourceSettings, TextSettings
from pipeline.types.article import Caption
from pipeline.types.batch import FINISHED, BatchFilter
from tests.fakes.catalogue import Catalogue, FakeChannel, FakePlaylist, FakeTrack, FakeVideo
from tests.fakes.scripts import TALK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.app.batch import BatchReport, LibrarySession
    from pipeline.events import Event
    from pipeline.ports import Writer
    from pipeline.types.batch import VideoStatus
    from tests.fakes.youtube import FakeYouTube

LIST, HANDLE = "PLseries0001", "@qanat"
LINES = [line for _, lines in TALK for line in lines][:10]
TRACK = FakeTrack(
    "ar", tuple(Caption(line, 10.0 * at, 10.0 * at + 9) for at, line in enumerate(LINES)), "manual", "Arabic"
)


def name(number: int) -> str:
    """The id of the video with this number."""
    return f"series_{number:04}"


def videos(count: int) -> tuple[FakeVideo, ...]:
    """So many short talks."""
    return tuple(FakeVideo(name(n), title=f"حلقة {n}", channel="قناة", tracks=(TRACK,)) for n in range(count))


def catalogue(*several: FakeVideo, **more: Any) -> Catalogue:  # noqa: ANN401 - fields of a catalogue
    """A playlist and a channel that hold these videos."""
    ids = tuple(video.id for video in several)
    return Catalogue(
        several, (FakePlaylist(LIST, "سلسلة الفرات", ids),), (FakeChannel(HANDLE, "قناة الفرات", ids),), **more
    )


@dataclass
class Time:
    """A clock that only moves when somebody sleeps, and remembers how long."""

    now: float = 1_790_000_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Now."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Move on."""
        if seconds:
            self.slept.append(seconds)
            self.now += seconds


def settings(folder: Path, fake: FakeYouTube | None = None, **batch: float) -> Settings:
    """Settings without pauses, for a library in a folder; talks of a few words make an article."""
    source = SourceSettings(pause_seconds=0.0)
    if fake is not None:
        source = replace(source, proxy=fake.proxy, ca_bundle=fake.ca_bundle)
    return Settings(
        library=LibrarySettings(str(folder)),
        source=source,
        batch=replace(BatchSettings(pause_seconds=0.0, patience_minutes=0.0), **batch),  # type: ignore[arg-type] # by name
        text=TextSettings(minimum_words=5),
        export=ExportSettings(formats=("md",)),
    )


@contextmanager
def library_session(
    folder: Path,
    fake: FakeYouTube | None = None,
    time: Time | None = None,
    events: list[Event] | None = None,
    writer: Writer | None = None,
    **batch: float,
) -> Iterator[LibrarySession]:
    """An open library; with a `time`, nobody really waits."""
    stop_signal = StopSignal()
    clock = Clock(time, time.sleep, lambda: 0.5) if time else Clock(sleep=stop_signal.sleep)
    report = (events if events is not None else []).append
    with open_session(
        settings(folder, fake, **batch), report, stop_signal=stop_signal, clock=clock, writer=writer
    ) as made:
        yield made


def batch(  # noqa: PLR0913 - what a test may want to say
    folder: Path,
    fake: FakeYouTube | None,
    *sources: str,
    filters: BatchFilter | None = None,
    time: Time | None = None,
    events: list[Event] | None = None,
    writer: Writer | None = None,
    **more: float,
) -> BatchReport:
    """One run over sources, the playlist if none is named."""
    with library_session(folder, fake, time or Time(), events, writer, **more) as session:
        return session.batch(session.resolve(sources or (LIST,)), filters or BatchFilter())


def counts(report: BatchReport) -> dict[VideoStatus, int]:
    """How many videos of a run stand how."""
    return dict(report.summary.status_counts)


def made(report: BatchReport) -> int:
    """How many videos of a run have an article."""
    return sum(count for status, count in report.summary.status_counts if status in FINISHED)


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file that a reader or a later run depends on, by path."""
    parts = ("articles", "artifacts", "series")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for part in parts
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }
