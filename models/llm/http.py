"""The HTTP client of a model server: allowed URLs, timeouts, size limits, retries, and the error for each failure."""

from __future__ import annotations

import ipaddress
import json
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from pipeline.errors import ConfigError, ModelError, ModelGarbled, ModelUnreachable, ModelUnusable
from pipeline.events import Notice, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tenacity import RetryCallState

    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

TRIES: Final = 4
"""Attempts at one request if the server is overloaded, fails, or drops the connection."""
PAUSE: Final = 1.0
"""Seconds before the second attempt, doubled before each further one."""
MAX_PAUSE: Final = 120.0
"""The most seconds that are waited when a server sends `Retry-After`."""
LOADING_PAUSE: Final = 2.0
"""Seconds between attempts while the server loads its model, which can mean many gigabytes from a disk."""
CONNECT_SECONDS: Final = 10.0
PROBE_SECONDS: Final = 20.0
"""The time limit for questions about the server itself."""
MAX_BODY: Final = 4_000_000
"""The most bytes that are read; a reply of 8,192 tokens is below 100 kB."""
_CHUNK: Final = 65536
_TRANSIENT: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_TOLD_WAIT: Final = 5.0
"""A wait of so many seconds is told."""
REFUSED: Final = frozenset({400, 413, 422})
"""The server rejects the body: most often the prompt is too long, otherwise it does not know a parameter or a role."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A status and the JSON object that came with it; the object is empty if the status is one of `REFUSED`."""

    status: int
    content: Mapping[str, Any]


class _TransientFailure(Exception):
    """A failure that may be gone at the next attempt."""

    def __init__(self, final: ModelError, wait: float = 0.0) -> None:
        """`final` is raised when no attempts are left; `wait` is the pause, in seconds, that the server asked for."""
        super().__init__(str(final))
        self.final, self.wait = final, wait


class _ModelLoading(_TransientFailure):
    """The server is up, but still loads its model."""


class HttpClient:
    """A client for one server. Threads may share it: every request has its own connection."""

    def __init__(self, settings: ModelSettings, pause: Callable[[float], None], report: Reporter) -> None:
        """Raises `ConfigError` if `[model] url` is not a plain http or https URL."""
        try:
            url = urlsplit(settings.url)
        except ValueError:  # for example an unclosed bracket
            url = urlsplit("")
        if url.scheme not in {"http", "https"} or not url.hostname or url.username or url.password:
            message = "[model] url must be http://host:port/v1 or https://host/v1, without a name and password"
            raise ConfigError(message)
        self._base = settings.url.rstrip("/") + "/"
        self._timeout, self._pause, self._report = settings.timeout_seconds, pause, report
        self._waits_for_loading, self._loading_reported, self._lock = True, False, Lock()
        self._told_until = 0.0
        key_is_safe = url.scheme == "https" or _is_loopback(url.hostname)
        self._headers = {"Authorization": f"Bearer {settings.key}"} if settings.key and key_is_safe else {}
        self.display_url = f"{url.scheme}://{url.netloc}"
        """The server's address for messages."""

    def post(self, path: str, body: Mapping[str, Any], check: Callable[[Mapping[str, Any]], object]) -> HttpAnswer:
        """The answer to a body; `check` raises `ModelGarbled` if it is malformed. `REFUSED` statuses are returned.

        Raises `ModelUnusable` if there is no answer, `ModelGarbled` if every answer is malformed.
        """
        return self._request("POST", path, body, self._timeout, check)

    def get(self, path: str, check: Callable[[Mapping[str, Any]], object]) -> HttpAnswer:
        """As `post`, for a question about the server."""
        return self._request("GET", path, None, min(self._timeout, PROBE_SECONDS), check)

    def probe(self, path: str, body: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """The answer of an endpoint that only some servers have; empty if this one has not."""
        method, seconds = "GET" if body is None else "POST", min(self._timeout, PROBE_SECONDS)
        try:
            return self._send_when_loaded(method, path, body, seconds).content
        except (_TransientFailure, ModelError):
            return {}

    def _request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        seconds: float,
        check: Callable[[Mapping[str, Any]], object],
    ) -> HttpAnswer:
        def attempt() -> HttpAnswer:
            answer = self._send_when_loaded(method, path, body, seconds)
            if answer.status < requests.codes.bad_request:
                _check_content(answer, check)
            return answer

        retrying = Retrying(
            retry=retry_if_exception_type(_TransientFailure),
            stop=stop_after_attempt(TRIES),
            wait=_wait_before_next,
            before_sleep=self._tell_wait,
            sleep=self._pause,
            reraise=True,
        )
        try:
            return retrying(attempt)
        except _TransientFailure as failure:
            raise failure.final from None

    def _send_when_loaded(self, method: str, path: str, body: Mapping[str, Any] | None, seconds: float) -> HttpAnswer:
        """Send, and resend while the server loads its model: for as long as one reply may take, and only once."""
        waited = 0.0
        while True:
            try:
                return self._send(method, path, body, seconds)
            except _ModelLoading as loading:
                if waited >= self._timeout or not self._waits_for_loading:
                    self._waits_for_loading = False
                    raise loading.final from None
                with self._lock:
                    reported, self._loading_reported = self._loading_reported, True
                if not reported:
                    text = f"the model server at {self.display_url} is loading its model"
                    self._report(Notice(f"{text}; waiting up to {self._timeout:g} s"))
                self._pause(LOADING_PAUSE)
                waited += LOADING_PAUSE

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None, seconds: float) -> HttpAnswer:
        """One request; redirects are not followed, since they could carry the key and the talk elsewhere."""
        try:
            with requests.Session() as session:
                session.trust_env = False  # no proxy between us and the loopback, no .netrc
                with session.request(
                    method,
                    urljoin(self._base, path),
                    json=body,
                    headers=self._headers,
                    timeout=(min(CONNECT_SECONDS, seconds), seconds),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    return self._classify(response, _read_body(response, time.monotonic() + seconds))
        except requests.exceptions.SSLError:
            message = f"the certificate of the model server at {self.display_url} cannot be trusted"
            raise ModelUnreachable(message, "Check [model] url.") from None
        except requests.exceptions.ReadTimeout:
            raise self._timed_out(seconds) from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            raise _TransientFailure(ModelGarbled("the model server's reply broke off, several times")) from None
        except requests.RequestException as error:
            if "timed out" in str(error) and not isinstance(error, requests.exceptions.ConnectTimeout):
                raise self._timed_out(seconds) from None
            message = f"no model server answers at {self.display_url}"
            hint = "Start it (llama-server, ollama serve, vllm serve), or set [model] url."
            raise _TransientFailure(ModelUnreachable(message, hint)) from None

    def _classify(self, response: requests.Response, body: bytes | None) -> HttpAnswer:
        """A usable answer, or the error that its status stands for; a body of None came too late."""
        status = response.status_code
        if body is None:
            raise self._timed_out(self._timeout)
        if status == requests.codes.service_unavailable and b"loading" in body[:_CHUNK].lower():
            message = f"the model server at {self.display_url} is still loading its model after {self._timeout:g} s"
            raise _ModelLoading(ModelUnreachable(message, "Raise [model] timeout_seconds, or wait until it is ready."))
        if status in _TRANSIENT:
            delay = response.headers.get("Retry-After", "")
            raise _TransientFailure(self._overloaded(status), float(delay) if delay.isdecimal() else 0.0)
        if status == requests.codes.payment_required:
            message = f"the model server at {self.display_url} wants to be paid (status {status})"
            raise ModelUnusable(
                message, "Top up the account of TADWIN_MODEL_KEY, or set [model] url to another server."
            )
        if status in {401, 403}:
            message = f"the model server at {self.display_url} requires a different key"
            raise ModelUnusable(message, "Set TADWIN_MODEL_KEY; it is only sent over https or to this machine.")
        if status not in REFUSED and status >= requests.codes.multiple_choices:
            message = f"the model server at {self.display_url} has no such model or address (status {status})"
            raise ModelUnusable(message, "Check [model] url and [model] name; most addresses end with /v1.")
        return HttpAnswer(status, {} if status in REFUSED else self._json_object(body, response))

    def _json_object(self, body: bytes, response: requests.Response) -> Mapping[str, Any]:
        """The answer; one that is not meant to be JSON, such as a page, is from no model server."""
        try:
            content = json.loads(body)
        except (ValueError, RecursionError):
            declared = "json" in response.headers.get("Content-Type", "").partition(";")[0]
            if not declared or body.lstrip().startswith(b"<"):
                message = f"what answers at {self.display_url} is no model server: its reply is not JSON"
                hint = "Check [model] url; most addresses end with /v1. A proxy or a login page may stand before it."
                raise _TransientFailure(ModelUnusable(message, hint)) from None
            message = "the model server's reply is broken JSON"
            raise _TransientFailure(ModelGarbled(message)) from None
        if not isinstance(content, dict):
            message = "the model server's reply is not a JSON object"
            raise _TransientFailure(ModelGarbled(message))
        return content

    def _overloaded(self, status: int) -> ModelUnreachable:
        if status == requests.codes.too_many_requests:
            message = f"the model server at {self.display_url} takes no more requests for now (status {status})"
            return ModelUnreachable(message, "Wait, lower [model] batch, or raise the limits of your account there.")
        message = f"the model server at {self.display_url} keeps failing (status {status})"
        return ModelUnreachable(message, "Check its log; it may be short of memory.")

    def _tell_wait(self, state: RetryCallState) -> None:
        """Report a long wait, once for all threads that wait."""
        seconds, now = state.upcoming_sleep, time.monotonic()
        with self._lock:
            told, self._told_until = now < self._told_until, max(self._told_until, now + seconds)
        if seconds >= _TOLD_WAIT and not told:
            self._report(Waiting(seconds, f"the model server at {self.display_url} takes no requests for now"))

    def _timed_out(self, seconds: float) -> ModelUnreachable:
        message = f"the model server at {self.display_url} gave no reply within {seconds:g} seconds"
        return ModelUnreachable(message, "Raise [model] timeout_seconds, lower [model] batch, or use a smaller model.")


def _wait_before_next(state: RetryCallState) -> float:
    """Seconds: doubled with every attempt, and never less than the server asked for."""
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.wait if isinstance(failure, _TransientFailure) else 0.0
    return min(max(asked, PAUSE * 2.0 ** (state.attempt_number - 1)), MAX_PAUSE)


def is_loopback_url(url: str) -> bool:
    """Whether an address is one of this machine."""
    return _is_loopback(urlsplit(url).hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read_body(response: requests.Response, deadline: float) -> bytes | None:
    """The body, or None if the deadline passed first: a timeout of the library starts anew with every byte."""
    parts: list[bytes] = []
    size = 0
    for chunk in response.iter_content(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if time.monotonic() > deadline:
            return None
        if size > MAX_BODY:
            message = "the model server's reply does not end"
            raise ModelGarbled(message)
    announced = response.headers.get("Content-Length")
    if announced and announced.isdecimal() and size < int(announced) and not response.headers.get("Content-Encoding"):
        raise requests.exceptions.ChunkedEncodingError
    return b"".join(parts)


def _check_content(answer: HttpAnswer, check: Callable[[Mapping[str, Any]], object]) -> None:
    """A malformed answer is worth another attempt; one that does not end, which `_read_body` raises, is not."""
    try:
        check(answer.content)
    except ModelGarbled as error:
        raise _TransientFailure(error) from None
