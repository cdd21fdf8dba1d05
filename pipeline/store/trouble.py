"""What SQLite's errors mean for a library."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

from pipeline.errors import NoSpace, NotWritable, StoreError

if TYPE_CHECKING:
    from pathlib import Path

_CLOSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def damaged(error: Exception) -> bool:
    """Whether the file is no database, or not a whole one."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def meant(path: Path, error: Exception) -> StoreError:
    """The error of SQLite or the disk as ours, naming the path."""
    if _code(error) == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) == errno.ENOSPC:
        return NoSpace(f"no space left to write {path}")
    if _code(error) in _CLOSED or isinstance(error, OSError):
        return NotWritable(f"{path.parent} cannot be written ({error})")
    return StoreError(f"{path} could not be used ({error})")


def _code(error: Exception) -> int:
    """The primary result code: the lowest byte of an extended one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
