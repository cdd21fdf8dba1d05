"""The second backend: youtube-transcript-api, as another player client, with hardly any metadata and no word times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import (
    AccessDenied,
    NoCaptions,
    SourceBlocked,
    SourceChanged,
    SourceError,
    SourceUnreachable,
    TokenRequired,
    VideoUnavailable,
)
from pipeline.sources.cues import BadCaptions, Cue, add_seconds, to_captions
from pipeline.sources.metadata import language_tag, one_line, video_from_info
from pipeline.sources.request_log import RequestLog, with_retries
from pipeline.sources.track_choice import language_matches
from pipeline.sources.ytdlp import GARBLED, GARBLED_HINT, UNEXPECTED, WITHHELD, player_metadata, recognised_language
from pipeline.types.article import Track, TrackOrigin, Video

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.sources.transport import ConnectionPool
    from pipeline.types.article import Caption

ERRORS: dict[str, tuple[type[SourceError], str]] = {
    "YouTubeTranscriptApiException": (SourceChanged, "the transcript library failed"),
    "CookieError": (SourceChanged, "the transcript library asked for cookies"),
    "CookiePathInvalid": (SourceChanged, "the transcript library asked for cookies"),
    "CookieInvalid": (SourceChanged, "the transcript library asked for cookies"),
    "CouldNotRetrieveTranscript": (SourceChanged, "the transcript library failed"),
    "YouTubeDataUnparsable": (SourceChanged, "its page has an unknown form"),
    "YouTubeRequestFailed": (SourceUnreachable, "YouTube did not answer"),
    "VideoUnplayable": (SourceChanged, "YouTube refused it for an unknown reason"),
    "VideoUnavailable": (VideoUnavailable, "the video is unavailable"),
    "InvalidVideoId": (VideoUnavailable, "there is no video with this id"),
    "RequestBlocked": (SourceBlocked, "YouTube refuses requests from this address"),
    "IpBlocked": (SourceBlocked, "YouTube refuses requests from this address"),
    "TranscriptsDisabled": (NoCaptions, "it has no captions"),
    "AgeRestricted": (AccessDenied, "the video is for adults and needs an account"),
    "NotTranslatable": (SourceChanged, "its captions cannot be translated"),
    "TranslationLanguageNotAvailable": (SourceChanged, "its captions cannot be translated"),
    "FailedToCreateConsentCookie": (SourceChanged, "YouTube's consent page has an unknown form"),
    "NoTranscriptFound": (SourceChanged, "the listed captions were not found"),
    "PoTokenRequired": (TokenRequired, "YouTube gives its captions only to programs with a token"),
    "RequestException": (SourceUnreachable, "the connection failed"),
}
"""Our error for each exception of the library and of requests; a subclass counts as its nearest base class."""


class TranscriptApi:
    """One attempt at one video, with cookies of its own.

    No request is sent before `tracks`; the connections stay open afterwards.
    """

    name = "youtube-transcript-api"

    def __init__(
        self, subject: str, settings: SourceSettings, limiter: RequestTurns, connections: ConnectionPool
    ) -> None:
        from youtube_transcript_api import YouTubeTranscriptApi  # noqa: PLC0415 - brings requests

        from pipeline.sources import transport  # noqa: PLC0415 - as above

        self.subject = subject
        self.log = RequestLog(subject)
        self.video: Video | None = None
        adapter = transport.PoliteAdapter(connections, limiter, self.log)
        self._session = transport.PoliteSession(settings, adapter)
        self._library = YouTubeTranscriptApi(http_client=self._session)
        self._languages = settings.languages if settings.allow_translated else ()
        self._transcripts: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def tracks(self) -> tuple[Track, ...]:
        """The tracks on offer; sets `video` as far as the player's answer goes.

        Raises `SourceError`: `NoCaptions` if none are listed.
        """
        listed = self._call(lambda: list(self._library.list(self.subject)))
        translations = [
            transcript.translate(target.language_code)
            for transcript in listed
            for target in transcript.translation_languages
            if any(language_matches(wanted, target.language_code) for wanted in self._languages)
        ]
        self._transcripts = [*listed, *translations]
        tracks = []
        for transcript in listed:
            origin = TrackOrigin.AUTOMATIC if transcript.is_generated else TrackOrigin.MANUAL
            tracks.append(Track(language_tag(transcript.language_code), origin, one_line(transcript.language)))
        tracks += [Track(transcript.language_code, TrackOrigin.TRANSLATED) for transcript in translations]
        spoken = self.log.sound_language or recognised_language(tracks)
        self.video = video_from_info(player_metadata(self.log) | {"language": spoken})
        return tuple(tracks)

    def captions(self, position: int) -> tuple[Caption, ...]:
        """The captions of the track at this position in `tracks`, never none. Raises `SourceError`."""
        snippets = self._call(self._transcripts[position].fetch, may_be_withheld=True)
        try:
            captions = to_captions(
                Cue(snippet.start, add_seconds(snippet.start, snippet.duration), ((snippet.text, None),))
                for snippet in snippets
            )
        except BadCaptions as error:
            raise SourceChanged(self.subject, f"its captions cannot be read: {error}") from error
        if not captions:
            raise self.log.verdict or SourceChanged(self.subject, "its captions hold no text")
        return captions

    def _call(self, call: Callable[[], Any], *, may_be_withheld: bool = False) -> Any:  # noqa: ANN401 - the library is untyped
        """The call's result; transient failures are retried, and every exception of a library becomes one of ours."""
        from requests import RequestException  # noqa: PLC0415 - as above
        from youtube_transcript_api import YouTubeTranscriptApiException  # noqa: PLC0415 - as above

        foreign = (YouTubeTranscriptApiException, RequestException, SyntaxError, *UNEXPECTED)  # SyntaxError: bad XML
        try:
            return with_retries(call, foreign, self.log)
        except foreign as error:
            raise self._error(error, may_be_withheld=may_be_withheld) from error

    def _error(self, error: Exception, *, may_be_withheld: bool) -> SourceError:
        if (verdict := self.log.verdict) is not None:
            return verdict
        for kind in type(error).__mro__:
            if kind.__name__ in ERRORS:
                error_type, message = ERRORS[kind.__name__]
                return error_type(self.subject, message)
        if may_be_withheld and self.log.captions_withheld and isinstance(error, (SyntaxError, KeyError)):
            return TokenRequired(self.subject, WITHHELD)
        if may_be_withheld and isinstance(error, SyntaxError):
            return SourceChanged(self.subject, GARBLED, GARBLED_HINT)
        return SourceChanged(self.subject, f"YouTube's answer has an unknown form ({type(error).__name__})")
