"""When to look again, and when never: how errors become statuses, and when YouTube is left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import (
    ArtifactCorrupt,
    ArtifactOutdated,
    ConfigError,
    ModelError,
    ModelUnusable,
    NoArabicCaptions,
    NoCaptions,
    NotYetAvailable,
    SourceBlocked,
    SourceChanged,
    SourceError,
    SourceUnreachable,
    StoreError,
    TokenRequired,
    TooShort,
    VideoUnavailable,
)
from pipeline.types.batch import StatusChange, VideoStatus

if TYPE_CHECKING:
    from pipeline.errors import PipelineError
    from pipeline.types.batch import VideoRecord

HOUR = 3600.0
LOOKS, DAYS = 3, 2
"""Looks, and days among them, after which what was found counts as final."""
SOON, LATEST = 30.0, HOUR
"""Longest first pause before a retry, doubled with each attempt up to the latest."""
_LATER = 6 * HOUR

STATUSES: tuple[tuple[type[PipelineError], VideoStatus, VideoStatus | None], ...] = (
    (SourceBlocked, VideoStatus.BLOCKED, None),
    (NotYetAvailable, VideoStatus.LATER, None),
    (NoArabicCaptions, VideoStatus.LATER, VideoStatus.PERMANENT),
    (NoCaptions, VideoStatus.LATER, VideoStatus.PERMANENT),
    (SourceUnreachable, VideoStatus.RETRY, None),
    (SourceChanged, VideoStatus.RETRY, VideoStatus.PERSON),
    (TokenRequired, VideoStatus.RETRY, VideoStatus.PERSON),
    (ModelError, VideoStatus.RETRY, VideoStatus.PERSON),
    (VideoUnavailable, VideoStatus.PERMANENT, None),
    (TooShort, VideoStatus.PERMANENT, None),
)
"""What an error means on one look, and what it means after three looks on two days; all others need a person."""


def is_fatal(error: PipelineError) -> bool:
    """Whether the error is about the library, the settings or the model, so that no video can be made."""
    return isinstance(error, (ConfigError, StoreError, ModelUnusable)) and not isinstance(
        error, (ArtifactCorrupt, ArtifactOutdated)
    )


def status_after(error: PipelineError, work: VideoRecord, now: float, chance: float) -> StatusChange:
    """What a failed look means for a video; `work` already counts this look. `chance` is from 0 to 1."""
    status, in_the_end = _meaning(error)
    if in_the_end is not None and work.attempts >= LOOKS and work.attempt_days >= DAYS:
        status = in_the_end
    return StatusChange(
        status, type(error).__name__, str(error), error.hint, now + _pause(status, error, work.attempts, chance)
    )


def count_attempt(work: VideoRecord, now: float) -> tuple[int, int]:
    """Looks and days with one more look at this time."""
    new_day = not work.attempted_at or utc_day(work.attempted_at) != utc_day(now)
    return work.attempts + 1, work.attempt_days + new_day


def utc_day(time: float) -> str:
    """The day of a time in UTC, so that a change of zone makes no new day."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def _meaning(error: PipelineError) -> tuple[VideoStatus, VideoStatus | None]:
    for kind, status, in_the_end in STATUSES:
        if isinstance(error, kind):
            return status, in_the_end
    return VideoStatus.PERSON, None


def _pause(status: VideoStatus, error: PipelineError, attempts: int, chance: float) -> float:
    """Exponential back-off with full jitter, never shorter than what was demanded."""
    demanded = error.wait if isinstance(error, SourceError) else 0.0
    if status is VideoStatus.RETRY:
        return max(demanded, backoff(attempts, chance))
    return max(demanded, _LATER) if status is VideoStatus.LATER else demanded


def backoff(attempts: int, chance: float) -> float:
    """Seconds until the next attempt: any part of a span that doubles (AWS: Exponential Backoff And Jitter, 2015)."""
    return chance * min(LATEST, SOON * 2.0 ** min(attempts - 1, 20))
