"""Files that only grow, one line at a time; a line is there as a whole, or can be told from one that is."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from filelock import lock_descriptor

from pipeline.store import atomic

if TYPE_CHECKING:
    from pathlib import Path

_POLL_SECONDS = 0.01
"""Between two checks whether another process has finished its line."""
_OPEN_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)


def append(path: Path, line: bytes, *, size: int | None = None) -> bool:
    r"""Add one line and return once it is on disk; raises `NoSpace`, `NotWritable` or `StoreError`.

    False, and nothing is written, if the file no longer has the given size in bytes: somebody else was faster.

    A torn line left by a killed writer is closed with `\n` first: its bytes stay, as a line that cannot be read.
    Writers in other processes wait for each other.
    """
    with atomic.store_errors(path):
        atomic.make_folder(path.parent)
        is_new = not path.exists()
        handle = os.open(path, _OPEN_FLAGS, 0o644)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, atomic.NOT_A_FILE)
            lock_descriptor(handle, poll_interval=_POLL_SECONDS)
            current = os.fstat(handle).st_size
            if size not in {None, current}:
                return False
            if current:
                os.lseek(handle, -1, os.SEEK_END)
            torn = current > 0 and os.read(handle, 1) != b"\n"
            rest = memoryview((b"\n" if torn else b"") + line + b"\n")
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            atomic.sync_folder(path.parent)
    return True


def lines(path: Path) -> tuple[tuple[bytes, ...], int]:
    """Every line, including a torn last one, and the size of the file in bytes; no lines if there is no file."""
    data = atomic.read(path) or b""
    return tuple(line for line in data.split(b"\n") if line), len(data)
