"""What YouTube answered while one video was read, whatever a library made of it.

Both libraries can turn a refusal into "this video has no captions". What is decided here rests on the answers
themselves: their statuses, and the state and sentence of each player answer.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import SourceBlocked, SourceChanged, SourceError, SourceUnreachable
from pipeline.sources.metadata import language_tag, one_line
from pipeline.sources.youtube_errors import error_from_message, error_from_playability, error_from_status
from pipeline.types.article import Track, TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class AnswerFault(StrEnum):
    """Why there is no answer to read."""

    NETWORK = "the connection failed"
    SILENT = "YouTube did not answer in time"
    GARBLED = "YouTube's answer was cut or garbled"
    TOO_LARGE = "an answer larger than any real one was refused"
    UNSAFE = "captions built to keep a program busy were refused"
    FOREIGN = "YouTube sent us to an address that is not its own"
    CHALLENGE = "YouTube asks for a captcha"


@dataclass(frozen=True, slots=True)
class HttpExchange:
    """One request and what came back."""

    host: str
    path: str
    status: int = 0
    """HTTP status; 0 when none was read."""
    fault: AnswerFault | None = None


@dataclass(frozen=True, slots=True)
class PlayerAnswer:
    """What one answer of the player says about the video."""

    state: str
    """`OK`, `ERROR`, ...; empty when the answer does not say."""
    sentence: str
    """Reason and details as shown to viewers, in English."""
    tracks: tuple[Track, ...]
    """Every caption track it lists."""
    withheld: bool
    """Whether some of them need a token."""
    details: dict[str, Any]
    """Title, channel and length, where they came with it."""


OK, SERVER_ERROR = 200, 500
_PLAYER = "/youtubei/v1/player"
_HALTING = frozenset({AnswerFault.TOO_LARGE, AnswerFault.UNSAFE, AnswerFault.FOREIGN, AnswerFault.CHALLENGE})
_MOST_SILENT = 2
_LONGEST_WAIT = 60.0


@dataclass(slots=True)
class RequestLog:
    """The answers of one look at one video, in order."""

    subject: str
    """The video's id."""
    exchanges: list[HttpExchange] = field(default_factory=list)
    players: list[PlayerAnswer] = field(default_factory=list)
    wait: float = 0.0
    """Longest wait that was demanded with `Retry-After`, in seconds."""

    def record(self, exchange: HttpExchange, body: bytes = b"") -> None:
        """Keep an answer; the body of a player answer is read for what it says."""
        fault = exchange.fault
        if exchange.path == _PLAYER and exchange.status == OK:
            player = player_answer(body)
            self.players += [player] if player else []
            fault = fault or (None if player else AnswerFault.GARBLED)
        elif b'class="g-recaptcha"' in body and b"INNERTUBE_API_KEY" not in body:
            fault = AnswerFault.CHALLENGE
        self.exchanges.append(HttpExchange(exchange.host, exchange.path, exchange.status, fault))

    def has(self, *faults: AnswerFault) -> bool:
        """Whether one of these befell a request."""
        return any(exchange.fault in faults for exchange in self.exchanges)

    @property
    def halted(self) -> bool:
        """Whether asking further is useless or rude."""
        silent = sum(exchange.fault is AnswerFault.SILENT for exchange in self.exchanges)
        return self.blocked is not None or self.has(*_HALTING) or silent >= _MOST_SILENT or self.wait > _LONGEST_WAIT

    @property
    def passing(self) -> bool:
        """Whether the last request failed in a way that may pass: try again."""
        if not self.exchanges or self.halted:
            return False
        last = self.exchanges[-1]
        return last.status >= SERVER_ERROR or last.fault in {
            AnswerFault.NETWORK,
            AnswerFault.SILENT,
            AnswerFault.GARBLED,
        }

    @property
    def clean(self) -> bool:
        """Whether every answer came whole with status 200, and the player said of this very video that it plays."""
        whole = all(exchange.status == OK and not exchange.fault for exchange in self.exchanges)
        plays = [player.state == "OK" and player.details.get("videoId") == self.subject for player in self.players]
        return whole and bool(plays) and all(plays)

    def answered(self, path: str) -> bool:
        """Whether a request for this path was answered with status 200."""
        return any(e.path == path and e.status == OK and not e.fault for e in self.exchanges)

    @property
    def blocked(self) -> SourceError | None:
        """`SourceBlocked` if any answer refused our address, in whatever form; a block is about us, not the video."""
        errors = [error_from_status(self.subject, exchange.status) for exchange in self.exchanges]
        errors += [error_from_message(self.subject, player.sentence) for player in self.players if player.state != "OK"]
        if self.has(AnswerFault.CHALLENGE):
            errors.append(SourceBlocked(self.subject, AnswerFault.CHALLENGE))
        if any(player.details.get("videoId", self.subject) != self.subject for player in self.players):
            errors.append(
                SourceBlocked(self.subject, "YouTube answered about another video, as it does when it blocks")
            )
        return next((error for error in errors if isinstance(error, SourceBlocked)), None)

    @property
    def verdict(self) -> SourceError | None:
        """What the answers say against the video; None when it can be played, as far as they go."""
        strange = next((exchange.fault for exchange in self.exchanges if exchange.fault in _HALTING), None)
        if self.blocked is not None:
            return self.blocked
        if strange:
            return SourceChanged(self.subject, strange)
        if self.wait > _LONGEST_WAIT:
            return SourceUnreachable(self.subject, f"YouTube asks to wait {self.wait:.0f} seconds")
        if any(player.state == "OK" for player in self.players):
            return None
        if self.players:
            return error_from_playability(self.subject, self.players[-1].state, self.players[-1].sentence)
        return self.trouble

    @property
    def trouble(self) -> SourceError | None:
        """The last request that failed, as an error; None when none did."""
        for exchange in reversed(self.exchanges):
            fault = SourceUnreachable(self.subject, exchange.fault) if exchange.fault else None
            if (error := fault or error_from_status(self.subject, exchange.status)) is not None:
                return error
        return None


def with_retries(call: Callable[[], T], foreign: tuple[type[Exception], ...], traffic: RequestLog) -> T:
    """The call's result; tried up to three times while what fails may pass. Raises the last foreign exception."""
    left = 3
    while True:
        left -= 1
        try:
            return call()
        except foreign:
            if not left or not traffic.passing:
                raise


def requested_wait(retry_after: str, date: str) -> float:
    """Seconds that an answer of this date asks to wait, by number or date (RFC 9110, 10.2.3); 0 if it does not."""
    asked = retry_after.strip()
    if asked.isascii() and asked.isdecimal():
        return float(asked[:9])
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return 0.0
    return max(wait.total_seconds(), 0.0)


@contextmanager
def note_requested_wait(traffic: RequestLog) -> Iterator[None]:
    """Errors that leave the block say how long YouTube asked to wait, and whether it asked for a captcha."""
    try:
        yield
    except SourceError as error:
        error.wait = max(error.wait, traffic.wait)
        error.challenged = error.challenged or traffic.has(AnswerFault.CHALLENGE)
        raise


def player_answer(body: bytes) -> PlayerAnswer | None:
    """What an answer of the player says; None when it is no JSON object."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    playability = _inside(answer, "playabilityStatus")
    listed = _inside(answer, "captions", "playerCaptionsTracklistRenderer").get("captionTracks")
    tracks = [track for track in listed if isinstance(track, dict)] if isinstance(listed, list) else []
    return PlayerAnswer(
        state=_text(playability.get("status")),
        sentence=_sentence(playability),
        tracks=tuple(_track(track) for track in tracks),
        withheld=any(f"exp={mark}" in str(track.get("baseUrl")) for track in tracks for mark in ("xpe", "xpv")),
        details=_inside(answer, "videoDetails"),
    )


def _sentence(playability: dict[str, Any]) -> str:
    """All that the answer tells the viewer, since the telling part may stand in any of six places."""
    screen = _inside(playability, "errorScreen", "playerErrorMessageRenderer")
    messages = playability.get("messages")
    told = [playability.get("reason"), screen.get("reason"), screen.get("subreason")]
    told += messages if isinstance(messages, list) else []
    told += ["captcha"] if _inside(playability, "errorScreen", "playerCaptchaViewModel") else []
    told += ["age-restricted"] if playability.get("desktopLegacyAgeGateReason") else []  # says so in any language
    return ". ".join(dict.fromkeys(filter(None, map(_text, told))))


def _track(track: dict[str, Any]) -> Track:
    origin = TrackOrigin.AUTOMATIC if track.get("kind") == "asr" else TrackOrigin.MANUAL
    return Track(language_tag(_text(track.get("languageCode"))), origin, one_line(_text(track.get("name"))))


def _inside(value: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 - JSON has no narrower type
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
