"""The circuit breaker of a library around single videos; a batch has it in its plan."""

from __future__ import annotations

import contextlib
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from pipeline.batch.breaker import LocalRequestGate
from pipeline.errors import SourceBlocked, SourceError, StateDamaged, StoreError
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import BreakerState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.ports import LocatingSource
    from pipeline.types.article import Recording, VideoReference


def still_open(subject: str, wait: float) -> SourceBlocked:
    """The error for a video or list that is not asked for because the breaker is open for so many seconds."""
    message = f"YouTube refused this address and is not asked for another {ceil(wait / 60)} min"
    return SourceBlocked(subject, message, "Run the same command again then. [source] proxy sets another address.")


class BreakerSource:
    """A source that does not ask YouTube while the breaker of the library is open, and tells it of every refusal."""

    def __init__(self, source: LocatingSource, folder: Path, now: Callable[[], float]) -> None:
        """The library need not exist; `now` is in seconds since 1970."""
        self._source, self._folder, self._now = source, folder, now

    def locate(self, text: str) -> VideoReference:
        """As the source does."""
        return self._source.locate(text)

    def fetch(self, reference: VideoReference) -> Recording:
        """As the source does; raises `SourceBlocked` without a request while the breaker is open."""
        if not reference.kind.is_online:
            return self._source.fetch(reference)
        if (wait := self._gate.wait_time()) > 0:
            raise still_open(reference.id, wait)
        try:
            recording = self._source.fetch(reference)
        except SourceError as error:
            if error.refusals:
                self._gate.record_refusal(error)
                self._save()
            raise
        if self._gate.breaker != BreakerState():
            self._gate.record_answer()
            self._save()
        return recording

    @cached_property
    def _gate(self) -> LocalRequestGate:
        breaker = BreakerState()
        try:
            with LibraryDatabase(self._folder, read_only=True) as database:
                breaker = database.breaker()
        except StateDamaged:
            raise
        except StoreError:  # there may be no library yet
            pass
        return LocalRequestGate(breaker, self._now)

    def _save(self) -> None:
        """Keep the breaker for the next run; an article needs no record, so trouble with that is told elsewhere."""
        with contextlib.suppress(StoreError), LibraryDatabase(self._folder) as database:
            database.save_breaker(self._gate.breaker, self._now())
