"""How often a step was begun and not ended, kept where a worker that dies leaves it."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.store import atomic

if TYPE_CHECKING:
    from pathlib import Path

NAME = "attempts"
"""The folder's name inside a library; it is there while a run on a cluster lasts."""


class Attempts:
    """A file for each video that is being worked on, a byte long for each attempt."""

    def __init__(self, library: Path) -> None:
        """Those of the library's present run."""
        self._folder = library / NAME

    def clear(self) -> None:
        """Forget all: a run begins, or has ended. What was in hand when a run was ended is no video's fault."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def begin(self, name: str) -> int:
        """Count an attempt, safely on disk; how many there were before that did not end.

        Raises `NotWritable` or `NoSpace`.
        """
        path = self._path(name)
        with atomic.store_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                before = os.fstat(handle).st_size
                os.write(handle, b".")
                os.fsync(handle)
            finally:
                os.close(handle)
        return before

    def end(self, name: str) -> None:
        """The attempt ended, well or not: the worker lives."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / sha256(name.encode()).hexdigest()[:32]
