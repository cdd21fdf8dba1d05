"""A whole run, with scripted videos and a clock of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, get_ident
from time import sleep

import pytest

from pipeline.batch.breaker import WaitReason
from pipeline.batch.clock import MonotonicClock, StopRequested, StopSignal
from pipeline.batch.runner import seconds_left
from pipeline.errors import (
    AccessDenied,
    ModelError,
    NoCaptions,
    NoSpace,
    NotYetAvailable,
    SourceBlocked,
    SourceUnreachable,
    VideoUnavailable,
)
from pipeline.events import BatchProgress, Event, VideoEnded, Waiting
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import BatchFilter, VideoStatus
from tests.batch.played import PLAYLIST, FakeList, Outcome, Play, entries, listing, name, open_runner, run
from tests.batch_world import Time


def unreached(times: int) -> list[Outcome]:
    """So many looks at which the network fails."""
    return [SourceUnreachable("v", "no network")] * times


def test_every_video_of_a_list_is_fetched_and_written_once(tmp_path: Path) -> None:
    """The plain case, and again: the second run does nothing."""
    play = Play(listing(*range(40)))

    first, second = run(play, tmp_path), run(play, tmp_path)

    assert first.status_counts == second.status_counts == ((VideoStatus.DONE, 40),)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert set(play.articles.values()) == set(play.asked.values()) == {1}
    assert play.order == [name(n) for n in range(40)]
    assert (first.fetched, second.fetched) == (40, 0)


def test_one_failure_never_stops_the_others(tmp_path: Path) -> None:
    """Each kind of failure gets its status; all other videos are done, and the exit code says partial."""
    play = Play(
        listing(*range(8)),
        fetching={
            name(1): [AccessDenied("v", "private")],
            name(2): [VideoUnavailable("v", "removed")],
            name(3): [NoCaptions("v", "none")],
            name(4): [NotYetAvailable("v", "premiere")],
        },
        writing={name(5): [ModelError("it could not")]},
    )
    summary = run(play, tmp_path)
    expected = [
        VideoStatus.DONE,
        VideoStatus.PERSON,
        VideoStatus.PERMANENT,
        VideoStatus.LATER,
        VideoStatus.LATER,
        VideoStatus.RETRY,
    ]

    assert [summary.statuses[name(n)] for n in range(6)] == expected
    assert summary.exit_code == 3
    assert set(play.articles) == {name(0), name(6), name(7)}


def test_passing_trouble_is_tried_again_in_the_same_run(tmp_path: Path) -> None:
    """A video that could not be reached is done a little later, after the others, and the run waits for it."""
    time, events = Time(), list[Event]()
    play = Play(listing(0, 1, 2), fetching={name(0): [*unreached(2)]})

    summary = run(play, tmp_path, time=time, events=events)

    assert summary.status_counts == ((VideoStatus.DONE, 3),)
    assert play.order[:3] == [name(0), name(1), name(2)]
    assert play.asked[name(0)] == 3
    assert sum(time.slept) == pytest.approx(0.5 * 30 + 0.5 * 60)
    assert [event for event in events if isinstance(event, Waiting)]


def test_a_run_does_not_wait_longer_than_it_has_patience(tmp_path: Path) -> None:
    """Without patience it ends at once with what is due later, and the next run takes it up."""
    time = Time()
    play = Play(listing(0, 1), fetching={name(0): [*unreached(1)]})

    first = run(play, tmp_path, time=time, patience_minutes=0.0)
    early = run(play, tmp_path, time=time, patience_minutes=0.0)
    time.now += 60
    second = run(play, tmp_path, time=time)

    assert first.statuses == early.statuses == {name(0): VideoStatus.RETRY, name(1): VideoStatus.DONE}
    assert time.slept == []
    assert play.asked[name(0)] == 2
    assert second.exit_code == 0


AT_ONCE = pytest.mark.parametrize("looks", [1, 2])


@AT_ONCE
def test_a_block_is_never_a_fact_about_a_video(looks: int, tmp_path: Path) -> None:
    """Three refusals in a row end the asking; no more than three videos were asked for, none is given up."""
    time = Time()
    play = Play(listing(*range(50)), fetching={name(n): [SourceBlocked("v", "429")] for n in range(10, 50)})

    first = run(play, tmp_path, time=time, looks=looks)
    second = run(play, tmp_path, time=time, looks=looks)

    assert sum(play.asked[name(n)] for n in range(10, 50)) == 3
    assert dict(first.status_counts)[VideoStatus.DONE] == 10
    assert set(dict(first.status_counts)) == {VideoStatus.DONE, VideoStatus.BLOCKED, VideoStatus.WAITING}
    assert (first.exit_code, second.exit_code) == (3, 3)
    assert first.stop_reason is second.stop_reason is WaitReason.BLOCKED


@AT_ONCE
def test_after_the_pause_one_probe_decides(looks: int, tmp_path: Path) -> None:
    """A refused probe closes the door for another hour; an answered one lets all the others through."""
    time = Time()
    play = Play(listing(*range(20)), fetching={name(n): [SourceBlocked("v", "429")] * 2 for n in range(20)})
    run(play, tmp_path, time=time)
    time.now += 3601
    asked = play.asked.total()
    refused = run(play, tmp_path, time=time, looks=looks)
    assert (play.asked.total() - asked, refused.exit_code) == (1, 4)
    play.fetching.clear()
    time.now += 3601

    assert run(play, tmp_path, time=time).status_counts == ((VideoStatus.DONE, 20),)


def test_a_clock_set_back_makes_no_pause_longer(tmp_path: Path) -> None:
    """After a block and an hour taken from the clock, a patient run waits one hour, not two."""
    time = Time()
    play = Play(listing(0, 1, 2), fetching={name(n): [SourceBlocked("v", "429")] for n in range(3)})
    run(play, tmp_path, time=time)
    time.now -= 3600

    assert run(play, tmp_path, time=time, patience_minutes=70.0).status_counts == ((VideoStatus.DONE, 3),)
    assert sum(time.slept) == pytest.approx(3600)


def test_a_patient_run_waits_through_a_block(tmp_path: Path) -> None:
    """With patience for more than an hour, a run waits, probes and goes on by itself."""
    time = Time()
    play = Play(listing(*range(6)), fetching={name(n): [SourceBlocked("v", "429")] for n in range(3)})

    summary = run(play, tmp_path, time=time, patience_minutes=70.0)

    assert summary.status_counts == ((VideoStatus.DONE, 6),)
    assert sum(time.slept) == pytest.approx(3600)


def test_fetched_captions_are_written_while_youtube_is_left_alone(tmp_path: Path) -> None:
    """What lies on disk needs nobody: a run that may not ask still writes what was fetched before."""
    time = Time()
    play = Play(listing(*range(6)), writing={name(0): [KeyError("killed")]})
    with pytest.raises(KeyError):
        run(play, tmp_path, time=time)
    play.fetching = {name(n): [SourceBlocked("v", "429")] for n in range(6) if name(n) not in play.captions}
    with LibraryDatabase(tmp_path) as state:
        state.save_breaker(state.breaker().__class__(2, time.now + 3600), time.now)
    asked = play.asked.total()
    summary = run(play, tmp_path, time=time)

    assert play.asked.total() == asked
    assert set(play.articles) >= {name(0)}
    assert summary.exit_code in {3, 4}


def test_a_network_that_is_gone_ends_the_run_early(tmp_path: Path) -> None:
    """Five videos in a row cannot be reached: the others are not tried, and the run says why it ends."""
    play = Play(listing(*range(100)), fetching={name(n): unreached(99) for n in range(20, 100)})

    summary = run(play, tmp_path, patience_minutes=0.0)

    assert play.asked.total() == 25
    assert dict(summary.status_counts) == {VideoStatus.DONE: 20, VideoStatus.RETRY: 5, VideoStatus.WAITING: 75}
    assert summary.stop_reason is WaitReason.OFFLINE
    assert summary.exit_code == 3


def test_a_full_disk_ends_the_run_and_no_video_is_blamed(tmp_path: Path) -> None:
    """The error comes out; the next run does the video and all that follow."""
    play = Play(listing(*range(10)), writing={name(4): [NoSpace("full")]})

    with pytest.raises(NoSpace):
        run(play, tmp_path)
    with LibraryDatabase(tmp_path) as state:
        assert {record.status for record in state.videos()} <= {VideoStatus.DONE, VideoStatus.WAITING}
    assert run(play, tmp_path).status_counts == ((VideoStatus.DONE, 10),)
    assert set(play.articles.values()) == {1}


def test_a_bug_comes_out_of_either_thread(tmp_path: Path) -> None:
    """What is no expected failure is not swallowed, whether it happens while fetching or while writing."""
    for script in ({"fetching": {name(1): [KeyError("bug")]}}, {"writing": {name(1): [KeyError("bug")]}}):
        with pytest.raises(KeyError):
            run(Play(listing(0, 1, 2), **script), tmp_path / next(iter(script)))  # type: ignore[arg-type] # by name


def test_stopping_finishes_the_article_in_hand_and_keeps_the_rest(tmp_path: Path) -> None:
    """Stopped in the middle, the run says so with code 130; the same command does the rest, nothing twice."""
    play = Play(listing(*range(30)))
    with open_runner(play, tmp_path, Time(), [], ahead=1) as batch:
        play.on_fetch = lambda video: play.stop_signal.request() if video == name(12) else None
        summary = batch.run((PLAYLIST,), BatchFilter())
    play.on_fetch = lambda _: None

    assert summary.stopped
    assert summary.exit_code == 130
    assert len(play.articles) <= 13
    assert run(play, tmp_path).status_counts == ((VideoStatus.DONE, 30),)
    assert set(play.articles.values()) == {1}


def test_fetching_goes_on_while_articles_are_written_but_not_without_end(tmp_path: Path) -> None:
    """The two halves are different threads, and no more than `ahead` videos wait between them."""
    play = Play(listing(*range(40)))
    most, threads = 0, set[int]()

    def look(_: str) -> None:
        nonlocal most
        most = max(most, len(play.captions) - len(play.articles))
        threads.add(get_ident())

    play.on_fetch = look
    play.on_write = lambda _: sleep(0.01)
    run(play, tmp_path, ahead=3)

    assert most <= 4
    assert threads != {get_ident()}


def test_two_looks_overlap_once_youtube_has_answered(tmp_path: Path) -> None:
    """With two looks at once neither ends before the other began; every video is still asked for and written once."""
    both = Barrier(2)
    play = Play(listing(*range(9)))

    def look(video: str) -> None:
        if video != name(0):
            both.wait(5)

    play.on_fetch = look

    assert run(play, tmp_path, looks=2).status_counts == ((VideoStatus.DONE, 9),)
    assert set(play.asked.values()) == set(play.articles.values()) == {1}
    assert list(play.articles) == [name(n) for n in range(9)]


def test_no_looks_at_once_means_one(tmp_path: Path) -> None:
    """A setting of 0 is no reason to wait for ever."""
    assert run(Play(listing(0, 1, 2)), tmp_path, looks=0).status_counts == ((VideoStatus.DONE, 3),)


def test_another_recipe_makes_the_articles_again_without_asking(tmp_path: Path) -> None:
    """New settings or a new writer: every article anew, from the captions on disk."""
    play = Play(listing(*range(5)))
    run(play, tmp_path)
    play.recipe = "r2"
    run(play, tmp_path)

    assert set(play.articles.values()) == {2}
    assert set(play.asked.values()) == {1}


def test_an_article_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    """The record never says more than the disk holds."""
    play = Play(listing(*range(3)))
    run(play, tmp_path)
    del play.articles[name(1)]

    assert run(play, tmp_path).exit_code == 0
    assert play.articles == {name(n): 1 for n in range(3)}


def test_only_retry_looks_at_what_is_final(tmp_path: Path) -> None:
    """A removed video costs one look, and another one only when it is asked for."""
    play = Play(listing(0, 1), fetching={name(0): [VideoUnavailable("v", "removed")]})
    run(play, tmp_path)
    again = run(play, tmp_path)
    with LibraryDatabase(tmp_path) as state:
        records = [replace(record, status=VideoStatus.RETRY) for record in state.videos([VideoStatus.PERMANENT])]
        for record in records:
            state.save(record)
    retried = run(play, tmp_path, retries=records)

    assert again.statuses[name(0)] is VideoStatus.PERMANENT
    assert retried.statuses == {name(0): VideoStatus.DONE}


def test_dates_are_checked_when_they_are_known(tmp_path: Path) -> None:
    """A list knows no dates: a video outside of them is put aside after one look, and not looked at again."""
    dates = {name(n): date(2020 + n, 6, 1) for n in range(5)}
    play = Play(listing(*range(5)), published=dates)
    filters = BatchFilter(since=date(2021, 1, 1), until=date(2023, 12, 31))

    first, second = run(play, tmp_path, filters=filters), run(play, tmp_path, filters=filters)
    everything = run(play, tmp_path)

    assert dict(first.status_counts) == {VideoStatus.DONE: 3, VideoStatus.SKIPPED: 2}
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert everything.status_counts == ((VideoStatus.DONE, 5),)
    assert set(play.asked.values()) == {1}


def test_a_limit_is_a_limit_on_articles(tmp_path: Path) -> None:
    """Videos outside of the dates do not use it up, and the list is not called incomplete because of it."""
    dates = {name(n): date(2020 + n % 2, 6, 1) for n in range(100)}
    play = Play(listing(*range(100)), published=dates)

    summary = run(play, tmp_path, filters=BatchFilter(since=date(2021, 1, 1), limit=5))

    assert dict(summary.status_counts)[VideoStatus.DONE] == 5
    assert summary.exit_code == 0
    assert play.asked.total() == 10


def test_newest_first_reads_the_list_before_it_begins(tmp_path: Path) -> None:
    """The order is that of the dates, whatever the list's own."""
    several = entries(*range(70), published=lambda n: date(2026, 1, 1 + n * 7 % 28))
    play = Play({PLAYLIST.key: [FakeList([several])]})
    run(play, tmp_path, filters=BatchFilter(newest_first=True))
    when = {entry.reference.id: entry.published for entry in several}
    days = [when[video] for video in play.order]

    assert len(days) == 70
    assert days == sorted(days, key=lambda day: day or date.min, reverse=True)


def test_progress_counts_and_estimates(tmp_path: Path) -> None:
    """The last account of a run has all videos in it and nothing left; an estimate needs three finished videos."""
    events: list[Event] = []
    run(Play(listing(*range(10))), tmp_path, events=events)
    last = [event for event in events if isinstance(event, BatchProgress)][-1]

    assert (last.listed, last.fetched, last.written, last.left, last.reading) == (10, 10, 10, 0, False)
    assert len([event for event in events if isinstance(event, VideoEnded)]) == 10
    assert (seconds_left(2, 100, 30.0), seconds_left(3, 100, 30.0)) == (None, 1000.0)


def test_a_steady_clock_does_not_follow_the_wall() -> None:
    """Set back by an hour while the program runs, it goes on as if nothing had happened."""
    wall, steady = [1000.0], [5.0]
    clock = MonotonicClock(lambda: wall[0], lambda: steady[0])
    wall[0] -= 3600
    steady[0] += 7

    assert clock() == 1007.0


def test_a_pulled_brake_ends_every_sleep() -> None:
    """A sleeper wakes when the run is stopped, and nobody falls asleep afterwards."""
    stop_signal = StopSignal()
    stop_signal.sleep(0)
    stop_signal.request()

    with pytest.raises(StopRequested):
        stop_signal.sleep(1000)
    assert stop_signal.requested
