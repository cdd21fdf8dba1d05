"""What the answers say, whatever a library made of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import (
    AccessDenied,
    RegionBlocked,
    SourceBlocked,
    SourceChanged,
    SourceError,
    SourceUnreachable,
    VideoUnavailable,
)
from pipeline.sources.request_log import (
    AnswerFault,
    HttpExchange,
    RequestLog,
    parse_player_answer,
    parse_retry_after,
    with_retries,
)

HOST, PAGE, PLAYER, CAPTIONS = "www.youtube.com", "/watch", "/youtubei/v1/player", "/api/timedtext"
VIDEO = "abcdefghijk"
NAMES = (
    *("playabilityStatus", "status", "reason", "errorScreen", "playerErrorMessageRenderer", "messages", "runs"),
    *("captions", "playerCaptionsTracklistRenderer", "captionTracks", "baseUrl", "videoDetails"),
    *("streamingData", "adaptiveFormats", "audioTrack", "audioTracks", "audioTrackId", "displayName", "id"),
)
OK = json.dumps({"playabilityStatus": {"status": "OK"}, "videoDetails": {"videoId": VIDEO}}).encode()


def seen(*answers: tuple[str, int, bytes] | tuple[str, AnswerFault]) -> RequestLog:
    """The log of these answers: path, status and body, or path and fault."""
    log = RequestLog(VIDEO)
    for path, result, *body in answers:
        fault = result if isinstance(result, AnswerFault) else None
        status = 0 if isinstance(result, AnswerFault) else result
        log.record(HttpExchange(HOST, path, status, fault), *body)
    return log


def refusing(state: str, reason: str, **more: object) -> bytes:
    """A player answer that refuses."""
    return json.dumps({"playabilityStatus": {"status": state, "reason": reason, **more}}).encode()


def test_a_good_video_has_no_verdict() -> None:
    """Page, player and captions with 200: nothing speaks against the video, and it is confirmed to play."""
    log = seen((PAGE, 200, b"page"), (PLAYER, 200, OK), (CAPTIONS, 200, b"{}"))

    assert log.verdict is None
    assert log.confirms_playable
    assert not log.halted
    assert not log.can_retry


@pytest.mark.parametrize("path", [PAGE, PLAYER, CAPTIONS])
@pytest.mark.parametrize("status", [403, 429])
def test_one_refusing_status_anywhere_is_a_block(path: str, status: int) -> None:
    """A 403 or 429 on any request outweighs everything else that came: no more is asked, and nothing is concluded."""
    log = seen((PAGE, 200, b"page"), (PLAYER, 200, OK), (path, status, b""))

    assert isinstance(log.verdict, SourceBlocked)
    assert log.halted
    assert not log.confirms_playable


def test_a_later_good_answer_does_not_undo_a_block() -> None:
    """A retry that succeeds does not make the refusal unseen."""
    assert isinstance(seen((PLAYER, 429, b""), (PLAYER, 200, OK)).verdict, SourceBlocked)


@pytest.mark.parametrize("path", [PAGE, CAPTIONS])
def test_a_captcha_page_is_a_block(path: str) -> None:
    """A page with a captcha instead of a player comes with status 200."""
    assert isinstance(seen((path, 200, b'<div class="g-recaptcha"></div>')).verdict, SourceBlocked)


def test_a_real_page_that_mentions_a_captcha_is_no_block() -> None:
    """A description about captchas does not condemn its video."""
    page = b'"INNERTUBE_API_KEY": "key", <p>class="g-recaptcha"</p>'

    assert seen((PAGE, 200, page), (PLAYER, 200, OK)).verdict is None


def test_the_bot_sentence_is_a_block_wherever_it_stands() -> None:
    """The telling sentence is found in the reason, in the error screen and in the messages."""
    bot = "Sign in to confirm you’re not a bot"
    screen = {
        "playerErrorMessageRenderer": {
            "subreason": {"runs": [{"text": "Sign in to confirm "}, {"text": "you’re not a bot"}]}
        }
    }
    for body in (
        refusing("LOGIN_REQUIRED", bot),
        refusing("UNPLAYABLE", "Sorry", errorScreen=screen),
        refusing("UNPLAYABLE", "Sorry", messages=[bot]),
        refusing("UNPLAYABLE", "Sorry", errorScreen={"playerCaptchaViewModel": {"a": 1}}),
    ):
        assert isinstance(seen((PLAYER, 200, body)).verdict, SourceBlocked)


def test_an_answer_about_another_video_is_a_block() -> None:
    """YouTube answers blocked addresses with some other video; its captions must never become this one's."""
    other = json.dumps({"playabilityStatus": {"status": "OK"}, "videoDetails": {"videoId": "another_one"}}).encode()

    assert isinstance(seen((PLAYER, 200, other)).verdict, SourceBlocked)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (refusing("LOGIN_REQUIRED", "This video is private"), AccessDenied),
        (refusing("ERROR", "Video unavailable"), VideoUnavailable),
        (
            refusing("UNPLAYABLE", "Video unavailable", errorScreen={"playerErrorMessageRenderer": {"subreason": {
                "simpleText": "The uploader has not made this video available in your country"}}}),
            RegionBlocked,
        ),
        (refusing("LOGIN_REQUIRED", "Đăng nhập để xác nhận tuổi", desktopLegacyAgeGateReason=1), AccessDenied),
        (refusing("UNPLAYABLE", "Sorry", messages=[5, None, "This video is private"]), AccessDenied),
        (b"{}", SourceChanged),
        (b"not json", SourceUnreachable),
        (b"", SourceUnreachable),
        (b"[" * 100_000, SourceUnreachable),
        (b"[]", SourceUnreachable),
    ],
)  # fmt: skip
def test_a_refusing_player_is_believed(body: bytes, error: type[SourceError]) -> None:
    """What the player says is the verdict; an answer that cannot be read says nothing about the video."""
    assert type(seen((PAGE, 200, b"page"), (PLAYER, 200, body)).verdict) is error


def test_one_player_that_plays_is_enough() -> None:
    """A client that may not play the video does not outweigh one that may."""
    assert seen((PLAYER, 200, refusing("UNPLAYABLE", "Please sign in")), (PLAYER, 200, OK)).verdict is None


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_failing_player_says_try_again(status: int) -> None:
    """Without an answer of the player nothing is known about the video."""
    assert isinstance(seen((PAGE, 200, b"page"), (PLAYER, status, b"")).verdict, SourceUnreachable)


@pytest.mark.parametrize("fault", [AnswerFault.TOO_LARGE, AnswerFault.UNSAFE, AnswerFault.FOREIGN])
def test_a_strange_answer_stops_the_look(fault: AnswerFault) -> None:
    """Answers that were refused for what they are end the video at once, and say why."""
    log = seen((PAGE, 200, b"page"), (PLAYER, 200, OK), (CAPTIONS, fault))

    assert isinstance(log.verdict, SourceChanged)
    assert fault in str(log.verdict)
    assert log.halted


def test_two_silent_answers_are_enough() -> None:
    """One time-out may pass; after the second we stop waiting for this video."""
    assert seen((PAGE, AnswerFault.SILENT)).can_retry
    assert seen((PAGE, AnswerFault.SILENT), (PLAYER, AnswerFault.SILENT)).halted
    assert isinstance(seen((PAGE, AnswerFault.SILENT), (PLAYER, AnswerFault.SILENT)).verdict, SourceUnreachable)


@pytest.mark.parametrize(("wait", "halted"), [(5.0, False), (60.0, False), (61.0, True)])
def test_a_long_demanded_wait_ends_the_look(wait: float, halted: bool) -> None:  # noqa: FBT001 - a table
    """Up to a minute is waited; beyond it the user hears how long YouTube asks for."""
    log = seen((PAGE, 200, b"page"), (PLAYER, 503, b""))
    log.wait = wait

    assert log.halted is halted
    assert ("61 seconds" in str(log.verdict)) is halted


@pytest.mark.parametrize(
    "body",
    [
        {"captions": {"playerCaptionsTracklistRenderer": {"captionTracks": [{"baseUrl": "https://x/?a=1&exp=xpe"}]}}},
        {"captions": {"playerCaptionsTracklistRenderer": {"captionTracks": [{"baseUrl": "/?exp=xpv&b=2"}, {}]}}},
    ],
)
def test_withheld_captions_are_seen(body: dict[str, object]) -> None:
    """A track that needs a token is noticed, even where a library passes over it in silence."""
    player = parse_player_answer(json.dumps(body).encode())

    assert player is not None
    assert player.withheld


ENGLISH_SOUND = {"audioTrack": {"id": "en.4", "displayName": "English original"}}
DUBS = {"audioTracks": [{"audioTrackId": "ar.10"}, {"audioTrackId": "en.4"}]}


@pytest.mark.parametrize(
    ("streaming", "captions", "spoken"),
    [
        ({"adaptiveFormats": [{"audioTrack": {"id": "ar.10", "isAutoDubbed": True}}, ENGLISH_SOUND]}, {}, "en"),
        ({"formats": [{"itag": 18}], "adaptiveFormats": [{"itag": 140}]}, DUBS, "en"),
        ({}, {"audioTracks": [{"audioTrackId": "ar"}, {"audioTrackId": "fr"}], "defaultAudioTrackIndex": 1}, "fr"),
        ({}, {"audioTracks": [{"captionTrackIndices": [0]}]}, ""),
        ({}, {}, ""),
    ],
)
def test_the_player_tells_the_language_of_the_sound(
    streaming: dict[str, object], captions: dict[str, object], spoken: str
) -> None:
    """By its formats, or else by the sound tracks to which it assigns captions."""
    answer = {"streamingData": streaming, "captions": {"playerCaptionsTracklistRenderer": captions}}

    assert seen((PLAYER, 200, json.dumps(answer).encode())).sound_language == spoken


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(NAMES),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_no_shape_of_answer_breaks_the_reading(value: object) -> None:
    """Whatever stands where: reading never fails, and only the state OK lets a video through."""
    log = seen((PLAYER, 200, json.dumps(value).encode()))

    assert (log.verdict is None) == (bool(log.players) and log.players[0].status == "OK" and not log.block)


@pytest.mark.parametrize(("failures", "calls"), [(0, 1), (1, 2), (2, 3), (5, 3)])
def test_what_may_pass_is_tried_three_times(failures: int, calls: int) -> None:
    """A server error is asked again twice; then it is raised as it came."""
    log, made = RequestLog(VIDEO), []

    def call() -> str:
        made.append(1)
        if len(made) <= failures:
            log.record(HttpExchange(HOST, CAPTIONS, 503))
            raise ConnectionError
        return "captions"

    if failures < 3:
        assert with_retries(call, (ConnectionError,), log) == "captions"
    else:
        with pytest.raises(ConnectionError):
            with_retries(call, (ConnectionError,), log)
    assert len(made) == calls


@pytest.mark.parametrize("status", [403, 404, 429])
def test_a_refusal_is_not_tried_again(status: int) -> None:
    """What will not pass is asked once."""
    log, made = RequestLog(VIDEO), []

    def call() -> None:
        made.append(1)
        log.record(HttpExchange(HOST, CAPTIONS, status))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        with_retries(call, (ConnectionError,), log)
    assert len(made) == 1


DATE = "Fri, 27 Nov 2026 06:00:00 GMT"


@pytest.mark.parametrize(
    ("retry_after", "date", "seconds"),
    [
        ("7", DATE, 7.0),
        (" 7 ", "", 7.0),
        ("0", DATE, 0.0),
        ("9" * 400, DATE, 999_999_999.0),
        ("Fri, 27 Nov 2026 07:30:00 GMT", DATE, 5400.0),
        ("Fri, 27 Nov 2026 05:00:00 GMT", DATE, 0.0),
        ("Fri, 27 Nov 2026 07:30:00 GMT", "", 0.0),
        ("Fri, 99 Nov 2026 07:30:00 GMT", DATE, 0.0),
        ("soon", DATE, 0.0),
        ("-5", DATE, 0.0),
        ("\u00b2", DATE, 0.0),
        ("", DATE, 0.0),
    ],
)
def test_a_demanded_wait_is_read_in_both_forms(retry_after: str, date: str, seconds: float) -> None:
    """Seconds, or a date, held against the answer's own; no clock of ours is asked. Anything else demands nothing."""
    assert parse_retry_after(retry_after, date) == seconds
