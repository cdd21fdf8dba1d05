"""Connections that cannot be made: each is told for what it is, with what to do."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import ConfigError, SourceUnreachable
from pipeline.settings import SourceSettings
from pipeline.sources.request_log import AnswerFault
from pipeline.sources.youtube import YouTubeSource
from pipeline.sources.youtube_errors import readable_wait
from pipeline.types.article import SourceKind, VideoReference
from tests.batch_world import videos
from tests.fakes.faults import Fault
from tests.fakes.server import authority
from tests.sources.fetching import CAPTIONS, PAGE, alone, refused
from tests.sources.transports import FAILED, both, client
from tests.sources.transports import PAGE as ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.youtube import FakeYouTube


@dataclass(frozen=True)
class Way:
    """A way to YouTube by these settings."""

    proxy: str
    ca_bundle: str = ""


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def proxy(answer: bytes, drip: float = 0.0) -> Iterator[Way]:
    """A proxy that answers CONNECT with these bytes, all at once or one every so many seconds."""
    over, server = threading.Event(), socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = server.accept()
                with connection:
                    connection.recv(4096)
                    for part in [bytes([byte]) for byte in answer] if drip else [answer]:
                        connection.sendall(part)
                        if over.wait(drip):
                            return
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield Way(f"http://127.0.0.1:{server.getsockname()[1]}")
    over.set()
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


def said(way: Way) -> SourceUnreachable:
    """The error with which a fetch ends."""
    settings = SourceSettings(proxy=way.proxy, ca_bundle=way.ca_bundle, pause_seconds=0.0, timeout_seconds=2.0)
    with pytest.raises(SourceUnreachable) as caught:
        YouTubeSource(settings).fetch(VideoReference(SourceKind.YOUTUBE, "talk_arabic"))
    return caught.value


@both
def test_an_untrusted_certificate_is_told(kind: str, youtube: FakeYouTube) -> None:
    """Something reads the connection: which setting trusts it is said, and that nothing else helps."""
    with client(kind, youtube, ca_bundle="") as (get, log), pytest.raises(FAILED):
        get(ADDRESS)
    error = said(Way(youtube.proxy))

    assert log.has(AnswerFault.CERTIFICATE)
    assert "certificate" in str(error)
    assert "[source] ca_bundle" in error.hint
    assert "Check the connection" not in error.hint


@both
@pytest.mark.parametrize("scheme", ["http", "https", "socks5h"])
def test_a_closed_proxy_is_told(kind: str, scheme: str) -> None:
    """Nobody listens there: the proxy is named, not the connection, whatever its kind."""
    way = Way(f"{scheme}://127.0.0.1:{closed_port()}")
    with client(kind, way, timeout_seconds=2.0) as (get, log), pytest.raises(FAILED):  # type: ignore[arg-type] # a way is enough
        get(ADDRESS)
    error = said(way)

    assert log.has(AnswerFault.PROXY)
    assert "proxy does not answer" in str(error)
    assert "[source] proxy" in error.hint


@pytest.mark.parametrize("answer", [b"", b"what is this?\r\n\r\n"])
def test_what_is_no_proxy_is_told(answer: bytes) -> None:
    """It hangs up, or speaks another protocol: the proxy is named."""
    with proxy(answer) as way:
        error = said(way)

    assert "the proxy does not answer" in str(error)


@both
def test_a_proxy_that_wants_a_password_is_told(kind: str) -> None:
    """It answers, and refuses: where name and password belong is said."""
    with proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as way:
        with client(kind, way) as (get, log), pytest.raises(FAILED):  # type: ignore[arg-type] # as above
            get(ADDRESS)
        error = said(way)

    assert log.has(AnswerFault.PROXY_REFUSED)
    assert "refuses" in str(error)
    assert "name:password@" in error.hint


@both
def test_a_proxy_that_drips_its_answer_is_given_up(kind: str) -> None:
    """Its headers end no sooner than ours would: one and a half times the longest silence, not five minutes."""
    with proxy(b"HTTP/1.1 200 Connection established\r\nX-Long: " + b"x" * 5000, drip=0.05) as way:
        begun = time.perf_counter()
        with client(kind, way, timeout_seconds=1.0) as (get, log), pytest.raises(FAILED):  # type: ignore[arg-type] # as above
            get(ADDRESS)
        seconds = time.perf_counter() - begun

    assert log.has(AnswerFault.PROXY)
    assert seconds < 10


@pytest.mark.parametrize(
    "content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n"]
)
def test_a_file_without_certificates_is_refused(content: bytes, tmp_path: Path) -> None:
    """Before anything is asked: the setting and the file are named; a real bundle passes."""
    bundle = tmp_path / "ca.pem"
    bundle.write_bytes(content)
    settings = SourceSettings(ca_bundle=str(bundle), proxy="http://127.0.0.1:9", pause_seconds=0.0)

    with pytest.raises(ConfigError, match=r"\[source\] ca_bundle: .*ca.pem holds no certificates"):
        YouTubeSource(settings).fetch(VideoReference(SourceKind.YOUTUBE, "talk_arabic"))
    authority().cert_pem.write_to_path(str(bundle))
    assert "proxy" in str(said(Way("http://127.0.0.1:9", str(bundle))))


@pytest.mark.parametrize(
    ("fault", "says", "hint"),
    [
        (Fault(PAGE, status=404), "HTTP 404", "not your connection"),
        (Fault(PAGE, status=500), "HTTP 500", "fault is YouTube's"),
        (Fault(CAPTIONS, status=500), "HTTP 500", "fault is YouTube's"),
        (Fault(PAGE, status=503, headers={"Retry-After": "7200"}), "asks to wait 2 hours", "again then"),
        (Fault(PAGE, status=429, headers={"Retry-After": "7200"}), "HTTP 429", "Wait 2 hours"),
        (Fault(PAGE, status=429), "HTTP 429", "Wait an hour"),
        (Fault(CAPTIONS, body='{"events": [{"segs": [{"utf8": "abc'), "cut or garbled", "captions saved in a browser"),
        (Fault(CAPTIONS, body="<transcript><text"), "cut or garbled", "captions saved in a browser"),
    ],
)
def test_a_fault_of_youtube_is_not_blamed_on_the_connection(fault: Fault, says: str, hint: str) -> None:
    """Nobody is told to check the connection, or to upgrade yt-dlp, for what YouTube itself did."""
    with alone(videos(1)[0], fault) as fake:
        error = refused(fake, videos(1)[0].id)

    assert says in str(error)
    assert hint in error.hint
    assert "Check the connection" not in error.hint
    assert not error.hint.startswith("Upgrade")


@pytest.mark.parametrize(
    ("seconds", "words"), [(75, "75 seconds"), (1800, "30 minutes"), (7200, "2 hours"), (0, "0 seconds")]
)
def test_waits_are_told_in_words(seconds: float, words: str) -> None:
    """In the largest unit of which there are two."""
    assert readable_wait(seconds) == words
