"""How a run ends when the writer cannot go on, and that nothing is asked of YouTube while it refuses."""

from __future__ import annotations

import threading
import time as clock
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch.context import BatchOperations
from pipeline.errors import ModelMissing, NoSpace, SourceBlocked
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import ProcessingStage, VideoStatus
from tests.batch.played import Play, listing, name, run
from tests.batch_world import Time


def living() -> set[str]:
    """Threads of a run that live now."""
    return {thread.name for thread in threading.enumerate() if thread.name.startswith(("fetching", "saving"))}


def left() -> set[str]:
    """Those that still live after a moment to end in."""
    end = clock.monotonic() + 2
    while living() and clock.monotonic() < end:
        clock.sleep(0.01)
    return living()


def test_a_writer_that_cannot_write_ends_the_fetching_too(tmp_path: Path) -> None:
    """Nothing is fetched that nobody takes, and no thread stays that would keep the program from ending."""
    begun = threading.Event()
    play = Play(listing(*range(20)), writing={name(0): [ModelMissing("no model")]})
    play.on_write = lambda _: begun.set()
    play.on_fetch = lambda video: clock.sleep(0.3 if video == name(1) and begun.wait(5) else 0)

    with pytest.raises(ModelMissing):
        run(play, tmp_path, ahead=1)

    assert left() == set()
    assert play.asked.total() <= 3


def test_lost_captions_are_asked_for_as_any_others(tmp_path: Path) -> None:
    """Other languages are wanted, so that captions of finished videos must come again: a block ends that at once."""
    time = Time()
    play = Play(listing(*range(20)))
    run(play, tmp_path, time=time)
    play.asked.clear()
    play.captions.clear()
    play.recipe = "r2"
    play.fetching = {name(n): [SourceBlocked("v", "429")] * 20 for n in range(20)}

    def bound(_video: str) -> None:
        assert play.asked.total() < 10, "YouTube is asked although it refuses"

    play.on_fetch = bound
    summary = run(play, tmp_path, time=time)

    assert play.asked.total() == 3
    assert dict(summary.status_counts) == {VideoStatus.DONE: 17, VideoStatus.BLOCKED: 3}


class Full(Play):
    """A play on a disk that takes no captions."""

    def steps(self) -> BatchOperations:
        """Whatever is fetched cannot be kept."""
        played = super().steps()
        return replace(played, fetch=lambda reference: replace(played.fetch(reference), commit=self._full))

    def _full(self) -> None:
        message = "full"
        raise NoSpace(message)


def test_no_row_says_that_captions_are_here_before_they_are(tmp_path: Path) -> None:
    """The artifact comes first: when it cannot be written, the video is as it was, and the run ends."""
    with pytest.raises(NoSpace):
        run(Full(listing(0, 1)), tmp_path)
    with LibraryDatabase(tmp_path) as state:
        stages = {record.stage for record in state.videos()}

    assert stages == {ProcessingStage.LISTED}


def test_captions_that_are_here_need_nobody(tmp_path: Path) -> None:
    """While YouTube refuses, videos are made whose captions are on disk, though no batch put them there."""
    time = Time()
    play = Play(listing(*range(5)), fetching={name(n): [SourceBlocked("v", "429")] for n in range(5)})
    run(play, tmp_path, time=time)
    play.captions |= {name(3), name(4)}
    summary = run(play, tmp_path, time=time)

    assert [summary.statuses[name(n)] for n in (3, 4)] == [VideoStatus.DONE] * 2
    with LibraryDatabase(tmp_path) as state:
        assert state.breaker().is_open(time.now)
