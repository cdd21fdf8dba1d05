"""The fake YouTube answers as the two real libraries expect, over real HTTP and TLS."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from youtube_transcript_api import YouTubeTranscriptApi
from youtube_transcript_api._errors import PoTokenRequired, TranscriptsDisabled

from pipeline.types.article import Caption
from tests.fakes.catalogue import Catalogue, FakeTrack
from tests.fakes.clients import FakeYoutubeDL, session
from tests.fakes.sample import SILENT, SPOKEN, TALK, TWINS, TYPED
from tests.fakes.youtube import FakeYouTube

if TYPE_CHECKING:
    from collections.abc import Iterator

    from youtube_transcript_api import FetchedTranscript, TranscriptList


@pytest.fixture
def api(youtube: FakeYouTube) -> Iterator[YouTubeTranscriptApi]:
    """The transcript library, pointed at the fake."""
    with session(youtube) as made:
        yield YouTubeTranscriptApi(http_client=made)


def cues(fetched: FetchedTranscript) -> list[tuple[str, float, float]]:
    """Text, start and end of each cue."""
    return [(s.text, s.start, round(s.start + s.duration, 3)) for s in fetched]


def listed(catalogue: Catalogue, id_: str) -> TranscriptList:
    """The tracks that the transcript library lists for one video of a catalogue."""
    with FakeYouTube(catalogue) as fake, session(fake) as made:
        return YouTubeTranscriptApi(http_client=made).list(id_)


def test_transcript_library_lists_typed_before_automatic(api: YouTubeTranscriptApi) -> None:
    """Each track of the catalogue arrives once, with language and kind."""
    tracks = [(t.language_code, t.is_generated, t.language) for t in api.list(TALK.id)]
    assert tracks == [("ar", False, "Arabic"), ("en", False, "English"), ("ar", True, "Arabic (auto-generated)")]


@pytest.mark.parametrize(("generated", "captions"), [(False, TYPED), (True, SPOKEN)])
def test_transcript_library_reads_texts_and_times(
    api: YouTubeTranscriptApi,
    generated: bool,  # noqa: FBT001 - a case, not an option
    captions: tuple[object, ...],
) -> None:
    """Typed and automatic captions arrive letter by letter, at their seconds."""
    tracks = api.list(TALK.id)
    find = tracks.find_generated_transcript if generated else tracks.find_manually_created_transcript
    assert cues(find(["ar"]).fetch()) == [(c.text, c.start, c.end) for c in captions]  # type: ignore[attr-defined] # two tuples of Caption


def test_transcript_library_decodes_double_escaped_text() -> None:
    """Signs and even a written `&amp;` survive the double escaping of the old XML form."""
    said = '"R&D": 5 < 6, written &amp; or &lt;'
    video = replace(TALK, tracks=(FakeTrack("en", (Caption(said, 0.0, 1.0),)),))
    with FakeYouTube(Catalogue((video,))) as fake, session(fake) as made:
        assert YouTubeTranscriptApi(http_client=made).fetch(video.id, languages=["en"])[0].text == said


def test_transcript_library_translates(api: YouTubeTranscriptApi) -> None:
    """A translated track says so in its text, is generated, and asks with `tlang`."""
    translated = api.list(TALK.id).find_generated_transcript(["ar"]).translate("fr").fetch()
    assert translated.is_generated
    assert [s.text for s in translated] == [f"[fr] {c.text}" for c in SPOKEN]


def test_transcript_library_passes_the_consent_wall() -> None:
    """Behind the wall the library sets its cookie, asks for the page again, and gets the tracks."""
    with FakeYouTube(Catalogue((TALK,), consent_wall=True)) as fake, session(fake) as made:
        assert len(list(YouTubeTranscriptApi(http_client=made).list(TALK.id))) == 3
        assert [r.path for r in fake.requests] == ["/watch", "/watch", "/youtubei/v1/player"]


def test_transcript_library_needs_three_requests(youtube: FakeYouTube, api: YouTubeTranscriptApi) -> None:
    """Page, player as an Android client, captions: nothing else is asked for."""
    api.fetch(TALK.id, languages=["ar"])
    assert [(r.method, r.path, r.client) for r in youtube.requests] == [
        ("GET", "/watch", ""),
        ("POST", "/youtubei/v1/player", "ANDROID"),
        ("GET", "/api/timedtext", ""),
    ]


def test_withheld_captions_ask_for_a_token() -> None:
    """Captions of the experiment `xpe` are listed but not given out."""
    tracks = listed(Catalogue((replace(TALK, exp="xpe"),)), TALK.id)
    with pytest.raises(PoTokenRequired):
        tracks.find_transcript(["ar"]).fetch()


def test_video_without_captions_has_no_caption_list(api: YouTubeTranscriptApi) -> None:
    """No tracks in the catalogue: the library says that transcripts are disabled."""
    with pytest.raises(TranscriptsDisabled):
        api.list(SILENT.id)


def test_yt_dlp_reads_the_metadata(youtube: FakeYouTube) -> None:
    """Everything that the catalogue says of a video comes out of yt-dlp, without a warning."""
    with FakeYoutubeDL(youtube) as library:
        info = library.video(TALK.id)
        assert library.log.warnings == []
    expected = {
        "id": TALK.id,
        "title": TALK.title,
        "channel": TALK.channel,
        "channel_id": TALK.channel_id,
        "upload_date": "20260314",
        "duration": 600,
        "description": TALK.description,
        "tags": list(TALK.tags),
        "language": "ar",
        "live_status": "not_live",
        "availability": "public",
        "age_limit": 0,
    }
    assert {key: info[key] for key in expected} == expected


def test_yt_dlp_reads_the_chapters(youtube: FakeYouTube) -> None:
    """Chapters come from the page, each ending where the next begins."""
    with FakeYoutubeDL(youtube) as library:
        chapters = library.video(TALK.id)["chapters"]
    assert [(c["start_time"], c["title"]) for c in chapters] == [(c.start, c.title) for c in TALK.chapters]
    assert [c["end_time"] for c in chapters] == [120, 360, 600]


def test_yt_dlp_needs_two_requests_for_a_video(youtube: FakeYouTube) -> None:
    """The watch page and one player call, as the client that was chosen."""
    with FakeYoutubeDL(youtube) as library:
        library.video(TALK.id)
    assert [(r.method, r.path, r.client) for r in youtube.requests] == [
        ("GET", "/watch", ""),
        ("POST", "/youtubei/v1/player", "VISIONOS"),
    ]


def test_yt_dlp_json3_has_a_time_for_each_word(youtube: FakeYouTube) -> None:
    """Word and millisecond of each automatic caption, in YouTube's own json3."""
    import json  # noqa: PLC0415 - used once

    with FakeYoutubeDL(youtube) as library:
        formats = library.video(TALK.id)["automatic_captions"]["ar-orig"]
        address = next(f["url"] for f in formats if f["ext"] == "json3")
        events = json.loads(library.urlopen(address).read())["events"]
    words = [
        (s["utf8"].strip(), (e["tStartMs"] + s.get("tOffsetMs", 0)) / 1000)
        for e in events
        for s in e.get("segs", ())
        if s["utf8"].strip()
    ]
    assert words == [pair for c in SPOKEN for pair in zip(c.text.split(), c.times, strict=True)]


def test_yt_dlp_keeps_twin_tracks_apart(youtube: FakeYouTube) -> None:
    """Two typed Arabic tracks have two keys and two texts."""
    with FakeYoutubeDL(youtube) as library:
        subtitles = library.video(TWINS.id)["subtitles"]
        bodies = {
            key: library.urlopen(next(f["url"] for f in formats if f["ext"] == "srv1")).read().count(b"<text ")
            for key, formats in subtitles.items()
        }
    assert bodies == {"ar": 3, "ar-SDH": 1}
