"""The database of a library."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import NoLibrary, StateDamaged, StoreError
from pipeline.store.database import DATABASE_FILE, MIGRATIONS, LibraryDatabase
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import (
    BreakerState,
    ListEntry,
    ListRecord,
    ProcessingStage,
    Series,
    StatusChange,
    VideoRecord,
    VideoStatus,
)
from tests.test_kills import remount, small_disk

KEY = "playlist:PLx"
NOW = 1_790_000_000.0


def entry(name: str, title: str = "عنوان", published: date | None = None) -> ListEntry:
    """A listed video."""
    return ListEntry(VideoReference(SourceKind.YOUTUBE, name), title, published)


def listed(state: LibraryDatabase, *names: str, key: str = KEY) -> int:
    """Read a whole list with these videos; the number of the reading."""
    reading = state.begin_reading(key)
    state.add_entries(key, reading, [(place, entry(name)) for place, name in enumerate(names)])
    state.finish_reading(ListRecord(key, "قائمة", len(names), len(names), complete=True), reading)
    return reading


def order(state: LibraryDatabase, key: str = KEY) -> list[str]:
    """The ids of a list in order."""
    return [video.id for video in state.members(key)]


def test_a_row_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Every field, also after closing."""
    video = VideoRecord(
        "v1", VideoReference(SourceKind.FILE, "v1", "abc"), "عنوان", date(2026, 3, 1), ProcessingStage.WRITTEN,
        VideoStatus.FLAWED, "Cause", "why", "what", 3, 2, NOW, NOW + 5, "v1-x", 4, "recipe", "related",
    )  # fmt: skip
    with LibraryDatabase(tmp_path) as state:
        state.save(video)
    with LibraryDatabase(tmp_path) as state:
        assert state.video("v1") == video
        assert state.video("v2") is None


def test_listing_again_keeps_what_is_known(tmp_path: Path) -> None:
    """A video that is listed again keeps its status; a new title replaces the old one, an empty one does not."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "v1")
        video = state.video("v1")
        assert video is not None
        state.record_attempt(video, StatusChange(VideoStatus.DONE, folder="v1-x"), NOW)
        reading = state.begin_reading(KEY)
        state.add_entries(KEY, reading, [(0, entry("v1", ""))])
        state.add_entries("other", state.begin_reading("other"), [(0, entry("v1", "جديد"))])
        found = state.video("v1")

    assert found is not None
    assert (found.status, found.folder, found.title) == (VideoStatus.DONE, "v1-x", "جديد")


def test_a_whole_reading_replaces_the_list(tmp_path: Path) -> None:
    """Order, additions and removals follow the list; the rows of removed videos stay."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a", "b", "c")
        listed(state, "c", "d", "a")

        assert order(state) == ["c", "d", "a"]
        assert state.video("b") is not None


def test_a_list_is_not_complete_until_it_was_read_to_its_end(tmp_path: Path) -> None:
    """A reading that never ended leaves the list incomplete, and loses none of its videos."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a", "b")
        state.begin_reading(KEY)
    with LibraryDatabase(tmp_path) as state:
        record = state.list_record(KEY)

        assert record is not None
        assert not record.complete
        assert order(state) == ["a", "b"]


def test_a_partial_reading_puts_what_is_new_on_top(tmp_path: Path) -> None:
    """A channel that was read only until it was known: new videos first, the others behind them in their order."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a", "b", "c", "d")
        reading = state.begin_reading(KEY)
        videos = state.add_entries(KEY, reading, [(0, entry("y")), (1, entry("z")), (2, entry("a"))])
        state.finish_reading(ListRecord(KEY, complete=True), reading, ["y", "z", "a", "b", "c", "d"])

        assert [video.id for video in videos] == ["y", "z", "a"]
        assert order(state) == ["y", "z", "a", "b", "c", "d"]


def test_a_video_that_is_listed_twice_stands_at_its_first_place(tmp_path: Path) -> None:
    """In one page or in two; the next reading may put it elsewhere."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a", "b", "a", "c", "b")
        assert order(state) == ["a", "b", "c"]
        listed(state, "c", "b", "a", "c")
        assert order(state) == ["c", "b", "a"]


def test_attempts_are_kept_but_not_for_ever(tmp_path: Path) -> None:
    """The last twenty attempts at a video, in order."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a")
        video = state.video("a")
        assert video is not None
        for turn in range(25):
            state.record_attempt(video, StatusChange(VideoStatus.RETRY, reason=str(turn)), NOW + turn)

        assert [attempt.reason for attempt in state.attempts("a")] == [str(turn) for turn in range(5, 25)]
        assert state.counts() == {VideoStatus.RETRY: 1}


def test_the_breaker_survives_the_end_of_the_process(tmp_path: Path) -> None:
    """A restart does not hammer."""
    with LibraryDatabase(tmp_path) as state:
        assert state.breaker() == BreakerState()
        state.save_breaker(BreakerState(2, NOW + 3600), NOW)
    with LibraryDatabase(tmp_path) as state:
        assert state.breaker() == BreakerState(2, NOW + 3600)


@pytest.mark.parametrize("back", [0.0, 3600.0, 10 * 365 * 86400.0])
def test_a_clock_set_back_shortens_no_pause_and_makes_none_endless(back: float, tmp_path: Path) -> None:
    """After the clock is set back, each pause is exactly as long as it was meant to be, from now on."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a")
        video = state.video("a")
        assert video is not None
        state.record_attempt(video, StatusChange(VideoStatus.RETRY, retry_at=NOW + 600), NOW)
        state.save_breaker(BreakerState(2, NOW + 3600), NOW)
        state.handle_clock_change(NOW - back)
        video = state.video("a")

        assert video is not None
        assert video.retry_at == pytest.approx(NOW - back + 600)
        assert state.breaker().open_until == pytest.approx(NOW - back + 3600)


def test_reading_makes_nothing(tmp_path: Path) -> None:
    """`status` on an empty folder says that there is no library, and leaves the folder as it was."""
    with pytest.raises(NoLibrary) as missing:
        LibraryDatabase(tmp_path / "none", read_only=True)

    assert missing.value.exit_code == 10
    assert list(tmp_path.iterdir()) == []


def test_reading_while_another_process_writes(tmp_path: Path) -> None:
    """`status` reads beside a running batch."""
    with LibraryDatabase(tmp_path) as writer, LibraryDatabase(tmp_path, read_only=True) as reader:
        listed(writer, "a")

        assert reader.counts() == {VideoStatus.WAITING: 1}
        with pytest.raises(StoreError):
            reader.save(replace(writer.videos()[0], title="x"))


@pytest.mark.parametrize("damage", [b"not a database at all, but long enough to be read", None])
def test_a_damaged_file_is_named_with_its_remedy(damage: bytes | None, tmp_path: Path) -> None:
    """A file that is no database, or one with a destroyed page: `tadwin repair` is the hint."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, *(f"video_{n:05}" for n in range(500)))
    path = tmp_path / DATABASE_FILE
    data = path.read_bytes()
    path.write_bytes(damage * 100 if damage else data[:8192] + b"\xff" * 8192 + data[16384:])
    for ending in ("-wal", "-shm"):
        (tmp_path / f"{DATABASE_FILE}{ending}").unlink(missing_ok=True)

    with pytest.raises(StateDamaged, match="damaged") as refused:
        LibraryDatabase(tmp_path)
    assert "repair" in refused.value.hint


def test_any_flipped_bit_is_named_or_means_nothing(tmp_path: Path) -> None:
    """All over the file: either it reads as before, or it is damaged, whose hint is `repair`; never anything else."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "v1", "v2")
        for video in state.videos():
            change = StatusChange(VideoStatus.RETRY, "Cause", "سبب", "what to do", NOW + 5, "v-x", 3, "recipe")
            state.record_attempt(video, change, NOW)
        state.save_breaker(BreakerState(2, NOW + 3600), NOW)
    path = tmp_path / DATABASE_FILE
    whole, before = path.read_bytes(), everything(tmp_path)
    for at in [at for at, byte in enumerate(whole) if byte][::11]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        with suppress(StateDamaged):
            assert everything(tmp_path)[:2] == before[:2], at
    path.write_bytes(whole)
    assert everything(tmp_path) == before


def everything(folder: Path) -> tuple[object, ...]:
    """All that a library says of its videos and of the breaker, and then of its lists, which are read anew anyway."""
    with LibraryDatabase(folder, read_only=True) as state:
        videos = state.videos()
        attempts = [state.attempts(video.id) for video in videos]
        return videos, state.breaker(), attempts, state.counts(), state.list_records(), state.members(KEY)


@pytest.mark.parametrize(
    "changed", ["PRAGMA user_version = 99", "PRAGMA user_version = 0", "PRAGMA application_id = 7"]
)
def test_a_damaged_version_is_not_taken_for_another_one(changed: str, tmp_path: Path) -> None:
    """The version is written twice: where the two differ the file is damaged, and no other program is asked for."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a")
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as other:
        other.execute(changed)

    for read_only in (False, True):
        with pytest.raises(StateDamaged):
            LibraryDatabase(tmp_path, read_only=read_only)


def test_a_read_only_library_is_read(tmp_path: Path) -> None:
    """Also with changes that SQLite had not yet moved into its main file; nothing is made beside it."""
    folder = tmp_path / "out"
    with small_disk(folder, 2000):
        with LibraryDatabase(folder) as state:
            listed(state, "a", "b")
            for name in (DATABASE_FILE, f"{DATABASE_FILE}-wal"):
                shutil.copyfile(folder / name, tmp_path / name)
        for kept in (False, True):
            if kept:  # as a killed run leaves them
                for name in (DATABASE_FILE, f"{DATABASE_FILE}-wal"):
                    shutil.copyfile(tmp_path / name, folder / name)
            remount(folder, "ro")
            with LibraryDatabase(folder, read_only=True) as state:
                assert order(state) == ["a", "b"]
            remount(folder, "rw")
            assert not (folder / f"{DATABASE_FILE}-shm").exists()


def test_an_older_file_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    """The copy is made first, rows stay, and the version counts on."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a", "b")
    newer = (*MIGRATIONS, "ALTER TABLE videos ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")
    with LibraryDatabase(tmp_path, migrations=newer) as state:
        assert order(state) == ["a", "b"]
    copy = sqlite3.connect(tmp_path / f"{DATABASE_FILE}.v{len(MIGRATIONS)}")
    versions = [copy.execute("PRAGMA user_version").fetchone()[0]]
    rows = copy.execute("SELECT count(*) FROM videos").fetchone()[0]
    copy.close()

    assert (versions, rows) == ([len(MIGRATIONS)], 2)
    with pytest.raises(StoreError, match="older version"):
        LibraryDatabase(tmp_path, read_only=True, migrations=(*newer, "SELECT 1"))


def test_a_failed_migration_changes_nothing(tmp_path: Path) -> None:
    """Half a migration is none: the file still opens with the old version."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a")
    with pytest.raises(StoreError):
        LibraryDatabase(
            tmp_path, migrations=(*MIGRATIONS, "ALTER TABLE videos ADD COLUMN x TEXT; SELECT nothing FROM nowhere")
        )
    with LibraryDatabase(tmp_path) as state:
        assert order(state) == ["a"]


def test_a_newer_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    """No downgrade by accident."""
    with LibraryDatabase(tmp_path, migrations=(*MIGRATIONS, "SELECT 1")):
        pass

    with pytest.raises(StoreError, match="newer version"):
        LibraryDatabase(tmp_path)


def test_writes_are_safe_against_power_loss(tmp_path: Path) -> None:
    """The journal is write-ahead, and each commit is synced."""
    with LibraryDatabase(tmp_path) as state:
        connection = state._connection  # noqa: SLF001 - what is promised is a setting of the connection

        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_rebuilding_puts_rows_and_lists(tmp_path: Path) -> None:
    """What `repair` found is there again, and no list counts as complete before it is read."""
    videos = tuple(
        VideoRecord(name, VideoReference(SourceKind.YOUTUBE, name), status=VideoStatus.DONE) for name in "ba"
    )
    with LibraryDatabase(tmp_path) as state:
        state.rebuild(videos, (Series(ListRecord(KEY, "قائمة", 2, 2, complete=True), videos),))
        record = state.list_record(KEY)

        assert order(state) == ["b", "a"]
        assert record is not None
        assert not record.complete
        assert state.counts() == {VideoStatus.DONE: 2}


def test_a_library_of_an_unreleased_version_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """Its file is not touched, and the message says what to do."""
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as old:
        old.executescript("CREATE TABLE work (id TEXT); PRAGMA user_version = 1;")
    before = (tmp_path / DATABASE_FILE).read_bytes()

    for read_only in (False, True):
        with pytest.raises(StoreError, match="unreleased version") as refused:
            LibraryDatabase(tmp_path, read_only=read_only)
        assert "--library" in refused.value.hint
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


def test_files_of_one_article_count_once(tmp_path: Path) -> None:
    """An article that was made from one file and later from another is one; what has no article counts by itself."""
    with LibraryDatabase(tmp_path) as state:
        listed(state, "a", "b", "c", "d")
        for at, (name, status, folder) in enumerate(
            [
                ("a", VideoStatus.DONE, "one"),
                ("b", VideoStatus.FLAWED, "one"),
                ("c", VideoStatus.DONE, "two"),
                ("d", VideoStatus.PERSON, "two"),
            ]
        ):
            record = state.video(name)
            assert record is not None
            state.record_attempt(record, StatusChange(status, folder=folder), NOW + at)

        assert state.counts() == {VideoStatus.FLAWED: 1, VideoStatus.DONE: 1, VideoStatus.PERSON: 1}
