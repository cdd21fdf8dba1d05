"""Results of steps as files, `artifacts/<step>/<key>.json`, each with the digest of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline import codec
from pipeline.errors import StoreError
from pipeline.events import FileDamaged, Reporter, silent
from pipeline.store import atomic, sealed

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


class Artifacts:
    """An `ArtifactStore` of sealed files below a folder.

    A file that is damaged, or that another version wrote, counts as missing, and `report` is told: its inputs are
    there, so it is made again.
    """

    def __init__(self, folder: Path, report: Reporter = silent) -> None:
        self._folder, self._report = folder, report

    def get(self, step: str, key: str, kind: type[T]) -> T | None:
        """The value that was put there, or None."""
        path = self._path(step, key)
        try:
            data = atomic.read(path)
        except StoreError:
            self._report(FileDamaged(str(path), "cannot be read"))
            return None
        if data is None:
            return None
        payload = sealed.unseal(data, step=step, key=key)
        if payload is None:
            self._report(FileDamaged(str(path), "is damaged"))
            return None
        value = _decoded(payload, kind)
        if value is None:
            self._report(FileDamaged(str(path), "was written by another version of Tadwin"))
        return value

    def has(self, step: str, key: str) -> bool:
        """True if there is a value and its file is whole."""
        try:
            data = atomic.read(self._path(step, key))
        except StoreError:
            return False
        return sealed.unseal(data, step=step, key=key) is not None

    def put(self, step: str, key: str, value: T) -> T:
        """Write the value and give it as read back, so that a resumed run sees what a first one sees."""
        payload = codec.encode(value)
        atomic.write(self._path(step, key), sealed.seal(payload, step=step, key=key))
        return codec.decode(payload, type(value))

    def _path(self, step: str, key: str) -> Path:
        return self._folder / step / f"{key}.json"


def _decoded(payload: bytes, kind: type[T]) -> T | None:
    """The value; None if it is not what this version would write."""
    try:
        value = codec.decode(payload, kind)
    except ValueError:
        return None
    return value if codec.encode(value) == payload else None
