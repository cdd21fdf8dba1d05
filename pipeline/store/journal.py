"""Files that only grow, a line at a time; a line is there as a whole, or can be told from one that is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import lock_descriptor

from pipeline.store import atomic

if TYPE_CHECKING:
    from pathlib import Path


_POLL_SECONDS = 0.01
"""Between two looks whether another process has finished its line."""
_OPEN_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)


def append(path: Path, line: bytes, *, size: int | None = None) -> bool:
    r"""Add one line and return when it is on disk; raises `NoSpace`, `NotWritable` or `StoreError`.

    False, and nothing is written, when the file no longer has the given size in bytes: somebody was faster.

    A torn line that a killed writer left is closed with `\n` first: its bytes stay, as a line that cannot be read.
    Writers in other processes wait for each other.
    """
    with atomic.store_errors(path):
        atomic.make_folder(path.parent)
        new = not path.exists()
        handle = os.open(path, _OPEN_FLAGS, 0o644)
        try:
            lock_descriptor(handle, poll_interval=_POLL_SECONDS)
            if size not in {None, os.fstat(handle).st_size}:
                return False
            _write(handle, (b"\n" if _torn(handle) else b"") + line + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            atomic.sync_folder(path.parent)
    return True


def lines(path: Path) -> tuple[tuple[bytes, ...], int]:
    """Every line, the torn last one too, and the size of the file in bytes; nothing when there is no file."""
    data = atomic.read(path) or b""
    return tuple(line for line in data.split(b"\n") if line), len(data)


def _torn(handle: int) -> bool:
    if os.fstat(handle).st_size == 0:
        return False
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) != b"\n"


def _write(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
