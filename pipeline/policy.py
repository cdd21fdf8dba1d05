"""When to look again, and when never: how errors become standings, and when YouTube is left alone."""

from __future__ import annotations

from dataclasses import dataclass
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
from pipeline.series import Standing, Verdict

if TYPE_CHECKING:
    from pipeline.errors import PipelineError
    from pipeline.series import Work

HOUR = 3600.0
SIGNALS = 3
"""Refusals in a row after which YouTube is left alone; one demand for a captcha is as many."""
BLOCK = HOUR
"""How long it is left alone: YouTube itself says `for up to an hour`."""
LOOKS, DAYS = 3, 2
"""Looks, and days among them, after which what was found counts as final."""
SOON, LATEST = 30.0, HOUR
"""Longest first pause before a retry, doubled with each attempt up to the latest."""
_LATER = 6 * HOUR

STANDINGS: tuple[tuple[type[PipelineError], Standing, Standing | None], ...] = (
    (SourceBlocked, Standing.BLOCKED, None),
    (NotYetAvailable, Standing.LATER, None),
    (NoArabicCaptions, Standing.LATER, Standing.PERMANENT),
    (NoCaptions, Standing.LATER, Standing.PERMANENT),
    (SourceUnreachable, Standing.RETRY, None),
    (SourceChanged, Standing.RETRY, Standing.PERSON),
    (TokenRequired, Standing.RETRY, Standing.PERSON),
    (ModelError, Standing.RETRY, Standing.PERSON),
    (VideoUnavailable, Standing.PERMANENT, None),
    (TooShort, Standing.PERMANENT, None),
)
"""What an error means on one look, and what it means after three looks on two days; all others need a person."""


def final(error: PipelineError) -> bool:
    """Whether the error is about the library, the settings or the model, so that no video can be made."""
    return isinstance(error, (ConfigError, StoreError, ModelUnusable)) and not isinstance(
        error, (ArtifactCorrupt, ArtifactOutdated)
    )


def verdict(error: PipelineError, work: Work, now: float, chance: float) -> Verdict:
    """What a failed look means for a video; `work` already counts this look. `chance` is from 0 to 1."""
    standing, in_the_end = _meaning(error)
    if in_the_end is not None and work.attempts >= LOOKS and work.days >= DAYS:
        standing = in_the_end
    return Verdict(
        standing, type(error).__name__, str(error), error.hint, now + _pause(standing, error, work.attempts, chance)
    )


def looked(work: Work, now: float) -> tuple[int, int]:
    """Looks and days with one more look at this time."""
    new_day = not work.looked or day(work.looked) != day(now)
    return work.attempts + 1, work.days + new_day


def day(time: float) -> str:
    """The day of a time in UTC, so that a change of zone makes no new day."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def _meaning(error: PipelineError) -> tuple[Standing, Standing | None]:
    for kind, standing, in_the_end in STANDINGS:
        if isinstance(error, kind):
            return standing, in_the_end
    return Standing.PERSON, None


def _pause(standing: Standing, error: PipelineError, attempts: int, chance: float) -> float:
    """Exponential back-off with full jitter, never shorter than what was demanded."""
    demanded = error.wait if isinstance(error, SourceError) else 0.0
    if standing is Standing.RETRY:
        return max(demanded, backoff(attempts, chance))
    return max(demanded, _LATER) if standing is Standing.LATER else demanded


def backoff(attempts: int, chance: float) -> float:
    """Seconds until the next attempt: any part of a span that doubles (AWS: Exponential Backoff And Jitter, 2015)."""
    return chance * min(LATEST, SOON * 2.0 ** min(attempts - 1, 20))


@dataclass(frozen=True, slots=True)
class Breaker:
    """Whether YouTube may be asked. Times are seconds since 1970."""

    signals: int = 0
    """Refusals in a row."""
    until: float = 0.0
    """Not before this time; then one probe, whose refusal opens the breaker again at once."""

    def refused(self, error: SourceError, now: float) -> Breaker:
        """After a refusal."""
        signals = SIGNALS if error.challenged else self.signals + 1
        if signals < SIGNALS:
            return Breaker(signals, now + error.wait)
        return Breaker(SIGNALS - 1, now + max(BLOCK, error.wait))

    def open(self, now: float) -> bool:
        """Whether nothing may be asked now."""
        return now < self.until
