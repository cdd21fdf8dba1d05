"""Answers that YouTube really gave: both real libraries get them from the fake, and each lands in its class."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import SourceError
from pipeline.settings import SourceSettings
from pipeline.sources.metadata import one_line
from pipeline.sources.playlists import YouTubeList
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.youtube_errors import error_from_message
from pipeline.types.batch import ListKind, ListReference
from tests.fakes.catalogue import Catalogue
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell
from tests.sources.fetching import CAPTIONS, PAGE, fetched
from tests.sources.recorded import Recorded, expectations, recorded

if TYPE_CHECKING:
    from pathlib import Path

BARE_PAGE = b'<html><script>ytcfg.set({"INNERTUBE_API_KEY": "AIzaFake"});</script></html>'
"""A page that says nothing of its own, so that the recorded player answer decides."""
SPOKEN = json.dumps({"events": [{"tStartMs": 0, "dDurationMs": 900, "segs": [{"utf8": "أهلا"}]}]}).encode()
PLAYERS = sorted(file for file, (kind, _) in expectations().items() if kind == "player")
PLAYLISTS = sorted(file for file, (kind, _) in expectations().items() if kind == "playlist")


@pytest.fixture(scope="module")
def answers(shared: Path) -> dict[str, Recorded]:
    """All recorded files by path."""
    return {entry.file: entry for entry in recorded(shared)}


def outcome(entry: Recorded) -> str:
    """What the source makes of a video that is answered like this: the name of an error's class, or `ok`."""
    told = str(((entry.answer or {}).get("videoDetails") or {}).get("videoId", ""))
    video = next(filter(re.compile("[A-Za-z0-9_-]{11}").fullmatch, (entry.asked, told)), "aaaaaaaaaaa")
    with FakeYouTube(Catalogue()) as fake:
        fake.serve_raw(PAGE, BARE_PAGE if entry.answer is not None else entry.text.encode())
        fake.serve_raw("/youtubei/v1/player", json.dumps(entry.answer or {}).encode(), "application/json")
        fake.serve_raw(CAPTIONS, SPOKEN, "application/json")
        try:
            fetched(fake, video)
        except SourceError as error:
            return type(error).__name__
        finally:
            assert fake.escapes == ()
    return "ok"


@pytest.mark.parametrize("file", PLAYERS)
def test_each_recorded_player_answer_lands_in_its_class(file: str, answers: dict[str, Recorded]) -> None:
    """What a person reads in the answer is what the user is told."""
    if file not in answers:
        pytest.skip(f"not among the shared recordings: {file}")

    assert outcome(answers[file]) == answers[file].expected


@pytest.mark.parametrize("file", PLAYLISTS)
def test_each_recorded_playlist_alert_lands_in_its_class(file: str, answers: dict[str, Recorded]) -> None:
    """Playlists that exist carry no refusal; the others say why in a sentence that is known."""
    if file not in answers:
        pytest.skip(f"not among the shared recordings: {file}")
    entry = answers[file]
    error = error_from_message("playlist", entry.reason) if entry.status == "ERROR" else None

    assert (type(error).__name__ if error else "ok") == entry.expected


@pytest.mark.parametrize("file", PLAYLISTS)
def test_each_recorded_playlist_is_titled_by_its_own_title(file: str, answers: dict[str, Recorded]) -> None:
    """The title that the answer states for the playlist, never that of its channel, which stands beside it."""
    answer = answers[file].answer if file in answers else None
    title = ((answer or {}).get("metadata", {}).get("playlistMetadataRenderer") or {}).get("title")
    if not title:
        pytest.skip(f"no page of a playlist with a title: {file}")
    page = f"<script>var ytInitialData = {json.dumps(answer)};</script>".encode()
    with FakeYouTube(Catalogue()) as fake:
        fake.serve_raw("/playlist", page)
        settings = SourceSettings(proxy=fake.proxy, ca_bundle=fake.ca_bundle, pause_seconds=0.0)
        listing = YouTubeList(ListReference(ListKind.PLAYLIST, "PLrecorded0"), settings, RateLimiter(0.0))
        with suppress(SourceError):  # the recordings hold no videos, or only their first page
            list(listing)
        listing.close()

    assert listing.title == one_line(title)


def test_the_recordings_cover_every_class(tell: Tell) -> None:
    """The table has cases for each way in which a video can be refused."""
    counts = Counter(expected for _, expected in expectations().values())
    tell(f"recorded answers: {sum(counts.values())}: {dict(counts.most_common())}")

    assert {"ok", "NoCaptions", "NoArabicCaptions", "AccessDenied", "RegionBlocked", "SourceBlocked"} <= set(counts)
