"""One list, read some entries at a time while videos are worked on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words
from pipeline.batch.retry_policy import backoff, is_fatal
from pipeline.errors import PipelineError, SourceBlocked, SourceUnreachable
from pipeline.types.batch import ONLINE, ListRecord, SourceType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from pipeline.ports import VideoListing
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.batch import BatchFilter, ListEntry, ListReference, VideoRecord

CHUNK = 30
"""Entries that are read at a time: a page of a channel."""
_ATTEMPTS = 3
UNREAD = ListRecord("")
LIMITED = "it was read only as far as was asked for"


@dataclass(slots=True)
class ListReader:
    """One list of a run. Entries are kept in the state as they come, so a reading that breaks off loses nothing."""

    wanted: ListReference
    filters: BatchFilter
    state: LibraryDatabase
    open: Callable[[ListReference], VideoListing]
    known_in_a_row: int
    roll: ListRecord = UNREAD
    not_before: float = 0.0
    ended: bool = False
    broken: bool = False
    """Whether it ended early for another reason than that no more was asked for."""
    partial: bool = False
    attempts: int = 0
    number: int = 0
    read: int = 0
    new: int = 0
    _listing: VideoListing | None = None
    _entries: Iterator[ListEntry] | None = None
    _was_complete: bool = False
    _row: Counter[str] | None = None

    @property
    def online(self) -> bool:
        """Whether YouTube has to be asked."""
        return self.wanted.kind in ONLINE

    def some(self, now: float) -> tuple[tuple[VideoRecord, ...], SourceBlocked | None]:
        """The next entries as rows, and the refusal that broke the reading off, if one did.

        Raises the errors that end a run.
        """
        entries: list[tuple[int, ListEntry]] = []
        error: PipelineError | None = None
        try:
            for entry in self._next(CHUNK):
                entries.append((self.read, entry))
                self.read += 1
        except PipelineError as trouble:
            if is_fatal(trouble):
                raise
            error = trouble
        new, rows = self.state.add_entries(self.wanted.key, self.number, entries) if entries else (0, ())
        self.new += new
        if error is not None:
            self._break_off(error, now)
        return rows, error if isinstance(error, SourceBlocked) else None

    def leave(self, reason: str) -> None:
        """End the reading where it stands; broken for this reason, unless it is empty: no more was asked for."""
        self.partial = True
        self.broken = bool(reason)
        self._finish(reason or LIMITED)

    def _next(self, most: int) -> Iterator[ListEntry]:
        if self._entries is None:
            self._start()
        assert self._entries is not None  # noqa: S101 - for the type checker
        assert self._listing is not None  # noqa: S101 - as above
        for _ in range(most):
            entry = next(self._entries, None)
            if entry is None:
                self._finish("")
                return
            if self._enough(entry):
                self.partial = True
                self._listing.leave()
            yield entry

    def _start(self) -> None:
        before = self.state.list_record(self.wanted.key)
        self._was_complete = before is not None and before.complete
        self.number = self.state.begin_reading(self.wanted.key)
        self.read = self.new = 0
        self.partial = False
        self._row = Counter()
        self._listing = self.open(self.wanted)
        self._entries = iter(self._listing)

    def _enough(self, entry: ListEntry) -> bool:
        """Whether a channel's tab has nothing new further down: so many known, or too old, videos follow each other."""
        if self.wanted.kind is not SourceType.CHANNEL or self._row is None:
            return False
        known = self._was_complete and self.state.has_member(self.wanted.key, entry.reference.id)
        for name, holds in (("known", known), ("old", is_too_old(self.filters, entry.published))):
            self._row[name] = self._row[name] + 1 if holds else 0
        if max(self._row.values()) < self.known_in_a_row:
            return False
        self._row.clear()
        return True

    def _break_off(self, error: PipelineError, now: float) -> None:
        """Read again from the start later, if that may help; what came is kept."""
        self.partial = True
        self.attempts += isinstance(error, SourceUnreachable)
        if isinstance(error, SourceBlocked) or (isinstance(error, SourceUnreachable) and self.attempts < _ATTEMPTS):
            wait = error.wait if isinstance(error, SourceBlocked) else max(error.wait, backoff(self.attempts, 1.0))
            self.not_before = now + wait
            self._keep(str(error))
            self._close()
            return
        self.broken = True
        self._finish(str(error))

    def _finish(self, reason: str) -> None:
        self._keep(reason)
        self._close()
        self.ended = True

    def _keep(self, reason: str) -> None:
        title, announced = (self._listing.title, self._listing.announced) if self._listing else ("", None)
        complete = not reason and (not self.partial or self._was_complete)
        self.roll = ListRecord(self.wanted.key, title or self.roll.title, announced, self.read, complete, reason)
        if self.number:
            self.state.finish_reading(self.roll, self.number, whole=not self.partial, new=self.new)

    def _close(self) -> None:
        if self._listing is not None:
            self._listing.close()
        self._entries = None


def is_too_old(filters: BatchFilter, latest: date | None) -> bool:
    """Whether a video of this latest possible day is certainly older than asked for."""
    return filters.since is not None and latest is not None and latest < filters.since


def may_match(filters: BatchFilter, title: str, latest: date | None) -> bool:
    """Whether a listed video may be one that is asked for, as far as the list tells."""
    asked, has = words(filters.match), words(title)
    matches = any(has[at : at + len(asked)] == asked for at in range(len(has) - len(asked) + 1))
    return matches and not is_too_old(filters, latest)


def in_date_range(filters: BatchFilter, published: date | None) -> bool:
    """Whether a video of this exact day is asked for; one without a known day is."""
    if published is None:
        return True
    return (filters.since is None or published >= filters.since) and (
        filters.until is None or published <= filters.until
    )
