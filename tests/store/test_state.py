"""The record of what was done."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import NoLibrary, StateDamaged, StoreError
from pipeline.policy import Breaker
from pipeline.series import Entry, Roll, Series, Stage, Standing, Verdict, Work
from pipeline.store.schema import MIGRATIONS
from pipeline.store.state import NAME, State
from pipeline.types import Kind, Reference

KEY = "playlist:PLx"
NOW = 1_790_000_000.0


def entry(name: str, title: str = "عنوان", published: date | None = None) -> Entry:
    """A listed video."""
    return Entry(Reference(Kind.YOUTUBE, name), title, published)


def listed(state: State, *names: str, key: str = KEY) -> int:
    """Read a whole list with these videos; the number of the reading."""
    reading = state.begin(key)
    state.add(key, reading, [(place, entry(name)) for place, name in enumerate(names)])
    state.finish(Roll(key, "قائمة", len(names), len(names), complete=True), reading, whole=True)
    return reading


def order(state: State, key: str = KEY) -> list[str]:
    """The ids of a list in order."""
    return [work.id for work in state.members(key)]


def test_a_row_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Every field, also after closing."""
    work = Work(
        "v1", Reference(Kind.FILE, "v1", "abc"), "عنوان", date(2026, 3, 1), Stage.WRITTEN, Standing.FLAWED, "Cause",
        "why", "what", 3, 2, NOW, NOW + 5, "v1-x", 4, "recipe", "related",
    )  # fmt: skip
    with State(tmp_path) as state:
        state.keep(work)
    with State(tmp_path) as state:
        assert state.work("v1") == work
        assert state.work("v2") is None


def test_listing_again_keeps_what_is_known(tmp_path: Path) -> None:
    """A video that is listed again keeps its standing; a new title replaces the old one, an empty one does not."""
    with State(tmp_path) as state:
        listed(state, "v1")
        work = state.work("v1")
        assert work is not None
        state.ended(work, Verdict(Standing.DONE, folder="v1-x"), NOW)
        reading = state.begin(KEY)
        state.add(KEY, reading, [(0, entry("v1", ""))])
        state.add("other", state.begin("other"), [(0, entry("v1", "جديد"))])
        found = state.work("v1")

    assert found is not None
    assert (found.standing, found.folder, found.title) == (Standing.DONE, "v1-x", "جديد")


def test_a_whole_reading_replaces_the_list(tmp_path: Path) -> None:
    """Order, additions and removals follow the list; the rows of removed videos stay."""
    with State(tmp_path) as state:
        listed(state, "a", "b", "c")
        listed(state, "c", "d", "a")

        assert order(state) == ["c", "d", "a"]
        assert state.work("b") is not None


def test_a_list_is_not_complete_until_it_was_read_to_its_end(tmp_path: Path) -> None:
    """A reading that never ended leaves the list incomplete, and loses none of its videos."""
    with State(tmp_path) as state:
        listed(state, "a", "b")
        state.begin(KEY)
    with State(tmp_path) as state:
        roll = state.roll(KEY)

        assert roll is not None
        assert not roll.complete
        assert order(state) == ["a", "b"]


def test_a_partial_reading_puts_what_is_new_on_top(tmp_path: Path) -> None:
    """A channel that was read only until it was known: new videos first, the others behind them in their order."""
    with State(tmp_path) as state:
        listed(state, "a", "b", "c", "d")
        reading = state.begin(KEY)
        new, works = state.add(KEY, reading, [(0, entry("y")), (1, entry("z")), (2, entry("a"))])
        state.finish(Roll(KEY, complete=True), reading, whole=False, new=new)

        assert new == 2
        assert [work.id for work in works] == ["y", "z", "a"]
        assert order(state) == ["y", "z", "a", "b", "c", "d"]


def test_looks_are_kept_but_not_for_ever(tmp_path: Path) -> None:
    """The last twenty looks at a video, in order."""
    with State(tmp_path) as state:
        listed(state, "a")
        work = state.work("a")
        assert work is not None
        for turn in range(25):
            state.ended(work, Verdict(Standing.RETRY, reason=str(turn)), NOW + turn)

        assert [look.reason for look in state.looks("a")] == [str(turn) for turn in range(5, 25)]
        assert state.counts() == {Standing.RETRY: 1}


def test_the_breaker_survives_the_end_of_the_process(tmp_path: Path) -> None:
    """A restart does not hammer."""
    with State(tmp_path) as state:
        assert state.breaker() == Breaker()
        state.keep_breaker(Breaker(2, NOW + 3600), NOW)
    with State(tmp_path) as state:
        assert state.breaker() == Breaker(2, NOW + 3600)


@pytest.mark.parametrize("back", [0.0, 3600.0, 10 * 365 * 86400.0])
def test_a_clock_set_back_shortens_no_pause_and_makes_none_endless(back: float, tmp_path: Path) -> None:
    """After the clock is set back, each pause is exactly as long as it was meant to be, from now on."""
    with State(tmp_path) as state:
        listed(state, "a")
        work = state.work("a")
        assert work is not None
        state.ended(work, Verdict(Standing.RETRY, next_try=NOW + 600), NOW)
        state.keep_breaker(Breaker(2, NOW + 3600), NOW)
        state.on_time(NOW - back)
        work = state.work("a")

        assert work is not None
        assert work.next_try == pytest.approx(NOW - back + 600)
        assert state.breaker().until == pytest.approx(NOW - back + 3600)


def test_looking_makes_nothing(tmp_path: Path) -> None:
    """`status` on an empty folder says that there is no library, and leaves the folder as it was."""
    with pytest.raises(NoLibrary) as missing:
        State(tmp_path / "none", look_only=True)

    assert missing.value.exit_code == 10
    assert list(tmp_path.iterdir()) == []


def test_looking_while_another_works(tmp_path: Path) -> None:
    """`status` reads beside a running batch."""
    with State(tmp_path) as working, State(tmp_path, look_only=True) as looking:
        listed(working, "a")

        assert looking.counts() == {Standing.WAITING: 1}
        with pytest.raises(StoreError):
            looking.keep(replace(working.works()[0], title="x"))


@pytest.mark.parametrize("damage", [b"not a database at all, but long enough to be read", None])
def test_a_damaged_file_is_named_with_its_remedy(damage: bytes | None, tmp_path: Path) -> None:
    """A file that is no database, or one with a destroyed page: `tadwin repair` is the hint."""
    with State(tmp_path) as state:
        listed(state, *(f"video_{n:05}" for n in range(500)))
    path = tmp_path / NAME
    data = path.read_bytes()
    path.write_bytes(damage * 100 if damage else data[:8192] + b"\xff" * 8192 + data[16384:])
    for ending in ("-wal", "-shm"):
        (tmp_path / f"{NAME}{ending}").unlink(missing_ok=True)

    with pytest.raises(StateDamaged, match="damaged") as refused:
        State(tmp_path)
    assert "repair" in refused.value.hint


def test_an_older_file_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    """The copy is made first, rows stay, and the version counts on."""
    with State(tmp_path) as state:
        listed(state, "a", "b")
    newer = (*MIGRATIONS, "ALTER TABLE work ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")
    with State(tmp_path, migrations=newer) as state:
        assert order(state) == ["a", "b"]
    copy = sqlite3.connect(tmp_path / f"{NAME}.v1")
    versions = [copy.execute("PRAGMA user_version").fetchone()[0]]
    rows = copy.execute("SELECT count(*) FROM work").fetchone()[0]
    copy.close()

    assert (versions, rows) == ([1], 2)
    with pytest.raises(StoreError, match="older version"):
        State(tmp_path, look_only=True, migrations=(*newer, "SELECT 1"))


def test_a_failed_migration_changes_nothing(tmp_path: Path) -> None:
    """Half a migration is none: the file still opens with the old version."""
    with State(tmp_path) as state:
        listed(state, "a")
    with pytest.raises(StoreError):
        State(tmp_path, migrations=(*MIGRATIONS, "ALTER TABLE work ADD COLUMN x TEXT; SELECT nothing FROM nowhere"))
    with State(tmp_path) as state:
        assert order(state) == ["a"]


def test_a_newer_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    """No downgrade by accident."""
    with State(tmp_path, migrations=(*MIGRATIONS, "SELECT 1")):
        pass

    with pytest.raises(StoreError, match="newer version"):
        State(tmp_path)


def test_writes_are_safe_against_power_loss(tmp_path: Path) -> None:
    """The journal is write-ahead, and each commit is synced."""
    with State(tmp_path) as state:
        base = state._base  # noqa: SLF001 - what is promised is a setting of the connection

        assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert base.execute("PRAGMA synchronous").fetchone() == (2,)


def test_rebuilding_puts_rows_and_lists(tmp_path: Path) -> None:
    """What `repair` found is there again, and no list counts as complete before it is read."""
    works = tuple(Work(name, Reference(Kind.YOUTUBE, name), standing=Standing.DONE) for name in "ba")
    with State(tmp_path) as state:
        state.rebuild(works, (Series(Roll(KEY, "قائمة", 2, 2, complete=True), works),))
        roll = state.roll(KEY)

        assert order(state) == ["b", "a"]
        assert roll is not None
        assert not roll.complete
        assert state.counts() == {Standing.DONE: 2}
