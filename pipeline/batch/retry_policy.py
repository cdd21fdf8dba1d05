"""When to try a video again, and when to give it up: the status that each error leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import (
    ArtifactCorrupt,
    ConfigError,
    ModelError,
    ModelUnusable,
    NoArabicCaptions,
    NoCaptions,
    NoSentence,
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
    from pipeline.errors import PipelineError, RepliesUseless
    from pipeline.types.batch import VideoRecord

HOUR = 3600.0
FINAL_ATTEMPTS, FINAL_DAYS = 3, 2
"""Failed attempts, and different days among them, after which an error counts as final."""
FIRST_PAUSE, LONGEST_PAUSE = 30.0, HOUR
"""Longest pause before the first retry, doubled with each attempt up to the latter."""
_LATER_PAUSE = 6 * HOUR

STATUSES: tuple[tuple[type[PipelineError], VideoStatus, VideoStatus | None], ...] = (
    (SourceBlocked, VideoStatus.BLOCKED, None),
    (NotYetAvailable, VideoStatus.LATER, None),
    (NoArabicCaptions, VideoStatus.LATER, VideoStatus.PERMANENT),
    (NoCaptions, VideoStatus.LATER, VideoStatus.PERMANENT),
    (SourceUnreachable, VideoStatus.RETRY, None),
    (SourceChanged, VideoStatus.RETRY, VideoStatus.PERSON),
    (TokenRequired, VideoStatus.RETRY, VideoStatus.PERSON),
    (NoSentence, VideoStatus.PERMANENT, None),
    (ModelError, VideoStatus.RETRY, VideoStatus.PERSON),
    (VideoUnavailable, VideoStatus.PERMANENT, None),
    (TooShort, VideoStatus.PERMANENT, None),
)
"""The status after one failed attempt, and the one after three on two days; any other error needs a person."""


def is_fatal(error: PipelineError) -> bool:
    """Whether the error is about the library, the settings or the model, so that no video can be made."""
    return isinstance(error, (ConfigError, StoreError, ModelUnusable)) and not isinstance(error, ArtifactCorrupt)


def status_after(error: PipelineError, record: VideoRecord, now: float, uniform: float) -> StatusChange:
    """What a failed attempt means for a video, in whose record it is counted. `uniform` is from 0 to 1."""
    meanings = ((status, final) for kind, status, final in STATUSES if isinstance(error, kind))
    status, final = next(meanings, (VideoStatus.PERSON, None))
    if status is VideoStatus.LATER and not record.reference.kind.is_online:
        status = VideoStatus.PERSON  # a file changes only if somebody changes it
    elif final is not None and is_settled(record):
        status = final
    pause = error.wait if isinstance(error, SourceError) else 0.0  # what a server demands is never cut short
    if status is VideoStatus.RETRY:
        pause = max(pause, backoff(record.attempts, uniform))
    elif status is VideoStatus.LATER:
        pause = max(pause, _LATER_PAUSE)
    return StatusChange(status, type(error).__name__, str(error), error.hint, now + pause)


def flawed_by_model(error: RepliesUseless) -> StatusChange:
    """What it means for a video that parts of its article were written without the model."""
    return StatusChange(VideoStatus.FLAWED, type(error).__name__, str(error), error.hint)


def is_settled(record: VideoRecord) -> bool:
    """Whether so many attempts failed, on different days, that another would end alike."""
    return record.attempts >= FINAL_ATTEMPTS and record.attempt_days >= FINAL_DAYS


def count_attempt(record: VideoRecord, now: float) -> VideoRecord:
    """The record with one more failed attempt. Days are those of UTC, so that a change of zone makes no new one."""
    last, today = (datetime.fromtimestamp(time, UTC).date() for time in (record.attempted_at, now))
    new_day = not record.attempted_at or last != today
    return replace(record, attempts=record.attempts + 1, attempt_days=record.attempt_days + new_day)


def backoff(attempts: int, uniform: float) -> float:
    """Seconds until the next attempt: any part of a span that doubles (AWS: Exponential Backoff And Jitter, 2015)."""
    return uniform * min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempts - 1, 20))
