"""The types of a batch: lists, the videos in them, the status of each, and the circuit breaker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the codec reads the annotations while the program runs
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.types.article import Video, VideoReference  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.errors import SourceError


class ListKind(StrEnum):
    """The kinds of list that a batch reads."""

    PLAYLIST = "playlist"
    CHANNEL = "channel"
    FOLDER = "folder"
    LINKS = "links"
    """A text file with one link per line; `-` is standard input."""
    VIDEO = "video"
    """A single video or caption file, as a list of one."""


ONLINE = frozenset({ListKind.PLAYLIST, ListKind.CHANNEL})
"""The lists that are read from YouTube."""


@dataclass(frozen=True, slots=True)
class ListReference:
    """A list that was asked for, as understood from what was typed."""

    kind: ListKind
    id: str
    """A playlist's id, a channel's `@handle` or `UC...` id, or a path."""
    tab: str = ""
    """`videos`, `streams` or `shorts` of a channel; empty for all three."""

    @property
    def key(self) -> str:
        """The list's name in the database: the same list has the same key, however it was typed."""
        return f"{self.kind}:{self.id}" + (f"/{self.tab}" if self.tab else "")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A video as its list shows it."""

    reference: VideoReference
    title: str = ""
    published: date | None = None
    """The latest day on which it can have been published: lists round `2 years ago` up, never down. None if unknown."""


@dataclass(frozen=True, slots=True)
class BatchFilter:
    """Which videos of the lists to make; by default all of them, in the order of the lists."""

    since: date | None = None
    until: date | None = None
    match: str = ""
    """Words that the title must contain in a row, in any spelling that reads the same."""
    limit: int | None = None
    newest_first: bool = False


class ProcessingStage(StrEnum):
    """The furthest stage that a video has reached."""

    LISTED = "listed"
    FETCHED = "fetched"
    WRITTEN = "written"


class VideoStatus(StrEnum):
    """The outcome of a video so far."""

    WAITING = "waiting"
    """Not tried yet."""
    DONE = "done"
    FLAWED = "flawed"
    """An article was made, and its report has findings."""
    LATER = "later"
    """It cannot be made yet: a premiere, or captions that may still come."""
    RETRY = "retry"
    """Network or server trouble; tried again after a growing pause."""
    BLOCKED = "blocked"
    """YouTube refused our address, which says nothing about the video."""
    PERMANENT = "permanent"
    """There will be no article: removed, or still without captions after three attempts on two days."""
    PERSON = "person"
    """Somebody must act first: get an account, another file, a newer yt-dlp."""
    SKIPPED = "skipped"
    """Outside of the date range that was asked for."""


FINISHED = frozenset({VideoStatus.DONE, VideoStatus.FLAWED})
OPEN = frozenset({VideoStatus.WAITING, VideoStatus.LATER, VideoStatus.RETRY, VideoStatus.BLOCKED, VideoStatus.SKIPPED})
"""Statuses that the next run tries again, once the video is due."""


@dataclass(frozen=True, slots=True)
class VideoRecord:
    """A video as the database knows it. Times are in seconds since 1970."""

    id: str
    """YouTube's id, or the path of a caption file."""
    reference: VideoReference
    title: str = ""
    published: date | None = None
    stage: ProcessingStage = ProcessingStage.LISTED
    status: VideoStatus = VideoStatus.WAITING
    cause: str = ""
    """Name of the last error in `pipeline.errors`; empty if there was none."""
    reason: str = ""
    hint: str = ""
    attempts: int = 0
    """Failed attempts since the last success."""
    attempt_days: int = 0
    """Different days (UTC) among those attempts."""
    attempted_at: float = 0.0
    """Time of the last attempt; 0 for none."""
    retry_at: float = 0.0
    """No earlier than this."""
    folder: str = ""
    """Name of the article's folder in `articles/`; empty if there is none."""
    findings: int = 0
    recipe: str = ""
    """Digest of all that would make another article of the same captions: settings, writer, steps."""
    links_digest: str = ""
    """Digest of the links to other articles that its files show; empty if there are none."""


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A list as the database knows it."""

    key: str
    title: str = ""
    announced: int | None = None
    """Videos that it claims to have; None if it does not say."""
    listed: int = 0
    complete: bool = False
    """True if it was read to its end, with all that it announced."""
    reason: str = ""
    """Why it is not complete, in English."""


@dataclass(frozen=True, slots=True)
class Series:
    """A list with its videos, as its page shows them."""

    list_record: ListRecord
    videos: tuple[VideoRecord, ...]
    """In the list's order."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The outcome of an attempt, as it changes a video's record."""

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
    """An attempt at a video, for its history."""

    time: float
    status: VideoStatus
    reason: str


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The captions of a video that were fetched now, or before."""

    video: Video
    commit: Callable[[], object] | None = None
    """Puts them on disk; None if they are there already, and no source was asked. Raises `StoreError`."""


REFUSAL_LIMIT = 3
"""Refusals in a row that open the breaker; a single demand for a captcha counts as many."""
BLOCK_SECONDS = 3600.0
"""How long it stays open: YouTube itself says `for up to an hour`."""


@dataclass(frozen=True, slots=True)
class BreakerState:
    """The circuit breaker in front of YouTube, which sends no request while it is open."""

    refusals: int = 0
    """Refusals in a row."""
    open_until: float = 0.0
    """In seconds since 1970. Afterwards comes one probe, whose refusal opens the breaker again at once."""

    def after_refusal(self, error: SourceError, now: float) -> BreakerState:
        """The state after one more refusal."""
        refusals = REFUSAL_LIMIT if error.challenged else self.refusals + error.refusals
        if refusals < REFUSAL_LIMIT:
            return BreakerState(refusals, now + error.wait)
        return BreakerState(REFUSAL_LIMIT - 1, now + max(BLOCK_SECONDS, error.wait))

    def is_open(self, now: float) -> bool:
        return now < self.open_until
