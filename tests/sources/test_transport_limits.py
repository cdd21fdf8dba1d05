"""What one answer may cost: bytes after decompression, and seconds however slowly it comes."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from pipeline.sources.request_log import AnswerFault
from tests.fakes.faults import Fault
from tests.figures import Tell
from tests.sources.slow import SlowYouTube, dripping, silent
from tests.sources.transports import CAPTIONS, FAILED, PAGE, both, client

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.youtube import FakeYouTube


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """292 kB that unpack to 300 MB."""
    return gzip.compress(bytes(300_000_000))


@both
def test_a_gzip_bomb_is_refused_within_50_mb(kind: str, bomb: bytes, youtube: FakeYouTube, tell: Tell) -> None:
    """292 kB on the wire that unpack to 300 MB: refused with less than 50 MB of memory more."""
    youtube.faults.append(Fault("timedtext", body=bomb, headers={"Content-Encoding": "gzip"}))
    with client(kind, youtube) as (get, log):
        tracemalloc.start()
        begun = time.perf_counter()
        with pytest.raises(FAILED):
            get(CAPTIONS)
        seconds = time.perf_counter() - begun
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    tell(f"{len(bomb) / 1e3:.0f} kB -> 300 MB by {kind}: refused in {seconds:.2f} s with {peak:.0f} MB more")

    assert log.has(AnswerFault.TOO_LARGE)
    assert peak <= 50


@both
@pytest.mark.parametrize("size", [1_999_999, 2_000_000, 2_000_001])
def test_the_limit_of_size_is_exact(kind: str, size: int, youtube: FakeYouTube) -> None:
    """So many megabytes as set are read whole, one byte more is refused."""
    youtube.faults.append(Fault("timedtext", body=b"0" * size))
    with client(kind, youtube, answer_megabytes=2.0) as (get, log):
        if size <= 2_000_000:
            assert len(get(CAPTIONS)) == size
        else:
            with pytest.raises(FAILED):
                get(CAPTIONS)

    assert log.has(AnswerFault.TOO_LARGE) == (size > 2_000_000)


@both
def test_only_captions_may_be_long(kind: str, youtube: FakeYouTube) -> None:
    """The limit for ten hours of captions is not lent to pages and player answers, which are parsed as JSON."""
    youtube.faults.append(Fault("/watch", body=b"0" * 8_000_001))
    with client(kind, youtube) as (get, log), pytest.raises(FAILED):
        get(PAGE)

    assert log.has(AnswerFault.TOO_LARGE)


@both
@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("no answer", silent),
        ("headers byte by byte", dripping(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 5000)),
        ("body byte by byte", dripping(b"x" * 5000, b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")),
        (
            "chunks byte by byte",
            dripping(b"1\r\nx\r\n" * 900, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ),
    ],
    ids=["silent", "headers", "body", "chunks"],
)
def test_a_slow_answer_ends_by_the_deadline(kind: str, name: str, script: Callable[..., None], tell: Tell) -> None:
    """However slowly bytes come, one answer takes at most 1.5 times the time-out: 30 s as set, 0.6 s here."""
    with SlowYouTube(script) as slow, client(kind, slow, timeout_seconds=0.4) as (get, log):
        begun = time.perf_counter()
        with pytest.raises(FAILED):
            get(PAGE)
        seconds = time.perf_counter() - begun
    tell(f"{name} by {kind}: given up after {seconds:.2f} s of at most 0.60")

    assert log.has(AnswerFault.SILENT)
    assert seconds < 10  # without a deadline the dripping answers take 90 s and more


@both
def test_a_socks_proxy_is_used_and_keeps_the_deadline(kind: str) -> None:
    """By SOCKS a whole answer is read, and a slow one is given up, as by any other way."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
    for script, fault in ((dripping(b"", head + b"x" * 500), None), (dripping(b"x" * 500, head), AnswerFault.SILENT)):
        with SlowYouTube(script) as slow:
            proxy = slow.proxy.replace("http", "socks5h")
            with client(kind, slow, proxy=proxy, timeout_seconds=0.4) as (get, log):
                if fault is None:
                    assert get(PAGE) == b"x" * 500
                else:
                    with pytest.raises(FAILED):
                        get(PAGE)
        assert [exchange.fault for exchange in log.exchanges] == [fault]
