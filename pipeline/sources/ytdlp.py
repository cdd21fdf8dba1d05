"""The first look: metadata, the list of caption tracks and json3 with a time for each word, by yt-dlp."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from pipeline.errors import ConfigError, NotYetAvailable, SourceChanged, SourceError, SourceUnreachable, TokenRequired
from pipeline.sources.cues import BadCaptions
from pipeline.sources.formats import json3
from pipeline.sources.metadata import language_tag, one_line, video_from_info
from pipeline.sources.request_log import RequestLog, with_retries
from pipeline.sources.youtube_errors import error_from_message
from pipeline.types.article import Track, TrackOrigin, Video
from pipeline.urls import watch_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.sources.transport import ConnectionPool
    from pipeline.types.article import Caption

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
"""What yt-dlp is told, beside `_arguments`: a closed list, so that it runs, writes and follows nothing else."""


class YtDlp:
    """One look at one video."""

    name = "yt-dlp"

    def __init__(self, subject: str, settings: SourceSettings, pace: RequestTurns, connections: ConnectionPool) -> None:
        """Nothing is asked before `tracks`; the connections stay open afterwards."""
        from pipeline.sources import transport  # noqa: PLC0415 - yt-dlp takes 0.4 s to import

        self.subject = subject
        self.traffic = RequestLog(subject)
        self.video: Video | None = None
        self._adapter = transport.PoliteAdapter(connections, pace, self.traffic)
        options = OPTIONS | _arguments(allow_translated=settings.allow_translated)
        self._downloader = transport.PoliteYoutubeDL(options, settings, self._adapter)
        self._addresses: list[str] = []

    def __enter__(self) -> Self:
        """Cookies are kept inside the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget them."""
        self._downloader.close()

    def tracks(self) -> tuple[Track, ...]:
        """The tracks on offer, none if there are none; fills `video`. Raises `SourceError`."""
        info = self._info()
        offers = dict(_offers(info))
        self._addresses = list(offers)
        spoken = spoken_language(tuple(offers.values())) or _sound(info)
        self.video = video_from_info(
            player_metadata(self.traffic)
            | {name: value for name, value in info.items() if value}
            | {"language": spoken}
        )
        self._check(info)
        return tuple(offers.values())

    def captions(self, position: int) -> tuple[Caption, ...]:
        """The captions of the track at this place of `tracks`, never none. Raises `SourceError`."""
        data = self._download(self._addresses[position])
        try:
            found = json3(data)
        except BadCaptions as error:
            unknown = SourceChanged(self.subject, f"its captions have a form that is not known: {error}")
            empty = not data.strip() or b"<html" in data[:1000].lower()
            withheld = TokenRequired(self.subject, "YouTube listed its captions and then sent none") if empty else None
            raise self.traffic.verdict or withheld or unknown from error
        if not found:
            raise SourceChanged(self.subject, "its captions hold no text")
        return found

    def _info(self) -> dict[str, Any]:
        from yt_dlp.utils import YoutubeDLError  # noqa: PLC0415 - as above

        try:
            info = self._downloader.extract_info(
                watch_url(self.subject), download=False, process=False, ie_key="Youtube"
            )
        except (YoutubeDLError, *UNEXPECTED) as error:
            raise self._error(error) from error
        return info if isinstance(info, dict) else {}

    def _check(self, info: dict[str, Any]) -> None:
        """Raise what the answers say against the video, although yt-dlp returned something."""
        verdict = self.traffic.verdict
        if verdict is not None:
            raise verdict
        unfinished = {"is_live", "is_upcoming"} if self._addresses else {"is_live", "is_upcoming", "post_live"}
        if info.get("live_status") in unfinished:
            raise NotYetAvailable(self.subject, "the live stream or premiere has not ended yet")
        if not self.traffic.answered("/watch"):
            raise self.traffic.trouble or SourceUnreachable(self.subject, "its page did not come")
        if not self.video or self.video.id != self.subject:
            raise SourceChanged(self.subject, "YouTube's answer does not describe this video")

    def _download(self, address: str) -> bytes:
        from yt_dlp.networking.exceptions import RequestError  # noqa: PLC0415 - as above

        try:
            data: bytes = with_retries(lambda: self._downloader.urlopen(address).read(), (RequestError,), self.traffic)
        except RequestError as error:
            raise self._error(error) from error
        return data

    def _error(self, error: Exception) -> SourceError:
        """A failure inside yt-dlp as ours: what the answers say first, then its sentence."""
        verdict = self.traffic.verdict or error_from_message(self.subject, str(error))
        trouble = self.traffic.trouble
        unknown = SourceChanged(self.subject, f"yt-dlp cannot read YouTube's answer ({type(error).__name__})")
        return verdict or trouble or unknown


def validate_settings(settings: SourceSettings) -> None:
    """Raise `ConfigError` for settings that both libraries would report as a trouble of YouTube's."""
    if settings.proxy and not _PROXY.fullmatch(settings.proxy):
        message = "[source] proxy must be like http://host:port"
        raise ConfigError(message)
    if settings.ca_bundle and not Path(settings.ca_bundle).is_file():
        message = f"[source] ca_bundle: there is no file {settings.ca_bundle}"
        raise ConfigError(message)


UNEXPECTED = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a library lets through when an answer has a shape that it did not expect."""


def _arguments(*, allow_translated: bool) -> dict[str, object]:
    """Options that depend on a setting; visionos is the one client that needs no JavaScript and lists captions."""
    skip = ["hls", "dash"] if allow_translated else ["hls", "dash", "translated_subs"]
    youtube = {
        "player_client": ["visionos"],
        "player_skip": ["js", "configs"],
        "skip": skip,
        "raise_incomplete_data": ["1"],
    }
    return {"extractor_args": {"youtube": youtube}, "writeautomaticsub": allow_translated, "logger": SilentLogger()}


def player_metadata(traffic: RequestLog) -> dict[str, object]:
    """What the last player answer with details tells about the video, under yt-dlp's names."""
    details = next((player.details for player in reversed(traffic.players) if player.details), {})
    names = {"videoId": "id", "title": "title", "author": "channel", "lengthSeconds": "duration"}
    names |= {"shortDescription": "description", "keywords": "tags"}
    return {ours: details.get(theirs) for theirs, ours in names.items()}


def spoken_language(tracks: tuple[Track, ...]) -> str:
    """The language YouTube recognised in the sound: that of the automatic track; empty when there is none."""
    return next((track.language for track in tracks if track.origin is TrackOrigin.AUTOMATIC), "")


def _sound(info: dict[str, Any]) -> str:
    """The language of the original sound, where YouTube states it."""
    sounds = [form for form in info.get("formats") or () if form.get("language")]
    sounds.sort(key=lambda form: -(form.get("language_preference") or 0))
    return str(sounds[0]["language"]) if sounds else ""


def _offers(info: dict[str, Any]) -> Iterator[tuple[str, Track]]:
    """The json3 address of each track, and what it tells: yt-dlp lists a spoken track twice, and hides its origin."""
    for listed in (info.get("subtitles"), info.get("automatic_captions")):
        for code, forms in (listed or {}).items():
            address = next((form["url"] for form in forms if form.get("ext") == "json3"), "")
            if address:
                yield address, _track(code, address, forms[0].get("name"))


def _track(code: str, address: str, name: object) -> Track:
    query = parse_qs(urlsplit(address).query)
    language, *_ = query.get("tlang") or query.get("lang") or [code]
    automatic = TrackOrigin.AUTOMATIC if query.get("kind") == ["asr"] else TrackOrigin.MANUAL
    label = one_line(str(name or "")).removesuffix(" (Original)")
    return Track(language_tag(language), TrackOrigin.TRANSLATED if "tlang" in query else automatic, label)


class SilentLogger:
    """Takes yt-dlp's messages: they may hold addresses with signatures, and the answers themselves are recorded."""

    def debug(self, _message: str) -> None:
        """Not shown."""

    info = warning = error = debug
