"""YouTube as a source: yt-dlp is asked first, and youtube-transcript-api where that leaves doubt.

A refusal of our address never becomes "this video has no captions": that takes two attempts by two libraries, every
answer complete, and a player that says the video can be played.
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
from pipeline.sources.request_log import annotate_errors
from pipeline.sources.track_choice import choose_track, describe_tracks
from pipeline.sources.transcript_api import TranscriptApi
from pipeline.sources.ytdlp import YtDlp, validate_settings
from pipeline.types.article import Recording, TrackOrigin, Transcript

if TYPE_CHECKING:
    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.sources.transport import ConnectionPool
    from pipeline.types.article import Video, VideoReference

DOUBTFUL = (NoCaptions, TokenRequired, SourceChanged, VideoUnavailable)
"""Errors on which the other library is asked: videos for children, say, are unavailable to the client of yt-dlp."""


class YouTubeSource:
    """Reads videos from YouTube, politely. Nothing is opened before the first fetch."""

    def __init__(
        self, settings: SourceSettings, report: Reporter = silent, limiter: RequestTurns | None = None
    ) -> None:
        self._settings = settings
        self._report = report
        self._limiter = limiter or RateLimiter(settings.pause_seconds)

    @cached_property
    def _connections(self) -> ConnectionPool:
        from pipeline.sources import transport  # noqa: PLC0415 - yt-dlp takes 0.4 s to import

        return transport.ConnectionPool(transport.AnswerLimits.of(self._settings))

    def fetch(self, reference: VideoReference) -> Recording:
        """Metadata and captions of one video, in 3 requests if all goes well. Raises `SourceError` or `ConfigError`."""
        validate_settings(self._settings)
        with (
            YtDlp(reference.id, self._settings, self._limiter, self._connections) as first,
            annotate_errors(first.log),
        ):
            try:
                recording = self._recording(first)
            except DOUBTFUL as doubt:
                recording = self._second_opinion(first, doubt)
        self._report(Notice(recording.transcript.reason))
        return recording

    def _second_opinion(self, first: YtDlp, doubt: SourceError) -> Recording:
        """The recording by the other library, or the error that both attempts together justify."""
        with (
            TranscriptApi(first.subject, self._settings, self._limiter, self._connections) as second,
            annotate_errors(second.log),
        ):
            try:
                return self._recording(second, first.video)
            except (NoCaptions, SourceChanged) as error:
                second_error = error
            no_captions = isinstance(second_error, NoCaptions)
            if isinstance(doubt, TokenRequired) or (no_captions and not isinstance(doubt, NoCaptions)):
                raise doubt  # captions are listed, or the first attempt did not get that far
            if no_captions and not (first.log.confirms_playable and second.log.confirms_playable):
                raise SourceUnreachable(first.subject, "YouTube's answers were incomplete")
            raise second_error

    def _recording(self, backend: YtDlp | TranscriptApi, known: Video | None = None) -> Recording:
        """The recording as one library gives it, with the metadata in `known` if there are any."""
        tracks = backend.tracks()
        spoken = backend.video.language if backend.video else ""
        choice = choose_track(
            tracks, self._settings.languages, spoken, allow_translated=self._settings.allow_translated
        )
        if choice is None:
            withheld = tuple(track for player in backend.log.players if player.withheld for track in player.tracks)
            if choose_track(withheld, self._settings.languages):
                raise TokenRequired(backend.subject, "YouTube gives its captions only to programs with a token")
            listed = tuple(track for track in (*tracks, *withheld) if track.origin is not TrackOrigin.TRANSLATED)
            if not listed:
                raise NoCaptions(backend.subject, "it has no captions")
            others = describe_tracks(listed)
            raise NoArabicCaptions(backend.subject, f"its captions are in other languages: {others}")
        captions = backend.captions(choice.position)
        video = known or backend.video
        if video is None or video.id != backend.subject:
            raise SourceChanged(backend.subject, "YouTube's answers do not describe this video")
        return Recording(video, Transcript(choice.track, captions, backend.name, choice.reason, choice.others))
