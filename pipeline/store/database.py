"""What was done and what is missing: one SQLite file in the library, made again by `tadwin repair` if it is lost.

Write order: an article's files are whole on disk before its row says so. A row never says more than the disk holds.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import NoLibrary, NoSpace, NotWritable, StateDamaged, StoreError
from pipeline.store import atomic
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import Attempt, BreakerState, ListRecord, ProcessingStage, VideoRecord, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pipeline.types.batch import ListEntry, Series, StatusChange

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE work (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, digest TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
      published TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL DEFAULT 'listed',
      status TEXT NOT NULL DEFAULT 'waiting', cause TEXT NOT NULL DEFAULT '',
      reason TEXT NOT NULL DEFAULT '', hint TEXT NOT NULL DEFAULT '',
      attempts INTEGER NOT NULL DEFAULT 0, attempt_days INTEGER NOT NULL DEFAULT 0,
      attempted_at REAL NOT NULL DEFAULT 0, retry_at REAL NOT NULL DEFAULT 0, folder TEXT NOT NULL DEFAULT '',
      findings INTEGER NOT NULL DEFAULT 0, recipe TEXT NOT NULL DEFAULT '', links_digest TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX work_status ON work (status);
    CREATE TABLE lists (
      key TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', announced INTEGER, complete INTEGER NOT NULL DEFAULT 0,
      reason TEXT NOT NULL DEFAULT '', reading INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE members (
      list TEXT NOT NULL, video TEXT NOT NULL, place INTEGER NOT NULL, reading INTEGER NOT NULL,
      PRIMARY KEY (list, video)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE looks (video TEXT NOT NULL, time REAL NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
    CREATE INDEX looks_video ON looks (video);
    CREATE TABLE figures (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT
    """,
)
"""Step n leads from version n to n + 1, the number in `PRAGMA user_version`; steps that were released never change."""

_CLOSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def _is_damaged(error: Exception) -> bool:
    """Whether the file is no database, or not a whole one."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def as_store_error(path: Path, error: Exception) -> StoreError:
    """The error of SQLite or the disk as ours, naming the path."""
    if _code(error) == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) == errno.ENOSPC:
        return NoSpace(f"no space left to write {path}")
    if _code(error) in _CLOSED or isinstance(error, OSError):
        return NotWritable(f"{path.parent} cannot be written ({error})")
    return StoreError(f"{path} could not be used ({error})")


def _code(error: Exception) -> int:
    """The primary result code: the lowest byte of an extended one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


DATABASE_FILE = "state.db"
_LOOKS_KEPT = 20
_WORK = (
    "id, kind, digest, title, published, stage, status, cause, reason, hint, attempts, attempt_days, attempted_at,"
    " retry_at, folder, findings, recipe, links_digest"
)


class LibraryDatabase:
    """The rows of one library. Usable from several threads; one process at a time (`store.lock`)."""

    def __init__(self, folder: Path, *, read_only: bool = False, migrations: Sequence[str] = MIGRATIONS) -> None:
        """Open or make the file; `read_only` changes nothing and makes nothing, and needs no lock.

        Raises `NoLibrary` for the latter, `StateDamaged`, `NotWritable`, `NoSpace` or `StoreError`.
        """
        self.path = folder / DATABASE_FILE
        if read_only and not self.path.is_file():
            message = f"{folder} holds no library with a record of what was done"
            raise NoLibrary(message)
        self._lock = threading.RLock()
        with self._translated():
            if not read_only:
                atomic.make_folder(folder)
            address = f"{self.path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
            self._base = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=10.0)
            try:
                self._check(len(migrations), read_only=read_only)
                if not read_only:
                    self._migrate(migrations)
            except BaseException:
                self._base.close()
                raise

    def __enter__(self) -> Self:
        """Open inside the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; everything that was recorded is on disk already."""
        with self._lock:
            self._base.close()

    # --- videos ---

    def video(self, name: str) -> VideoRecord | None:
        """A video by its id or its caption file's path; None if it is not known."""
        rows = self._all(f"SELECT {_WORK} FROM work WHERE id = ?", name)  # noqa: S608 - a constant
        return _work(rows[0]) if rows else None

    def videos(self, statuses: Iterable[VideoStatus] = VideoStatus) -> tuple[VideoRecord, ...]:
        """All videos that stand so, by id."""
        wanted = list(statuses)
        marks = ", ".join("?" * len(wanted))
        rows = self._all(f"SELECT {_WORK} FROM work WHERE status IN ({marks}) ORDER BY id", *wanted)  # noqa: S608 - marks only
        return tuple(map(_work, rows))

    def counts(self) -> dict[VideoStatus, int]:
        """How many videos stand how, in the whole library."""
        return {VideoStatus(s): n for s, n in self._all("SELECT status, count(*) FROM work GROUP BY status")}

    def save(self, work: VideoRecord) -> None:
        """Put a video's row, whatever was there."""
        with self._transaction() as base:
            _keep(base, work)

    def record_attempt(self, work: VideoRecord, verdict: StatusChange, now: float) -> VideoRecord:
        """Record what a look came to, with its place in the history; the new row."""
        known = replace(
            work,
            status=verdict.status,
            cause=verdict.cause,
            reason=verdict.reason,
            hint=verdict.hint,
            retry_at=verdict.retry_at,
            attempted_at=now,
            folder=verdict.folder or work.folder,
            findings=verdict.findings,
            recipe=verdict.recipe,
        )
        with self._transaction() as base:
            _keep(base, known)
            base.execute("INSERT INTO looks VALUES (?, ?, ?, ?)", (work.id, now, verdict.status, verdict.reason))
            base.execute(
                "DELETE FROM looks WHERE video = ? AND rowid NOT IN"
                " (SELECT rowid FROM looks WHERE video = ? ORDER BY rowid DESC LIMIT ?)",
                (work.id, work.id, _LOOKS_KEPT),
            )
        return known

    def attempts(self, name: str) -> tuple[Attempt, ...]:
        """The last looks at a video, oldest first."""
        rows = self._all("SELECT time, status, reason FROM looks WHERE video = ? ORDER BY rowid", name)
        return tuple(Attempt(time, VideoStatus(status), reason) for time, status, reason in rows)

    # --- lists ---

    def list_record(self, key: str) -> ListRecord | None:
        """A list by its key; None if it was never read."""
        rows = self._all("SELECT key, title, announced, complete, reason FROM lists WHERE key = ?", key)
        return self._roll(rows[0]) if rows else None

    def list_records(self) -> tuple[ListRecord, ...]:
        """All lists, by key."""
        return tuple(
            map(self._roll, self._all("SELECT key, title, announced, complete, reason FROM lists ORDER BY key"))
        )

    def begin_reading(self, key: str) -> int:
        """Begin to read a list: the number of this reading. Until `finish`, the list does not count as complete."""
        with self._transaction() as base:
            base.execute("INSERT OR IGNORE INTO lists (key) VALUES (?)", (key,))
            base.execute("UPDATE lists SET reading = reading + 1, complete = 0 WHERE key = ?", (key,))
            found = base.execute("SELECT reading FROM lists WHERE key = ?", (key,)).fetchone()
        return int(found[0])

    def add_entries(
        self, key: str, reading: int, entries: Sequence[tuple[int, ListEntry]]
    ) -> tuple[int, tuple[VideoRecord, ...]]:
        """Keep a list's next entries with their places; how many were new to the list, and the row of each."""
        new = 0
        with self._transaction() as base:
            for place, entry in entries:
                new += _listed(base, key, entry)
                base.execute(
                    "INSERT INTO members VALUES (?1, ?2, ?3, ?4)"
                    " ON CONFLICT (list, video) DO UPDATE SET place = ?3, reading = ?4",
                    (key, entry.reference.id, place, reading),
                )
            return new, tuple(w for _, e in entries if (w := self.video(e.reference.id)) is not None)

    def has_member(self, key: str, name: str) -> bool:
        """Whether the list is known to hold the video."""
        return bool(self._all("SELECT 1 FROM members WHERE list = ? AND video = ?", key, name))

    def finish_reading(self, roll: ListRecord, reading: int, *, whole: bool, new: int = 0) -> None:
        """End a reading: members that a whole reading did not see leave the list, and after a partial one move down."""
        with self._transaction() as base:
            if whole and roll.complete:
                base.execute("DELETE FROM members WHERE list = ? AND reading < ?", (roll.key, reading))
            else:
                base.execute(
                    "UPDATE members SET place = place + ? WHERE list = ? AND reading < ?", (new, roll.key, reading)
                )
            base.execute(
                "UPDATE lists SET title = ?, announced = ?, complete = ?, reason = ? WHERE key = ?",
                (roll.title, roll.announced, roll.complete, roll.reason, roll.key),
            )

    def members(self, key: str) -> tuple[VideoRecord, ...]:
        """The videos of a list in its order."""
        rows = self._all(
            f"SELECT {_WORK} FROM members JOIN work ON id = video WHERE list = ? ORDER BY place",  # noqa: S608 - a constant
            key,
        )
        return tuple(map(_work, rows))

    def rebuild(self, works: Iterable[VideoRecord], shelved: Iterable[Series]) -> None:
        """Put rows and lists as they were found on disk; no list counts as complete until it is read again."""
        with self._transaction() as base:
            for work in works:
                _keep(base, work)
            for series in shelved:
                roll = series.list_record
                base.execute(
                    "INSERT OR REPLACE INTO lists (key, title, announced) VALUES (?, ?, ?)",
                    (roll.key, roll.title, roll.announced),
                )
                rows = [(roll.key, work.id, place, 0) for place, work in enumerate(series.videos)]
                base.executemany("INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?)", rows)

    # --- single values ---

    def breaker(self) -> BreakerState:
        """Whether YouTube may be asked, as the last run left it."""
        return BreakerState(int(self._value("refusals", 0)), self._value("open_until", 0.0))

    def save_breaker(self, breaker: BreakerState, now: float) -> None:
        """Keep it for the next run."""
        self._set({"refusals": breaker.refusals, "open_until": breaker.open_until, "saved_at": now})

    def handle_clock_change(self, now: float) -> None:
        """Make sense of times that a clock wrote before it was set back: each pause begins anew, none is cut short."""
        with self._transaction() as base:
            base.execute(
                "UPDATE work SET retry_at = max(retry_at - (attempted_at - ?1), 0), attempted_at = ?1"
                " WHERE attempted_at > ?1",
                (now,),
            )
        if (ahead := self._value("saved_at", 0.0) - now) > 0:
            self._set({"open_until": self._value("open_until", 0.0) - ahead, "saved_at": now})

    # --- SQLite ---

    def _value(self, name: str, default: float) -> float:
        rows = self._all("SELECT value FROM figures WHERE name = ?", name)
        return float(rows[0][0]) if rows else default

    def _set(self, values: dict[str, float]) -> None:
        with self._transaction() as base:
            base.executemany("INSERT OR REPLACE INTO figures VALUES (?, ?)", list(values.items()))

    def _roll(self, row: Sequence[Any]) -> ListRecord:
        key, title, announced, complete, reason = row
        listed = self._all("SELECT count(*) FROM members WHERE list = ?", key)[0][0]
        return ListRecord(key, title, announced, listed, bool(complete), reason)

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._lock, self._translated():
            return self._base.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._translated():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # a full disk has rolled back already
                    self._base.execute("ROLLBACK")
                raise

    def _version(self) -> int:
        return int(self._base.execute("PRAGMA user_version").fetchone()[0])

    def _check(self, newest: int, *, read_only: bool) -> None:
        version = self._version()
        if version > newest:
            message = f"{self.path} was written by a newer version of Tadwin"
            raise StoreError(message, "Use that version, or choose another folder with --library.")
        if read_only and version < newest:
            message = f"{self.path} was written by an older version of Tadwin"
            raise StoreError(message, "`tadwin batch SOURCE` brings it up to date, after a copy of it is kept.")
        if self._base.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._damaged()

    def _migrate(self, migrations: Sequence[str]) -> None:
        base, version = self._base, self._version()
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")
        if 0 < version < len(migrations):
            self._back_up(version)
        for number, script in enumerate(migrations[version:], version + 1):
            base.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")

    def _back_up(self, version: int) -> None:
        with closing(sqlite3.connect(self.path.with_name(f"{DATABASE_FILE}.v{version}"))) as copy:
            self._base.backup(copy)

    def _damaged(self) -> StateDamaged:
        return StateDamaged(f"{self.path} is damaged")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise (self._damaged() if _is_damaged(error) else as_store_error(self.path, error)) from error


def _listed(base: sqlite3.Connection, key: str, entry: ListEntry) -> int:
    """Add a listed video if it is not known; 1 if the list did not have it before."""
    reference = entry.reference
    published = entry.published.isoformat() if entry.published else ""
    base.execute(
        "INSERT INTO work (id, kind, digest, title, published) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE"
        " SET digest = ?3, title = CASE WHEN ?4 = '' THEN title ELSE ?4 END",
        (reference.id, reference.kind, reference.digest, entry.title, published),
    )
    known = base.execute("SELECT 1 FROM members WHERE list = ? AND video = ?", (key, reference.id)).fetchone()
    return int(known is None)


def _keep(base: sqlite3.Connection, work: VideoRecord) -> None:
    values = (
        *(work.id, work.reference.kind, work.reference.digest, work.title),
        *(work.published.isoformat() if work.published else "", work.stage, work.status),
        *(work.cause, work.reason, work.hint),
        *(
            work.attempts,
            work.attempt_days,
            work.attempted_at,
            work.retry_at,
            work.folder,
            work.findings,
            work.recipe,
            work.links_digest,
        ),
    )
    base.execute(f"INSERT OR REPLACE INTO work ({_WORK}) VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - marks


def _work(row: Sequence[Any]) -> VideoRecord:
    name, kind, digest, title, published, stage, status, *rest = row
    day = date.fromisoformat(published) if published else None
    return VideoRecord(
        name,
        VideoReference(SourceKind(kind), name, digest),
        title,
        day,
        ProcessingStage(stage),
        VideoStatus(status),
        *rest,
    )
