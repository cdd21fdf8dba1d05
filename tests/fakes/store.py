"""A store in memory."""

from __future__ import annotations

from typing import TypeVar

from pipeline import codec

T = TypeVar("T")


class MemoryStore:
    """A `Store` that keeps bytes in a dictionary and counts what was asked of it."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[tuple[str, str], bytes] = {}
        self.puts = 0

    def get(self, step: str, key: str, kind: type[T]) -> T | None:
        """The value put there, or None."""
        data = self.kept.get((step, key))
        return None if data is None else codec.decode(data, kind)

    def has(self, step: str, key: str) -> bool:
        """Whether something was put there."""
        return (step, key) in self.kept

    def put(self, step: str, key: str, value: T) -> T:
        """Keep the value and return it as read back."""
        self.puts += 1
        self.kept[step, key] = codec.encode(value)
        return codec.decode(self.kept[step, key], type(value))
