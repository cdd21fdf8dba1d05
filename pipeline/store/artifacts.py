"""Results of steps as files, `artifacts/<step>/<key>.json`, each with the digest of its content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from pipeline import codec
from pipeline.errors import ArtifactCorrupt, ArtifactOutdated
from pipeline.store import atomic

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


class Artifacts:
    """An `ArtifactStore` of files below a folder: one header line with the payload's digest, then the payload."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, step: str, key: str, kind: type[T]) -> T | None:
        """The value that was put there, or None.

        Raises `ArtifactCorrupt` if the payload does not match its digest, and `ArtifactOutdated` if it does but is no
        longer what this version would write.
        """
        path = self._path(step, key)
        data = atomic.read(path)
        if data is None:
            return None
        header, _, payload = data.partition(b"\n")
        if header != _header(step, key, payload):
            message = f"{path} is damaged"
            raise ArtifactCorrupt(message)
        try:
            value = codec.decode(payload, kind)
        except ValueError as error:
            raise self._outdated(path) from error
        if codec.encode(value) != payload:
            raise self._outdated(path)
        return value

    def has(self, step: str, key: str) -> bool:
        return self._path(step, key).is_file()

    def put(self, step: str, key: str, value: T) -> T:
        """Write the value and give it as read back, so that a resumed run sees what a first one sees."""
        payload = codec.encode(value)
        atomic.write(self._path(step, key), _header(step, key, payload) + b"\n" + payload)
        return codec.decode(payload, type(value))

    def _path(self, step: str, key: str) -> Path:
        return self._folder / step / f"{key}.json"

    @staticmethod
    def _outdated(path: Path) -> ArtifactOutdated:
        return ArtifactOutdated(f"{path} was written by another version of Tadwin")


def _header(step: str, key: str, payload: bytes) -> bytes:
    return json.dumps({"step": step, "key": key, "sha256": codec.digest(payload)}).encode()
