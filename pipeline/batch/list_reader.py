"""One list, read a page at a time while its videos are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words
from pipeline.batch.retry_policy import backoff, is_fatal
from pipeline.errors import PipelineError, SourceBlocked, SourceError, SourceUnreachable
from pipeline.types.batch import ONLINE, ListKind, ListRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from pipeline.ports import VideoListing
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.batch import BatchFilter, ListEntry, ListReference, VideoRecord

PAGE_SIZE = 30
"""Entries that are read at a time: a page of a channel."""
_MAX_ATTEMPTS = 3
_LIMITED = "only read as far as requested"
_UNREAD = ListRecord("")


@dataclass(slots=True)
class ListReader:
    """Reads one list of a run. Entries are stored as they come, so that a reading that breaks off loses nothing."""

    reference: ListReference
    filters: BatchFilter
    database: LibraryDatabase
    open_list: Callable[[ListReference], VideoListing]
    known_in_a_row: int
    """Known videos in a row after which a tab of a channel has nothing new further down."""
    record: ListRecord = _UNREAD
    not_before: float = 0.0
    ended: bool = False
    broken: bool = False
    """True if it ended early, and not because no more was asked for."""
    partial: bool = False
    """True if a part of the list was left out this time."""
    attempts: int = 0
    number: int = 0
    """Of this reading, as the database counts them; 0 before it begins."""
    read_count: int = 0
    _listing: VideoListing | None = None
    _entries: Iterator[ListEntry] | None = None
    _was_complete: bool = False
    _known: Sequence[str] = ()
    """Ids of the list before this reading, in order."""
    _read: list[str] = field(default_factory=list)
    _left_at: set[str] = field(default_factory=set)
    """Ids at which a tab was left."""

    @property
    def online(self) -> bool:
        """True if the list is on YouTube."""
        return self.reference.kind in ONLINE

    def read_page(self, now: float) -> tuple[tuple[VideoRecord, ...], SourceError | None]:
        """Read the next entries: the record of each, and the refusal if one broke the reading off.

        Raises the errors that end a run.
        """
        page: list[tuple[int, ListEntry]] = []
        whole, failure = False, None
        try:
            for entry in islice(self._entries or self._start(), PAGE_SIZE):
                page.append((self.read_count, entry))
                self.read_count += 1
            whole = len(page) < PAGE_SIZE
        except PipelineError as error:
            if is_fatal(error):
                raise
            failure = error
        records = self.database.add_entries(self.reference.key, self.number, page) if page else ()
        if failure is not None:
            self._break_off(failure, now)
        elif whole:
            self._finish("")
        return records, failure if isinstance(failure, SourceError) and failure.refusals else None

    def stop(self, reason: str) -> None:
        """End the reading early: broken off for this reason, or complete as far as requested if there is none."""
        self.partial = True
        self.broken = bool(reason)
        self._finish(reason or _LIMITED)

    def _start(self) -> Iterator[ListEntry]:
        before = self.database.list_record(self.reference.key)
        self._was_complete = before is not None and before.complete
        self.number = self.database.begin_reading(self.reference.key)
        self.read_count = 0
        self.partial = False
        self._known, self._read, self._left_at = self.database.member_ids(self.reference.key), [], set()
        self._listing = self.open_list(self.reference)
        self._entries = self._until_known(self._listing)
        return self._entries

    def _until_known(self, listing: VideoListing) -> Iterator[ListEntry]:
        """The entries; leaves a channel's tab after `known_in_a_row` videos in a row that are known, or too old."""
        known_in_a_row = old_in_a_row = 0
        for entry in listing:
            if self.reference.kind is ListKind.CHANNEL:
                known = self._was_complete and self.database.has_member(self.reference.key, entry.reference.id)
                known_in_a_row = known_in_a_row + 1 if known else 0
                old_in_a_row = old_in_a_row + 1 if is_too_old(self.filters, entry.published) else 0
                if max(known_in_a_row, old_in_a_row) >= self.known_in_a_row:
                    known_in_a_row = old_in_a_row = 0
                    self.partial = True
                    self._left_at.add(entry.reference.id)
                    listing.skip_rest()
            self._read.append(entry.reference.id)
            yield entry

    def _break_off(self, error: PipelineError, now: float) -> None:
        """Start over later if that may help, or end the reading; entries read so far stay."""
        self.partial = True
        self.attempts += isinstance(error, SourceUnreachable)
        if isinstance(error, SourceBlocked) or (isinstance(error, SourceUnreachable) and self.attempts < _MAX_ATTEMPTS):
            wait = error.wait if isinstance(error, SourceBlocked) else max(error.wait, backoff(self.attempts, 1.0))
            self.not_before = now + wait
            self._save(str(error))
            self._close()
            return
        self.broken = True
        self._finish(str(error))

    def _finish(self, reason: str) -> None:
        self._save(reason)
        self._close()
        self.ended = True

    def _save(self, reason: str) -> None:
        title, announced = (self._listing.title, self._listing.announced) if self._listing else ("", None)
        complete = not reason and (not self.partial or self._was_complete)
        key = self.reference.key
        self.record = ListRecord(key, title or self.record.title, announced, self.read_count, complete, reason)
        if self.number:
            order = merged_order(self._known, self._read, self._left_at) if self.partial else ()
            self.database.finish_reading(self.record, self.number, order)

    def _close(self) -> None:
        if self._listing is not None:
            self._listing.close()
        self._entries = None


def merged_order(known: Sequence[str], read: Sequence[str], left_at: AbstractSet[str]) -> list[str]:
    """The order of a list of which a part was read: what was read, and where a tab was left, the rest of the tab.

    That rest, in the order that was `known`, ends where the next tab begins. What else is known follows at the end.
    """
    places, seen = {video: place for place, video in enumerate(known)}, set(read)
    order: list[str] = []
    last = len(known)
    for video in dict.fromkeys(read):
        order.append(video)
        last = places.get(video, last)
        if video in left_at:
            order += takewhile(lambda each: each not in seen, islice(known, last + 1, None))
    return list(dict.fromkeys([*order, *known]))


def is_too_old(filters: BatchFilter, latest: date | None) -> bool:
    """Whether a video is certainly older than `since`, by the latest day on which it can have been published."""
    return filters.since is not None and latest is not None and latest < filters.since


def may_match(filters: BatchFilter, title: str, latest: date | None) -> bool:
    """Whether a listed video may pass the filters, as far as its list tells."""
    wanted, title_words = words(filters.match), words(title)
    matches = any(title_words[at : at + len(wanted)] == wanted for at in range(len(title_words) - len(wanted) + 1))
    return matches and not is_too_old(filters, latest)


def in_date_range(filters: BatchFilter, published: date | None) -> bool:
    """Whether a video of this exact day passes the filters; one without a known day does."""
    if published is None:
        return True
    return (filters.since is None or published >= filters.since) and (
        filters.until is None or published <= filters.until
    )
