"""A whole run by workers elsewhere, with workers that are here and a carrier that shuffles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest

from pipeline.batch.breaker import LocalRequestGate, RequestGate
from pipeline.batch.clock import Clock, StopSignal
from pipeline.batch.context import RunContext
from pipeline.batch.job import Job, RequestsPaused, SerializedError, Worker
from pipeline.batch.ray.driver import FIRST, RayRunner
from pipeline.batch.runner import BatchSummary
from pipeline.errors import ModelError, NoCaptions, NoSpace, PipelineError, SourceBlocked, SourceUnreachable
from pipeline.settings import BatchSettings
from pipeline.store.database import LibraryDatabase
from pipeline.types.article import ArticleCard, VideoReference
from pipeline.types.batch import BatchFilter, BreakerState, FetchResult, VideoStatus
from pipeline.types.links import ArticleLinks
from tests.batch.played import PLAYLIST, Play, listing, name
from tests.batch_world import Time


@dataclass
class InProcessCarrier:
    """Carries jobs to workers in this process; those of a wave come back last first."""

    play: Play
    gate: RequestGate
    folder: Path
    waves: list[int] = field(default_factory=list)

    def send(self, jobs: Sequence[Job], filters: BatchFilter) -> Iterator[Job | None]:
        """Fetch all in order, then write all."""
        self.waves.append(len(jobs))
        worker = Worker(self, self.folder, filters, monotonic)
        for job in reversed([worker.fetch(job) for job in jobs]):
            yield None
            yield worker.write(job)

    def fetch(self, reference: VideoReference) -> FetchResult:
        """As the play says, if the gate is open; the gate hears of it."""
        if reference.id not in self.play.captions and self.gate.wait_time() > 0:
            raise RequestsPaused
        try:
            fetched = self.play.steps().fetch(reference)
        except SourceBlocked as error:
            self.gate.record_refusal(error)
            raise
        except PipelineError as error:
            self.gate.record_failure(unreachable=isinstance(error, SourceUnreachable))
            raise
        self.gate.record_answer()
        return fetched

    def make(self, reference: VideoReference) -> ArticleCard:
        """As the play says."""
        return self.play.steps().make(reference)

    def set_links(self, folder: str, links: ArticleLinks) -> ArticleCard:
        """No run here sets links."""
        raise AssertionError(folder, links)


def run(
    play: Play, folder: Path, time: Time | None = None, stop_signal: StopSignal | None = None
) -> tuple[BatchSummary, InProcessCarrier]:
    """One run over the playlist."""
    time, stop_signal = time or Time(), stop_signal or StopSignal()

    def sleep(seconds: float) -> None:
        stop_signal.sleep(0)
        time.sleep(seconds)

    with LibraryDatabase(folder) as state:
        carrier = InProcessCarrier(play, LocalRequestGate(state.breaker(), time), folder)
        clock = Clock(time, sleep, lambda: 0.5)
        context = RunContext(state, play.steps(), BatchSettings(pause_seconds=0.0), clock, stop_signal)
        return RayRunner(context, carrier).run([PLAYLIST], BatchFilter()), carrier


def test_every_video_is_given_out_once_in_waves_that_grow(tmp_path: Path) -> None:
    """The first wave leaves before the list is read to its end; the second run gives nothing out."""
    count = 5 * FIRST
    play = Play(listing(*range(count)))
    first, carrier = run(play, tmp_path)
    second, idle = run(play, tmp_path)

    assert first.status_counts == second.status_counts == ((VideoStatus.DONE, count),)
    assert set(play.articles.values()) == set(play.asked.values()) == {1}
    assert sum(carrier.waves) == count
    assert carrier.waves[0] <= FIRST < max(carrier.waves)
    assert idle.waves == []


def test_failures_mean_what_they_mean_in_one_process(tmp_path: Path) -> None:
    """Each kind gets its status, passing trouble is tried again in the same run, and the exit code says partial."""
    play = Play(
        listing(*range(8)),
        fetching={name(1): [NoCaptions("v", "none")], name(2): [SourceUnreachable("v", "no network")]},
        writing={name(3): [ModelError("it could not")]},
    )
    summary, _ = run(play, tmp_path)

    assert [summary.statuses[name(n)] for n in range(4)] == [
        VideoStatus.DONE,
        VideoStatus.LATER,
        VideoStatus.DONE,
        VideoStatus.RETRY,
    ]
    assert play.asked[name(2)] == 2
    assert summary.exit_code == 3


def test_a_block_leaves_the_rest_of_the_wave_untouched(tmp_path: Path) -> None:
    """Three are refused, the others of the wave come back as they were, and the breaker is kept for the next run."""
    time = Time()
    play = Play(listing(*range(20)), fetching={name(n): [SourceBlocked("v", "429")] for n in range(5, 20)})
    summary, _ = run(play, tmp_path, time)
    with LibraryDatabase(tmp_path) as state:
        breaker = state.breaker()
    _, again = run(play, tmp_path, time)

    assert dict(summary.status_counts) == {VideoStatus.DONE: 5, VideoStatus.BLOCKED: 3, VideoStatus.WAITING: 12}
    assert breaker == BreakerState(2, time.now + 3600)
    assert again.waves == []


def test_what_ends_a_run_comes_out_of_a_worker(tmp_path: Path) -> None:
    """A full disk where a worker writes ends the run; the next one does the rest, nothing twice."""
    play = Play(listing(*range(6)), writing={name(4): [NoSpace("full")]})
    with pytest.raises(NoSpace):
        run(play, tmp_path)

    assert run(play, tmp_path)[0].status_counts == ((VideoStatus.DONE, 6),)
    assert set(play.asked.values()) == {1}


def test_a_stopped_run_says_so_and_keeps_what_came(tmp_path: Path) -> None:
    """Code 130; the same command does the rest."""
    stop_signal = StopSignal()
    play = Play(listing(*range(12)))
    play.on_write = lambda video: stop_signal.request() if video == name(8) else None
    summary, _ = run(play, tmp_path, stop_signal=stop_signal)
    play.on_write = lambda _: None

    assert (summary.stopped, summary.exit_code) == (True, 130)
    assert run(play, tmp_path)[0].status_counts == ((VideoStatus.DONE, 12),)


def test_a_worker_that_is_lost_is_a_matter_for_a_person(tmp_path: Path) -> None:
    """The video that two processes died of is not tried again by itself."""
    play = Play(listing(0, 1), writing={name(1): [SerializedError("WorkerLost", "v: crashed 2 workers").error]})
    summary, _ = run(play, tmp_path)

    assert summary.statuses == {name(0): VideoStatus.DONE, name(1): VideoStatus.PERSON}
