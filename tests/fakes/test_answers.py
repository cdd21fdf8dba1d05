"""Refusals and caption forms: what the fake says is what real clients understand."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import pytest
from youtube_transcript_api import YouTubeTranscriptApi
from youtube_transcript_api._errors import CouldNotRetrieveTranscript
from yt_dlp.utils import DownloadError
from yt_dlp.webvtt import CueBlock, parse_fragment

from pipeline.types.article import Caption
from tests.fakes.answers import watch_page
from tests.fakes.catalogue import REFUSALS, Catalogue, FakeTrack
from tests.fakes.clients import FakeYoutubeDL, session
from tests.fakes.sample import ENGLISH, SPOKEN, TALK
from tests.fakes.timedtext import timedtext
from tests.fakes.youtube import FakeYouTube

SPOKEN_TRACK = FakeTrack("ar", SPOKEN, "asr")
KNOWN = {
    "bot": "RequestBlocked",
    "age": "AgeRestricted",
    "unavailable": "VideoUnavailable",
}
"""The three sentences that the transcript library knows; all others are `VideoUnplayable` with the reason."""


@pytest.mark.parametrize("name", REFUSALS)
def test_transcript_library_understands_each_refusal(name: str) -> None:
    """The class that its authors document for this sentence; an unknown sentence is passed on word for word."""
    refusal = REFUSALS[name]
    with FakeYouTube(Catalogue((TALK.refused(refusal),))) as fake, session(fake) as made:
        with pytest.raises(CouldNotRetrieveTranscript) as caught:
            YouTubeTranscriptApi(http_client=made).list(TALK.id)
        assert caught.type.__name__ == KNOWN.get(name, "VideoUnplayable")
        assert getattr(caught.value, "reason", refusal.playability["reason"]) == refusal.playability["reason"]
        assert fake.escapes == ()


@pytest.mark.parametrize("name", REFUSALS)
def test_yt_dlp_understands_each_refusal(name: str) -> None:
    """yt-dlp raises with the refusal's own sentence, or the more exact one below it, and asks no other host."""
    refusal = REFUSALS[name]
    message = refusal.playability["errorScreen"]["playerErrorMessageRenderer"]  # type: ignore[index] # a nested dict
    sentence = message["subreason"]["runs"][0]["text"] if "subreason" in message else message["reason"]["simpleText"]
    with FakeYouTube(Catalogue((TALK.refused(refusal),))) as fake:
        with FakeYoutubeDL(fake, ignore_no_formats_error=False) as library, pytest.raises(DownloadError) as caught:
            library.video(TALK.id)
        assert sentence.rstrip(".") in str(caught.value)
        assert fake.escapes == ()


def test_unknown_id_is_an_unavailable_video(youtube: FakeYouTube) -> None:
    """A video that the catalogue does not hold is refused as YouTube refuses an unknown id."""
    with session(youtube) as made, pytest.raises(CouldNotRetrieveTranscript) as caught:
        YouTubeTranscriptApi(http_client=made).list("aaaaaaaaaaa")
    assert caught.type.__name__ == "VideoUnavailable"


def test_titles_cannot_end_their_script() -> None:
    """A title with markup reaches the clients as it is, and nothing after it is lost."""
    hostile = '</script><script>alert(1)</script> & "عنوان" \\u003c'
    video = TALK.__class__(id=TALK.id, title=hostile, description=hostile, tracks=TALK.tracks)
    with FakeYouTube(Catalogue((video,))) as fake, FakeYoutubeDL(fake) as library:
        info = library.video(TALK.id)
    assert (info["title"], info["description"]) == (hostile, hostile)
    assert watch_page(video).count("</script>") == 3


def test_json3_begins_with_a_window_and_breaks_lines() -> None:
    """Automatic captions hold the two kinds of events without words that a reader must pass over."""
    events = json.loads(timedtext(SPOKEN_TRACK, "json3"))["events"]
    assert "segs" not in events[0]
    assert [e["segs"] for e in events if e.get("aAppend")] == [[{"utf8": "\n"}]] * (len(SPOKEN) - 1)


@pytest.mark.parametrize(("form", "tag", "start", "unit"), [("srv1", "text", "start", 1), ("srv3", "p", "t", 1000)])
def test_xml_forms_hold_texts_and_times(form: str, tag: str, start: str, unit: int) -> None:
    """Both XML forms parse, with each caption once, at its second or millisecond."""
    found = [
        ("".join(e.itertext()), float(e.attrib[start]) / unit)
        for e in fromstring(timedtext(SPOKEN_TRACK, form)).iter(tag)  # noqa: S314 - our own text
    ]
    assert found == [(c.text, c.start) for c in SPOKEN]


def test_vtt_of_automatic_captions_rolls() -> None:
    """Each line appears with word times, stands for 10 ms, and is repeated above the next: as YouTube sends it."""
    blocks = [b for b in parse_fragment(timedtext(SPOKEN_TRACK, "vtt").encode()) if isinstance(b, CueBlock)]
    assert len(blocks) == 2 * len(SPOKEN)
    fillers = [b for b in blocks if b.end - b.start == 900]  # 10 ms at 90 kHz
    assert [b.text.splitlines()[0] for b in fillers] == [c.text for c in SPOKEN]
    assert blocks[2].text.splitlines()[0] == SPOKEN[0].text
    assert blocks[2].text.count("<c>") == len(SPOKEN[1].times) - 1


def test_vtt_of_typed_captions_is_plain() -> None:
    """One cue a caption, escaped, with no word marks."""
    text = timedtext(FakeTrack("en", ENGLISH), "vtt")
    assert [b.text.strip() for b in parse_fragment(text.encode()) if isinstance(b, CueBlock)] == [
        'Welcome &amp; "hello": 5 &lt; 6',
        "Today: the Euphrates",
    ]


def test_times_above_an_hour_are_written_out() -> None:
    """Hours are not lost in WebVTT."""
    assert "01:01:01.500 --> 01:01:02.000" in timedtext(FakeTrack("ar", (Caption("نص", 3661.5, 3662.0),)), "vtt")
