"""What each refusal of YouTube is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import (
    AccessDenied,
    NotYetAvailable,
    RegionBlocked,
    SourceBlocked,
    SourceChanged,
    SourceError,
    SourceUnreachable,
    VideoUnavailable,
)
from pipeline.sources.youtube_errors import (
    ERRORS_BY_MESSAGE,
    ERRORS_BY_STATUS,
    error_from_message,
    error_from_playability,
    error_from_status,
    printable,
)

PERMANENT = (VideoUnavailable, AccessDenied, RegionBlocked)

PLAYABILITY = (
    ("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot", SourceBlocked),
    ("LOGIN_REQUIRED", "Sign in to confirm you're not a bot. This helps protect our community.", SourceBlocked),
    ("UNPLAYABLE", "This content isn't available, try again later.", SourceBlocked),
    ("UNPLAYABLE", "This content isn’t available, try again later.", SourceBlocked),
    ("CUSTOM", "Custom Reason Sign in to confirm you’re not a bot", SourceBlocked),
    ("LOGIN_REQUIRED", "This video may be inappropriate for some users.", AccessDenied),
    ("LOGIN_REQUIRED", "Sign in to confirm your age", AccessDenied),
    ("LOGIN_REQUIRED", "This video is private", AccessDenied),
    ("LOGIN_REQUIRED", "Private video Sign in if you've been granted access to this video", AccessDenied),
    ("UNPLAYABLE", "This video is age-restricted and only available on YouTube", AccessDenied),
    ("UNPLAYABLE", "Join this channel to get access to members-only content like this video.", AccessDenied),
    ("UNPLAYABLE", "This video is available to this channel's members on level: Members", AccessDenied),
    ("UNPLAYABLE", "This video is only available to Music Premium members", AccessDenied),
    ("UNPLAYABLE", "This video requires payment to watch.", AccessDenied),
    ("ERROR", "This video is unavailable", VideoUnavailable),
    ("ERROR", "Video unavailable", VideoUnavailable),
    ("ERROR", "This video has been removed by the uploader", VideoUnavailable),
    ("ERROR", "This video is no longer available because the account has been terminated.", VideoUnavailable),
    ("ERROR", "This video isn't available: a copyright claim by Somebody", VideoUnavailable),
    ("UNPLAYABLE", "This video is not available", VideoUnavailable),
    ("UNPLAYABLE", "The uploader has not made this video available in your country", RegionBlocked),
    ("UNPLAYABLE", "Video unavailable. The uploader has not made this video available in your country", RegionBlocked),
    ("UNPLAYABLE", "It contains content from Somebody, who has blocked it in your country", RegionBlocked),
    ("LIVE_STREAM_OFFLINE", "Premieres in 3 hours", NotYetAvailable),
    ("LIVE_STREAM_OFFLINE", "This live event will begin in 18 hours.", NotYetAvailable),
    ("LIVE_STREAM_OFFLINE", "", NotYetAvailable),
    ("UNPLAYABLE", "We're processing this video. Check back later.", NotYetAvailable),
    ("AGE_CHECK_REQUIRED", "", AccessDenied),
    ("CONTENT_CHECK_REQUIRED", "Viewer discretion is advised", AccessDenied),
    ("", "", SourceChanged),
    ("UNPLAYABLE", "A sentence nobody has seen before", SourceChanged),
    ("LOGIN_REQUIRED", "Please sign in", SourceChanged),
    ("UNPLAYABLE", "Please sign in", AccessDenied),
    ("ERROR", "An error occurred. Please try again later.", SourceChanged),
    ("ERROR", "", SourceChanged),
    ("A_NEW_STATE", "", SourceChanged),
)

MESSAGES = (
    ("Private video. Sign in if you've been granted access to this video", AccessDenied),
    ("Video unavailable. This video is private", AccessDenied),
    ("Video unavailable. This video has been removed by the uploader", VideoUnavailable),
    ("Video unavailable. The YouTube account associated with this video has been terminated.", VideoUnavailable),
    ("Join this channel to get access to members-only content like this video", AccessDenied),
    (
        "Video unavailable. This video contains content from X, who has blocked it on copyright grounds",
        VideoUnavailable,
    ),
    ("Sign in to confirm your age. This video may be inappropriate for some users.", AccessDenied),
    ("Premieres in 26 hours", NotYetAvailable),
    ("This live event will begin in a few moments.", NotYetAvailable),
    ("Sign in to confirm you’re not a bot. Use --cookies-from-browser", SourceBlocked),
    ("The uploader has not made this video available in your country", RegionBlocked),
    ("The current session has been rate-limited by YouTube for up to an hour.", SourceBlocked),
    ("YouTube is requiring a captcha challenge before playback", SourceBlocked),
    ("All player responses are invalid. Your IP is likely being blocked by Youtube", SourceBlocked),
    ("YouTube said: The playlist does not exist.", VideoUnavailable),
    ("This playlist type is unviewable.", VideoUnavailable),
    ("This account has been terminated for a violation of YouTube's Terms of Service.", VideoUnavailable),
    ("This channel was removed because it violated our Community Guidelines.", VideoUnavailable),
)


@pytest.mark.parametrize(("status", "message", "error"), PLAYABILITY)
def test_a_player_answer_lands_in_its_class(status: str, message: str, error: type[SourceError]) -> None:
    """Each status and message that YouTube is known to send has one class and names the video."""
    refusal = error_from_playability("abcdefghijk", status, message)
    assert type(refusal) is error
    assert refusal.subject == "abcdefghijk"
    assert refusal.hint


def test_a_playable_video_is_no_refusal() -> None:
    """OK is the only status that lets a video through, whatever is written beside it."""
    assert error_from_playability("abcdefghijk", "OK", "Private video") is None


@pytest.mark.parametrize(("message", "error"), MESSAGES)
def test_a_message_lands_in_its_class(message: str, error: type[SourceError]) -> None:
    """Messages of yt-dlp and alerts of pages mean the same as the answers they are about."""
    assert type(error_from_message("abcdefghijk", message)) is error


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (200, None),
        (304, None),
        (403, SourceBlocked),
        (429, SourceBlocked),
        (404, SourceUnreachable),
        (400, SourceUnreachable),
        (500, SourceUnreachable),
        (503, SourceUnreachable),
    ],
)
def test_a_status_lands_in_its_class(status: int, error: type[SourceError] | None) -> None:
    """403 and 429 are about our address; the rest says try again."""
    found = error_from_status("abcdefghijk", status)
    assert found is None if error is None else type(found) is error


@pytest.mark.parametrize(("part", "error", "meaning"), ERRORS_BY_MESSAGE)
def test_every_line_of_the_table_can_be_reached(part: str, error: type[SourceError], meaning: str) -> None:
    """No line of the table is hidden by an earlier one of another class."""
    assert type(error_from_message("abcdefghijk", part.upper())) is error
    assert meaning


@pytest.mark.parametrize(("status", "meaning"), ERRORS_BY_STATUS.items())
def test_a_known_status_needs_no_message(status: str, meaning: tuple[type[SourceError], str]) -> None:
    """Statuses that say enough do so in any language."""
    assert type(error_from_playability("abcdefghijk", status, "جملة غير معروفة")) is meaning[0]


@given(
    st.text(alphabet="أبتثجحخدذرز ", max_size=60), st.sampled_from(["UNPLAYABLE", "ERROR", "LOGIN_REQUIRED", "NEW", ""])
)
def test_unknown_messages_are_never_final(message: str, status: str) -> None:
    """What we do not understand is tried again; it never condemns a video."""
    refusal = error_from_playability("abcdefghijk", status, message)
    assert refusal is not None
    assert not isinstance(refusal, PERMANENT)


def test_foreign_text_in_a_message_is_one_short_line() -> None:
    """An answer cannot write control characters or pages of text into our messages."""
    refusal = error_from_playability("abcdefghijk", "NEW", "line\nfeed \x1b[31m\u202e" + "x" * 5000)
    assert refusal is not None
    assert "\n" not in str(refusal)
    assert str(refusal).isprintable()
    assert len(str(refusal)) < 300
    assert printable("a\tb", "c\u2066d") == "a b cd"
