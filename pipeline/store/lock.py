"""One process per library: a lock of the operating system, which frees it however the process ends."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import lock_descriptor

from pipeline.errors import LibraryLocked
from pipeline.store.atomic import make_folder, store_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE = ".lock"


@contextmanager
def library_lock(folder: Path) -> Iterator[None]:
    """Hold the library while the block runs.

    Raises `LibraryLocked`, naming the process that holds it, and `NotWritable`.
    """
    path = folder / LOCK_FILE
    with store_errors(path):
        make_folder(folder)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with store_errors(path):
            free = lock_descriptor(handle, blocking=False)
        if not free:
            holder = os.read(handle, 20).decode("ascii", "replace").strip()
            message = f"{folder} is in use by process {holder or '(starting)'}"
            raise LibraryLocked(message)
        with store_errors(path):
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)
