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
    SourceBlocked,
    SourceChanged,
    SourceError,
    SourceUnreachable,
    TokenRequired,
    VideoUnavailable,
)
from pipeline.events import Notice, Reporter, silent
from pipeline.sources.rate_limit import RateLimiter
from pipeline.sources.request_log import annotate_errors
from pipeline.sources.sound_language import mark_translations
from pipeline.sources.track_choice import choose_track, describe_tracks
from pipeline.sources.transcript_api import TranscriptApi
from pipeline.sources.ytdlp import YtDlp, validate_settings
from pipeline.types.article import Recording, TrackOrigin, Transcript
from pipeline.types.batch import REFUSAL_LIMIT

if TYPE_CHECKING:
    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.sources.transport import ConnectionPool
    from pipeline.types.article import Track, VideoReference

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
        self._evasions = 0
        """Looks in a row, at whatever videos, whose answers said nothing."""

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
                self._count_evasion(first, doubt)
                recording = self._second_opinion(first, doubt)
            except SourceUnreachable as error:
                self._count_evasion(first, error)
                raise
        self._evasions = 0
        self._report(Notice(recording.transcript.reason))
        return recording

    def _second_opinion(self, first: YtDlp, doubt: SourceError) -> Recording:
        """The recording by the other library, or the error that both attempts together justify."""
        with (
            TranscriptApi(first.subject, self._settings, self._limiter, self._connections) as second,
            annotate_errors(second.log),
        ):
            try:
                return self._recording(second, first)
            except (*DOUBTFUL, SourceUnreachable) as error:
                self._count_evasion(second, error)
                if error.refusals:
                    error.refusals = doubt.refusals = error.refusals + doubt.refusals
                if not isinstance(error, (NoCaptions, SourceChanged)):
                    raise
                second_error = error
            no_captions = isinstance(second_error, NoCaptions)
            if isinstance(doubt, TokenRequired) or (no_captions and not isinstance(doubt, NoCaptions)):
                raise doubt  # captions are listed, or the first attempt did not get that far
            if no_captions and not (first.log.confirms_playable and second.log.confirms_playable):
                raise SourceUnreachable(first.subject, "YouTube's answers were incomplete")
            raise second_error

    def _count_evasion(self, backend: YtDlp | TranscriptApi, error: SourceError) -> None:
        """Note an error whose answers said nothing; raises `SourceBlocked` at the third in a row."""
        if not backend.log.is_evasive(error):
            return
        error.refusals = 1
        self._evasions += 1
        if self._evasions >= REFUSAL_LIMIT:
            message = f"YouTube answered {self._evasions} times in a row without saying anything, as when it blocks"
            raise SourceBlocked(backend.subject, message) from error

    def _recording(self, backend: YtDlp | TranscriptApi, first: YtDlp | None = None) -> Recording:
        """The recording as one library gives it, with the metadata that the first one got, if it got any."""
        listed = backend.tracks()
        sound = backend.log.sound_language or (first.log.sound_language if first else "")
        tracks = mark_translations(listed, sound)
        spoken = sound or (backend.video.language if backend.video else "")
        choice = choose_track(
            tracks, self._settings.languages, spoken, allow_translated=self._settings.allow_translated
        )
        if choice is None:
            raise self._refusal(backend, listed, sound)
        captions = backend.captions(choice.position)
        video = (first.video if first else None) or backend.video
        if video is None or video.id != backend.subject:
            raise SourceChanged(backend.subject, "YouTube's answers do not describe this video")
        return Recording(video, Transcript(choice.track, captions, backend.name, choice.reason, choice.others))

    def _refusal(self, backend: YtDlp | TranscriptApi, listed: tuple[Track, ...], sound: str) -> SourceError:
        """Why none of the listed tracks can be read; `sound` is the language of the original sound, if it is known."""
        wanted, allow_translated = self._settings.languages, self._settings.allow_translated
        withheld = tuple(track for player in backend.log.players if player.withheld for track in player.tracks)
        if choose_track(mark_translations(withheld, sound), wanted, allow_translated=allow_translated):
            return TokenRequired(backend.subject, "YouTube gives its captions only to programs with a token")
        originals = [track for track in (*listed, *withheld) if track.origin is not TrackOrigin.TRANSLATED]
        if not originals:
            return NoCaptions(backend.subject, "it has no captions")
        tracks = describe_tracks(mark_translations(originals, sound))
        if dub := choose_track(originals, wanted):  # refused, and still wanted: the sound's language decided
            message = f"its captions in {dub.track.language} are of a machine translation; it is spoken in {sound}"
            return NoArabicCaptions(backend.subject, f"{message} ({tracks})")
        return NoArabicCaptions(backend.subject, f"its captions are in other languages: {tracks}")
