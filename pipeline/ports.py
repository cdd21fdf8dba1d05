"""What we need from the world, as small protocols; `app` chooses who answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from pipeline.types import Draft, Recording, Reference, Script

T = TypeVar("T")


class Source(Protocol):
    """Gives the recording of a video."""

    def fetch(self, reference: Reference) -> Recording:
        """Metadata and captions of one video.

        Raises a `SourceError`: never an empty transcript, never an exception of a library.
        """


class Writer(Protocol):
    """Writes the draft of an article."""

    @property
    def identity(self) -> str:
        """All that changes the text and is not in the script: kind, version, model, revision, prompts."""

    def write(self, script: Script) -> Draft:
        """A complete draft in which every statement about the speech cites sentences; raises `ModelError` otherwise."""


class Store(Protocol):
    """Keeps values under a step and a key, whole or not at all."""

    def get(self, step: str, key: str, kind: type[T]) -> T | None:
        """The value put there, or None; raises `ArtifactCorrupt` or `ArtifactOutdated`."""

    def put(self, step: str, key: str, value: T) -> T:
        """Keep the value and return it as it will be read back; raises `NotWritable` or `NoSpace`."""
