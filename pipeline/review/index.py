"""A small database over a library, so that ten thousand articles are listed and searched at once.

A cache and never the truth: it is made anew from the files when it is missing, of another version, or damaged.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING, Any

from pipeline.arabic.affixes import SEARCH_PREFIXES
from pipeline.arabic.normalize import words
from pipeline.store.database import as_store_error
from pipeline.types.review import UNREVIEWED, QueueFilter, QueuePage, QueueRow, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

VERSION = 2
"""Raise it when the tables change."""
PAGE = 50
"""Articles on one page of the queue."""
_COLUMNS = tuple(field.name for field in fields(QueueRow))
_STORED = (*_COLUMNS, "card", "journal")
_INSERT = f"INSERT INTO articles ({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))})"  # noqa: S608 - names of columns
_TABLES = f"""
CREATE TABLE articles ({", ".join(_STORED)}, PRIMARY KEY (folder));
CREATE INDEX by_id ON articles (id);
CREATE INDEX by_weakness ON articles (weakness DESC, id);
CREATE INDEX by_standing ON articles (standing, weakness DESC, id);
CREATE TABLE places (folder, series, title, PRIMARY KEY (series, folder)) WITHOUT ROWID;
CREATE INDEX places_folder ON places (folder);
CREATE VIRTUAL TABLE texts USING fts5 (text, detail=none, prefix='2 3 4');
PRAGMA user_version = {VERSION};
"""
_WORDS_MOST = 12
"""Words of a search that count."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A row with what it was made from."""

    listed: QueueRow
    text: str
    """What a search finds it by."""
    card: str
    journal: str
    """States of the two files when they were read."""
    series: tuple[tuple[str, str], ...] = ()
    """Folder and title of each series that it belongs to."""


class QueueIndex:
    """The rows of the queue, and their words. Threads may share it."""

    def __init__(self, path: Path) -> None:
        """Open the database, or begin an empty one; raises `NotWritable`, `NoSpace` or `StoreError` otherwise."""
        self._path = path
        self._lock = RLock()
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = _opened(path)
            except sqlite3.DatabaseError:
                for ending in ("", "-wal", "-shm"):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
                self._database = _opened(path)

    def changed(self, cards: Mapping[str, str], journals: Mapping[str, str]) -> tuple[str, ...]:
        """Folders whose rows are missing or older than their files; rows of folders that are gone are dropped."""
        known = {row["folder"]: row for row in self._rows("SELECT folder, id, card, journal FROM articles")}
        self._drop([folder for folder in known if folder not in cards])
        return tuple(
            folder
            for folder, state in cards.items()
            if folder not in known
            or (state, journals.get(known[folder]["id"], "")) != (known[folder]["card"], known[folder]["journal"])
        )

    def put(self, records: Iterable[IndexEntry]) -> None:
        """Replace the rows of these articles."""
        with self._lock, self._translated(), self._database:
            for record in records:
                self._delete(record.listed.folder)
                row = _row(record)
                made = self._database.execute(_INSERT, [row[name] for name in _STORED])
                text = " ".join(dict.fromkeys(words(record.text)))
                self._database.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (made.lastrowid, text))
                places = [(row["folder"], series, title) for series, title in dict(record.series).items()]
                self._database.executemany("INSERT INTO places VALUES (?, ?, ?)", places)

    def get(self, video: str) -> QueueRow | None:
        """The row of a video."""
        rows = self._rows("SELECT * FROM articles WHERE id = ? ORDER BY folder LIMIT 1", (video,))
        return _listed(rows[0]) if rows else None

    def shelf(self, wanted: QueueFilter, page: int = 1) -> QueuePage:
        """One page of what the filter lets through, weakest evidence first; pages count from 1."""
        where, values = _where(wanted)
        total = self._rows(f"SELECT COUNT(*) AS n FROM articles {where}", values)[0]["n"]  # noqa: S608 - values are bound
        query = f"SELECT * FROM articles {where} ORDER BY weakness DESC, id LIMIT ? OFFSET ?"  # noqa: S608 - the same
        rows = self._rows(query, (*values, PAGE, PAGE * (max(page, 1) - 1)))
        return QueuePage(tuple(map(_listed, rows)), total)

    def counts(self) -> dict[ReviewStatus, int]:
        """How many articles stand where; a standing without any counts 0."""
        found = {
            row["standing"]: row["n"] for row in self._rows("SELECT standing, COUNT(*) AS n FROM articles GROUP BY 1")
        }
        return {standing: found.get(standing.value, 0) for standing in ReviewStatus}

    def channels(self) -> tuple[str, ...]:
        """Every channel that has an article, in order."""
        return tuple(
            r["channel"] for r in self._rows("SELECT DISTINCT channel FROM articles WHERE channel <> '' ORDER BY 1")
        )

    def series(self) -> dict[str, str]:
        """Every series that has an article, by title: the folder of its page, and the title."""
        rows = self._rows("SELECT series, MAX(title) AS title FROM places GROUP BY series ORDER BY title, series")
        return {row["series"]: row["title"] for row in rows}

    def waiting(self, after: str = "") -> str | None:
        """The unreviewed video with the weakest evidence, other than `after`."""
        marks = ", ".join("?" * len(UNREVIEWED))
        query = f"SELECT id FROM articles WHERE standing IN ({marks}) AND id <> ? ORDER BY weakness DESC, id LIMIT 1"  # noqa: S608 - values are bound
        rows = self._rows(query, (*UNREVIEWED, after))
        return str(rows[0]["id"]) if rows else None

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._lock, self._translated():
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise as_store_error(self._path, error) from error

    def _drop(self, folders: Sequence[str]) -> None:
        with self._lock, self._translated(), self._database:
            for folder in folders:
                self._delete(folder)

    def _delete(self, folder: str) -> None:
        self._database.execute(
            "DELETE FROM texts WHERE rowid = (SELECT rowid FROM articles WHERE folder = ?)", (folder,)
        )
        self._database.execute("DELETE FROM articles WHERE folder = ?", (folder,))
        self._database.execute("DELETE FROM places WHERE folder = ?", (folder,))


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, check_same_thread=False, timeout=10)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = OFF")  # a cache: damage is noticed, and it is made anew
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:
        database.execute("SELECT COUNT(*) FROM articles").fetchone()
        return database
    if version or database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
        database.close()
        message = "of another version"
        raise sqlite3.DatabaseError(message)
    database.executescript(_TABLES)
    return database


def _where(wanted: QueueFilter) -> tuple[str, list[Any]]:
    """The conditions of a filter, every value bound."""
    conditions: list[str] = []
    values: list[Any] = []

    def add(condition: str, value: object) -> None:
        if value:
            conditions.append(condition)
            values.append(value)

    add("standing = ?", wanted.standing and wanted.standing.value)
    add("rowid IN (SELECT rowid FROM texts WHERE texts MATCH ?)", _match(wanted.words))
    add("channel = ?", wanted.channel)
    add("folder IN (SELECT folder FROM places WHERE series = ?)", wanted.series)
    add("(' ' || flaws || ' ') LIKE ('% ' || ? || ' %')", wanted.flaw)
    add("published >= ?", wanted.since and wanted.since.isoformat())
    add("published <> '' AND published <= ?", wanted.until and wanted.until.isoformat())
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", values


def _match(typed: str) -> str:
    """A search as FTS5 writes it: every word, folded, at the beginning of a word or after what is written with it."""
    asked = words(typed[:500])[:_WORDS_MOST]
    return " AND ".join("(" + " OR ".join(f'"{prefix}{word}"*' for prefix in SEARCH_PREFIXES) + ")" for word in asked)


def _row(record: IndexEntry) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(record.listed, name) for name in _COLUMNS}
    published = record.listed.published
    return row | {
        "published": published.isoformat() if published else "",
        "standing": record.listed.standing.value,
        "flaws": " ".join(record.listed.flaws),
        "card": record.card,
        "journal": record.journal,
    }


def _listed(row: sqlite3.Row) -> QueueRow:
    values = {name: row[name] for name in _COLUMNS}
    values["published"] = date.fromisoformat(row["published"]) if row["published"] else None
    values["standing"] = ReviewStatus(row["standing"])
    values["flaws"] = tuple(row["flaws"].split())
    return QueueRow(**values)
