"""A video from YouTube, by both real libraries over real HTTP and TLS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import cycle, pairwise
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import NoArabicCaptions, NoCaptions, NotYetAvailable
from pipeline.events import Event, Notice
from pipeline.settings import SourceSettings
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.request_log import RequestLog
from pipeline.sources.transport import AnswerLimits, ConnectionPool, PoliteAdapter, PoliteSession
from pipeline.sources.youtube import YouTubeSource
from pipeline.types.article import Caption, Chapter, SourceKind, Track, TrackOrigin, VideoReference
from tests.fakes.catalogue import FakeSound, FakeTrack, FakeVideo
from tests.fakes.faults import Fault
from tests.fakes.sample import ENGLISH, FOREIGN, LANGUAGES, REGIONAL, SILENT, SPOKEN, SPOKEN_ONLY, TALK, TWINS, TYPED
from tests.figures import Tell
from tests.sources.fetching import (
    CAPTIONS,
    FIRST_CAPTIONS,
    FIRST_PLAYER,
    NO_TRACKS,
    PAGE,
    alone,
    fetched,
    refused,
    source,
)

if TYPE_CHECKING:
    from tests.fakes.youtube import FakeYouTube

ARABIC_AND_HUMAN_ENGLISH = replace(
    TALK,
    tracks=(FakeTrack("ar", SPOKEN, "asr", "Arabic (auto-generated)"), FakeTrack("en", ENGLISH, "manual", "English")),
)


def test_metadata_and_captions_come_whole(youtube: FakeYouTube) -> None:
    """Everything YouTube says about the video is in the recording, in our types."""
    recording = fetched(youtube, TALK.id)
    video = recording.video

    assert (video.id, video.title, video.channel) == (TALK.id, TALK.title, TALK.channel)
    assert (video.published, video.seconds, video.language) == (date(2026, 3, 14), 600.0, "ar")
    assert video.description == TALK.description
    assert video.url == f"https://www.youtube.com/watch?v={TALK.id}"
    assert video.chapters == TALK.chapters
    assert video.tags == TALK.tags
    assert recording.transcript.track == Track("ar", TrackOrigin.MANUAL, "Arabic")
    assert recording.transcript.captions == TYPED
    assert recording.transcript.backend == "yt-dlp"
    assert recording.transcript.others == (
        Track("en", TrackOrigin.MANUAL, "English"),
        Track("ar", TrackOrigin.AUTOMATIC, "Arabic"),
    )


def test_automatic_captions_know_the_second_of_each_word(youtube: FakeYouTube) -> None:
    """Words carry their own times, as YouTube's json3 gives them."""
    captions = fetched(youtube, SPOKEN_ONLY.id).transcript.captions

    assert captions == SPOKEN
    assert captions[0].times == (0.4, 0.9, 1.2, 1.5, 1.8)


def test_three_requests_are_enough(youtube: FakeYouTube, tell: Tell) -> None:
    """A video costs its page, one player call and one caption file; a second opinion costs two or three more."""
    costs = {}
    for video in (TALK, SPOKEN_ONLY, REGIONAL, TWINS):
        before = len(youtube.requests)
        fetched(youtube, video.id)
        costs[video.id] = len(youtube.requests) - before
    before = len(youtube.requests)
    refused(youtube, SILENT.id)
    silent = len(youtube.requests) - before
    tell(f"requests per video: {max(costs.values())}, without captions (two attempts): {silent}")

    assert set(costs.values()) == {3}
    assert silent == 4


def test_an_english_human_track_never_beats_the_arabic_speech() -> None:
    """Arabic automatic and English human captions: the Arabic is read, and the reason says what was there."""
    with alone(ARABIC_AND_HUMAN_ENGLISH) as fake:
        transcript = fetched(fake, TALK.id).transcript

    assert transcript.track == Track("ar", TrackOrigin.AUTOMATIC, "Arabic")
    assert transcript.captions == SPOKEN
    assert transcript.others == (Track("en", TrackOrigin.MANUAL, "English"),)


def test_the_sound_decides_between_two_typed_tracks() -> None:
    """Arabic and English typed captions, both wanted, and no automatic ones: the audio says which is the original."""
    tracks = (FakeTrack("ar", TYPED, "manual", "Arabic"), FakeTrack("en", ENGLISH, "manual", "English"))
    for spoken in ("ar", "en"):
        with alone(replace(TALK, tracks=tracks, language=spoken)) as fake:
            recording = fetched(fake, TALK.id, languages=("ar", "en"))
        assert recording.transcript.track.language == spoken
        assert recording.video.language == spoken


DUB = FakeTrack("ar", SPOKEN, "asr", "Arabic (auto-generated)")
ENGLISH_SPEECH = FakeTrack("en", ENGLISH, "asr", "English (auto-generated)")
DUBBED = replace(TALK, tracks=(DUB, ENGLISH_SPEECH))
"""YouTube lists the automatic captions of the Arabic dub before those of the speech."""
SAYS_ENGLISH = {
    "the name and the number": (FakeSound("ar", "10", "Arabic"), FakeSound("en-US", "4", "English original")),
    "the name alone": (FakeSound("ar", "", "Arabic", default=True), FakeSound("en", "", "English (US) original")),
    "the number alone, while the viewer's language starts": (
        FakeSound("ar", "10", "العربية", default=True, auto_dubbed=True),
        FakeSound("en", "4", "الإنجليزية"),
    ),
    "the default alone": (FakeSound("ar", "", "Arabic"), FakeSound("en", "", "English", default=True)),
    "that the other one is a dub": (FakeSound("ar", "", "Arabic", auto_dubbed=True), FakeSound("en", "", "English")),
    "a single sound track": (FakeSound("en", "", "English"),),
}


@pytest.mark.parametrize("says", SAYS_ENGLISH)
@pytest.mark.parametrize("translatable", [True, False], ids=["translatable", "not translatable"])
def test_captions_of_a_dub_are_a_machine_translation(says: str, translatable: bool) -> None:  # noqa: FBT001 - a case
    """English speech with an Arabic dub has no Arabic captions, whichever mark says so; the error names the speech."""
    languages = (*LANGUAGES, ("ar", "Arabic")) if translatable else ()
    with alone(replace(DUBBED, sounds=SAYS_ENGLISH[says], translation_languages=languages)) as fake:
        error = refused(fake, TALK.id)

    assert type(error) is NoArabicCaptions
    assert "captions in ar are of a machine translation; it is spoken in en" in str(error)
    assert "en (automatic)" in str(error)
    assert "allow_translated" in error.hint


def test_the_second_library_knows_a_dub_too() -> None:
    """Where yt-dlp gets no answer that counts, the captions of a dub do not slip in by the other library."""
    video = replace(DUBBED, sounds=SAYS_ENGLISH["the default alone"])
    with alone(video, Fault(FIRST_CAPTIONS, body="<html></html>"), Fault(FIRST_PLAYER, body=NO_TRACKS)) as fake:
        assert type(refused(fake, TALK.id)) is NoArabicCaptions


def test_captions_of_a_dub_are_read_where_translations_are_allowed() -> None:
    """The setting admits them, and the reason says what they are and what is spoken."""
    with alone(replace(DUBBED, sounds=SAYS_ENGLISH["the default alone"])) as fake:
        recording = fetched(fake, TALK.id, allow_translated=True)

    assert recording.transcript.track.origin is TrackOrigin.TRANSLATED
    assert recording.transcript.reason.startswith("Machine-translated captions in ar; the speech is in en; allowed")
    assert recording.video.language == "en"


@pytest.mark.parametrize("first", [DUB, ENGLISH_SPEECH], ids=["Arabic first", "English first"])
def test_arabic_speech_with_a_dub_is_read_as_it_was_said(first: FakeTrack) -> None:
    """Of an Arabic talk with an English dub the Arabic is read, in whatever order YouTube lists the two."""
    sounds = (FakeSound("en", "10", "English", auto_dubbed=True), FakeSound("ar", "4", "Arabic original", default=True))
    tracks = (first, ENGLISH_SPEECH if first is DUB else DUB)
    with alone(replace(TALK, tracks=tracks, sounds=sounds)) as fake:
        recording = fetched(fake, TALK.id, languages=("en", "ar"))

    assert recording.transcript.track == Track("ar", TrackOrigin.AUTOMATIC, "Arabic")
    assert "the language spoken in the video" in recording.transcript.reason
    assert recording.video.language == "ar"


@pytest.mark.parametrize(
    "sounds",
    [(), (FakeSound("ar", "", "Arabic"), FakeSound("en", "", "English"))],
    ids=["no sound track is named", "two, and no mark"],
)
def test_where_nothing_tells_the_sound_the_automatic_track_counts(sounds: tuple[FakeSound, ...]) -> None:
    """Nothing is refused on a guess."""
    with alone(replace(DUBBED, sounds=sounds, language="")) as fake:
        transcript = fetched(fake, TALK.id).transcript

    assert transcript.track == Track("ar", TrackOrigin.AUTOMATIC, "Arabic")


def test_typed_arabic_of_an_english_video_is_no_machine_translation() -> None:
    """People translated it: it is read, whatever the sound."""
    tracks = (DUB, FakeTrack("ar", TYPED, "manual", "Arabic"), ENGLISH_SPEECH)
    with alone(replace(TALK, tracks=tracks, sounds=SAYS_ENGLISH["the default alone"])) as fake:
        assert fetched(fake, TALK.id).transcript.track == Track("ar", TrackOrigin.MANUAL, "Arabic")


@pytest.mark.parametrize("code", ["ar-EG", "ar-SA", "ar-001"])
@pytest.mark.parametrize("kind", ["manual", "asr"])
def test_regional_codes_are_arabic(code: str, kind: str) -> None:
    """A track that says Egypt or Saudi Arabia is found when Arabic is wanted, by people or by machine."""
    track = FakeTrack(code, SPOKEN, "asr" if kind == "asr" else "manual", "Arabic (somewhere)")
    with alone(replace(REGIONAL, tracks=(track,))) as fake:
        transcript = fetched(fake, REGIONAL.id).transcript

    assert transcript.track.language == code
    assert [caption.text for caption in transcript.captions] == [caption.text for caption in SPOKEN]


def test_twin_tracks_are_told_apart(youtube: FakeYouTube) -> None:
    """Of two typed Arabic tracks the one without sound descriptions is read, whole, and the other is named."""
    transcript = fetched(youtube, TWINS.id).transcript

    assert len(transcript.captions) == len(TYPED)
    assert transcript.others == (Track("ar", TrackOrigin.MANUAL, "Arabic - SDH"),)


def test_other_languages_are_named(youtube: FakeYouTube) -> None:
    """Without Arabic captions the error says which there are."""
    error = refused(youtube, FOREIGN.id)

    assert type(error) is NoArabicCaptions
    assert "en (manual)" in str(error)
    assert len(youtube.requests) == 2


TRANSLATABLE = replace(
    FOREIGN, tracks=(FakeTrack("en", ENGLISH, "asr", "English"),), translation_languages=(*LANGUAGES, ("ar", "Arabic"))
)


def test_a_translation_is_never_taken_by_accident() -> None:
    """English speech that YouTube would translate into Arabic has no Arabic captions."""
    with alone(TRANSLATABLE) as fake:
        assert type(refused(fake, FOREIGN.id)) is NoArabicCaptions
        assert not any("tlang" in request.query for request in fake.requests)


@pytest.mark.parametrize("kind", ["asr", "manual"])
def test_an_allowed_translation_is_labelled(kind: str) -> None:
    """Where the settings allow it, a machine translation is read, and says that it is one."""
    track = FakeTrack("en", ENGLISH, "asr" if kind == "asr" else "manual", "English")
    with alone(replace(TRANSLATABLE, tracks=(track,))) as fake:
        transcript = fetched(fake, FOREIGN.id, allow_translated=True).transcript

    assert transcript.track.origin is TrackOrigin.TRANSLATED
    assert transcript.track.language.startswith("ar")
    assert "Machine-translated" in transcript.reason


def test_allowing_translations_changes_nothing_where_there_are_originals(youtube: FakeYouTube) -> None:
    """The setting admits a last resort; it does not prefer it."""
    assert fetched(youtube, TALK.id, allow_translated=True).transcript.track == Track(
        "ar", TrackOrigin.MANUAL, "Arabic"
    )


def test_no_captions_needs_two_looks(youtube: FakeYouTube) -> None:
    """Both libraries are asked, through two different clients of YouTube, before a video is said to have none."""
    error = refused(youtube, SILENT.id)

    assert type(error) is NoCaptions
    assert [request.client for request in youtube.requests if request.client] == ["VISIONOS", "ANDROID"]


def test_the_second_look_finds_what_the_first_missed() -> None:
    """When the first client lists no captions, the other library's are read, with the metadata of the first."""
    with alone(TALK, Fault(FIRST_PLAYER, body=NO_TRACKS)) as fake:
        recording = fetched(fake, TALK.id)

    assert recording.transcript.backend == "youtube-transcript-api"
    assert recording.transcript.captions == TYPED
    assert recording.video.title == TALK.title
    assert recording.video.chapters == TALK.chapters


@pytest.mark.parametrize("body", ["", "<html>not captions</html>", '{"events": []}', "[]", '{"events": 5}', "\x00\x01"])
def test_bad_json3_leads_to_the_other_library(body: str) -> None:
    """Captions that come empty, as a page or in another form are read by the other library instead."""
    with alone(TALK, Fault(FIRST_CAPTIONS, body=body)) as fake:
        transcript = fetched(fake, TALK.id).transcript

    assert transcript.backend == "youtube-transcript-api"
    assert transcript.captions == TYPED


def test_a_video_for_children_is_found_by_the_other_client() -> None:
    """The first client is told "not available" for videos made for kids; the other is not."""
    unplayable = '{"playabilityStatus": {"status": "UNPLAYABLE", "reason": "This video is not available"}}'
    with alone(TALK, Fault(FIRST_PLAYER, body=unplayable)) as fake:
        assert fetched(fake, TALK.id).transcript.captions == TYPED


def test_the_consent_wall_is_passed() -> None:
    """European addresses are asked for consent first; both libraries get through."""
    with alone(TALK, consent_wall=True) as fake:
        assert fetched(fake, TALK.id).transcript.backend == "yt-dlp"
        assert len(fake.requests) == 3
    with alone(TALK, Fault(FIRST_PLAYER, body=NO_TRACKS), consent_wall=True) as fake:
        assert fetched(fake, TALK.id).transcript.backend == "youtube-transcript-api"


def test_chapters_are_read_from_the_description() -> None:
    """Where the page has no chapters, time stamps in the description are them."""
    lines = "حلقة عن النهر\n0:00 المقدمة\n2:00 المدينة الأولى\n6:00 المدينة الثانية"
    with alone(replace(TALK, chapters=(), description=lines)) as fake:
        chapters = fetched(fake, TALK.id).video.chapters

    assert chapters == (Chapter(0.0, "المقدمة"), Chapter(120.0, "المدينة الأولى"), Chapter(360.0, "المدينة الثانية"))


@pytest.mark.parametrize("line", ["سورة التين 9:51", "9:51 سورة التين", "الإعادة\n8:00 السبت\n9:30 الأحد"])
def test_other_times_in_a_description_are_no_chapters(line: str) -> None:
    """A verse and the hours of a broadcast divide no article, though yt-dlp lists them as chapters."""
    with alone(replace(TALK, chapters=(), description=f"حلقة عن النهر\n{line}")) as fake:
        assert fetched(fake, TALK.id).video.chapters == ()


def test_metadata_cannot_disguise_itself() -> None:
    """Control and direction-turning characters are gone from every text, and no text is longer than any real one."""
    evil = "\u202eمقلوب\u202c \u2066x\u2069 \x1b[31m\x00 سطر\nثان "
    video = replace(
        TALK, title=evil + "ط" * 5000, channel=evil, description=evil + "و" * 100_000, tags=(evil,) * 3,
        chapters=(Chapter(0.0, evil), Chapter(60.0, evil)),
    )  # fmt: skip
    with alone(video) as fake:
        read = fetched(fake, TALK.id).video
    texts = (read.title, read.channel, read.description, *read.tags, *(chapter.title for chapter in read.chapters))

    assert not any(letter in text for text in texts for letter in "\u202e\u202c\u2066\u2069\x1b\x00")
    assert "\n" not in read.title + read.channel
    assert len(read.title) <= 500
    assert len(read.description) <= 20_000


@pytest.mark.parametrize("live", ["is_live", "is_upcoming"])
def test_a_running_stream_is_looked_at_again_later(live: str) -> None:
    """Captions of a stream that runs are not the talk: it is for later, whatever is there now."""
    with alone(replace(TALK, live=live)) as fake:  # type: ignore[arg-type] # one of the fake's words
        assert type(refused(fake, TALK.id)) is NotYetAvailable


def test_a_finished_stream_is_a_video() -> None:
    """A stream that ended is read like any other, under its plain title."""
    with alone(replace(TALK, live="was_live")) as fake:
        assert fetched(fake, TALK.id).video.title == TALK.title


def test_the_choice_is_reported(youtube: FakeYouTube) -> None:
    """Whoever watches the run hears which track was taken and why, and no address."""
    heard: list[Event] = []
    settings = SourceSettings(proxy=youtube.proxy, ca_bundle=youtube.ca_bundle, pause_seconds=0.0)
    YouTubeSource(settings, heard.append).fetch(VideoReference(SourceKind.YOUTUBE, TALK.id))

    assert heard == [
        Notice("Captions made by people in ar, the language spoken in the video; preferred to the automatic ones.")
    ]


def test_requests_are_paced_by_the_clock_that_is_passed_in(youtube: FakeYouTube) -> None:
    """Two videos in a row: every pause between the six requests is slept, and none before the first."""
    slept: list[float] = []
    settings = SourceSettings(proxy=youtube.proxy, ca_bundle=youtube.ca_bundle, pause_seconds=1.0)
    paced = YouTubeSource(settings, limiter=RateLimiter(1.0, lambda: 0.0, slept.append, lambda: 0.5))
    for _ in range(2):
        paced.fetch(VideoReference(SourceKind.YOUTUBE, TALK.id))

    assert slept == [1.3] * 5


def test_pauses_are_seen_by_the_server(youtube: FakeYouTube) -> None:
    """In YouTube's own log no two requests are closer than the pause, across libraries and videos."""
    paced = source(youtube, pause_seconds=0.05)
    paced.fetch(VideoReference(SourceKind.YOUTUBE, TALK.id))
    youtube.faults.append(Fault(FIRST_PLAYER, body=NO_TRACKS))
    paced.fetch(VideoReference(SourceKind.YOUTUBE, TALK.id))
    times = [request.time for request in youtube.requests]

    assert len(times) >= 7
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.05


@pytest.mark.parametrize("match", [PAGE, FIRST_PLAYER, CAPTIONS])
@pytest.mark.parametrize("trouble", [{"status": 503}, {"drop": True}, {"cut": 50}], ids=["503", "drop", "cut"])
def test_what_fails_once_is_asked_again(match: str, trouble: dict[str, int], youtube: FakeYouTube) -> None:
    """One server error, dropped connection or cut body costs a request, not the video, and loses no metadata."""
    youtube.faults.append(Fault(match, last=1, **trouble))  # type: ignore[arg-type] # one of the fake's faults
    recording = fetched(youtube, TALK.id)

    assert recording.transcript.captions == TYPED
    assert recording.video.chapters == TALK.chapters
    assert recording.video.published == TALK.published


def test_a_tenth_of_all_requests_may_fail(youtube: FakeYouTube, tell: Tell) -> None:
    """Every tenth request ends in a server error, a drop or a cut: thirty of thirty fetches succeed, whole."""
    troubles = ({"status": 503}, {"drop": True}, {"cut": 60})
    for hit, trouble in zip(range(5, 400, 10), cycle(troubles), strict=False):
        youtube.faults.append(Fault("", first=hit, last=hit, **trouble))  # type: ignore[arg-type] # as above
    recordings = {fetched(youtube, TALK.id) for _ in range(30)}
    tell(f"requests for 30 videos with a tenth failing: {len(youtube.requests)}")

    assert len(recordings) == 1
    assert recordings.pop().transcript.captions == TYPED


def test_a_long_talk_is_read_whole() -> None:
    """Ten hours of captions arrive without a missing one."""
    captions = tuple(Caption(f"كلمة {number}", number * 3.0, number * 3.0 + 2.0) for number in range(12_000))
    video = FakeVideo("long_long_t", "طويل", seconds=36_000, tracks=(FakeTrack("ar", captions, "manual", "Arabic"),))
    with alone(video) as fake:
        assert fetched(fake, video.id).transcript.captions == captions


def test_connections_are_kept_from_one_video_to_the_next(youtube: FakeYouTube) -> None:
    """Two videos and a second attempt need one connection; cookies of one attempt are not sent with the next."""
    paced = source(youtube)
    youtube.faults.append(Fault(PAGE, last=1, headers={"Set-Cookie": "told=1; Path=/; Secure"}))
    paced.fetch(VideoReference(SourceKind.YOUTUBE, TALK.id))
    first = len(youtube.requests)
    youtube.faults.append(Fault(FIRST_PLAYER, body=NO_TRACKS))
    paced.fetch(VideoReference(SourceKind.YOUTUBE, TALK.id))

    assert youtube.tunnels == 1
    assert any("told=1" in request.headers.get("Cookie", "") for request in youtube.requests[:first])
    assert not any("told=1" in request.headers.get("Cookie", "") for request in youtube.requests[first:])


def test_a_connection_that_was_idle_for_long_is_not_used_again(youtube: FakeYouTube) -> None:
    """After a minute the other end may be closing it, so a new one is opened; within the minute it is kept."""
    now = [1000.0]
    connections = ConnectionPool(AnswerLimits.of(SourceSettings()), clock=lambda: now[0])
    settings = SourceSettings(proxy=youtube.proxy, ca_bundle=youtube.ca_bundle)
    tunnels = []
    for later in (0.0, 59.0, 61.0):
        now[0] += later
        with PoliteSession(settings, PoliteAdapter(connections, RateLimiter(0.0), RequestLog(TALK.id))) as session:
            assert session.get(f"https://{PAGE}?v={TALK.id}").ok
        tunnels.append(youtube.tunnels)
    connections.close()

    assert tunnels == [1, 1, 2]
