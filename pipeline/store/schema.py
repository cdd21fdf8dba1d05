"""The tables of the state, as the steps that lead from each version to the next."""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE work (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, digest TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
      published TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL DEFAULT 'listed',
      standing TEXT NOT NULL DEFAULT 'waiting', cause TEXT NOT NULL DEFAULT '',
      reason TEXT NOT NULL DEFAULT '', hint TEXT NOT NULL DEFAULT '',
      attempts INTEGER NOT NULL DEFAULT 0, days INTEGER NOT NULL DEFAULT 0, looked REAL NOT NULL DEFAULT 0,
      next_try REAL NOT NULL DEFAULT 0, folder TEXT NOT NULL DEFAULT '', findings INTEGER NOT NULL DEFAULT 0,
      recipe TEXT NOT NULL DEFAULT '', related TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX work_standing ON work (standing);
    CREATE TABLE lists (
      key TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', announced INTEGER, complete INTEGER NOT NULL DEFAULT 0,
      reason TEXT NOT NULL DEFAULT '', reading INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE members (
      list TEXT NOT NULL, video TEXT NOT NULL, place INTEGER NOT NULL, reading INTEGER NOT NULL,
      PRIMARY KEY (list, video)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE looks (video TEXT NOT NULL, time REAL NOT NULL, standing TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
    CREATE INDEX looks_video ON looks (video);
    CREATE TABLE figures (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT
    """,
)
"""Step n leads from version n to n + 1, the number in `PRAGMA user_version`; steps that were released never change."""
