"""A small database over a library, so that ten thousand articles are listed and searched at once.

A cache and never the truth: it is made anew from the files when it is missing, of another version, or damaged.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from pipeline.arabic.affixes import SEARCH_PREFIXES, strip_prefix
from pipeline.arabic.normalize import words
from pipeline.store.database import as_store_error
from pipeline.types.review import UNREVIEWED, QueueFilter, QueuePage, QueueRow, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

PAGE = 50
"""Articles on one page of the queue."""
_COLUMNS = tuple(field.name for field in fields(QueueRow))
_STORED = (*_COLUMNS, "card", "journal")
_CONVERTED: dict[str, tuple[Callable[[Any], object], Callable[[Any], object]]] = {
    "published": (
        lambda day: day.isoformat() if day else "",
        lambda text: date.fromisoformat(text) if text else None,
    ),
    "status": (lambda status: status.value, ReviewStatus),
    "flaws": (" ".join, lambda text: tuple(text.split())),
}
"""Columns of a type that SQLite does not have: into the database, and out of it."""
_INSERT = f"INSERT INTO articles ({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))})"  # noqa: S608 - names of columns
_TABLES = f"""
CREATE TABLE articles ({", ".join(_STORED)}, PRIMARY KEY (folder));
CREATE INDEX by_id ON articles (id);
CREATE INDEX by_weakness ON articles (weakness DESC, id);
CREATE INDEX by_status ON articles (status, weakness DESC, id);
CREATE TABLE places (folder, series, title, PRIMARY KEY (series, folder)) WITHOUT ROWID;
CREATE INDEX places_folder ON places (folder);
CREATE VIRTUAL TABLE texts USING fts5 (text, detail=none, prefix='2 3 4');
"""
CONTENT_VERSION = 3
"""Raise it when rows are computed otherwise from the same files."""
_VERSION = zlib.crc32(f"{CONTENT_VERSION}{_TABLES}".encode()) & 0x7FFF_FFFF
"""Another one whenever the tables change."""
_SECONDS = "SELECT seconds FROM articles WHERE seconds IS NOT NULL ORDER BY 1"
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
"""The article with what is written before it, longest first."""
_WORDS_MOST = 12
"""Words of a search that count."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A row with what it was made from."""

    row: QueueRow
    text: str
    """What a search finds it by."""
    card: str
    journal: str
    """Fingerprints of the two files when they were read."""
    series: tuple[tuple[str, str], ...] = ()
    """Folder and title of each series that it belongs to."""


class QueueIndex:
    """The rows of the queue, and their words. Threads may share it.

    Raises `NotWritable`, `NoSpace` or `StoreError` when the database cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        with self._translated_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = _connect(path)
            except sqlite3.DatabaseError:
                for suffix in ("", "-wal", "-shm"):
                    path.with_name(path.name + suffix).unlink(missing_ok=True)
                self._database = _connect(path)

    def prune(self, cards: Mapping[str, str], journals: Mapping[str, str]) -> tuple[str, ...]:
        """Drop the rows of folders that are gone; returns the folders whose rows are missing or out of date.

        `cards` holds the fingerprint of each article's card by folder, `journals` that of each journal by video.
        """
        known = {row["folder"]: row for row in self._select("SELECT folder, id, card, journal FROM articles")}
        with self._lock, self._translated_errors(), self._database:
            for folder in known:
                if folder not in cards:
                    self._delete(folder)
        return tuple(
            folder
            for folder, card in cards.items()
            if folder not in known
            or (card, journals.get(known[folder]["id"], "")) != (known[folder]["card"], known[folder]["journal"])
        )

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Replace the rows of these articles."""
        with self._lock, self._translated_errors(), self._database:
            for entry in entries:
                folder = entry.row.folder
                self._delete(folder)
                row = {name: getattr(entry.row, name) for name in _COLUMNS}
                row |= {name: to_sql(row[name]) for name, (to_sql, _) in _CONVERTED.items()}
                inserted = self._database.execute(_INSERT, (*row.values(), entry.card, entry.journal))
                text = " ".join(dict.fromkeys(word for spellings in _spellings(entry.text) for word in spellings))
                self._database.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (inserted.lastrowid, text))
                places = [(folder, series, title) for series, title in dict(entry.series).items()]
                self._database.executemany("INSERT INTO places VALUES (?, ?, ?)", places)

    def get(self, video: str) -> QueueRow | None:
        """The row of a video."""
        rows = self._select("SELECT * FROM articles WHERE id = ? ORDER BY folder LIMIT 1", (video,))
        return _queue_row(rows[0]) if rows else None

    def page(self, conditions: QueueFilter, number: int = 1) -> QueuePage:
        """One page of the rows that meet the conditions, weakest evidence first; pages count from 1."""
        where, values = _where(conditions)
        total = self._select(f"SELECT COUNT(*) AS n FROM articles {where}", values)[0]["n"]  # noqa: S608 - values are bound
        query = f"SELECT * FROM articles {where} ORDER BY weakness DESC, id LIMIT ? OFFSET ?"  # noqa: S608 - the same
        rows = self._select(query, (*values, PAGE, PAGE * (max(number, 1) - 1)))
        return QueuePage(tuple(map(_queue_row, rows)), total)

    def status_counts(self) -> dict[ReviewStatus, int]:
        """The number of articles in each status; a status without any counts 0."""
        rows = self._select("SELECT status, COUNT(*) AS n FROM articles GROUP BY 1")
        counts = {row["status"]: row["n"] for row in rows}
        return {status: counts.get(status.value, 0) for status in ReviewStatus}

    def channels(self) -> tuple[str, ...]:
        """Every channel that has an article, in order."""
        rows = self._select("SELECT DISTINCT channel FROM articles WHERE channel <> '' ORDER BY 1")
        return tuple(row["channel"] for row in rows)

    def series(self) -> dict[str, str]:
        """The title of every series that has an article, by the folder of its page; in order of titles."""
        rows = self._select("SELECT series, MAX(title) AS title FROM places GROUP BY series ORDER BY title, series")
        return {row["series"]: row["title"] for row in rows}

    def decision_seconds(self) -> tuple[int, ...]:
        """The seconds of all rows that have them, ascending."""
        return tuple(row["seconds"] for row in self._select(_SECONDS))

    def next_unreviewed(self, conditions: QueueFilter, below: tuple[float, str] | None = None) -> str | None:
        """The first video that meets the conditions and waits for a decision, or the first below a weakness and id.

        Where only statuses that do not wait are asked for, the other conditions count.
        """
        waiting = tuple(status for status in conditions.statuses if status in UNREVIEWED) or UNREVIEWED
        place = "(weakness < ? OR (weakness = ? AND id > ?))"
        clause, values = (place, (below[0], *below)) if below else ("", ())
        where, bound = _where(replace(conditions, statuses=waiting), clause, values)
        rows = self._select(f"SELECT id FROM articles {where} ORDER BY weakness DESC, id LIMIT 1", bound)  # noqa: S608 - values are bound
        return str(rows[0]["id"]) if rows else None

    def close(self) -> None:
        self._database.close()

    def _select(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._lock, self._translated_errors():
            return self._database.execute(query, values).fetchall()

    def _delete(self, folder: str) -> None:
        self._database.execute(
            "DELETE FROM texts WHERE rowid = (SELECT rowid FROM articles WHERE folder = ?)", (folder,)
        )
        self._database.execute("DELETE FROM articles WHERE folder = ?", (folder,))
        self._database.execute("DELETE FROM places WHERE folder = ?", (folder,))

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise as_store_error(self._path, error) from error


def _connect(path: Path) -> sqlite3.Connection:
    """The database, with empty tables when it is new; raises `DatabaseError` when it is damaged or outdated."""
    database = sqlite3.connect(path, check_same_thread=False, timeout=10)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = OFF")  # a cache: damage is noticed, and it is made anew
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == _VERSION:
        database.execute("SELECT COUNT(*) FROM articles").fetchone()
        return database
    if version or database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
        database.close()
        message = "of another version"
        raise sqlite3.DatabaseError(message)
    database.executescript(f"{_TABLES}PRAGMA user_version = {_VERSION};")
    return database


def _where(conditions: QueueFilter, clause: str = "", values: Sequence[Any] = ()) -> tuple[str, tuple[Any, ...]]:
    """The conditions as SQL writes them, and the values to bind; with one more clause, if there is one."""
    filters: dict[str, Any] = {
        "rowid IN (SELECT rowid FROM texts WHERE texts MATCH ?)": _fts_query(conditions.words),
        "channel = ?": conditions.channel,
        "folder IN (SELECT folder FROM places WHERE series = ?)": conditions.series,
        "(' ' || flaws || ' ') LIKE ('% ' || ? || ' %')": conditions.flaw,
        "published >= ?": conditions.since and conditions.since.isoformat(),
        "published <> '' AND published <= ?": conditions.until and conditions.until.isoformat(),
    }
    clauses = {clause: value for clause, value in filters.items() if value}
    marks = ", ".join("?" * len(conditions.statuses))
    all_clauses = [f"status IN ({marks})"] if marks else []
    all_clauses += [*clauses, *([clause] if clause else [])]
    bound = (*(status.value for status in conditions.statuses), *clauses.values(), *values)
    return (f"WHERE {' AND '.join(all_clauses)}" if all_clauses else ""), bound


def _fts_query(typed: str) -> str:
    """A search as FTS5 writes it: every word, folded, at the beginning of a word or after what is written with it.

    A word that is typed with its article is also found without: `للدولار` finds `الدولار` and `دولار`.
    """
    clauses = []
    for spellings in _spellings(typed[:500])[:_WORDS_MOST]:
        stems = [stem for word in spellings for stem in (word, strip_prefix(word, _ARTICLES))]
        forms = dict.fromkeys(f"{prefix}{stem}" for stem in stems for prefix in SEARCH_PREFIXES)
        clauses.append("(" + " OR ".join(f'"{form}"*' for form in forms) + ")")
    return " AND ".join(clauses)


def _spellings(text: str) -> list[tuple[str, ...]]:
    """The words of a text, each folded and with a hamza on waw or yaa both ways: people write `مسؤول` and `مسئول`."""
    composed = normalize("NFC", text)
    ways = composed, composed.replace("ؤ", "ئ"), composed.replace("ئ", "ؤ")
    return list(zip(*map(words, ways), strict=True))


def _queue_row(row: sqlite3.Row) -> QueueRow:
    values = {name: row[name] for name in _COLUMNS}
    values |= {name: from_sql(values[name]) for name, (_, from_sql) in _CONVERTED.items()}
    return QueueRow(**values)
