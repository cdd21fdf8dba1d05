"""The fake's wire is true: answers recorded from YouTube, served through it, satisfy both real libraries.

The recordings are the test assets in the wheel of youtube-transcript-api; they are read from the installed package.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from youtube_transcript_api import YouTubeTranscriptApi
from youtube_transcript_api import _errors as errors
from yt_dlp.utils import DownloadError

from tests.fakes.catalogue import Catalogue
from tests.fakes.clients import FakeYoutubeDL, session
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube

if TYPE_CHECKING:
    from collections.abc import Iterator

    from youtube_transcript_api import FetchedTranscript

RECORDED = "GJLlxj_dtq8"
"""The video of the recorded watch page."""
BARE_PAGE = b'<html><script>ytcfg.set({"INNERTUBE_API_KEY": "AIzaFake"});</script></html>'
"""A watch page that says nothing of its own, so that the player's answer decides."""


def recording(name: str) -> bytes:
    """The bytes of one recorded answer; skips when the installed release has none."""
    asset = files("youtube_transcript_api") / "test" / "assets" / f"{name}.static"
    if not asset.is_file():
        pytest.skip(f"this release of youtube-transcript-api ships no recorded answer {name}")
    return asset.read_bytes()


@pytest.fixture
def empty() -> Iterator[FakeYouTube]:
    """A fake that knows no video: whatever succeeds comes from a recording."""
    with FakeYouTube(Catalogue()) as fake:
        yield fake
        assert fake.escapes == ()


def serve(fake: FakeYouTube, page: bytes, player: str) -> None:
    """Answer with these recordings instead of the catalogue."""
    fake.serve_raw("www.youtube.com/watch", page)
    fake.serve_raw("/youtubei/v1/player", recording(player), "application/json; charset=UTF-8")
    fake.serve_raw("/api/timedtext", recording("transcript.xml"), "text/xml; charset=UTF-8")


def transcript(fake: FakeYouTube, language: str = "en") -> FetchedTranscript:
    """What the transcript library makes of the recordings."""
    with session(fake) as made:
        return YouTubeTranscriptApi(http_client=made).fetch(RECORDED, languages=[language])


def test_transcript_library_reads_the_recorded_video(empty: FakeYouTube) -> None:
    """Real page, real player answer, real caption file: four cues in, the three with text out."""
    serve(empty, recording("youtube.html"), "youtube.innertube.json")
    assert [s.text for s in transcript(empty)] == [
        "Hey, this is just a test",
        "this is not the original transcript",
        "just something shorter, I made up for testing",
    ]


@pytest.mark.parametrize(
    ("player", "outcome"),
    [
        ("youtube_age_restricted", errors.AgeRestricted),
        ("youtube_request_blocked", errors.RequestBlocked),
        ("youtube_video_unavailable", errors.VideoUnavailable),
        ("youtube_unplayable", errors.VideoUnplayable),
        ("youtube_transcripts_disabled", errors.TranscriptsDisabled),
        ("youtube_transcripts_disabled2", errors.TranscriptsDisabled),
        ("youtube_po_token_required", errors.PoTokenRequired),
    ],
)
def test_transcript_library_names_each_recorded_refusal(
    empty: FakeYouTube, player: str, outcome: type[Exception]
) -> None:
    """Each recorded refusal arrives as the exception that its authors document."""
    serve(empty, recording("youtube.html"), f"{player}.innertube.json")
    with pytest.raises(outcome) as caught:
        transcript(empty)
    assert caught.type is outcome


def test_transcript_library_passes_the_recorded_consent_page(empty: FakeYouTube) -> None:
    """The real wall once, then the real page: the library sets its cookie and goes on."""
    empty.faults.append(Fault("www.youtube.com/watch", last=1, body=recording("youtube_consent_page.html")))
    serve(empty, recording("youtube.html"), "youtube.innertube.json")
    assert len(transcript(empty)) == 3
    assert "CONSENT=YES" in empty.requests[1].headers["Cookie"]


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        ("youtube_consent_page_invalid", errors.FailedToCreateConsentCookie),
        ("youtube_too_many_requests", errors.IpBlocked),
    ],
)
def test_transcript_library_names_each_recorded_wall(empty: FakeYouTube, page: str, outcome: type[Exception]) -> None:
    """A consent page without its form, and the page with a captcha, end in the documented exceptions."""
    serve(empty, recording(f"{page}.html"), "youtube.innertube.json")
    with pytest.raises(outcome):
        transcript(empty)


def test_yt_dlp_reads_the_recorded_video(empty: FakeYouTube) -> None:
    """The real page gives eleven chapters, a hundred points of the heat map, channel and date."""
    serve(empty, recording("youtube.html"), "youtube.innertube.json")
    with FakeYoutubeDL(empty) as library:
        info = library.video(RECORDED)
    assert (len(info["chapters"]), len(info["heatmap"])) == (11, 100)
    assert (info["channel"], info["upload_date"]) == ("Dave2D", "20180802")
    assert set(info["subtitles"]) == {"zh", "cs", "en", "de", "hi", "ja", "ko", "es"}


@pytest.mark.parametrize(
    ("player", "id_", "sentence"),
    [
        ("youtube_age_restricted", "Njp5uhTorCo", "inappropriate for some users"),
        ("youtube_request_blocked", RECORDED, "not a bot"),
        ("youtube_video_unavailable", RECORDED, "This video is unavailable"),
        ("youtube_unplayable", RECORDED, "not a bot"),  # only status and reason were edited, not the error screen
        ("youtube_age_restricted", RECORDED, "IP is likely being blocked"),  # an answer for another video
    ],
)
def test_yt_dlp_repeats_each_recorded_refusal(empty: FakeYouTube, player: str, id_: str, sentence: str) -> None:
    """yt-dlp raises one class for all of them: only the sentence tells them apart."""
    serve(empty, BARE_PAGE, f"{player}.innertube.json")
    with FakeYoutubeDL(empty, ignore_no_formats_error=False) as library, pytest.raises(DownloadError, match=sentence):
        library.video(id_)


def test_yt_dlp_returns_a_short_list_where_a_token_is_required(empty: FakeYouTube) -> None:
    """Two of eight languages: the third quiet way to lose captions. It warns only who asks to write subtitles."""
    serve(empty, BARE_PAGE, "youtube_po_token_required.innertube.json")
    warned = []
    for more in ({}, {"writesubtitles": True}):
        with FakeYoutubeDL(empty, **more) as library:
            assert set(library.video(RECORDED)["subtitles"]) == {"zh", "cs"}
            warned.append(any("PO token" in warning for warning in library.log.warnings))
    assert warned == [False, True]
