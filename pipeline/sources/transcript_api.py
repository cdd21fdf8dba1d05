"""The second look: by youtube-transcript-api, as another player client; without metadata and word times."""

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
from pipeline.sources.cues import BadCaptions, Cue, later, to_captions
from pipeline.sources.metadata import language_tag, one_line, video_from_info
from pipeline.sources.request_log import RequestLog, with_retries
from pipeline.sources.track_choice import language_matches
from pipeline.sources.ytdlp import UNEXPECTED, player_metadata, spoken_language
from pipeline.types.article import Track, TrackOrigin, Video

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    "YouTubeDataUnparsable": (SourceChanged, "its page has a form that is not known"),
    "YouTubeRequestFailed": (SourceUnreachable, "YouTube did not answer"),
    "VideoUnplayable": (SourceChanged, "YouTube refused it for a reason that is not known here"),
    "VideoUnavailable": (VideoUnavailable, "the video is unavailable"),
    "InvalidVideoId": (VideoUnavailable, "there is no video with this id"),
    "RequestBlocked": (SourceBlocked, "YouTube refuses requests from this address"),
    "IpBlocked": (SourceBlocked, "YouTube refuses requests from this address"),
    "TranscriptsDisabled": (NoCaptions, "it has no captions"),
    "AgeRestricted": (AccessDenied, "the video is for adults and needs an account"),
    "NotTranslatable": (SourceChanged, "its captions cannot be translated"),
    "TranslationLanguageNotAvailable": (SourceChanged, "its captions cannot be translated"),
    "FailedToCreateConsentCookie": (SourceChanged, "YouTube's consent page has a form that is not known"),
    "NoTranscriptFound": (SourceChanged, "the listed captions were not found"),
    "PoTokenRequired": (TokenRequired, "YouTube gives its captions only to programs with a token"),
    "RequestException": (SourceUnreachable, "the connection failed"),
}
"""What each exception of the library, and of requests below it, means; subclasses count as their nearest base."""


class TranscriptApi:
    """One look at one video."""

    name = "youtube-transcript-api"

    def __init__(self, subject: str, settings: SourceSettings, pace: RequestTurns, connections: ConnectionPool) -> None:
        """Nothing is asked before `tracks`; the connections stay open afterwards."""
        from youtube_transcript_api import YouTubeTranscriptApi  # noqa: PLC0415 - brings requests

        from pipeline.sources import transport  # noqa: PLC0415 - as above

        self.subject = subject
        self.traffic = RequestLog(subject)
        self.video: Video | None = None
        adapter = transport.PoliteAdapter(connections, pace, self.traffic)
        self._session = transport.PoliteSession(settings, adapter)
        self._library = YouTubeTranscriptApi(http_client=self._session)
        self._languages = settings.languages if settings.allow_translated else ()
        self._transcripts: list[Any] = []

    def __enter__(self) -> Self:
        """Cookies are kept inside the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget them."""
        self._session.close()

    def tracks(self) -> tuple[Track, ...]:
        """The tracks on offer, `NoCaptions` where none are listed; fills `video` as far as the player's answer goes."""
        listed = self._patiently(lambda: list(self._library.list(self.subject)))
        translated = [copy for transcript in listed for copy in self._translated(transcript)]
        self._transcripts = [*listed, *translated]
        tracks = (*map(_track, listed), *(Track(copy.language_code, TrackOrigin.TRANSLATED) for copy in translated))
        self.video = video_from_info(player_metadata(self.traffic) | {"language": spoken_language(tracks)})
        return tracks

    def captions(self, position: int) -> tuple[Caption, ...]:
        """The captions of the track at this place of `tracks`, never none. Raises `SourceError`."""
        fetched = self._patiently(self._transcripts[position].fetch, withheld=True)
        try:
            found = to_captions(
                Cue(snippet.start, later(snippet.start, snippet.duration), ((snippet.text, None),))
                for snippet in fetched
            )
        except BadCaptions as error:
            raise SourceChanged(self.subject, f"its captions cannot be read: {error}") from error
        if not found:
            raise self.traffic.verdict or SourceChanged(self.subject, "its captions hold no text")
        return found

    def _translated(self, transcript: Any) -> Iterator[Any]:  # noqa: ANN401 - the library is untyped
        for target in transcript.translation_languages:
            if any(language_matches(wanted, target.language_code) for wanted in self._languages):
                yield transcript.translate(target.language_code)

    def _patiently(self, call: Callable[[], Any], *, withheld: bool = False) -> Any:  # noqa: ANN401 - as above
        """The call's result; what may pass is tried again, and every foreign exception becomes ours."""
        from requests import RequestException  # noqa: PLC0415 - as above
        from youtube_transcript_api import YouTubeTranscriptApiException  # noqa: PLC0415 - as above

        foreign = (YouTubeTranscriptApiException, RequestException, SyntaxError, *UNEXPECTED)  # SyntaxError: bad XML
        try:
            return with_retries(call, foreign, self.traffic)
        except foreign as error:
            raise self._error(error, withheld=withheld) from error

    def _error(self, error: Exception, *, withheld: bool) -> SourceError:
        verdict = self.traffic.verdict
        if verdict is not None:
            return verdict
        for kind in type(error).__mro__:
            if kind.__name__ in ERRORS:
                meaning, sentence = ERRORS[kind.__name__]
                return meaning(self.subject, sentence)
        if withheld and isinstance(error, (SyntaxError, KeyError)):  # an empty answer, or a page
            return TokenRequired(self.subject, "YouTube listed its captions and then sent none")
        return SourceChanged(self.subject, f"YouTube's answer has a form that is not known ({type(error).__name__})")


def _track(transcript: Any) -> Track:  # noqa: ANN401 - the library is untyped
    origin = TrackOrigin.AUTOMATIC if transcript.is_generated else TrackOrigin.MANUAL
    return Track(language_tag(transcript.language_code), origin, one_line(transcript.language))
