"""What a worker does with a job, and how its failures travel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import codec, errors
from pipeline.batch.crashes import NAME, CrashCounter
from pipeline.batch.job import Job, RequestsPaused, SerializedError, Worker
from pipeline.errors import NoSpace, PipelineError, SourceBlocked, SourceError, TooShort, WorkerLost
from pipeline.types.article import ArticleCard, SourceKind, Video, VideoReference
from pipeline.types.batch import BatchFilter, FetchResult, VideoRecord
from pipeline.types.links import ArticleLinks
from tests.batch_world import Time

RECORD = VideoRecord("v", VideoReference(SourceKind.YOUTUBE, "v"), "عنوان")
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, PipelineError)]


class FakeTools:
    """Tools that do what they are told."""

    def __init__(self, outcome: BaseException | None = None, published: date | None = None) -> None:
        """Fail so, or succeed."""
        self.outcome, self.published, self.done = outcome, published, list[str]()

    def fetch(self, reference: VideoReference) -> FetchResult:
        """A video."""
        self._do("fetch")
        video = Video(reference.id, "عنوان", published=self.published)
        return FetchResult(video, lambda: self.done.append("keep"))

    def make(self, reference: VideoReference) -> ArticleCard:
        """A card."""
        self._do("make")
        return ArticleCard(reference.id, "عنوان", "v-x", ())

    def set_links(self, folder: str, links: ArticleLinks) -> ArticleCard:
        """A card."""
        self._do(f"set_links {folder} {links}")
        return ArticleCard("v", "عنوان", folder, ())

    def _do(self, what: str) -> None:
        self.done.append(what)
        if self.outcome is not None:
            raise self.outcome


def worker(tools: FakeTools, folder: Path, filters: BatchFilter | None = None) -> Worker:
    """A worker with these tools."""
    return Worker(tools, folder, filters or BatchFilter(), Time())


def test_a_job_is_fetched_kept_and_written(tmp_path: Path) -> None:
    """It carries the video and then the card; captions are on disk before it is passed on."""
    tools = FakeTools()
    made = worker(tools, tmp_path)
    fetched = made.fetch(Job(RECORD))
    written = made.write(fetched)

    assert tools.done == ["fetch", "keep", "make"]
    assert (fetched.video and fetched.video.id, fetched.card) == ("v", None)
    assert written.card is not None
    assert codec.decode(codec.encode(written), Job) == written
    assert list((tmp_path / NAME).iterdir()) == []


def test_a_finished_article_gets_its_links_and_is_not_made(tmp_path: Path) -> None:
    """A job with links names the folder of an article that is there."""
    tools = FakeTools()
    linked = worker(tools, tmp_path).write(Job(replace(RECORD, folder="v-x"), ArticleLinks()))

    assert tools.done == [f"set_links v-x {ArticleLinks()}"]
    assert linked.card is not None


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_travels_whole(kind: type[PipelineError]) -> None:
    """Its class, sentence, hint, exit code and what a source demanded are the same on the other side."""
    error = kind("v", "reason", "hint") if issubclass(kind, SourceError) else kind("reason", "hint")
    if isinstance(error, SourceError):
        error.wait, error.challenged, error.refusals = 7.0, True, 2
    back = codec.decode(codec.encode(SerializedError.of(error)), SerializedError).error

    assert type(back) is kind
    assert (str(back), back.hint, back.exit_code) == (str(error), error.hint, error.exit_code)
    assert vars(back) == vars(error)


@pytest.mark.parametrize("error", [TooShort("few words"), SourceBlocked("v", "429"), NoSpace("full")])
def test_an_expected_failure_is_data(error: PipelineError, tmp_path: Path) -> None:
    """The job goes on with it, no later step touches it, and no attempt stays counted."""
    tools = FakeTools(error)
    made = worker(tools, tmp_path)
    failed = made.fetch(Job(RECORD))

    assert failed.failure == SerializedError.of(error)
    assert made.write(failed) == failed
    assert tools.done == ["fetch"]
    assert CrashCounter(tmp_path).begin("v") == 0


def test_a_closed_gate_sends_it_back(tmp_path: Path) -> None:
    """Nothing was asked: it is neither failed nor written."""
    made = worker(FakeTools(RequestsPaused()), tmp_path)
    paused = made.fetch(Job(RECORD))

    assert (paused.paused, paused.failure) == (True, None)
    assert made.write(paused) == paused


def test_what_is_outside_of_the_days_is_kept_and_not_written(tmp_path: Path) -> None:
    """The exact day is known after fetching only."""
    tools = FakeTools(published=date(2020, 1, 1))
    made = worker(tools, tmp_path, BatchFilter(since=date(2026, 1, 1)))
    fetched = made.fetch(Job(RECORD))

    assert fetched.out_of_range
    assert made.write(fetched) == fetched
    assert tools.done == ["fetch", "keep"]


def test_a_bug_comes_out(tmp_path: Path) -> None:
    """What is no expected failure ends the run."""
    with pytest.raises(KeyError):
        worker(FakeTools(KeyError("bug")), tmp_path).fetch(Job(RECORD))


def test_after_two_deaths_nobody_is_given_it(tmp_path: Path) -> None:
    """The third worker does not touch it; one that comes afterwards, for another run, begins to count anew."""
    for _ in range(2):
        CrashCounter(tmp_path).begin("v")  # and its process is gone
    tools = FakeTools()
    result = worker(tools, tmp_path).write(Job(RECORD))

    assert result.failure is not None
    assert isinstance(result.failure.error, WorkerLost)
    assert tools.done == []
    assert worker(tools, tmp_path).write(Job(RECORD)).card is not None


def test_attempts_are_counted_by_name_until_they_end(tmp_path: Path) -> None:
    """On disk, for whoever looks; names are any text."""
    name = "/talks/حلقة 1.srt"

    assert [CrashCounter(tmp_path).begin(name) for _ in range(3)] == [0, 1, 2]
    assert CrashCounter(tmp_path).begin("other") == 0
    CrashCounter(tmp_path).end(name)
    assert CrashCounter(tmp_path).begin(name) == 0
    CrashCounter(tmp_path).clear()
    assert not (tmp_path / NAME).exists()
