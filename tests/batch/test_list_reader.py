"""Lists that are read while videos are worked on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.batch.list_reader import PAGE_SIZE, in_date_range, is_too_old, may_match
from pipeline.errors import PipelineError, SourceBlocked, SourceChanged, SourceUnreachable, VideoUnavailable
from pipeline.events import Event, ListRead
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import BatchFilter, ListEntry, VideoStatus
from tests.batch.played import CHANNEL, PLAYLIST, FakeList, Play, entries, listing, name, run
from tests.batch_world import Time


def broken(error: PipelineError, *numbers: int) -> FakeList:
    """A list that breaks off after these videos."""
    return FakeList([[*entries(*numbers), error]])


def test_the_first_video_is_fetched_before_the_list_is_read(tmp_path: Path) -> None:
    """One page, one video, the next page: nobody waits for a long list to end."""
    fake_list = FakeList([entries(*range(3000))])
    play = Play({PLAYLIST.key: [fake_list]})
    seen: list[int] = []
    play.on_fetch = lambda _: seen.append(fake_list.read)
    run(play, tmp_path, filters=BatchFilter(limit=40))

    assert seen[0] == PAGE_SIZE
    assert seen[1] == 2 * PAGE_SIZE
    assert len(seen) == 40


@pytest.mark.parametrize("error", [SourceChanged("PLx", "short"), VideoUnavailable("PLx", "gone")])
def test_a_list_that_breaks_off_is_never_complete(error: PipelineError, tmp_path: Path) -> None:
    """What came is done, the rest is known to be missing, and the run is partial although every video is done."""
    events: list[Event] = []
    summary = run(Play({PLAYLIST.key: [broken(error, *range(40))]}), tmp_path, events=events)
    with LibraryDatabase(tmp_path) as state:
        list_record = state.list_record(PLAYLIST.key)

    assert summary.status_counts == ((VideoStatus.DONE, 40),)
    assert summary.exit_code == 3
    assert list_record is not None
    assert (list_record.complete, list_record.reason) == (False, str(error))
    assert [event.whole for event in events if isinstance(event, ListRead)] == [False]


def test_a_list_that_was_complete_is_not_when_it_breaks_off(tmp_path: Path) -> None:
    """Yesterday's whole list says nothing about today's."""
    run(Play(channel(range(40))), tmp_path, CHANNEL)
    run(Play({CHANNEL.key: [broken(SourceChanged("c", "short"), 50, 51)]}), tmp_path, CHANNEL)
    with LibraryDatabase(tmp_path) as state:
        list_record = state.list_record(CHANNEL.key)
        members = [record.id for record in state.members(CHANNEL.key)]

    assert list_record is not None
    assert (list_record.complete, list_record.reason) == (False, "c: short")
    assert members == [name(50), name(51), *map(name, range(40))]


def test_passing_trouble_reads_the_list_again(tmp_path: Path) -> None:
    """From its start, after a pause; nothing is done twice."""
    time = Time()
    lists = [broken(SourceUnreachable("PLx", "no"), 0, 1), FakeList([entries(*range(5))])]
    play = Play({PLAYLIST.key: lists})

    summary = run(play, tmp_path, time=time)

    assert summary.status_counts == ((VideoStatus.DONE, 5),)
    assert summary.exit_code == 0
    assert set(play.asked.values()) == {1}
    assert sum(time.slept) == 30.0


def test_trouble_that_stays_ends_the_reading(tmp_path: Path) -> None:
    """Three times, then the run is partial."""
    play = Play({PLAYLIST.key: [broken(SourceUnreachable("PLx", "no"), 0)]})

    summary = run(play, tmp_path)

    assert summary.exit_code == 3
    assert [is_broken for _, is_broken in summary.lists] == [True]


def test_a_refused_list_counts_towards_the_breaker(tmp_path: Path) -> None:
    """Three refusals of the list end the asking, and the run ends with the code for a block."""
    time = Time()
    play = Play({PLAYLIST.key: [broken(SourceBlocked("PLx", "429"))]})

    summary = run(play, tmp_path, time=time)

    assert summary.exit_code == 4
    with LibraryDatabase(tmp_path) as state:
        assert state.breaker().is_open(time.now)


def test_what_is_known_of_a_list_counts_while_it_cannot_be_read(tmp_path: Path) -> None:
    """Under a block the second run reads nothing, and still says how the videos of the list stand."""
    time = Time()
    play = Play(listing(0, 1, 2))
    run(play, tmp_path, time=time)
    with LibraryDatabase(tmp_path) as state:
        state.save_breaker(state.breaker().__class__(2, time.now + 3600), time.now)

    summary = run(play, tmp_path, time=time)

    assert summary.status_counts == ((VideoStatus.DONE, 3),)
    assert summary.exit_code == 3


def channel(*tabs: range) -> dict[str, list[FakeList]]:
    """A channel with these tabs."""
    return {CHANNEL.key: [FakeList([entries(*tab) for tab in tabs])]}


def test_a_known_channel_is_read_only_until_it_is_known(tmp_path: Path) -> None:
    """Three known in a row end a tab, but not the tabs after it; new videos are done, the order is the channel's."""
    run(Play(channel(range(10, 60), range(100, 150))), tmp_path, CHANNEL)
    play = Play(
        channel(range(8, 60), range(98, 150)), articles={name(n): 1 for n in [*range(10, 60), *range(100, 150)]}
    )

    summary = run(play, tmp_path, CHANNEL)
    with LibraryDatabase(tmp_path) as state:
        order = [record.id for record in state.members(CHANNEL.key)]
        list_record = state.list_record(CHANNEL.key)

    assert play.lists[CHANNEL.key][0].read == 5 + 5
    assert set(play.asked) == {name(n) for n in (8, 9, 98, 99)}
    assert order[:2] == [name(8), name(9)]
    assert len(order) == 104
    assert list_record is not None
    assert list_record.complete
    assert summary.status_counts == ((VideoStatus.DONE, 104),)


def test_a_channel_that_was_never_read_to_its_end_is_read_again(tmp_path: Path) -> None:
    """Known videos in a row prove nothing when the reading before broke off: the rest was never listed."""
    first = Play({CHANNEL.key: [broken(SourceChanged("c", "short"), *range(40))]})
    run(first, tmp_path, CHANNEL)

    summary = run(Play(channel(range(60)), articles=dict(first.articles), captions=first.captions), tmp_path, CHANNEL)

    assert summary.status_counts == ((VideoStatus.DONE, 60),)
    assert summary.exit_code == 0


def test_a_playlist_is_always_read_to_its_end(tmp_path: Path) -> None:
    """Its owner may add anywhere."""
    first = Play(listing(*range(40)))
    run(first, tmp_path)
    second = Play(listing(*range(41)), articles=dict(first.articles), captions=first.captions)

    assert run(second, tmp_path).status_counts == ((VideoStatus.DONE, 41),)


def test_unfinished_videos_further_down_a_channel_are_not_forgotten(tmp_path: Path) -> None:
    """A known channel is not read to its end, but what failed at its end is tried again."""
    time = Time()
    first = Play(channel(range(60)), fetching={name(55): [SourceUnreachable("v", "no")]})
    run(first, tmp_path, CHANNEL, time=time, patience_minutes=0.0)
    time.now += 7200
    second = Play(channel(range(60)), articles=dict(first.articles), captions=first.captions)

    assert run(second, tmp_path, CHANNEL, time=time).status_counts == ((VideoStatus.DONE, 60),)
    assert set(second.asked) == {name(55)}


def test_a_channel_is_read_no_further_than_the_oldest_day(tmp_path: Path) -> None:
    """Newest first: after three in a row that are certainly too old, nothing younger follows."""
    fake_list = FakeList([entries(*range(100), published=lambda n: date(2026, 6, 30) if n < 5 else date(2020, 1, 1))])
    play = Play({CHANNEL.key: [fake_list]})

    summary = run(play, tmp_path, CHANNEL, filters=BatchFilter(since=date(2026, 1, 1)))

    assert summary.status_counts == ((VideoStatus.DONE, 5),)
    assert fake_list.read == 8


@pytest.mark.parametrize(
    ("match", "title", "fitting"),
    [
        ("", "أي عنوان", True),
        ("الأسرة", "تاريخ الاسرة في المدن", True),
        ("الاسره", "تاريخ الأُسرة", True),
        ("السر", "تاريخ الأُسرة", False),
        ("تاريخ المدن", "تاريخ الأسرة في المدن", False),
        ("حلقة ٣", "الحلقة: حلقة 3", True),
    ],
)
def test_titles_are_matched_in_any_spelling(match: str, title: str, fitting: bool) -> None:  # noqa: FBT001 - a case
    """Hamza, vowel signs and kinds of digits make no difference; the words have to follow each other."""
    assert may_match(BatchFilter(match=match), title, None) is fitting


def test_days_include_their_borders_and_unknown_days_pass() -> None:
    """`--since` and `--until` name whole days; what has no date is not left out."""
    filters = BatchFilter(since=date(2026, 1, 2), until=date(2026, 1, 4))

    assert [in_date_range(filters, date(2026, 1, day)) for day in range(1, 6)] == [False, True, True, True, False]
    assert in_date_range(filters, None)
    assert not is_too_old(filters, None)
    assert is_too_old(filters, date(2026, 1, 1))


def test_one_video_in_two_lists_is_done_once(tmp_path: Path) -> None:
    """And belongs to both."""
    other: list[ListEntry] = entries(1, 2, 3)
    play = Play({**listing(0, 1, 2), CHANNEL.key: [FakeList([other])]})

    summary = run(play, tmp_path, PLAYLIST, CHANNEL)
    with LibraryDatabase(tmp_path) as state:
        sizes = [len(state.members(key)) for key in (PLAYLIST.key, CHANNEL.key)]

    assert summary.status_counts == ((VideoStatus.DONE, 4),)
    assert set(play.asked.values()) == {1}
    assert sizes == [3, 3]


def ordered(folder: Path) -> list[str]:
    """The videos of the channel, in the order of its page."""
    with LibraryDatabase(folder) as state:
        return [record.id for record in state.members(CHANNEL.key)]


@pytest.mark.parametrize("new", [1, 2, 26, 27, 28, 30, 33, 57, 60, 61])
def test_new_videos_stand_before_those_that_were_known(new: int, tmp_path: Path) -> None:
    """However many there are, and wherever the pages in which a channel is read end."""
    run(Play(channel(range(100, 140))), tmp_path, CHANNEL)
    run(Play(channel(range(100 - new, 140))), tmp_path, CHANNEL)

    assert ordered(tmp_path) == [name(n) for n in range(100 - new, 140)]


def test_new_videos_of_each_tab_stand_at_its_front(tmp_path: Path) -> None:
    """Each tab is left where it is known, and what was not read of it stays before the tabs that follow."""
    run(Play(channel(range(10, 60), range(100, 150))), tmp_path, CHANNEL)
    run(Play(channel(range(8, 60), range(98, 150))), tmp_path, CHANNEL)
    run(Play(channel(range(8, 60), range(97, 150))), tmp_path, CHANNEL)

    assert ordered(tmp_path) == [*map(name, range(8, 60)), *map(name, range(97, 150))]


def test_a_list_that_breaks_off_begins_as_it_was_read(tmp_path: Path) -> None:
    """What came stands in its new order, what did not come follows in the old one."""
    run(Play(listing(0, 1, 2, 3)), tmp_path)
    run(Play({PLAYLIST.key: [broken(SourceChanged("PLx", "short"), 2, 0, 9)]}), tmp_path)
    with LibraryDatabase(tmp_path) as state:
        order = [record.id for record in state.members(PLAYLIST.key)]

    assert order == [name(n) for n in (2, 0, 9, 1, 3)]


def test_a_reading_that_is_killed_leaves_the_order_of_the_one_before(tmp_path: Path) -> None:
    """Its entries stand in front; those that it did not come to follow, in their order."""
    run(Play(listing(*range(40))), tmp_path)
    with LibraryDatabase(tmp_path) as state:
        reading = state.begin_reading(PLAYLIST.key)
        state.add_entries(PLAYLIST.key, reading, list(enumerate(entries(50, 51, 0, 1))))
        order = [record.id for record in state.members(PLAYLIST.key)]

    assert order == [name(50), name(51), *map(name, range(40))]
