"""The videos and lists of a library in one SQLite file, which `tadwin repair` rebuilds if it is lost.

An article's files are complete on disk before its row says so: a row never claims more than the disk holds.
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
from pipeline.types.batch import (
    FINISHED,
    Attempt,
    BreakerState,
    ListRecord,
    ProcessingStage,
    VideoRecord,
    VideoStatus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pipeline.types.batch import ListEntry, Series, StatusChange

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE videos (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, digest TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
      published TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL DEFAULT 'listed',
      status TEXT NOT NULL DEFAULT 'waiting', cause TEXT NOT NULL DEFAULT '',
      reason TEXT NOT NULL DEFAULT '', hint TEXT NOT NULL DEFAULT '',
      attempts INTEGER NOT NULL DEFAULT 0, attempt_days INTEGER NOT NULL DEFAULT 0,
      attempted_at REAL NOT NULL DEFAULT 0, retry_at REAL NOT NULL DEFAULT 0, folder TEXT NOT NULL DEFAULT '',
      findings INTEGER NOT NULL DEFAULT 0, recipe TEXT NOT NULL DEFAULT '', links_digest TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX videos_status ON videos (status);
    CREATE TABLE lists (
      key TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', announced INTEGER, complete INTEGER NOT NULL DEFAULT 0,
      reason TEXT NOT NULL DEFAULT '', reading INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE members (
      list TEXT NOT NULL, video TEXT NOT NULL, place INTEGER NOT NULL, reading INTEGER NOT NULL,
      PRIMARY KEY (list, video)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE attempts (
      video TEXT NOT NULL, time REAL NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX attempts_video ON attempts (video);
    CREATE TABLE numbers (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT
    """,
)
"""Step n leads from version n to n + 1, as in `PRAGMA user_version`; steps that were released never change."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_WRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def as_store_error(path: Path, error: Exception) -> StoreError:
    """The error of SQLite or the disk as one of ours, with the path in its message."""
    if _code(error) == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) == errno.ENOSPC:
        return NoSpace(f"no space left to write {path}")
    if _code(error) in _NOT_WRITABLE or isinstance(error, OSError):
        return NotWritable(f"{path.parent} cannot be written ({error})")
    return StoreError(f"{path} could not be used ({error})")


def _code(error: Exception) -> int:
    """The primary result code of SQLite: the lowest byte of an extended one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


DATABASE_FILE = "state.db"
_APPLICATION_ID = int.from_bytes(b"Tadw")
"""Tells our files, in the header of SQLite, from those of versions that were never released."""
_MAX_ATTEMPTS = 20
_COLUMNS = (
    "id, kind, digest, title, published, stage, status, cause, reason, hint, attempts, attempt_days, attempted_at,"
    " retry_at, folder, findings, recipe, links_digest"
)


class LibraryDatabase:
    """The database of one library, for several threads of one process at a time (`store.lock`).

    With `read_only`, nothing is made or changed, and no lock is needed. Raises `NoLibrary` if there is nothing to
    read, `StateDamaged`, `NotWritable`, `NoSpace` or `StoreError`.
    """

    def __init__(self, folder: Path, *, read_only: bool = False, migrations: Sequence[str] = MIGRATIONS) -> None:
        self.path = folder / DATABASE_FILE
        if read_only and not self.path.is_file():
            message = f"there is no library in {folder}"
            raise NoLibrary(message)
        self._lock = threading.RLock()
        with self._store_errors():
            if not read_only:
                atomic.make_folder(folder)
            uri = f"{self.path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
            self._connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10.0
            )
            try:
                version = self._check(len(migrations), read_only=read_only)
                if not read_only:
                    self._migrate(version, migrations)
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; everything that was saved is on disk already."""
        with self._lock:
            self._connection.close()

    # --- videos ---

    def video(self, name: str) -> VideoRecord | None:
        """A video by its id or its caption file's path; None if it is not known."""
        rows = self._all(f"SELECT {_COLUMNS} FROM videos WHERE id = ?", name)  # noqa: S608 - a constant
        return _video_record(rows[0]) if rows else None

    def videos(self, statuses: Iterable[VideoStatus] = VideoStatus) -> tuple[VideoRecord, ...]:
        """The videos with one of these statuses, ordered by id."""
        wanted = list(statuses)
        marks = ", ".join("?" * len(wanted))
        query = f"SELECT {_COLUMNS} FROM videos WHERE status IN ({marks}) ORDER BY id"  # noqa: S608 - question marks only
        rows = self._all(query, *wanted)
        return tuple(map(_video_record, rows))

    def counts(self) -> dict[VideoStatus, int]:
        """The number of videos by status, in the whole library; files that came to one article count once."""
        finished = ", ".join(f"'{status}'" for status in sorted(FINISHED))
        query = (
            "SELECT status, count(*) FROM (SELECT status, row_number() OVER ("  # noqa: S608 - constants
            f"PARTITION BY CASE WHEN folder <> '' AND status IN ({finished}) THEN 'article ' || folder ELSE id END"
            " ORDER BY attempted_at DESC) AS place FROM videos) WHERE place = 1 GROUP BY status"
        )
        return {VideoStatus(status): count for status, count in self._all(query)}

    def save(self, video: VideoRecord) -> None:
        """Write a video's row, replacing any other."""
        with self._transaction() as connection:
            _save(connection, video)

    def record_attempt(self, video: VideoRecord, change: StatusChange, now: float) -> VideoRecord:
        """Save the outcome of an attempt, add it to the video's history, and give the new record."""
        updated = replace(
            video,
            status=change.status,
            cause=change.cause,
            reason=change.reason,
            hint=change.hint,
            retry_at=change.retry_at,
            attempted_at=now,
            folder=change.folder or video.folder,
            findings=change.findings,
            recipe=change.recipe,
        )
        with self._transaction() as connection:
            _save(connection, updated)
            attempt = (video.id, now, change.status, change.reason)
            connection.execute("INSERT INTO attempts VALUES (?, ?, ?, ?)", attempt)
            connection.execute(
                "DELETE FROM attempts WHERE video = ? AND rowid NOT IN"
                " (SELECT rowid FROM attempts WHERE video = ? ORDER BY rowid DESC LIMIT ?)",
                (video.id, video.id, _MAX_ATTEMPTS),
            )
        return updated

    def attempts(self, name: str) -> tuple[Attempt, ...]:
        """The last attempts at a video, oldest first."""
        rows = self._all("SELECT time, status, reason FROM attempts WHERE video = ? ORDER BY rowid", name)
        return tuple(Attempt(time, VideoStatus(status), reason) for time, status, reason in rows)

    # --- lists ---

    def list_record(self, key: str) -> ListRecord | None:
        """A list by its key; None if it was never read."""
        rows = self._all("SELECT key, title, announced, complete, reason FROM lists WHERE key = ?", key)
        return self._list_record(rows[0]) if rows else None

    def list_records(self) -> tuple[ListRecord, ...]:
        """All lists, ordered by key."""
        rows = self._all("SELECT key, title, announced, complete, reason FROM lists ORDER BY key")
        return tuple(map(self._list_record, rows))

    def begin_reading(self, key: str) -> int:
        """Begin to read a list, which is incomplete until `finish_reading`; the number of this reading."""
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO lists (key) VALUES (?)", (key,))
            connection.execute("UPDATE lists SET reading = reading + 1, complete = 0 WHERE key = ?", (key,))
            (reading,) = connection.execute("SELECT reading FROM lists WHERE key = ?", (key,)).fetchone()
        return int(reading)

    def add_entries(
        self, key: str, reading: int, entries: Sequence[tuple[int, ListEntry]]
    ) -> tuple[int, tuple[VideoRecord, ...]]:
        """Save a list's next entries with their places; the number that are new to the list, and the record of each.

        Videos that are not known yet get a record; of the others, digest and title are updated.
        """
        new = 0
        with self._transaction() as connection:
            for place, entry in entries:
                video = entry.reference
                published = entry.published.isoformat() if entry.published else ""
                connection.execute(
                    "INSERT INTO videos (id, kind, digest, title, published) VALUES (?1, ?2, ?3, ?4, ?5)"
                    " ON CONFLICT (id) DO UPDATE"
                    " SET digest = ?3, title = CASE WHEN ?4 = '' THEN title ELSE ?4 END",
                    (video.id, video.kind, video.digest, entry.title, published),
                )
                new += not self.has_member(key, video.id)
                connection.execute(
                    "INSERT INTO members VALUES (?1, ?2, ?3, ?4)"
                    " ON CONFLICT (list, video) DO UPDATE"
                    " SET place = CASE WHEN reading = ?4 THEN place ELSE ?3 END, reading = ?4",  # its first place
                    (key, video.id, place, reading),
                )
            records = (self.video(entry.reference.id) for _, entry in entries)
            return new, tuple(record for record in records if record is not None)

    def has_member(self, key: str, name: str) -> bool:
        """True if the list is known to hold the video."""
        return bool(self._all("SELECT 1 FROM members WHERE list = ? AND video = ?", key, name))

    def finish_reading(self, record: ListRecord, reading: int, *, whole: bool, new: int = 0) -> None:
        """End a reading: members that it did not see leave the list if it was a `whole` one, and otherwise move down.

        `new` is the number of entries that were new to the list.
        """
        with self._transaction() as connection:
            if whole and record.complete:
                connection.execute("DELETE FROM members WHERE list = ? AND reading < ?", (record.key, reading))
            else:
                connection.execute(
                    "UPDATE members SET place = place + ? WHERE list = ? AND reading < ?", (new, record.key, reading)
                )
            connection.execute(
                "UPDATE lists SET title = ?, announced = ?, complete = ?, reason = ? WHERE key = ?",
                (record.title, record.announced, record.complete, record.reason, record.key),
            )

    def members(self, key: str) -> tuple[VideoRecord, ...]:
        """The videos of a list, in its order."""
        query = f"SELECT {_COLUMNS} FROM members JOIN videos ON id = video WHERE list = ? ORDER BY place"  # noqa: S608 - a constant
        return tuple(map(_video_record, self._all(query, key)))

    def rebuild(self, videos: Iterable[VideoRecord], all_series: Iterable[Series]) -> None:
        """Write the videos and lists found on disk; no list counts as complete until it is read again."""
        with self._transaction() as connection:
            for video in videos:
                _save(connection, video)
            for series in all_series:
                record = series.list_record
                connection.execute(
                    "INSERT OR REPLACE INTO lists (key, title, announced) VALUES (?, ?, ?)",
                    (record.key, record.title, record.announced),
                )
                rows = [(record.key, video.id, place, 0) for place, video in enumerate(series.videos)]
                connection.executemany("INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?)", rows)

    # --- single values ---

    def breaker(self) -> BreakerState:
        """The circuit breaker in front of YouTube, as the last run left it."""
        return BreakerState(int(self._value("refusals", 0)), self._value("open_until", 0.0))

    def save_breaker(self, breaker: BreakerState, now: float) -> None:
        self._set({"refusals": breaker.refusals, "open_until": breaker.open_until, "saved_at": now})

    def handle_clock_change(self, now: float) -> None:
        """Correct times saved before the clock was set back: each pause begins anew, and none is cut short."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE videos SET retry_at = max(retry_at - (attempted_at - ?1), 0), attempted_at = ?1"
                " WHERE attempted_at > ?1",
                (now,),
            )
        if (ahead := self._value("saved_at", 0.0) - now) > 0:
            self._set({"open_until": self._value("open_until", 0.0) - ahead, "saved_at": now})

    # --- SQLite ---

    def _value(self, name: str, default: float) -> float:
        rows = self._all("SELECT value FROM numbers WHERE name = ?", name)
        return float(rows[0][0]) if rows else default

    def _set(self, values: dict[str, float]) -> None:
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO numbers VALUES (?, ?)", list(values.items()))

    def _list_record(self, row: Sequence[Any]) -> ListRecord:
        key, title, announced, complete, reason = row
        listed = self._all("SELECT count(*) FROM members WHERE list = ?", key)[0][0]
        return ListRecord(key, title, announced, listed, bool(complete), reason)

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._lock, self._store_errors():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._store_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # a full disk has rolled back already
                    self._connection.execute("ROLLBACK")
                raise

    def _check(self, newest: int, *, read_only: bool) -> int:
        """Refuse a file of another version or a damaged one; the version of the file."""
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if version and self._connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
            message = f"{self.path} was written by an earlier, unreleased version of Tadwin"
            raise StoreError(message, "Choose another folder with --library; the old articles stay as they are.")
        if version > newest:
            message = f"{self.path} was written by a newer version of Tadwin"
            raise StoreError(message, "Use that version, or choose another folder with --library.")
        if read_only and version < newest:
            message = f"{self.path} was written by an older version of Tadwin"
            raise StoreError(message, "`tadwin batch SOURCE` brings it up to date, after a copy of it is kept.")
        if self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._damaged()
        return version

    def _migrate(self, version: int, migrations: Sequence[str]) -> None:
        """Bring the file up to date, after an older one is copied."""
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        if 0 < version < len(migrations):
            with closing(sqlite3.connect(self.path.with_name(f"{DATABASE_FILE}.v{version}"))) as copy:
                self._connection.backup(copy)
        for number, script in enumerate(migrations[version:], version + 1):
            header = f"PRAGMA user_version = {number}; PRAGMA application_id = {_APPLICATION_ID}"
            self._connection.executescript(f"BEGIN IMMEDIATE; {script}; {header}; COMMIT;")

    def _damaged(self) -> StateDamaged:
        return StateDamaged(f"{self.path} is damaged")

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise (self._damaged() if _code(error) in _DAMAGED else as_store_error(self.path, error)) from error


def _save(connection: sqlite3.Connection, video: VideoRecord) -> None:
    published = video.published.isoformat() if video.published else ""
    values = (
        *(video.id, video.reference.kind, video.reference.digest, video.title, published, video.stage, video.status),
        *(video.cause, video.reason, video.hint, video.attempts, video.attempt_days, video.attempted_at),
        *(video.retry_at, video.folder, video.findings, video.recipe, video.links_digest),
    )
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT OR REPLACE INTO videos ({_COLUMNS}) VALUES ({marks})", values)  # noqa: S608 - question marks only


def _video_record(row: Sequence[Any]) -> VideoRecord:
    name, kind, digest, title, published, stage, status, *rest = row
    reference = VideoReference(SourceKind(kind), name, digest)
    day = date.fromisoformat(published) if published else None
    return VideoRecord(name, reference, title, day, ProcessingStage(stage), VideoStatus(status), *rest)
