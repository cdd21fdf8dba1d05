"""Everything that YouTube and both libraries are known to do wrong, and the class each case lands in.

The cases are the lines of two measured tables: what youtube-transcript-api raises, and what yt-dlp raises. Each runs
both real libraries against the fake. In none may a refusal become "this video has no captions".
"""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from youtube_transcript_api import _errors

from pipeline.errors import (
    AccessDenied,
    ConfigError,
    NoCaptions,
    NotYetAvailable,
    RegionBlocked,
    SourceBlocked,
    SourceChanged,
    SourceError,
    SourceUnreachable,
    TokenRequired,
    VideoUnavailable,
)
from pipeline.sources.transcript_api import ERRORS
from tests.fakes.catalogue import REFUSALS
from tests.fakes.faults import Fault
from tests.fakes.sample import SILENT, TALK
from tests.sources.fetching import (
    CAPTIONS,
    FIRST_CAPTIONS,
    FIRST_PLAYER,
    NO_TRACKS,
    PAGE,
    SECOND_PLAYER,
    alone,
    fetched,
    refused,
)
from tests.sources.slow import SlowYouTube, silent

if TYPE_CHECKING:
    from pathlib import Path

BY_NAME = {
    "bot": SourceBlocked,
    "rate-limit": SourceBlocked,
    "age": AccessDenied,
    "age-confirm": AccessDenied,
    "private": AccessDenied,
    "private-old": AccessDenied,
    "unavailable": VideoUnavailable,
    "unavailable-web": VideoUnavailable,
    "not-available": VideoUnavailable,
    "removed": VideoUnavailable,
    "terminated": VideoUnavailable,
    "copyright": VideoUnavailable,
    "region": RegionBlocked,
    "members": AccessDenied,
    "members-level": AccessDenied,
    "music-premium": AccessDenied,
    "paid": AccessDenied,
    "premiere": NotYetAvailable,
    "upcoming": NotYetAvailable,
}

PLAYER = "/youtubei/v1/player"
CAPTCHA = '<html><form><div class="g-recaptcha"></div></form></html>'
SORRY = {"Location": "https://www.google.com/sorry/index?continue=x"}
SRV3 = '<?xml version="1.0"?><timedtext format="3"><body><p t="0" d="1000">نص</p></body></timedtext>'
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><transcript><text start="0" dur="1">&b;</text></transcript>'
)
NO_PLAYABILITY = '{"playabilityStatus": {}, "streamingData": {"formats": []}}'


def says(state: str, reason: str) -> str:
    """A player answer that refuses."""
    return json.dumps({"playabilityStatus": {"status": state, "reason": reason}})


ALWAYS: tuple[tuple[str, Fault, type[SourceError]], ...] = (
    ("429 on the page", Fault(PAGE, status=429), SourceBlocked),
    ("429 on the player", Fault(PLAYER, status=429), SourceBlocked),
    ("429 on the captions", Fault(CAPTIONS, status=429), SourceBlocked),
    ("403 on the page", Fault(PAGE, status=403), SourceBlocked),
    ("403 on the player", Fault(PLAYER, status=403), SourceBlocked),
    ("403 on the captions", Fault(CAPTIONS, status=403), SourceBlocked),
    ("a page with a captcha", Fault(PAGE, body=CAPTCHA), SourceBlocked),
    ("captions that are a captcha", Fault(CAPTIONS, body=CAPTCHA), SourceBlocked),
    ("a redirect to the sorry page", Fault(PAGE, status=302, headers=SORRY), SourceBlocked),
    ("a redirect of the player to the sorry page", Fault(PLAYER, status=302, headers=SORRY), SourceBlocked),
    (
        "a redirect to another site",
        Fault(PAGE, status=302, headers={"Location": "https://evil.example/"}),
        SourceChanged,
    ),
    ("404 on the page", Fault(PAGE, status=404), SourceUnreachable),
    ("404 on the player", Fault(PLAYER, status=404), SourceUnreachable),
    ("404 on the captions", Fault(CAPTIONS, status=404), SourceUnreachable),
    ("500 on the page", Fault(PAGE, status=500), SourceUnreachable),
    ("503 on the player", Fault(PLAYER, status=503), SourceUnreachable),
    ("503 on the captions", Fault(CAPTIONS, status=503), SourceUnreachable),
    ("the player answers no JSON", Fault(PLAYER, body="<html>"), SourceUnreachable),
    ("the player answers nothing", Fault(PLAYER, body=""), SourceUnreachable),
    ("the player answers {}", Fault(PLAYER, body="{}"), SourceChanged),
    ("the player does not say whether it plays", Fault(PLAYER, body=NO_PLAYABILITY), SourceChanged),
    ("the player refuses in new words", Fault(PLAYER, body=says("UNPLAYABLE", "Something new")), SourceChanged),
    ("the player refuses in a new state", Fault(PLAYER, body=says("NEW_STATE", "")), SourceChanged),
    ("a dropped connection for the page", Fault(PAGE, drop=True), SourceUnreachable),
    ("a dropped connection for the player", Fault(PLAYER, drop=True), SourceUnreachable),
    ("a dropped connection for the captions", Fault(CAPTIONS, drop=True), SourceUnreachable),
    ("a page cut short", Fault(PAGE, cut=100), SourceUnreachable),
    ("a player answer cut short", Fault(PLAYER, cut=100), SourceUnreachable),
    ("captions cut short", Fault(CAPTIONS, cut=30), SourceUnreachable),
    ("captions 200 and empty", Fault(CAPTIONS, body=""), TokenRequired),
    ("captions 200 and a page", Fault(CAPTIONS, body="<html><body><p>Sorry</p></body></html>"), TokenRequired),
    ("captions in the srv3 shape", Fault(CAPTIONS, body=SRV3), SourceChanged),
    ("captions with an entity bomb", Fault(CAPTIONS, body=BOMB), SourceChanged),
    ("captions without a cue", Fault(CAPTIONS, body='{"events": []}'), TokenRequired),
    ("captions above the limit", Fault(CAPTIONS, body=b"0" * 3_000_000), SourceChanged),
    ("a page above the limit", Fault(PAGE, body=b"0" * 3_000_000), SourceChanged),
)


@pytest.mark.parametrize(("case", "fault", "error"), ALWAYS, ids=[case[0] for case in ALWAYS])
def test_each_known_trouble_lands_in_its_class(case: str, fault: Fault, error: type[SourceError]) -> None:
    """The right class, one friendly line, and never "no captions"."""
    with alone(TALK, fault) as fake:
        found = refused(fake, TALK.id, answer_megabytes=2.0)
        assert len(fake.requests) <= 12

    assert type(found) is error, case


@pytest.mark.parametrize(("name", "error"), BY_NAME.items())
def test_each_refusal_of_the_player_lands_in_its_class(name: str, error: type[SourceError]) -> None:
    """Private, removed, for adults, for members, not here, not yet: what the player says is what the user hears."""
    with alone(TALK.refused(REFUSALS[name])) as fake:
        assert type(refused(fake, TALK.id)) is error


def test_every_refusal_that_the_fake_knows_is_tested() -> None:
    """No refusal is added to the fake without a class here."""
    assert set(BY_NAME) == set(REFUSALS)


@pytest.mark.parametrize("token", ["xpe", "xpv"])
def test_withheld_captions_are_not_missing_captions(token: str) -> None:
    """A video whose captions need a token says so; both marks that YouTube uses are known."""
    with alone(replace(TALK, exp=token)) as fake:
        assert type(refused(fake, TALK.id)) is TokenRequired


def test_an_unknown_id_is_an_unavailable_video() -> None:
    """An id of nothing ends in one sentence, after two attempts."""
    with alone(TALK) as fake:
        assert type(refused(fake, "nothing_here")) is VideoUnavailable


SECOND: tuple[tuple[str, Fault, type[SourceError]], ...] = (
    ("429 on the page", Fault(PAGE, first=2, status=429), SourceBlocked),
    ("429 on the player", Fault(SECOND_PLAYER, status=429), SourceBlocked),
    ("403 on the player", Fault(SECOND_PLAYER, status=403), SourceBlocked),
    ("a captcha", Fault(PAGE, first=2, body=CAPTCHA), SourceBlocked),
    ("the bot sentence", Fault(SECOND_PLAYER, body=says("LOGIN_REQUIRED", "... you’re not a bot")), SourceBlocked),
    ("a session limit", Fault(SECOND_PLAYER, body=says("UNPLAYABLE", "..., try again later.")), SourceBlocked),
    ("503", Fault(SECOND_PLAYER, status=503), SourceUnreachable),
    ("a dropped connection", Fault(SECOND_PLAYER, drop=True), SourceUnreachable),
    ("no JSON", Fault(SECOND_PLAYER, body="<html>"), SourceUnreachable),
    ("{}", Fault(SECOND_PLAYER, body="{}"), SourceChanged),
    ("no playability", Fault(SECOND_PLAYER, body=NO_PLAYABILITY), SourceChanged),
    ("a page without a key", Fault(PAGE, first=2, body="<html></html>"), SourceChanged),
    ("a broken consent page", Fault(PAGE, first=2, body='action="https://consent.youtube.com/s"'), SourceChanged),
    ("a private video", Fault(SECOND_PLAYER, body=says("LOGIN_REQUIRED", "This video is private")), AccessDenied),
    ("a server error that passed", Fault(SECOND_PLAYER, last=1, status=503), SourceUnreachable),
)  # fmt: skip


@pytest.mark.parametrize(("case", "fault", "error"), SECOND, ids=[case[0] for case in SECOND])
def test_a_quiet_first_look_and_a_troubled_second_are_never_no_captions(
    case: str, fault: Fault, error: type[SourceError]
) -> None:
    """The first client lists no captions, the second attempt fails: nothing is concluded about the video."""
    with alone(SILENT, fault) as fake:
        assert type(refused(fake, SILENT.id)) is error, case


@pytest.mark.parametrize("match", [PAGE, FIRST_PLAYER])
@pytest.mark.parametrize("trouble", [{"status": 503}, {"drop": True}, {"cut": 40}], ids=["503", "drop", "cut"])
def test_trouble_that_passed_leaves_no_captions_undecided(match: str, trouble: dict[str, int]) -> None:
    """That there are none needs every answer whole: after a server error it is "try again", though both agree."""
    with alone(SILENT, Fault(match, last=1, **trouble)) as fake:  # type: ignore[arg-type] # one of the fake's faults
        assert type(refused(fake, SILENT.id)) is SourceUnreachable


def test_a_rate_limited_player_never_looks_like_a_video_without_captions() -> None:
    """The silent trap of both libraries: 429 on the player call, page and title perfect."""
    for status in (429, 403):
        with alone(SILENT, Fault(PLAYER, status=status)) as fake:
            assert type(refused(fake, SILENT.id)) is SourceBlocked
            assert len(fake.requests) <= 3


def test_captions_of_another_video_are_never_taken() -> None:
    """YouTube answers blocked addresses with some other video: that is a block, in either library."""
    other = json.dumps({
        "playabilityStatus": {"status": "OK"},
        "videoDetails": {"videoId": "other_video", "title": "Other"},
        "captions": {"playerCaptionsTracklistRenderer": {"captionTracks": [
            {"baseUrl": "https://www.youtube.com/api/timedtext?v=talk_arabic&lang=ar&name=", "languageCode": "ar",
             "name": {"runs": [{"text": "Arabic"}]}, "vssId": ".ar"}]}},
    })  # fmt: skip
    for fault in (Fault(PLAYER, body=other), Fault(SECOND_PLAYER, body=other)):
        with alone(SILENT, fault) as fake:
            assert type(refused(fake, SILENT.id)) is SourceBlocked


@pytest.mark.parametrize(
    "address", ["https://169.254.169.254/latest", "http://127.0.0.1:22/", "//evil.example/x", "file:///etc/passwd"]
)
def test_caption_addresses_elsewhere_are_not_fetched(address: str) -> None:
    """A player answer cannot send us to another host: nothing but YouTube is ever asked."""
    answer = json.dumps({
        "playabilityStatus": {"status": "OK"},
        "videoDetails": {"videoId": TALK.id, "title": "عنوان"},
        "streamingData": {"formats": []},
        "captions": {"playerCaptionsTracklistRenderer": {"captionTracks": [
            {"baseUrl": address, "languageCode": "ar", "name": {"runs": [{"text": "Arabic"}]}, "vssId": ".ar"}]}},
    })  # fmt: skip
    with alone(TALK, Fault(PLAYER, body=answer)) as fake:
        found = refused(fake, TALK.id)
        assert {request.host for request in fake.requests} == {"www.youtube.com"}

    assert isinstance(found, (SourceChanged, SourceUnreachable))


def listing(tracks: object) -> str:
    """A player answer that plays and lists these tracks."""
    captions = {"playerCaptionsTracklistRenderer": {"captionTracks": tracks}}
    return json.dumps({"playabilityStatus": {"status": "OK"}, "streamingData": {"a": 1}, "captions": captions})


STRANGE = (
    *("[]", "null", '"text"', "5", '{"playabilityStatus": null}', '{"playabilityStatus": []}'),
    '{"playabilityStatus": "OK"}',
    '{"playabilityStatus": {"status": 5, "reason": {"a": 1}}}',
    '{"playabilityStatus": {"status": "OK"}, "captions": []}',
    '{"playabilityStatus": {"status": "OK"}, "videoDetails": [], "streamingData": {"a": 1}}',
    *map(listing, ("x", [5, None, {}], [{"baseUrl": 7, "languageCode": 8, "name": 9}], {"a": 1})),
    listing([{"baseUrl": "x", "languageCode": {}, "name": {"runs": []}}]),
    '{"a":' * 20_000 + "1" + "}" * 20_000,
)


@pytest.mark.parametrize("body", STRANGE, ids=range(len(STRANGE)))
def test_no_shape_of_answer_crashes(body: str) -> None:
    """Whatever the player answers: one of our errors, no foreign exception, nothing concluded about the video."""
    with alone(TALK, Fault(PLAYER, body=body)) as fake:
        found = refused(fake, TALK.id)

    assert isinstance(found, (SourceChanged, SourceUnreachable))


def test_a_list_in_another_shape_is_a_change_not_a_token() -> None:
    """Names as web clients get them are unknown to the transcript library: no token would help."""
    tracks = [{"baseUrl": "https://www.youtube.com/api/timedtext", "languageCode": "ar", "name": {"simpleText": "x"}}]
    with alone(SILENT, Fault(SECOND_PLAYER, body=listing(tracks))) as fake:
        assert type(refused(fake, SILENT.id)) is SourceChanged


def test_a_silent_server_ends_soon() -> None:
    """Both libraries would wait for ever, or three times over: two silent answers end the video."""
    with SlowYouTube(silent) as slow:
        begun = time.perf_counter()
        found = refused(slow, TALK.id, timeout_seconds=0.3)  # type: ignore[arg-type] # it has a proxy and a bundle
        seconds = time.perf_counter() - begun

    assert type(found) is SourceUnreachable
    assert "in time" in str(found)
    assert seconds < 10


def test_a_bomb_is_one_request() -> None:
    """An answer that was too large is not asked for again, by either library."""
    bomb = gzip.compress(bytes(100_000_000))
    with alone(TALK, Fault(CAPTIONS, body=bomb, headers={"Content-Encoding": "gzip"})) as fake:
        assert type(refused(fake, TALK.id)) is SourceChanged
        assert sum("timedtext" in request.path for request in fake.requests) <= 2


def test_forty_thousand_brackets_cost_nothing() -> None:
    """Captions built to keep the transcript library busy for seconds are refused at once."""
    body = f'<transcript><text start="0" dur="1">{"&lt;" * 40_000}</text></transcript>'
    with alone(TALK, Fault(CAPTIONS, body=body)) as fake:
        assert isinstance(refused(fake, TALK.id), (SourceChanged, TokenRequired))


def test_a_long_demanded_wait_is_told() -> None:
    """When YouTube asks for ten minutes, the user hears that, and nobody sleeps for it."""
    with alone(TALK, Fault(PLAYER, status=503, headers={"Retry-After": "600"})) as fake:
        found = refused(fake, TALK.id)
        assert sum(request.path == PLAYER for request in fake.requests) == 1

    assert type(found) is SourceUnreachable
    assert "10 minutes" in str(found)


def test_secrets_stay_out_of_messages() -> None:
    """Proxy passwords, keys and signatures are in no message, whatever fails."""
    for fault in (
        Fault(PAGE, status=503),
        Fault(PLAYER, drop=True),
        Fault(CAPTIONS, status=404),
        Fault(CAPTIONS, body=""),
    ):
        with alone(TALK, fault) as fake:
            proxy = fake.proxy.replace("http://", "http://user:canary-password@")
            found = refused(fake, TALK.id, proxy=proxy)
            for secret in ("canary", "AIza", "0F0F", "signature", "127.0.0.1"):
                assert secret not in str(found) + found.hint


@pytest.mark.parametrize("scheme", ["http", "https", "socks4", "socks5", "socks5h"])
def test_an_unreachable_proxy_is_a_network_error(scheme: str) -> None:
    """Nobody listens there: try again, with a hint at the setting; nothing goes around the proxy."""
    with alone(TALK) as fake:
        found = refused(fake, TALK.id, proxy=f"{scheme}://127.0.0.1:9")
        assert fake.requests == ()

    assert type(found) is SourceUnreachable
    assert "proxy" in found.hint


@pytest.mark.parametrize(
    "setting",
    [{"proxy": "127.0.0.1:8080"}, {"proxy": "ftp://host:1"}, {"proxy": "http://"}, {"ca_bundle": "/no/such/file.pem"}],
)
def test_a_setting_that_cannot_work_is_named(setting: dict[str, str]) -> None:
    """A mistyped proxy or a missing bundle is the setting's fault, not YouTube's: nothing is asked."""
    with alone(TALK) as fake:
        with pytest.raises(ConfigError, match=next(iter(setting))):
            fetched(fake, TALK.id, **setting)
        assert fake.requests == ()


def test_a_bundle_without_certificates_is_an_error_of_the_settings(tmp_path: Path) -> None:
    """A file that is no bundle trusts nobody: nothing is asked, and no video is blamed."""
    bundle = tmp_path / "ca.pem"
    bundle.write_text("not a certificate", encoding="utf-8")
    with alone(TALK) as fake:
        with pytest.raises(ConfigError, match="ca_bundle"):
            fetched(fake, TALK.id, ca_bundle=str(bundle))
        assert fake.requests == ()


def test_every_exception_of_the_transcript_library_has_a_meaning() -> None:
    """A class that a new release adds fails here, before it can surprise a user."""
    classes = {
        name
        for name, kind in vars(_errors).items()
        if isinstance(kind, type) and issubclass(kind, Exception) and kind.__module__ == _errors.__name__
    }

    assert classes <= set(ERRORS)
    assert set(ERRORS).difference(classes) == {"RequestException"}
    assert all(issubclass(error, SourceError) for error, _ in ERRORS.values())
    assert [name for name, (error, _) in ERRORS.items() if error is NoCaptions] == ["TranscriptsDisabled"]


def test_json3_that_fails_after_a_quiet_list_is_no_proof() -> None:
    """First, captions are listed and sent empty; then none are listed. The captions exist, and are withheld."""
    with alone(TALK, Fault(FIRST_CAPTIONS, body=""), Fault(SECOND_PLAYER, body=NO_TRACKS)) as fake:
        assert type(refused(fake, TALK.id)) is TokenRequired
