"""The two ways in through the one transport, as functions that fetch an address."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import requests
from yt_dlp.networking.exceptions import RequestError

from pipeline.settings import SourceSettings
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.request_log import RequestLog
from pipeline.sources.transport import AnswerLimits, ConnectionPool, PoliteAdapter, PoliteSession, PoliteYoutubeDL
from pipeline.sources.ytdlp import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.youtube import FakeYouTube
    from tests.sources.slow import SlowYouTube

PAGE = "https://www.youtube.com/watch?v=talk_arabic"
CAPTIONS = "https://www.youtube.com/api/timedtext?v=talk_arabic&lang=ar&kind=asr&fmt=json3"
FAILED = (requests.RequestException, RequestError)
both = pytest.mark.parametrize("kind", ["requests", "yt-dlp"])
"""Runs a test once for each library's way in."""


@contextmanager
def client(
    kind: str,
    fake: FakeYouTube | SlowYouTube,
    **changes: Any,  # noqa: ANN401 - any setting
) -> Iterator[tuple[Callable[[str], bytes], RequestLog]]:
    """What fetches an address the way one of the libraries does, and what it witnessed."""
    settings = replace(SourceSettings(proxy=fake.proxy, ca_bundle=fake.ca_bundle, pause_seconds=0.0), **changes)
    log = RequestLog("talk_arabic")
    adapter = PoliteAdapter(ConnectionPool(AnswerLimits.of(settings)), RateLimiter(settings.pause_seconds), log)
    if kind == "requests":
        with PoliteSession(settings, adapter) as session:
            yield lambda address: answered(session.get(address)), log
    else:
        with PoliteYoutubeDL(OPTIONS | {"extractor_args": {}}, settings, adapter) as downloader:
            yield lambda address: bytes(downloader.urlopen(address).read()), log


def answered(response: requests.Response) -> bytes:
    """The body; raises for a refusing status, as yt-dlp does."""
    response.raise_for_status()
    return response.content
