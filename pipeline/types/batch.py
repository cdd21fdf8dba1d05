"""The nouns of many videos: what a list is, what stands in it, and how each of its videos stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the codec reads the annotations while the program runs
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.types.article import Video, VideoReference  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.errors import SourceError


class SourceType(StrEnum):
    """What kind of list was named."""

    PLAYLIST = "playlist"
    CHANNEL = "channel"
    FOLDER = "folder"
    LINKS = "links"
    """A text file with a link a line; `-` is standard input."""
    VIDEO = "video"
    """One video or caption file, as a list of one."""


ONLINE = frozenset({SourceType.PLAYLIST, SourceType.CHANNEL})
"""The shelves that YouTube has to be asked about."""


@dataclass(frozen=True, slots=True)
class ListReference:
    """One list, as understood from what the user typed."""

    kind: SourceType
    id: str
    """A playlist's id, a channel's `@handle` or `UC...` id, or a path."""
    tab: str = ""
    """`videos`, `streams` or `shorts` of a channel; empty for all of them."""

    @property
    def key(self) -> str:
        """The list's name in the state: the same list has the same key, however it was typed."""
        return f"{self.kind}:{self.id}" + (f"/{self.tab}" if self.tab else "")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One video as a list shows it; the list knows little."""

    reference: VideoReference
    title: str = ""
    published: date | None = None
    """Latest day on which it can have been published: lists round `2 years ago` up, never down. None if unknown."""


@dataclass(frozen=True, slots=True)
class BatchFilter:
    """Which videos of the lists are wanted; all of them as it comes."""

    since: date | None = None
    until: date | None = None
    match: str = ""
    """Words that the title has to contain, in any spelling that reads the same."""
    limit: int | None = None
    newest_first: bool = False


class ProcessingStage(StrEnum):
    """How far a video has come."""

    LISTED = "listed"
    FETCHED = "fetched"
    WRITTEN = "written"


class VideoStatus(StrEnum):
    """What became of a video so far."""

    WAITING = "waiting"
    """Not looked at yet."""
    DONE = "done"
    FLAWED = "flawed"
    """An article was made, and its report has findings."""
    LATER = "later"
    """It cannot be made before a date: a premiere, or captions that may still come."""
    RETRY = "retry"
    """Network or server trouble: tried again after a pause that grows."""
    BLOCKED = "blocked"
    """YouTube refused our address, which says nothing about the video."""
    PERMANENT = "permanent"
    """There will be no article: removed, or without captions on three looks on two days."""
    PERSON = "person"
    """Somebody has to do something first: an account, another file, a newer yt-dlp."""
    SKIPPED = "skipped"
    """Outside of the dates or titles that were asked for."""


FINISHED = frozenset({VideoStatus.DONE, VideoStatus.FLAWED})
OPEN = frozenset({VideoStatus.WAITING, VideoStatus.LATER, VideoStatus.RETRY, VideoStatus.BLOCKED, VideoStatus.SKIPPED})
"""Statuses that the next run looks at again, once their time has come."""


@dataclass(frozen=True, slots=True)
class VideoRecord:
    """One video of the library, as the state knows it. Times are seconds since 1970."""

    id: str
    """YouTube's id, or the path of a caption file."""
    reference: VideoReference
    title: str = ""
    published: date | None = None
    stage: ProcessingStage = ProcessingStage.LISTED
    status: VideoStatus = VideoStatus.WAITING
    cause: str = ""
    """Name of the error that it came to, as in `pipeline.errors`; empty if none."""
    reason: str = ""
    hint: str = ""
    attempts: int = 0
    """Looks since it was last made, all of them failed."""
    attempt_days: int = 0
    """Different days (UTC) on which there was such a look."""
    attempted_at: float = 0.0
    """When it was last looked at; 0 for never."""
    retry_at: float = 0.0
    """Not before this time."""
    folder: str = ""
    """Name of the article's folder inside articles/; empty without one."""
    findings: int = 0
    recipe: str = ""
    """Digest of all that would make another article of the same captions: settings, writer, steps."""
    links_digest: str = ""
    """Digest of the links that its files show; empty for none."""


@dataclass(frozen=True, slots=True)
class ListRecord:
    """One list of the library, as the state knows it."""

    key: str
    title: str = ""
    announced: int | None = None
    """How many videos it claims to have; None when it does not say."""
    listed: int = 0
    complete: bool = False
    """Whether it was read to its end, and all that it announced came."""
    reason: str = ""
    """Why it is not complete, in an English sentence."""


@dataclass(frozen=True, slots=True)
class Series:
    """A list with its videos, as its page shows them."""

    list_record: ListRecord
    videos: tuple[VideoRecord, ...]
    """In the list's order."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """What one look at a video means for it."""

    status: VideoStatus
    cause: str = ""
    reason: str = ""
    hint: str = ""
    retry_at: float = 0.0
    folder: str = ""
    findings: int = 0
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look at a video, for its history."""

    time: float
    status: VideoStatus
    reason: str


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The captions of a video are here."""

    video: Video
    commit: Callable[[], object] | None = None
    """Puts them on disk; None when they were there before, so that no source was asked. Raises `StoreError`."""


# --- the circuit breaker in front of YouTube ---

REFUSAL_LIMIT = 3
"""Refusals in a row after which YouTube is left alone; one demand for a captcha is as many."""
BLOCK_SECONDS = 3600.0
"""How long it is left alone: YouTube itself says `for up to an hour`."""


@dataclass(frozen=True, slots=True)
class BreakerState:
    """Whether YouTube may be asked. Times are seconds since 1970."""

    refusals: int = 0
    """Refusals in a row."""
    open_until: float = 0.0
    """Not before this time; then one probe, whose refusal opens the breaker again at once."""

    def after_refusal(self, error: SourceError, now: float) -> BreakerState:
        """After a refusal."""
        refusals = REFUSAL_LIMIT if error.challenged else self.refusals + 1
        if refusals < REFUSAL_LIMIT:
            return BreakerState(refusals, now + error.wait)
        return BreakerState(REFUSAL_LIMIT - 1, now + max(BLOCK_SECONDS, error.wait))

    def is_open(self, now: float) -> bool:
        """Whether nothing may be asked now."""
        return now < self.open_until
