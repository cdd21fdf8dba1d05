"""Our errors for YouTube's refusals: its messages, playability statuses and HTTP statuses.

The messages are those of YouTube's English answers and of yt-dlp's errors about them. An unknown message is never
final: it ends as `SourceChanged`, and the other library is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import (
    AccessDenied,
    NotYetAvailable,
    RegionBlocked,
    SourceBlocked,
    SourceChanged,
    SourceUnreachable,
    VideoUnavailable,
)

if TYPE_CHECKING:
    from pipeline.errors import SourceError

ERRORS_BY_MESSAGE: tuple[tuple[str, type[SourceError], str], ...] = (
    ("not a bot", SourceBlocked, "YouTube asks for proof of not being a robot"),
    ("unusual traffic", SourceBlocked, "YouTube reports unusual traffic from this address"),
    ("captcha", SourceBlocked, "YouTube asks for a captcha"),
    ("rate-limited", SourceBlocked, "YouTube has limited this session"),
    (", try again later", SourceBlocked, "YouTube has limited this session"),
    ("too many requests", SourceBlocked, "YouTube answered that there were too many requests"),
    ("ip is likely being blocked", SourceBlocked, "YouTube answered about another video, as it does when it blocks"),
    ("confirm your age", AccessDenied, "the video is for adults and needs an account"),
    ("inappropriate", AccessDenied, "the video is for adults and needs an account"),
    ("age-restricted", AccessDenied, "the video is for adults and needs an account"),
    ("private video", AccessDenied, "the video is private"),
    ("is private", AccessDenied, "the video is private"),
    ("members", AccessDenied, "the video is for members of its channel"),
    ("requires payment", AccessDenied, "the video must be paid for"),
    ("available in your country", RegionBlocked, "the uploader does not show the video in this country"),
    ("blocked it in your country", RegionBlocked, "the video is blocked in this country"),
    ("blocked it on copyright grounds", VideoUnavailable, "the video was taken down for copyright"),
    ("copyright", VideoUnavailable, "the video was taken down for copyright"),
    ("unplayable: please sign in", AccessDenied, "the video needs an account"),  # as LOGIN_REQUIRED it may be a block
    ("premieres in", NotYetAvailable, "the video has not had its premiere yet"),
    ("premiere will begin", NotYetAvailable, "the video has not had its premiere yet"),
    ("live event will begin", NotYetAvailable, "the live stream has not begun yet"),
    ("live stream recording is not available", VideoUnavailable, "the recording of the live stream is not available"),
    ("still processing", NotYetAvailable, "YouTube is still processing the video"),
    ("processing this video", NotYetAvailable, "YouTube is still processing the video"),
    ("removed by the uploader", VideoUnavailable, "the video was removed by its uploader"),
    ("has been removed", VideoUnavailable, "the video was removed"),
    ("was removed", VideoUnavailable, "it was removed"),
    ("terminated", VideoUnavailable, "its account was closed"),
    ("account has been closed", VideoUnavailable, "its account was closed"),
    ("does not exist", VideoUnavailable, "it does not exist"),
    ("is unviewable", VideoUnavailable, "it cannot be viewed"),
    ("no longer available", VideoUnavailable, "the video is no longer available"),
    ("video unavailable", VideoUnavailable, "the video is unavailable"),
    ("video is unavailable", VideoUnavailable, "the video is unavailable"),
    ("video is not available", VideoUnavailable, "the video is not available"),
)
"""Part of a message in lower case, our error, and what we say. The first match counts; blocks come before all else."""

ERRORS_BY_STATUS: dict[str, tuple[type[SourceError], str]] = {
    "LIVE_STREAM_OFFLINE": (NotYetAvailable, "the live stream or premiere has not begun or not ended yet"),
    "AGE_CHECK_REQUIRED": (AccessDenied, "the video is for adults and needs an account"),
    "AGE_VERIFICATION_REQUIRED": (AccessDenied, "the video is for adults and needs an account"),
    "CONTENT_CHECK_REQUIRED": (AccessDenied, "the video is shown only after a warning is accepted"),
}
"""Playability statuses that say enough when the message beside them is not known."""

_MAX_SHOWN = 160
_SERVER_HINT = "The fault is YouTube's; run the same command again in some minutes."
_CLIENT_HINT = "The fault is not your connection; run the same command again later, and upgrade yt-dlp if it stays."
_UNITS = ((3600, "hours"), (60, "minutes"), (1, "seconds"))


def error_from_message(subject: str, message: str) -> SourceError | None:
    """The error for a message of YouTube or yt-dlp; None if the message is not known."""
    lowered = message.lower()
    for part, error, meaning in ERRORS_BY_MESSAGE:
        if part in lowered:
            return error(subject, meaning)
    return None


def error_from_playability(subject: str, status: str, message: str) -> SourceError | None:
    """The error for the status and message of a player answer; None if the video can be played.

    A status that means nothing to us (missing, or new) is never final.
    """
    if status == "OK":
        return None
    known = error_from_message(subject, f"{status}: {message}")
    if known is not None:
        return known
    if status in ERRORS_BY_STATUS:
        error, meaning = ERRORS_BY_STATUS[status]
        return error(subject, meaning)
    if not status:
        return SourceChanged(subject, "YouTube did not say whether the video can be played")
    return SourceChanged(subject, f"YouTube refused it for an unknown reason ({printable(status, message)})")


def error_from_status(subject: str, status: int) -> SourceError | None:
    """The error for an HTTP status; None for an answer that can be read."""
    if status in {403, 429}:
        return SourceBlocked(subject, f"YouTube refuses requests from this address (HTTP {status})")
    if status >= 400:  # noqa: PLR2004 - RFC 9110: client and server errors
        hint = _SERVER_HINT if status >= 500 else _CLIENT_HINT  # noqa: PLR2004 - as above
        return SourceUnreachable(subject, f"YouTube answered with HTTP {status}", hint)
    return None


def readable_wait(seconds: float) -> str:
    """A wait that YouTube demands, in words: `75 seconds`, `30 minutes`, `2 hours`."""
    size, unit = next((size, unit) for size, unit in _UNITS if seconds >= 2 * size or size == 1)
    return f"{seconds / size:.0f} {unit}"


def printable(*texts: str) -> str:
    """Untrusted texts as one short printable line for a message."""
    line = " ".join(" ".join(texts).split())
    return "".join(character for character in line if character.isprintable())[:_MAX_SHOWN]
