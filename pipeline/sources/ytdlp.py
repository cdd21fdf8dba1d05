"""The first backend: yt-dlp, for metadata, the list of caption tracks, and json3 with a time for each word."""

from __future__ import annotations

import json
import re
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from pipeline.errors import ConfigError, NotYetAvailable, SourceChanged, SourceError, SourceUnreachable, TokenRequired
from pipeline.sources.cues import BadCaptions
from pipeline.sources.formats import parse_json3
from pipeline.sources.metadata import language_tag, one_line, video_from_info
from pipeline.sources.request_log import RequestLog, with_retries
from pipeline.sources.youtube_errors import error_from_message
from pipeline.types.article import Track, TrackOrigin, Video
from pipeline.urls import watch_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.sources.transport import ConnectionPool
    from pipeline.types.article import Caption

WITHHELD = "YouTube listed its captions and then sent none"
GARBLED = "its captions came cut or garbled"
GARBLED_HINT = "Run the same command again later; if it stays, run `tadwin run FILE` on captions saved in a browser."
_PROXY = re.compile(r"(?:https?|socks4a?|socks5h?)://\S+")

OPTIONS: dict[str, object] = {
    "quiet": True,
    "no_warnings": True,
    "noprogress": True,
    "skip_download": True,
    "ignore_no_formats_error": True,  # good videos have no formats often enough; the player's answer decides
    "ignoreerrors": False,
    "allowed_extractors": ["^youtube$"],
    "cachedir": False,
    "usenetrc": False,
    "extractor_retries": 2,
    "js_runtimes": {},
    "remote_components": [],
}
"""Options of yt-dlp besides `_arguments`: a closed list, so that it runs, writes and follows nothing else."""


class YtDlp:
    """One attempt at one video, with cookies of its own.

    No request is sent before `tracks`; the connections stay open afterwards.
    """

    name = "yt-dlp"

    def __init__(
        self, subject: str, settings: SourceSettings, limiter: RequestTurns, connections: ConnectionPool
    ) -> None:
        from pipeline.sources import transport  # noqa: PLC0415 - yt-dlp takes 0.4 s to import

        self.subject = subject
        self.log = RequestLog(subject)
        self.video: Video | None = None
        self._adapter = transport.PoliteAdapter(connections, limiter, self.log)
        options = OPTIONS | _arguments(allow_translated=settings.allow_translated)
        self._downloader = transport.PoliteYoutubeDL(options, settings, self._adapter)
        self._urls: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._downloader.close()

    def tracks(self) -> tuple[Track, ...]:
        """The tracks on offer, possibly none; sets `video`. Raises `SourceError`."""
        from yt_dlp.utils import YoutubeDLError  # noqa: PLC0415 - as above

        try:
            info = self._downloader.extract_info(
                watch_url(self.subject), download=False, process=False, ie_key="Youtube"
            )
        except (YoutubeDLError, *UNEXPECTED) as error:
            raise self._error(error) from error
        info = info if isinstance(info, dict) else {}
        tracks = dict(_tracks_by_url(info))
        self._urls = list(tracks)
        spoken = self.log.sound_language or recognised_language(tracks.values())
        known = {name: value for name, value in info.items() if value}
        self.video = video_from_info(player_metadata(self.log) | known | {"language": spoken})

        # What the answers say counts, although yt-dlp returned something.
        if (verdict := self.log.verdict) is not None:
            raise verdict
        unfinished = {"is_live", "is_upcoming"} if tracks else {"is_live", "is_upcoming", "post_live"}
        if info.get("live_status") in unfinished:
            raise NotYetAvailable(self.subject, "the live stream or premiere has not ended yet")
        if not self.log.answered("/watch"):
            raise self.log.last_failure or SourceUnreachable(self.subject, "its page did not come")
        if not self.video or self.video.id != self.subject:
            raise SourceChanged(self.subject, "YouTube's answer does not describe this video")
        return tuple(tracks.values())

    def captions(self, position: int) -> tuple[Caption, ...]:
        """The captions of the track at this position in `tracks`, never none. Raises `SourceError`."""
        from yt_dlp.networking.exceptions import RequestError  # noqa: PLC0415 - as above

        url = self._urls[position]
        try:
            data: bytes = with_retries(lambda: self._downloader.urlopen(url).read(), (RequestError,), self.log)
        except RequestError as error:
            raise self._error(error) from error
        try:
            captions = parse_json3(data)
        except BadCaptions as error:
            unknown = SourceChanged(self.subject, f"its captions have an unknown form: {error}")
            withheld = TokenRequired(self.subject, WITHHELD) if self.log.captions_withheld else None
            garbled = None if _is_json(data) else SourceChanged(self.subject, GARBLED, GARBLED_HINT)
            raise self.log.verdict or withheld or garbled or unknown from error
        if not captions:
            raise SourceChanged(self.subject, "its captions hold no text")
        return captions

    def _error(self, error: Exception) -> SourceError:
        """A failure inside yt-dlp as one of ours: what the answers say counts first, then its message."""
        known = self.log.verdict or error_from_message(self.subject, str(error)) or self.log.last_failure
        unknown = SourceChanged(self.subject, f"yt-dlp cannot read YouTube's answer ({type(error).__name__})")
        return known or unknown


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def validate_settings(settings: SourceSettings) -> None:
    """Raise `ConfigError` for settings that both libraries would report as a failure of YouTube."""
    if settings.proxy and not _PROXY.fullmatch(settings.proxy):
        message = "[source] proxy must be like http://host:port"
        raise ConfigError(message, "Correct or empty it.")
    if settings.ca_bundle and not Path(settings.ca_bundle).is_file():
        message = f"[source] ca_bundle: there is no file {settings.ca_bundle}"
        raise ConfigError(message, "Correct or empty it; empty means the built-in authorities.")
    try:
        if settings.ca_bundle:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(settings.ca_bundle)
    except OSError as error:  # of which `ssl.SSLError` is one
        message = f"[source] ca_bundle: {settings.ca_bundle} holds no certificates"
        raise ConfigError(message, "Set it to a PEM file of certificate authorities, or empty it.") from error


UNEXPECTED = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""Exceptions that escape from a library when an answer has an unexpected shape."""


def _arguments(*, allow_translated: bool) -> dict[str, object]:
    """Options that depend on a setting; visionos is the only client that needs no JavaScript and lists captions."""
    skip = ["hls", "dash"] if allow_translated else ["hls", "dash", "translated_subs"]
    youtube = {
        "player_client": ["visionos"],
        "player_skip": ["js", "configs"],
        "skip": skip,
        "raise_incomplete_data": ["1"],
    }
    return {"extractor_args": {"youtube": youtube}, "writeautomaticsub": allow_translated, "logger": SilentLogger()}


def player_metadata(log: RequestLog) -> dict[str, object]:
    """Metadata from the last player answer that has some, under yt-dlp's names."""
    details = next((player.details for player in reversed(log.players) if player.details), {})
    names = {"videoId": "id", "title": "title", "author": "channel", "lengthSeconds": "duration"}
    names |= {"shortDescription": "description", "keywords": "tags"}
    return {ours: details.get(theirs) for theirs, ours in names.items()}


def recognised_language(tracks: Iterable[Track]) -> str:
    """The language that YouTube recognised in the sound: that of the first automatic track; empty if there is none."""
    return next((track.language for track in tracks if track.origin is TrackOrigin.AUTOMATIC), "")


def _tracks_by_url(info: dict[str, Any]) -> Iterator[tuple[str, Track]]:
    """The json3 URL of each track, and the track as the URL describes it.

    yt-dlp's own listing repeats the spoken track, and hides whether it is automatic.
    """
    for listed in (info.get("subtitles"), info.get("automatic_captions")):
        for code, forms in (listed or {}).items():
            url = next((form["url"] for form in forms if form.get("ext") == "json3"), "")
            if not url:
                continue
            query = parse_qs(urlsplit(url).query)
            language, *_ = query.get("tlang") or query.get("lang") or [code]
            origin = TrackOrigin.AUTOMATIC if query.get("kind") == ["asr"] else TrackOrigin.MANUAL
            origin = TrackOrigin.TRANSLATED if "tlang" in query else origin
            name = one_line(str(forms[0].get("name") or "")).removesuffix(" (Original)")
            yield url, Track(language_tag(language), origin, name)


class SilentLogger:
    """Drops yt-dlp's messages: they may hold signed URLs, and the answers themselves are recorded."""

    def debug(self, _message: str) -> None:
        """Not shown."""

    info = warning = error = debug
