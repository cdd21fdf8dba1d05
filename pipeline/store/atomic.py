"""Files that are whole or absent: temporary file beside, flush, sync, rename, sync of the folder."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import NoSpace, NotWritable, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write(path: Path, data: bytes) -> None:
    """Put the data at the path, replacing what was there only when all of it is safe on disk.

    Raises `NoSpace`, `NotWritable` or `StoreError`; then nothing is left behind.
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
    """What the path holds, or None when there is nothing; raises `StoreError` when it cannot be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{path} could not be read ({error.strerror})"
        raise StoreError(message) from error


def sweep(folder: Path) -> int:
    """Remove what writers that were killed left below the folder; how many files that were.

    The name of a temporary file holds the process that writes it, so those of a living one stay.
    """
    swept = 0
    for path in folder.rglob(".*.tmp"):
        writer = path.name.split(".")[-3]
        if writer.isdecimal() and not _lives(int(writer)):
            with store_errors(path):
                path.unlink(missing_ok=True)
            swept += 1
    return swept


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, if it is not there; the names of new ones are on disk. Raises `OSError`."""
    if folder.is_dir():
        return
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in new:
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """A block in which errors of the disk become `NoSpace`, `NotWritable` or `StoreError`, naming the path."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            message = f"no space left to write {path}"
            raise NoSpace(message) from error
        if isinstance(error, (PermissionError, FileExistsError, NotADirectoryError)) or error.errno == errno.EROFS:
            message = f"{path.parent} cannot be written ({error.strerror})"
            raise NotWritable(message) from error
        message = f"{path} could not be written ({error.strerror})"
        raise StoreError(message) from error
