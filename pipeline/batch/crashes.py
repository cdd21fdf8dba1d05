"""Steps that were begun and not ended, counted on disk, where a worker that dies leaves the count."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.store import atomic

if TYPE_CHECKING:
    from pathlib import Path

NAME = "attempts"
"""Name of the folder inside a library, which exists while a run on a cluster lasts."""


class CrashCounter:
    """A file for each video that is being worked on, with one byte for each attempt."""

    def __init__(self, library: Path) -> None:
        self._folder = library / NAME

    def clear(self) -> None:
        """Forget all attempts, as a run begins or ends: what was under way when it ended is no video's fault."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def begin(self, name: str) -> int:
        """Count an attempt, synced to disk; returns how many before it did not end.

        Raises `NotWritable` or `NoSpace`.
        """
        path = self._path(name)
        with atomic.store_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                before = os.fstat(handle).st_size
                os.write(handle, b".")
                os.fsync(handle)
            finally:
                os.close(handle)
        return before

    def end(self, name: str) -> None:
        """Forget the attempts at a video: the last one ended, well or not, and the worker lives."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / sha256(name.encode()).hexdigest()[:32]
