"""Short ways to fetch a video from the fake YouTube with both real libraries."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.errors import SourceError
from pipeline.settings import SourceSettings
from pipeline.sources.youtube import YouTubeSource
from pipeline.types.article import SourceKind, VideoReference
from tests.fakes.catalogue import Catalogue, FakeVideo
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.types.article import Recording

PAGE, CAPTIONS = "www.youtube.com/watch", "/api/timedtext"
FIRST_PLAYER, SECOND_PLAYER = "/youtubei/v1/player?prettyPrint", "/youtubei/v1/player?key"
"""The player call of yt-dlp, and that of the transcript library."""
FIRST_CAPTIONS = "fmt=json3"
NO_TRACKS = '{"playabilityStatus": {"status": "OK"}, "streamingData": {"formats": []}, "captions": {}}'
"""A player answer with status OK that lists no captions: what a quiet refusal looks like."""


def source(fake: FakeYouTube, **changes: Any) -> YouTubeSource:  # noqa: ANN401 - any setting
    """A source that reaches the fake, without pauses unless they are asked for."""
    settings = SourceSettings(proxy=fake.proxy, ca_bundle=fake.ca_bundle, pause_seconds=0.0)
    return YouTubeSource(replace(settings, **changes))


def fetched(fake: FakeYouTube, video: str, **changes: Any) -> Recording:  # noqa: ANN401 - any setting
    """The recording of one video."""
    return source(fake, **changes).fetch(VideoReference(SourceKind.YOUTUBE, video))


def refused(fake: FakeYouTube, video: str, **changes: Any) -> SourceError:  # noqa: ANN401 - any setting
    """The error with which a fetch ends; any other exception, or a recording, fails the test."""
    with pytest.raises(SourceError) as caught:
        fetched(fake, video, **changes)
    error = caught.value
    assert error.subject == video
    assert error.hint
    assert str(error).isprintable()
    return error


@contextmanager
def alone(video: FakeVideo, *faults: Fault, **more: Any) -> Iterator[FakeYouTube]:  # noqa: ANN401 - whatever a catalogue has
    """A fake that knows one video and these faults; nothing may ask for a host that is not YouTube's."""
    with FakeYouTube(Catalogue((video,), **more)) as fake:
        fake.faults.extend(faults)
        yield fake
        assert fake.escapes == ()
