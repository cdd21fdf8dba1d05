"""The videos and lists of a library in one SQLite file, which `tadwin repair` rebuilds if it is lost.

An article's files are complete on disk before its row says so: a row never claims more than the disk holds.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import threading
import zlib
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pipeline.errors import NoLibrary, NoSpace, NotWritable, StateDamaged, StateUnsupported, StoreError
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
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.types.batch import ListEntry, Series, StatusChange

T = TypeVar("T")

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
    "ALTER TABLE videos ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
)
"""Step n leads from version n to n + 1, as in `PRAGMA user_version`; steps that were released never change."""

_DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_ERROR,  # our statements fit our tables: a changed byte made a name another one
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
}
_NOT_WRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def as_store_error(path: Path, error: Exception) -> StoreError:
    """The error of SQLite or the disk as one of ours, with the path in its message."""
    if _code(error) == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) == errno.ENOSPC:
        return NoSpace(f"no space left to write {path}")
    if _code(error) in _NOT_WRITABLE or isinstance(error, OSError):
        return NotWritable(f"{path.parent} cannot be written ({error})")
    return StoreError(f"{path} could not be used ({error})")


def _code(error: Exception) -> int:
    """The primary result code of SQLite: the lowest byte of an extended one; 0 for another kind of error."""
    unknown = sqlite3.SQLITE_CORRUPT if isinstance(error, sqlite3.OperationalError) else 0  # text that is not UTF-8
    return getattr(error, "sqlite_errorcode", unknown) & 0xFF


DATABASE_FILE = "state.db"
_APPLICATION_ID = int.from_bytes(b"Tadw")
"""Tells our files, in the header of SQLite, from those of versions that were never released."""
_VERSION = "version"
"""Name in `numbers` of a second copy of `user_version`: where they differ, one of them is damaged."""
_HEADER = 100
"""Bytes of the header of SQLite (https://www.sqlite.org/fileformat.html, 1.3)."""
_STRAY_MEMBER = (
    "SELECT 1 FROM members LEFT JOIN videos ON id = video LEFT JOIN lists ON key = list"
    " WHERE id IS NULL OR key IS NULL LIMIT 1"
)
"""Finds what is never written: a place in a list for a video or in a list that is not known."""
_MAX_ATTEMPTS = 20
_MAX_TIME = 5e9
"""The year 2128, in seconds since 1970: a later time is a damaged one."""
_COLUMNS = (
    "id, kind, digest, title, published, stage, status, cause, reason, hint, attempts, attempt_days, attempted_at,"
    " retry_at, folder, findings, recipe, links_digest, seal"
)
_LIST_ORDER = "ORDER BY members.reading DESC, place"


class LibraryDatabase:
    """The database of one library, for several threads of one process at a time (`store.lock`).

    With `read_only`, nothing is made or changed, and no lock is needed. Raises `NoLibrary` if there is nothing to
    read, `StateDamaged`, `StateUnsupported`, `NotWritable`, `NoSpace` or `StoreError`.
    """

    def __init__(self, folder: Path, *, read_only: bool = False, migrations: Sequence[str] = MIGRATIONS) -> None:
        self.path = folder / DATABASE_FILE
        if read_only and not self.path.is_file():
            message = f"there is no library in {folder}"
            raise NoLibrary(message)
        self._lock = threading.RLock()
        with self._store_errors(), ExitStack() as stack:
            if not read_only:
                atomic.make_folder(folder)
            self._check_header()
            path = stack.enter_context(_readable(self.path)) if read_only else self.path
            self._connection = _connect(path, "ro" if read_only else "rwc")
            self._copy = stack.pop_all()
            try:
                version = self._check(len(migrations), read_only=read_only)
                if not read_only:
                    self._migrate(version, migrations)
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; everything that was saved is on disk already."""
        with self._lock:
            self._connection.close()
            self._copy.close()

    # --- videos ---

    def video(self, name: str) -> VideoRecord | None:
        """A video by its id or its caption file's path; None if it is not known."""
        query = f"SELECT {_COLUMNS} FROM videos WHERE id = ?"  # noqa: S608 - a constant
        return next(iter(self._read(_video_record, query, name)), None)

    def videos(self, statuses: Iterable[VideoStatus] = VideoStatus) -> tuple[VideoRecord, ...]:
        """The videos with one of these statuses, ordered by id."""
        wanted = list(statuses)
        marks = ", ".join("?" * len(wanted))
        query = f"SELECT {_COLUMNS} FROM videos WHERE status IN ({marks}) ORDER BY id"  # noqa: S608 - question marks only
        return self._read(_video_record, query, *wanted)

    def counts(self) -> dict[VideoStatus, int]:
        """The number of videos by status, in the whole library; files that came to one article count once."""
        finished = ", ".join(f"'{status}'" for status in sorted(FINISHED))
        query = (
            "SELECT status, count(*) FROM (SELECT status, row_number() OVER ("  # noqa: S608 - constants
            f"PARTITION BY CASE WHEN folder <> '' AND status IN ({finished}) THEN 'article ' || folder ELSE id END"
            " ORDER BY attempted_at DESC) AS place FROM videos) WHERE place = 1 GROUP BY status"
        )
        return dict(self._read(lambda row: (VideoStatus(row[0]), int(row[1])), query))

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
        query = "SELECT time, status, reason FROM attempts WHERE video = ? ORDER BY rowid"
        return self._read(lambda row: Attempt(_time(row[0]), VideoStatus(row[1]), row[2]), query, name)

    # --- lists ---

    def list_record(self, key: str) -> ListRecord | None:
        """A list by its key; None if it was never read."""
        query = "SELECT key, title, announced, complete, reason FROM lists WHERE key = ?"
        return next(iter(self._read(self._list_record, query, key)), None)

    def list_records(self) -> tuple[ListRecord, ...]:
        """All lists, ordered by key."""
        return self._read(self._list_record, "SELECT key, title, announced, complete, reason FROM lists ORDER BY key")

    def begin_reading(self, key: str) -> int:
        """Begin to read a list, which is incomplete until `finish_reading`; the number of this reading."""
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO lists (key) VALUES (?)", (key,))
            connection.execute("UPDATE lists SET reading = reading + 1, complete = 0 WHERE key = ?", (key,))
            (reading,) = connection.execute("SELECT reading FROM lists WHERE key = ?", (key,)).fetchone()
        return int(reading)

    def add_entries(self, key: str, reading: int, entries: Sequence[tuple[int, ListEntry]]) -> tuple[VideoRecord, ...]:
        """Save a list's next entries with their places; the record of each.

        Videos that are not known yet get a record; of the others, digest and title are updated.
        """
        with self._transaction() as connection:
            records = []
            for place, entry in entries:
                video = entry.reference
                known = self.video(video.id)
                record = _listed_record(entry, known)
                if record != known:
                    _save(connection, record)
                records.append(record)
                connection.execute(
                    "INSERT INTO members VALUES (?1, ?2, ?3, ?4)"
                    " ON CONFLICT (list, video) DO UPDATE"
                    " SET place = CASE WHEN reading = ?4 THEN place ELSE ?3 END, reading = ?4",  # its first place
                    (key, video.id, place, reading),
                )
            return tuple(records)

    def has_member(self, key: str, name: str) -> bool:
        """True if the list is known to hold the video."""
        return bool(self._all("SELECT 1 FROM members WHERE list = ? AND video = ?", key, name))

    def finish_reading(self, record: ListRecord, reading: int, order: Sequence[str] = ()) -> None:
        """End a reading: members that it did not see leave the list, unless there is an `order` of all."""
        with self._transaction() as connection:
            if order:
                connection.executemany(
                    "UPDATE members SET place = ?, reading = ? WHERE list = ? AND video = ?",
                    [(place, reading, record.key, video) for place, video in enumerate(order)],
                )
            else:
                connection.execute("DELETE FROM members WHERE list = ? AND reading < ?", (record.key, reading))
            connection.execute(
                "UPDATE lists SET title = ?, announced = ?, complete = ?, reason = ? WHERE key = ?",
                (record.title, record.announced, record.complete, record.reason, record.key),
            )

    def members(self, key: str) -> tuple[VideoRecord, ...]:
        """The videos of a list, in its order; what a reading that was killed had seen comes first."""
        query = f"SELECT {_COLUMNS} FROM members JOIN videos ON id = video WHERE list = ? {_LIST_ORDER}"  # noqa: S608 - constants
        return self._read(_video_record, query, key)

    def member_ids(self, key: str) -> tuple[str, ...]:
        """The ids of the same videos."""
        query = f"SELECT video FROM members WHERE list = ? {_LIST_ORDER}"  # noqa: S608 - a constant
        return tuple(name for (name,) in self._all(query, key))

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
        names = "refusals", "open_until", "saved_at"
        refusals, open_until, saved_at = (self._value(name, 0.0) for name in names)
        seal = self._value("seal", 0.0)
        if seal and seal != _breaker_seal(refusals, open_until, saved_at):
            raise self._damaged()
        return BreakerState(int(refusals), open_until)

    def save_breaker(self, breaker: BreakerState, now: float) -> None:
        values = {"refusals": float(breaker.refusals), "open_until": float(breaker.open_until), "saved_at": float(now)}
        self._set(values | {"seal": _breaker_seal(*values.values())})

    def handle_clock_change(self, now: float) -> None:
        """Correct times saved before the clock was set back: each pause begins anew, and none is cut short."""
        query = f"SELECT {_COLUMNS} FROM videos WHERE attempted_at > ?"  # noqa: S608 - a constant
        with self._transaction() as connection:
            for video in self._read(_video_record, query, now):
                retry_at = max(video.retry_at - (video.attempted_at - now), 0.0)
                _save(connection, replace(video, retry_at=retry_at, attempted_at=now))
        if (ahead := self._value("saved_at", 0.0) - now) > 0:
            breaker = self.breaker()
            self.save_breaker(replace(breaker, open_until=breaker.open_until - ahead), now)

    # --- SQLite ---

    def _value(self, name: str, default: float) -> float:
        rows = self._read(lambda row: _time(row[0]), "SELECT value FROM numbers WHERE name = ?", name)
        return rows[0] if rows else default

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

    def _read(self, convert: Callable[[Sequence[Any]], T], query: str, *values: object) -> tuple[T, ...]:
        """The rows, converted; raises `StateDamaged` for one with a value that was never written."""
        try:
            return tuple(map(convert, self._all(query, *values)))
        except (TypeError, ValueError) as error:
            raise self._damaged() from error

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

    def _check_header(self) -> None:
        """Refuse a file whose header we never write: to SQLite a changed byte there can mean "read-only"."""
        with contextlib.suppress(FileNotFoundError), atomic.open_regular(self.path) as file:
            header = file.read(_HEADER)
            if (
                header
                and (
                    len(header) < _HEADER
                    or header[:16] != b"SQLite format 3\0"
                    or header[18:20] not in {b"\1\1", b"\2\2"}  # rollback journal, write-ahead log
                    or header[20:24] != bytes((0, 64, 32, 32))
                    or int.from_bytes(header[44:48]) not in {0, 4}  # schema format
                    or int.from_bytes(header[56:60]) not in {0, 1}  # UTF-8
                )
            ):
                raise self._damaged()

    def _check(self, newest: int, *, read_only: bool) -> int:
        """Refuse a file of another version or a damaged one; the version of the file."""
        version, application = (
            int(self._connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("user_version", "application_id")
        )
        names = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master")}
        copy = int(self._value(_VERSION, 0)) if "numbers" in names else 0
        if copy and (copy, _APPLICATION_ID) != (version, application):
            raise self._damaged()
        if version and application != _APPLICATION_ID:
            message = f"{self.path} was written by an earlier, unreleased version of Tadwin"
            raise StateUnsupported(message, "Choose another folder with --library; the old articles stay as they are.")
        if version > newest:
            message = f"{self.path} was written by a newer version of Tadwin"
            raise StateUnsupported(message)
        if version < 0 or (names and not version):
            raise self._damaged()
        if read_only and version < newest:
            message = f"{self.path} was written by an older version of Tadwin"
            raise StoreError(message, "`tadwin batch SOURCE` brings it up to date, after a copy of it is kept.")
        if self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise self._damaged()
        if names and self._connection.execute(_STRAY_MEMBER).fetchone():
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
            again = f"INSERT OR REPLACE INTO numbers VALUES ('{_VERSION}', {number})"  # noqa: S608 - constants
            self._connection.executescript(f"BEGIN IMMEDIATE; {script}; {again}; {header}; COMMIT;")

    def _damaged(self) -> StateDamaged:
        return StateDamaged(f"{self.path} is damaged")

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:  # a message of SQLite that quotes a damaged name
            raise self._damaged() from error
        except (sqlite3.Error, OSError) as error:
            raise (self._damaged() if _code(error) in _DAMAGED else as_store_error(self.path, error)) from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10.0)


@contextmanager
def _readable(path: Path) -> Iterator[Path]:
    """The file, or a copy of it where nothing can be written: SQLite keeps files of its own beside the one it reads."""
    if os.access(path.parent, os.W_OK):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="tadwin-") as folder:
        for ending in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{ending}", f"{folder}/{path.name}{ending}")
        yield Path(folder) / path.name


def _listed_record(entry: ListEntry, known: VideoRecord | None) -> VideoRecord:
    """The record of a listed video: that which is known, with its present digest and title."""
    video = entry.reference
    if known is None:
        return VideoRecord(video.id, replace(video, note=""), entry.title, entry.published)
    reference = replace(known.reference, digest=video.digest)
    return replace(known, reference=reference, title=entry.title or known.title)


def _save(connection: sqlite3.Connection, video: VideoRecord) -> None:
    published = video.published.isoformat() if video.published else ""
    values: tuple[Any, ...] = (
        *(video.id, video.reference.kind, video.reference.digest, video.title, published, video.stage, video.status),
        *(video.cause, video.reason, video.hint, video.attempts, video.attempt_days),
        *(float(video.attempted_at), float(video.retry_at)),
        *(video.folder, video.findings, video.recipe, video.links_digest),
    )
    values = (*values, _seal(values))
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT OR REPLACE INTO videos ({_COLUMNS}) VALUES ({marks})", values)  # noqa: S608 - question marks only


def _seal(values: Sequence[Any]) -> str:
    """A digest of a row; SQLite gives back the very values that were put in."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def _breaker_seal(refusals: float, open_until: float, saved_at: float) -> float:
    """A checksum of these numbers; never 0."""
    return float(zlib.crc32(json.dumps([refusals, open_until, saved_at]).encode()) or 1)


def _time(value: float) -> float:
    """A time or number as it was stored; raises `ValueError` for one that never was."""
    if not -_MAX_TIME < value < _MAX_TIME:
        message = "no time that was ever stored"
        raise ValueError(message)
    return value


def _video_record(row: Sequence[Any]) -> VideoRecord:
    """Raises `ValueError` for a row that is not as it was saved; one of a version without seals has none."""
    *values, seal = row
    if seal and seal != _seal(tuple(values)):
        message = "a damaged row"
        raise ValueError(message)
    name, kind, digest, title, published, stage, status, *rest = values
    reference = VideoReference(SourceKind(kind), name, digest)
    day = date.fromisoformat(published) if published else None
    return VideoRecord(name, reference, title, day, ProcessingStage(stage), VideoStatus(status), *rest)
