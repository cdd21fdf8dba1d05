"""The polite transport under both libraries' ways in: where it goes, and what it makes of what comes back."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import requests
import yt_dlp.globals
from yt_dlp.networking.exceptions import RequestError

from pipeline.settings import SourceSettings
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.request_log import AnswerFault, RequestLog
from pipeline.sources.transport import (
    HOSTS,
    AnswerLimits,
    ConnectionPool,
    PoliteAdapter,
    PoliteSession,
    PoliteYoutubeDL,
    RequestRefused,
)
from pipeline.sources.ytdlp import OPTIONS
from tests.fakes.clients import DirectAdapter
from tests.fakes.faults import Fault
from tests.sources.transports import CAPTIONS, FAILED, PAGE, both, client

if TYPE_CHECKING:
    from tests.fakes.youtube import FakeYouTube


@both
def test_both_ways_in_bring_the_same_bytes(kind: str, youtube: FakeYouTube) -> None:
    """One transport: what one library reads, the other reads too, and each answer is recorded once."""
    with client(kind, youtube) as (get, log):
        body = get(CAPTIONS)

    assert body.startswith(b'{"wireMagic"')
    assert "الفرات" in body.decode()
    assert [(e.host, e.path, e.status, e.fault) for e in log.exchanges] == [
        ("www.youtube.com", "/api/timedtext", 200, None)
    ]


FOREIGN = (
    "https://evil.example/",
    "https://www.youtube.com.evil.example/",
    "https://169.254.169.254/latest/meta-data",
    "http://169.254.169.254/latest/meta-data",
    "https://127.0.0.1/",
    "https://[::1]/",
    "http://www.youtube.com/watch?v=talk_arabic",
    "https://www.youtube.com:8443/watch?v=talk_arabic",
    "https://www.google.com/",
    "https://rr1.googlevideo.com/videoplayback",
)


@both
@pytest.mark.parametrize("address", FOREIGN)
def test_no_other_host_is_ever_asked(kind: str, address: str, youtube: FakeYouTube) -> None:
    """Other hosts, ports and plain http are refused before a byte leaves; the proxy never hears of them."""
    with client(kind, youtube) as (get, log), pytest.raises(FAILED):
        get(address)

    assert log.has(AnswerFault.FOREIGN)
    assert youtube.requests == ()


@both
@pytest.mark.parametrize(
    "target", ["https://evil.example/x", "http://127.0.0.1:22/", "https://169.254.169.254/", "//evil.example"]
)
def test_redirects_do_not_leave_youtube(kind: str, target: str, youtube: FakeYouTube) -> None:
    """A redirect off the list is not followed; only the first request was made."""
    youtube.faults.append(Fault("/watch", status=302, headers={"Location": target}))
    with client(kind, youtube) as (get, log), pytest.raises(FAILED):
        get(PAGE)

    assert log.has(AnswerFault.FOREIGN)
    assert len(youtube.requests) == 1


@both
def test_a_redirect_to_the_sorry_page_is_a_captcha(kind: str, youtube: FakeYouTube) -> None:
    """Google's page for addresses that ask too often is recognised by its address; it is not fetched."""
    youtube.faults.append(Fault("/watch", status=302, headers={"Location": "https://www.google.com/sorry/index?q=1"}))
    with client(kind, youtube) as (get, log), pytest.raises(FAILED):
        get(PAGE)

    assert log.block


@both
def test_redirects_inside_youtube_are_followed(kind: str, youtube: FakeYouTube) -> None:
    """YouTube may move its own pages."""
    youtube.faults.append(Fault("m.youtube.com/old", status=302, headers={"Location": PAGE}))
    with client(kind, youtube) as (get, log):
        assert b"ytInitialData" in get("https://m.youtube.com/old")

    assert [exchange.status for exchange in log.exchanges] == [302, 200]


@both
def test_a_redirect_loop_ends(kind: str, youtube: FakeYouTube) -> None:
    """Five hops, not more."""
    youtube.faults.append(Fault("/watch", status=302, headers={"Location": PAGE}))
    with client(kind, youtube) as (get, _), pytest.raises(FAILED):
        get(PAGE)

    assert len(youtube.requests) <= 6


@both
@pytest.mark.parametrize(
    ("options", "fault"), [({"drop": True}, AnswerFault.NETWORK), ({"cut": 100}, AnswerFault.GARBLED)]
)
def test_broken_answers_are_recorded(
    kind: str, options: dict[str, Any], fault: AnswerFault, youtube: FakeYouTube
) -> None:
    """A dropped connection and a cut body are failures that may pass, never short answers."""
    youtube.faults.append(Fault("timedtext", **options))
    with client(kind, youtube) as (get, log), pytest.raises(FAILED):
        get(CAPTIONS)

    assert log.has(fault)
    assert log.can_retry


class Direct(PoliteAdapter):
    """Our adapter on the way that most users have: without a proxy."""

    def __init__(self, fake: FakeYouTube, settings: SourceSettings, log: RequestLog) -> None:
        """Reach the fake's direct port."""
        super().__init__(ConnectionPool(AnswerLimits.of(settings)), RateLimiter(0.0), log)
        self._direct = DirectAdapter(fake)

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
        """A connection to the fake itself."""
        return self._direct.get_connection_with_tls_context(*arguments, **options)

    def add_headers(self, request: requests.PreparedRequest, **_: object) -> None:
        """Say which host is meant."""
        self._direct.add_headers(request)

    def close(self) -> None:
        """Close the connections."""
        self._direct.close()
        super().close()


@pytest.mark.parametrize(
    ("options", "fault"), [({"drop": True}, AnswerFault.NETWORK), ({"cut": 100}, AnswerFault.GARBLED)]
)
def test_without_a_proxy_broken_answers_are_the_same(
    options: dict[str, Any], fault: AnswerFault, youtube: FakeYouTube
) -> None:
    """Behind a proxy a dropped connection looks like a failure of the proxy; both ways it is the same to us."""
    youtube.faults.append(Fault("timedtext", last=1, **options))
    settings = SourceSettings(ca_bundle=youtube.ca_bundle)
    log = RequestLog("talk_arabic")
    with PoliteSession(settings, Direct(youtube, settings, log)) as session:
        with pytest.raises(requests.ConnectionError):
            session.get(CAPTIONS)
        assert log.has(fault)
        assert log.can_retry
        assert session.get(CAPTIONS).json()["events"]


@both
def test_nothing_is_asked_after_a_block(kind: str, youtube: FakeYouTube) -> None:
    """After the first 429 every further request is refused on our side."""
    youtube.faults.append(Fault("/watch", status=429))
    with client(kind, youtube) as (get, log):
        for _ in range(5):
            with pytest.raises(FAILED):
                get(PAGE)

    assert log.block
    assert len(youtube.requests) == 1


@both
def test_requests_keep_their_distance(kind: str, youtube: FakeYouTube) -> None:
    """Seen from the server: gaps between requests are at least the pause, for either library."""
    with client(kind, youtube, pause_seconds=0.05) as (get, _):
        for _ in range(5):
            get(CAPTIONS)
    times = [request.time for request in youtube.requests]

    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.05


@both
@pytest.mark.parametrize(("status", "wait"), [(429, 7.0), (503, 7.0), (200, 0.0)])
def test_a_demanded_wait_is_read(kind: str, status: int, wait: float, youtube: FakeYouTube) -> None:
    """`Retry-After` counts with the statuses it belongs to."""
    youtube.faults.append(Fault("timedtext", status=status, headers={"Retry-After": "7"}))
    with client(kind, youtube) as (get, log):
        if status == 200:
            get(CAPTIONS)
        else:
            with pytest.raises(FAILED):
                get(CAPTIONS)

    assert log.wait == wait


def test_text_is_read_as_utf_8_whatever_the_answer_says(youtube: FakeYouTube) -> None:
    """Captions without a charset stay Arabic; requests alone would read them as Latin-1."""
    settings = SourceSettings(proxy=youtube.proxy, ca_bundle=youtube.ca_bundle, pause_seconds=0.0)
    youtube.serve_raw("timedtext", "<transcript>سلام</transcript>".encode(), "text/xml")
    adapter = PoliteAdapter(ConnectionPool(AnswerLimits.of(settings)), RateLimiter(0.0), RequestLog("talk_arabic"))
    with PoliteSession(settings, adapter) as session:
        answer = session.get(CAPTIONS)

    assert answer.text == "<transcript>سلام</transcript>"
    assert answer.encoding == "utf-8"


def test_captions_that_would_keep_the_library_busy_are_refused(youtube: FakeYouTube) -> None:
    """40,000 hidden `<` in one cue cost the transcript library seconds; the answer never reaches it."""
    settings = SourceSettings(proxy=youtube.proxy, ca_bundle=youtube.ca_bundle, pause_seconds=0.0)
    for hidden in ("&lt;" * 40_000, "&amp;lt;" * 40_000, "&#60;" * 40_000, f"<![CDATA[{'<' * 40_000}]]>"):
        youtube.faults.clear()
        youtube.serve_raw(
            "timedtext", f'<transcript><text start="0" dur="1">{hidden}</text></transcript>'.encode(), "text/xml"
        )
        log = RequestLog("talk_arabic")
        adapter = PoliteAdapter(ConnectionPool(AnswerLimits.of(settings)), RateLimiter(0.0), log)
        with PoliteSession(settings, adapter) as session, pytest.raises(RequestRefused):
            session.get(CAPTIONS)
        assert log.has(AnswerFault.UNSAFE)


def test_ampersands_in_json_are_no_danger(youtube: FakeYouTube) -> None:
    """A talk about "Q&A" is read: only the XML that the transcript library reads is held to the limit."""
    youtube.serve_raw("timedtext", b'{"events": "' + b"Q&A " * 5000 + b'"}', "application/json")
    with client("yt-dlp", youtube) as (get, log):
        assert get(CAPTIONS).count(b"&") == 5000

    assert not log.has(AnswerFault.UNSAFE)


@both
def test_an_unknown_authority_is_not_trusted(kind: str, youtube: FakeYouTube) -> None:
    """Without the given bundle the fake's certificate is refused: nothing turns verification off."""
    with client(kind, youtube, ca_bundle="") as (get, log), pytest.raises(FAILED):
        get(PAGE)

    assert log.has(AnswerFault.CERTIFICATE)
    assert youtube.requests == ()


@both
def test_the_environment_changes_nothing(kind: str, youtube: FakeYouTube, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies and authorities come from the settings alone, so that a run can be repeated elsewhere."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, "/nonexistent.pem")
    monkeypatch.setenv("NO_PROXY", "*")
    with client(kind, youtube) as (get, _):
        assert b"ytInitialData" in get(PAGE)


def test_yt_dlp_has_no_other_way_out_and_no_plugins(youtube: FakeYouTube) -> None:
    """One handler, ours; plugin folders are not searched; nothing is written."""
    settings = SourceSettings(proxy=youtube.proxy, ca_bundle=youtube.ca_bundle)
    adapter = PoliteAdapter(ConnectionPool(AnswerLimits.of(settings)), RateLimiter(0.0), RequestLog("talk_arabic"))
    with PoliteYoutubeDL(OPTIONS, settings, adapter) as downloader:
        assert list(downloader._request_director.handlers) == ["Polite"]  # noqa: SLF001 - where yt-dlp keeps them
        for address in ("file:///etc/passwd", "ftp://www.youtube.com/", "wss://www.youtube.com/", "data:text/plain,x"):
            with pytest.raises(RequestError):
                downloader.urlopen(address)

    assert yt_dlp.globals.plugin_dirs.value == []
    assert yt_dlp.globals.plugin_ies.value == {}
    assert youtube.requests == ()


def test_the_list_of_hosts_is_youtube_and_its_interface() -> None:
    """No wildcard, and nothing that serves other people's content."""
    assert all(host.endswith((".youtube.com", ".googleapis.com")) or host == "youtube.com" for host in HOSTS)
    assert not any("*" in host for host in HOSTS)
