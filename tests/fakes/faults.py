"""What goes wrong, as data: which requests, which hits, and what happens instead of the true answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble for the requests whose `METHOD host/path?query` contains `match`.

    Without `status` and `body` the true answer is given, late (`delay`), cut or with other headers.
    """

    match: str
    first: int = 1
    """First hit that is struck, counted from 1."""
    last: int | None = None
    """Last hit that is struck; None for all that follow."""
    status: int | None = None
    body: bytes | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds before anything is sent; ends early when the fake is closed."""
    drop: bool = False
    """Whether the connection is closed without an answer."""
    cut: int | None = None
    """Bytes of the body that are sent before the connection is closed."""


class Troubles:
    """Counts the hits of each fault; the first fault in the list that strikes wins."""

    def __init__(self) -> None:
        """Begin with no faults."""
        self.faults: list[Fault] = []
        self._hits: Counter[int] = Counter()
        self._lock = Lock()

    def strike(self, line: str) -> Fault | None:
        """The fault for this request, or None; every fault that matches counts the hit."""
        with self._lock:
            struck = [fault for i, fault in enumerate(self.faults) if self._hit(i, fault, line)]
        return struck[0] if struck else None

    def _hit(self, index: int, fault: Fault, line: str) -> bool:
        if fault.match not in line:
            return False
        self._hits[index] += 1
        return fault.first <= self._hits[index] and (fault.last is None or self._hits[index] <= fault.last)
