"""Files that are complete or absent: write a temporary file beside, sync, rename, and sync the folder."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import NoSpace, NotWritable, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

NOT_A_FILE = "it is a pipe, a device or a folder, not a file"
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write(path: Path, data: bytes) -> None:
    """Write a file, replacing what was there only once all of it is safe on disk.

    Raises `NoSpace`, `NotWritable` or `StoreError`; then no temporary file is left behind.
    """
    with store_errors(path):
        make_folder(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.{os.getpid()}.", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)


def read(path: Path) -> bytes | None:
    """The content of the file, or None if there is none; raises `StoreError` if it cannot be read."""
    try:
        with open_regular(path) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{path} could not be read ({error.strerror})"
        raise StoreError(message) from error


def open_regular(path: Path) -> BufferedReader:
    """A file to read from; raises `OSError` for what is none, such as a pipe, which would be waited for without end."""
    handle = os.open(path, _READ_FLAGS)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, NOT_A_FILE, str(path))
    return os.fdopen(handle, "rb")


def sweep(folder: Path) -> int:
    """Remove the temporary files of killed writers below a folder; the number of files.

    A temporary file's name holds the process that writes it, so files of a running one stay.
    """
    swept = 0
    for path in folder.rglob(".*.tmp"):
        writer = path.name.split(".")[-3]
        if writer.isdecimal() and not _is_running(int(writer)):
            with store_errors(path):
                path.unlink(missing_ok=True)
            swept += 1
    return swept


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def make_folder(folder: Path) -> None:
    """Make a folder and its parents where missing, and sync the names of new ones to disk. Raises `OSError`."""
    if folder.is_dir():
        return
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn disk errors inside the block into `NoSpace`, `NotWritable` or `StoreError`, which name the path."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            message = f"no space left to write {path}"
            raise NoSpace(message) from error
        if isinstance(error, (PermissionError, FileExistsError, NotADirectoryError)) or error.errno == errno.EROFS:
            message = f"{path.parent} cannot be written ({error.strerror})"
            raise NotWritable(message) from error
        message = f"{path} could not be written ({error.strerror})"
        raise StoreError(message) from error
