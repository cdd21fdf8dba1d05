"""YouTube's answers while one video was read, whatever a library made of them.

Both libraries can turn a refusal into "this video has no captions". Decisions here rest on the answers themselves:
their HTTP statuses, and the status and message of each player answer.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import SourceBlocked, SourceChanged, SourceError, SourceUnreachable, TokenRequired
from pipeline.sources.metadata import language_tag, one_line
from pipeline.sources.sound_language import SoundTrack, sound_language, sound_track
from pipeline.sources.youtube_errors import (
    error_from_message,
    error_from_playability,
    error_from_status,
    readable_wait,
)
from pipeline.types.article import Track, TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class AnswerFault(StrEnum):
    """The reason why there is no answer to read."""

    NETWORK = "the connection failed"
    NAME = "YouTube's name could not be looked up (DNS)"
    UNREACHABLE = "no connection to YouTube could be made"
    PROXY = "the proxy does not answer"
    PROXY_REFUSED = "the proxy refuses to connect to YouTube"
    CERTIFICATE = "the certificate of the connection cannot be trusted"
    SILENT = "YouTube did not answer in time"
    GARBLED = "YouTube's answer was cut or garbled"
    TOO_LARGE = "an answer larger than any real one was refused"
    UNSAFE = "captions built to keep a program busy were refused"
    FOREIGN = "YouTube sent us to an address that is not its own"
    CHALLENGE = "YouTube asks for a captcha"
    EVASIVE = "YouTube's answer says nothing"


@dataclass(frozen=True, slots=True)
class HttpExchange:
    host: str
    path: str
    status: int = 0
    """HTTP status; 0 when none was read."""
    fault: AnswerFault | None = None


@dataclass(frozen=True, slots=True)
class PlayerAnswer:
    """What one answer of the player says about the video."""

    status: str
    """`OK`, `ERROR`, ...; empty if the answer does not say."""
    message: str
    """Reason and details as shown to viewers, in English."""
    tracks: tuple[Track, ...]
    """Every caption track it lists."""
    withheld: bool
    """True if some of them need a token."""
    details: dict[str, Any]
    """Title, channel and length, if they came with it."""
    sounds: tuple[SoundTrack, ...] = ()
    """Every sound track that it names; most videos have one and name none."""


OK, SERVER_ERROR = 200, 500
CAPTIONS = "/api/timedtext"
_PLAYER = "/youtubei/v1/player"
_FATAL = frozenset({AnswerFault.TOO_LARGE, AnswerFault.UNSAFE, AnswerFault.FOREIGN, AnswerFault.CHALLENGE})
_NO_ANSWER = frozenset({
    AnswerFault.SILENT, AnswerFault.NAME, AnswerFault.UNREACHABLE, AnswerFault.PROXY, AnswerFault.PROXY_REFUSED,
    AnswerFault.CERTIFICATE,
})  # fmt: skip
_TRANSIENT = frozenset({AnswerFault.NETWORK, AnswerFault.GARBLED}) | _NO_ANSWER
_HINTS = {
    AnswerFault.NAME: "Check that this machine is online and its DNS server works, and run the same command again.",
    AnswerFault.UNREACHABLE: "Check that this machine is online and no firewall is in the way, or set [source] proxy.",
    AnswerFault.PROXY: "Check that the proxy of [source] proxy runs and its address is right.",
    AnswerFault.PROXY_REFUSED: "Check [source] proxy: it may need a name and password (http://name:password@host:port).",
    AnswerFault.CERTIFICATE: (
        "Set [source] ca_bundle to the authority of the proxy or firewall that reads the connection, or empty it."
    ),
    AnswerFault.GARBLED: "Run the same command again; finished work is kept.",
    AnswerFault.EVASIVE: (
        "Wait an hour and run the same command again; finished work is kept. [source] proxy sets another address."
    ),
}
"""What to do, where it is not the hint of the error."""
_MAX_SILENT = 2
_MAX_WAIT = 60.0
_HOUR = 3600.0
_BARE = 1000
"""Bytes below which JSON may hold no cue."""


@dataclass(slots=True)
class RequestLog:
    """The answers to one attempt at one video or list, in order."""

    subject: str
    """The id of the video or list."""
    exchanges: list[HttpExchange] = field(default_factory=list)
    players: list[PlayerAnswer] = field(default_factory=list)
    wait: float = 0.0
    """Longest wait demanded with `Retry-After`, in seconds."""
    captions_withheld: bool = False
    """True if the last caption file was an empty answer, a page, or JSON without a cue."""

    def record(self, exchange: HttpExchange, body: bytes = b"") -> None:
        """Add an answer; the body of a player answer is parsed."""
        fault = exchange.fault
        if exchange.path == _PLAYER and exchange.status == OK:
            player = parse_player_answer(body)
            self.players += [player] if player else []
            fault = fault or (None if player and (player.status or player.message) else AnswerFault.EVASIVE)
        elif b'class="g-recaptcha"' in body and b"INNERTUBE_API_KEY" not in body:
            fault = AnswerFault.CHALLENGE
        if exchange.path == CAPTIONS:
            self.captions_withheld = _holds_nothing(body)
        self.exchanges.append(HttpExchange(exchange.host, exchange.path, exchange.status, fault))

    def has(self, *faults: AnswerFault) -> bool:
        """True if a request ended in one of these."""
        return any(exchange.fault in faults for exchange in self.exchanges)

    @property
    def sound_language(self) -> str:
        """The language of the original sound, as far as the answers say; otherwise empty."""
        return sound_language(track for player in self.players for track in player.sounds)

    @property
    def halted(self) -> bool:
        """True if further requests would be useless or rude."""
        silent = sum(exchange.fault in _NO_ANSWER for exchange in self.exchanges)
        return (
            self.block is not None
            or self.has(*_FATAL, AnswerFault.EVASIVE)
            or silent >= _MAX_SILENT
            or self.wait > _MAX_WAIT
        )

    @property
    def can_retry(self) -> bool:
        """True if the last request failed in a way that may pass."""
        if not self.exchanges or self.halted:
            return False
        last = self.exchanges[-1]
        return last.status >= SERVER_ERROR or last.fault in _TRANSIENT

    @property
    def confirms_playable(self) -> bool:
        """True if every answer came complete with status 200, and the player said that this very video plays."""
        complete = all(exchange.status == OK and not exchange.fault for exchange in self.exchanges)
        plays = [player.status == "OK" and player.details.get("videoId") == self.subject for player in self.players]
        return complete and bool(plays) and all(plays)

    def answered(self, path: str) -> bool:
        """True if a request for this path was answered with status 200."""
        return any(e.path == path and e.status == OK and not e.fault for e in self.exchanges)

    @property
    def block(self) -> SourceError | None:
        """`SourceBlocked` if any answer refused our address, in any form; a block is about us, not the video."""
        errors = [error_from_status(self.subject, exchange.status) for exchange in self.exchanges]
        errors += [error_from_message(self.subject, player.message) for player in self.players if player.status != "OK"]
        if self.has(AnswerFault.CHALLENGE):
            errors.append(SourceBlocked(self.subject, AnswerFault.CHALLENGE))
        if any(player.details.get("videoId", self.subject) != self.subject for player in self.players):
            errors.append(
                SourceBlocked(self.subject, "YouTube answered about another video, as it does when it blocks")
            )
        return next((error for error in errors if isinstance(error, SourceBlocked)), None)

    def is_evasive(self, error: SourceError) -> bool:
        """True if the error that came of these answers says nothing about the video, as when YouTube blocks softly.

        Captions that are marked as withheld are an answer, and so are those that were refused as built to do harm.
        """
        if self.has(AnswerFault.TOO_LARGE, AnswerFault.UNSAFE) or any(player.withheld for player in self.players):
            return False
        last = self.exchanges[-1] if self.exchanges else None
        if last and last.path == CAPTIONS and not self.captions_withheld and last.fault is None:
            return False  # captions came, cut or garbled on the way
        return isinstance(error, (SourceChanged, TokenRequired)) or self.has(AnswerFault.EVASIVE)

    @property
    def verdict(self) -> SourceError | None:
        """The error that all the answers together amount to; None if the video can be played, as far as they say."""
        if (block := self.block) is not None:
            return block
        fatal = next((exchange.fault for exchange in self.exchanges if exchange.fault in _FATAL), None)
        if fatal:
            return SourceChanged(self.subject, fatal)
        if self.wait > _MAX_WAIT:
            message = f"YouTube asks to wait {readable_wait(self.wait)}"
            return SourceUnreachable(self.subject, message, "Run the same command again then; finished work is kept.")
        if any(player.status == "OK" for player in self.players):
            return None
        if self.players:
            return error_from_playability(self.subject, self.players[-1].status, self.players[-1].message)
        return self.last_failure

    @property
    def last_failure(self) -> SourceError | None:
        """The last request that failed, as an error; None if none did."""
        for exchange in reversed(self.exchanges):
            if (error := self.failure(exchange)) is not None:
                return error
        return None

    def failure(self, exchange: HttpExchange) -> SourceError | None:
        """The request as an error; None if it was answered."""
        if exchange.fault:
            return SourceUnreachable(self.subject, exchange.fault, _HINTS.get(exchange.fault, ""))
        return error_from_status(self.subject, exchange.status)


def _holds_nothing(body: bytes) -> bool:
    text = body.strip()
    is_bare = len(text) < _BARE and text.startswith(b"{") and text.endswith(b"}") and b'"utf8"' not in text
    return not text or is_bare or b"<html" in text[:1000].lower()


def with_retries(call: Callable[[], T], foreign: tuple[type[Exception], ...], log: RequestLog) -> T:
    """The call's result, after up to three attempts while failures may pass; raises the last `foreign` exception."""
    left = 3
    while True:
        left -= 1
        try:
            return call()
        except foreign:
            if not left or not log.can_retry:
                raise


def parse_retry_after(value: str, date: str) -> float:
    """Seconds that a `Retry-After` header asks to wait, by number or date (RFC 9110, 10.2.3); 0 if it does not.

    A date counts from the answer's own `Date`.
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return 0.0
    return max(wait.total_seconds(), 0.0)


@contextmanager
def annotate_errors(log: RequestLog) -> Iterator[None]:
    """Note on every `SourceError` that leaves the block the wait and the captcha that YouTube demanded."""
    try:
        yield
    except SourceError as error:
        error.wait = max(error.wait, log.wait)
        error.challenged = error.challenged or log.has(AnswerFault.CHALLENGE)
        if isinstance(error, SourceBlocked) and error.wait > _HOUR:
            error.hint = error.hint.replace("Wait an hour", f"Wait {readable_wait(error.wait)}")
        raise


def parse_player_answer(body: bytes) -> PlayerAnswer | None:
    """What an answer of the player says; None if it is no JSON object."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    playability = _inside(answer, "playabilityStatus")
    listed = _inside(answer, "captions", "playerCaptionsTracklistRenderer").get("captionTracks")
    tracks, withheld = [], False
    for track in listed if isinstance(listed, list) else ():
        if isinstance(track, dict):
            origin = TrackOrigin.AUTOMATIC if track.get("kind") == "asr" else TrackOrigin.MANUAL
            tracks.append(
                Track(language_tag(_text(track.get("languageCode"))), origin, one_line(_text(track.get("name"))))
            )
            withheld = withheld or any(mark in str(track.get("baseUrl")) for mark in ("exp=xpe", "exp=xpv"))
    return PlayerAnswer(
        status=_text(playability.get("status")),
        message=_viewer_message(playability),
        tracks=tuple(tracks),
        withheld=withheld,
        details=_inside(answer, "videoDetails"),
        sounds=_sounds(
            _inside(answer, "streamingData"), _inside(answer, "captions", "playerCaptionsTracklistRenderer")
        ),
    )


def _sounds(streaming: dict[str, Any], captions: dict[str, Any]) -> tuple[SoundTrack, ...]:
    """The sound tracks that the formats name, each once; without any, those that the captions name."""
    lists = (streaming.get("formats"), streaming.get("adaptiveFormats"))
    forms = [form for listed in lists if isinstance(listed, list) for form in listed]
    named = [form.get("audioTrack") for form in forms if isinstance(form, dict)]
    found = [sound_track(track) for track in named if isinstance(track, dict)]
    if not found and isinstance(listed := captions.get("audioTracks"), list):
        ids = ((at, each.get("audioTrackId")) for at, each in enumerate(listed) if isinstance(each, dict))
        default = captions.get("defaultAudioTrackIndex")
        found = [sound_track({"id": id_, "audioIsDefault": at == default}) for at, id_ in ids if id_]
    return tuple(dict.fromkeys(found))


def _viewer_message(playability: dict[str, Any]) -> str:
    """All that the answer tells the viewer, since the decisive part may stand in any of six places."""
    screen = _inside(playability, "errorScreen", "playerErrorMessageRenderer")
    messages = playability.get("messages")
    parts = [playability.get("reason"), screen.get("reason"), screen.get("subreason")]
    parts += messages if isinstance(messages, list) else []
    parts += ["captcha"] if _inside(playability, "errorScreen", "playerCaptchaViewModel") else []
    parts += ["age-restricted"] if playability.get("desktopLegacyAgeGateReason") else []  # says so in any language
    return ". ".join(dict.fromkeys(filter(None, map(_text, parts))))


def _inside(value: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 - JSON has no narrower type
    """The object at the end of a path of names; an empty one if it is not there."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """YouTube's three forms of text: plain, `simpleText`, or `runs`."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    runs = value.get("runs")
    parts = [run.get("text") for run in runs if isinstance(run, dict)] if isinstance(runs, list) else []
    return "".join(part for part in (value.get("simpleText"), *parts) if isinstance(part, str))
