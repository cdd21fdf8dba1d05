"""Requests to a model server: which addresses, how long, how much, how often, and what each failure is called."""

from __future__ import annotations

import ipaddress
import json
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, urljoin, urlsplit

import requests

from pipeline.errors import ConfigError, ModelError, ModelGarbled, ModelUnreachable, ModelUnusable
from pipeline.events import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

TRIES: Final = 4
"""Requests for one answer when the server is overloaded, fails, or breaks off."""
PAUSE: Final = 1.0
"""Seconds before the second try, doubled with each."""
LOADING_PAUSE: Final = 2.0
"""Seconds between two looks at a server that loads its model: it may read many gigabytes from a disk."""
PAUSE_MOST: Final = 120.0
"""Longest pause that a server may demand."""
CONNECT_SECONDS: Final = 10.0
PROBE_SECONDS: Final = 20.0
"""For questions about the server itself."""
ANSWER_BYTES: Final = 4_000_000
"""Largest answer that is read: a reply of 8,192 tokens is below 100 kB."""
_CHUNK: Final = 65536
_BUSY: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
REFUSED: Final = frozenset({400, 413, 422})
"""The server takes no such body: most often a prompt that is too long, else a parameter or a role it does not know."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A status and the JSON object that came with it; the object is empty for an error."""

    status: int
    content: Mapping[str, Any]


class _TransientFailure(Exception):
    """A failure that may be gone at the next try."""

    def __init__(self, final: ModelError, wait: float = 0.0) -> None:
        super().__init__(str(final))
        self.final, self.wait = final, wait


class _ModelLoading(_TransientFailure):
    """The server is there, and its model not yet."""


class HttpClient:
    """The way to one server. Threads may share it: every request has its own connection."""

    def __init__(self, settings: ModelSettings, pause: Callable[[float], None], report: Reporter) -> None:
        """Raises `ConfigError` for an address that is none."""
        parts = _parts(settings.url)
        self._base = settings.url.rstrip("/") + "/"
        self._timeout, self._pause, self._report = settings.timeout_seconds, pause, report
        self._patient, self._told, self._lock = True, False, Lock()
        safe = parts.scheme == "https" or _loopback(parts.hostname or "")
        self._headers = {"Authorization": f"Bearer {settings.key}"} if settings.key and safe else {}
        self.shown = f"{parts.scheme}://{parts.netloc}"
        """The address as it may be shown."""

    def post(self, path: str, body: Mapping[str, Any], check: Callable[[Mapping[str, Any]], object]) -> HttpAnswer:
        """The answer to a body; `check` raises `ModelGarbled` for one that does not fit. `REFUSED` are answers.

        Raises `ModelUnusable` when there is no answer, `ModelGarbled` when there is no sense in it.
        """
        return self._tried("POST", path, body, self._timeout, check)

    def get(self, path: str, check: Callable[[Mapping[str, Any]], object]) -> HttpAnswer:
        """The same for a question about the server."""
        return self._tried("GET", path, None, min(self._timeout, PROBE_SECONDS), check)

    def aside(self, path: str, body: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """What the server says at an address that not every server has; empty when it does not."""
        try:
            return self._loaded(
                "GET" if body is None else "POST", path, body, min(self._timeout, PROBE_SECONDS)
            ).content
        except (_TransientFailure, ModelError):
            return {}

    # --- tries ---

    def _tried(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        seconds: float,
        check: Callable[[Mapping[str, Any]], object],
    ) -> HttpAnswer:
        for number in range(1, TRIES + 1):
            try:
                answer = self._loaded(method, path, body, seconds)
                if answer.status < requests.codes.bad_request:
                    _held(answer, check)
            except _TransientFailure as passing:
                if number == TRIES:
                    raise passing.final from None
                self._pause(min(max(passing.wait, PAUSE * 2 ** (number - 1)), PAUSE_MOST))
            else:
                return answer
        raise AssertionError  # the last try returns or raises

    def _loaded(self, method: str, path: str, body: Mapping[str, Any] | None, seconds: float) -> HttpAnswer:
        """One request, again while the server loads its model: for as long as one reply may take, and only once."""
        waited = 0.0
        while True:
            try:
                return self._once(method, path, body, seconds)
            except _ModelLoading as loading:
                if waited >= self._timeout or not self._patient:
                    self._patient = False
                    raise loading.final from None
                self._tell()
                self._pause(LOADING_PAUSE)
                waited += LOADING_PAUSE

    def _tell(self) -> None:
        with self._lock:
            told, self._told = self._told, True
        if not told:
            self._report(Notice(f"the model server at {self.shown} loads its model; waiting up to {self._timeout:g} s"))

    def _once(self, method: str, path: str, body: Mapping[str, Any] | None, seconds: float) -> HttpAnswer:
        """One request; redirects are not followed, since they could carry the key and the talk elsewhere."""
        address = urljoin(self._base, path)
        try:
            with requests.Session() as session:
                session.trust_env = False  # no proxy between us and the loopback, no .netrc
                with session.request(
                    method,
                    address,
                    json=body,
                    headers=self._headers,
                    timeout=(min(CONNECT_SECONDS, seconds), seconds),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    return self._answer(response, _body(response, time.monotonic() + seconds))
        except requests.exceptions.SSLError:
            message = f"the certificate of the model server at {self.shown} cannot be trusted"
            raise ModelUnreachable(message, "Check [model] url.") from None
        except requests.exceptions.ReadTimeout:
            raise self._slow(seconds) from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            raise _TransientFailure(ModelGarbled("the model server's reply broke off, several times")) from None
        except requests.RequestException as error:
            if "timed out" in str(error) and not isinstance(error, requests.exceptions.ConnectTimeout):
                raise self._slow(seconds) from None
            raise _TransientFailure(self._down()) from None

    def _answer(self, response: requests.Response, body: bytes | None) -> HttpAnswer:
        status = response.status_code
        if body is None:
            raise self._slow(self._timeout)
        if status == requests.codes.service_unavailable and b"loading" in body[:_CHUNK].lower():
            message = f"the model server at {self.shown} still loads its model after {self._timeout:g} seconds"
            raise _ModelLoading(ModelUnreachable(message, "Raise [model] timeout_seconds, or wait until it is ready."))
        if status in _BUSY:
            message = f"the model server at {self.shown} keeps failing (status {status})"
            raise _TransientFailure(ModelUnreachable(message, _BUSY_HINT), _wait(response))
        if status in {401, 403}:
            message = f"the model server at {self.shown} wants another key"
            raise ModelUnusable(message, _KEY_HINT)
        if status not in REFUSED and status >= requests.codes.multiple_choices:
            message = f"the model server at {self.shown} has no such model or address (status {status})"
            raise ModelUnusable(message, "Check [model] url and [model] name; most addresses end with /v1.")
        return HttpAnswer(status, {} if status in REFUSED else _object(body, response))

    def _down(self) -> ModelUnreachable:
        return ModelUnreachable(f"no model server answers at {self.shown}", _DOWN_HINT)

    def _slow(self, seconds: float) -> ModelUnreachable:
        message = f"the model server at {self.shown} gave no reply within {seconds:g} seconds"
        return ModelUnreachable(message, "Raise [model] timeout_seconds, lower [model] batch, or use a smaller model.")


_DOWN_HINT: Final = "Start it (llama-server, ollama serve, vllm serve), or set [model] url."
_BUSY_HINT: Final = "Look at its log: it may be short of memory."
_KEY_HINT: Final = "Set TADWIN_MODEL_KEY; it is only sent over https or to this machine."


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that are no address
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        message = "[model] url must be http://host:port/v1 or https://host/v1, without a name and password"
        raise ConfigError(message)
    return parts


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _body(response: requests.Response, deadline: float) -> bytes | None:
    """What came, or None when it did not come in time: a server may also be slow letter by letter."""
    parts: list[bytes] = []
    size = 0
    for chunk in response.iter_content(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if time.monotonic() > deadline:
            return None
        if size > ANSWER_BYTES:
            message = "the model server's reply does not end"
            raise ModelGarbled(message)
    announced = response.headers.get("Content-Length")
    if announced and announced.isdecimal() and size < int(announced) and not response.headers.get("Content-Encoding"):
        raise requests.exceptions.ChunkedEncodingError
    return b"".join(parts)


def _object(body: bytes, response: requests.Response) -> Mapping[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        half = "json" in kind
        message = "the model server's reply is broken JSON" if half else "the model server's reply is not JSON"
        raise _TransientFailure(ModelGarbled(message)) from None
    if not isinstance(content, dict):
        message = "the model server's reply is JSON of another kind"
        raise _TransientFailure(ModelGarbled(message))
    return content


def _held(answer: HttpAnswer, check: Callable[[Mapping[str, Any]], object]) -> None:
    try:
        check(answer.content)
    except ModelGarbled as error:
        raise _TransientFailure(error) from None


def _wait(response: requests.Response) -> float:
    demanded = response.headers.get("Retry-After", "")
    return float(demanded) if demanded.isdecimal() else 0.0
