"""YouTube as a source: yt-dlp looks first, youtube-transcript-api is asked where that look leaves doubt.

A refusal of our address never becomes "this video has no captions": that sentence needs two looks by two libraries,
every answer whole, and a player that says the video can be played.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.errors import (
    NoArabicCaptions,
    NoCaptions,
    SourceChanged,
    SourceError,
    SourceUnreachable,
    TokenRequired,
    VideoUnavailable,
)
from pipeline.events import Notice, Reporter, silent
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.request_log import note_requested_wait
from pipeline.sources.track_choice import choose_track, describe_tracks
from pipeline.sources.transcript_api import TranscriptApi
from pipeline.sources.ytdlp import YtDlp, validate_settings
from pipeline.types.article import Recording, TrackOrigin, Transcript

if TYPE_CHECKING:
    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.sources.transport import ConnectionPool
    from pipeline.types.article import Track, Video, VideoReference

DOUBTFUL = (NoCaptions, TokenRequired, SourceChanged, VideoUnavailable)
"""What the other library is asked about: videos for children, say, are unavailable to the first one's client."""


class YouTubeSource:
    """Reads videos from YouTube, politely."""

    def __init__(self, settings: SourceSettings, report: Reporter = silent, pace: RequestTurns | None = None) -> None:
        """Nothing is opened before the first fetch; without a `pace`, requests have one of their own."""
        self._settings = settings
        self._report = report
        self._pace = pace or RateLimiter(settings.pause_seconds)

    @cached_property
    def _connections(self) -> ConnectionPool:
        from pipeline.sources import transport  # noqa: PLC0415 - yt-dlp takes 0.4 s to import

        return transport.ConnectionPool(transport.AnswerLimits.of(self._settings))

    def fetch(self, reference: VideoReference) -> Recording:
        """Metadata and captions of one video, in 3 requests when all is well. Raises `SourceError` or `ConfigError`."""
        validate_settings(self._settings)
        with (
            YtDlp(reference.id, self._settings, self._pace, self._connections) as first,
            note_requested_wait(first.traffic),
        ):
            try:
                recording = self._recording(first)
            except DOUBTFUL as doubt:
                recording = self._second_opinion(first, doubt)
        self._report(Notice(recording.transcript.reason))
        return recording

    def _second_opinion(self, first: YtDlp, doubt: SourceError) -> Recording:
        """The recording by the other library, or the error that both looks together justify."""
        look = TranscriptApi(first.subject, self._settings, self._pace, self._connections)
        with look as second, note_requested_wait(second.traffic):
            try:
                return self._recording(second, first.video)
            except (NoCaptions, SourceChanged) as error:
                found = error
            raise _joint(doubt, found, clean=first.traffic.clean and second.traffic.clean)

    def _recording(self, look: YtDlp | TranscriptApi, known: Video | None = None) -> Recording:
        tracks = look.tracks()
        spoken = look.video.language if look.video else ""
        choice = choose_track(
            tracks, self._settings.languages, spoken, allow_translated=self._settings.allow_translated
        )
        if choice is None:
            raise _none_fits(look, tracks, self._settings.languages)
        captions = look.captions(choice.position)
        video = known or look.video
        if video is None or video.id != look.subject:
            raise SourceChanged(look.subject, "YouTube's answers do not describe this video")
        return Recording(video, Transcript(choice.track, captions, look.name, choice.reason, choice.others))


def _joint(doubt: SourceError, error: SourceError, *, clean: bool) -> SourceError:
    """What two looks that found nothing justify together."""
    if isinstance(doubt, TokenRequired) or (isinstance(error, NoCaptions) and not isinstance(doubt, NoCaptions)):
        return doubt  # captions are listed, or the first look did not come so far
    if isinstance(error, NoCaptions) and not clean:
        return SourceUnreachable(error.subject, "YouTube's answers were incomplete")
    return error


def _none_fits(look: YtDlp | TranscriptApi, tracks: tuple[Track, ...], wanted: tuple[str, ...]) -> SourceError:
    withheld = tuple(track for player in look.traffic.players if player.withheld for track in player.tracks)
    if choose_track(withheld, wanted):
        return TokenRequired(look.subject, "YouTube gives its captions only to programs with a token")
    listed = tuple(track for track in (*tracks, *withheld) if track.origin is not TrackOrigin.TRANSLATED)
    if not listed:
        return NoCaptions(look.subject, "it has no captions")
    return NoArabicCaptions(look.subject, f"its captions are in other languages: {describe_tracks(listed)}")
