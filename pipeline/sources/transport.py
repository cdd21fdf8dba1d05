"""The one way to YouTube for both libraries: every request of either passes `PoliteAdapter.send`.

Imported only when a video is fetched: requests and yt-dlp are heavy.
"""

from __future__ import annotations

import io
import time
import weakref
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
import urllib3
import yt_dlp.globals
from requests.adapters import HTTPAdapter
from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
)
from yt_dlp import YoutubeDL
from yt_dlp.networking._requests import RequestsRH

from pipeline.sources.request_log import CAPTIONS, AnswerFault, HttpExchange, RequestLog, parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from requests.cookies import RequestsCookieJar

    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings

HOSTS = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", "consent.youtube.com", "youtubei.googleapis.com"})
"""The only hosts that requests are sent to, at their ordinary https port."""

_CONNECT_SECONDS = 5.0
_IDLE_SECONDS = 60.0  # Google keeps idle connections for some minutes, proxies mostly for one
_TOTAL = 1.5  # times the longest silence: 30 seconds for a whole answer by default
_CHUNK = 1 << 16
_MAX_PAGE = 8_000_000  # bytes of any other answer; real pages and player answers stay under three million
_TRANSFER_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_TUNNEL_REFUSED = "Tunnel connection failed"  # as http.client says it
_MAX_ENTITIES = 500  # in one cue: the transcript library removes tags in quadratic time

GARBLED = (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)
"""Exceptions of requests for a body that ends too early or does not unpack."""


class RequestRefused(requests.RequestException):
    """A request that was not sent, or an answer that was not read."""


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """The most that one answer may take."""

    connect: float
    """Seconds until the connection is made."""
    silence: float
    """Seconds without a byte."""
    total: float
    """Seconds from the request to the last byte."""
    size: int
    """Bytes of a caption file after decompression; other answers have the same limit or a lower one."""

    @classmethod
    def of(cls, settings: SourceSettings) -> AnswerLimits:
        """The limits by the settings; a whole answer may take half as long again as one silence."""
        silence = settings.timeout_seconds
        return cls(min(_CONNECT_SECONDS, silence), silence, silence * _TOTAL, int(settings.answer_megabytes * 1e6))


class ConnectionPool:
    """Open connections and the limits of answers over them, kept from one video to the next.

    Cookies are not kept: each attempt at a video begins with none. The connections are closed when the pool is no
    longer referenced.
    """

    def __init__(self, limits: AnswerLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self.deadline = Deadline(limits, clock)
        self._clock = clock
        self._used = clock()
        self._pools = HTTPAdapter()
        self.close = weakref.finalize(self, self._pools.close)
        """Close all connections; may be called more than once."""

    def lend(self, adapter: HTTPAdapter) -> None:
        """Let the adapter send over these connections."""
        adapter.poolmanager, adapter.proxy_manager = self._pools.poolmanager, self._pools.proxy_manager

    def freshen(self) -> None:
        """Close connections that were idle so long that the other end may be closing them just now."""
        if self._clock() - self._used > _IDLE_SECONDS:
            self._pools.close()
        self._used = self._clock()


class PoliteAdapter(HTTPAdapter):
    """Sends requests one at a time, with pauses, to YouTube only; reads answers whole, within limits.

    Answers are recorded in `log`; once that is halted, nothing more is sent.
    """

    def __init__(self, connections: ConnectionPool, limiter: RequestTurns, log: RequestLog) -> None:
        self._connections = connections
        self._limits = connections.limits
        self._limiter = limiter
        self._log = log
        super().__init__()
        connections.lend(self)

    def close(self) -> None:
        """Nothing to close: the connections outlive the attempt at one video."""

    def send(  # noqa: PLR0913, PLR0917 - the signature is that of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002, FBT001, FBT002 - as above
        timeout: object = None,  # noqa: ARG002 - ours are kept, whatever a library asks
        verify: bool | str = True,  # noqa: FBT001, FBT002 - as above
        cert: Any = None,  # noqa: ANN401 - as above
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer, its body already read; every hop of a redirect comes through here again."""
        host, path = self._check_address(request)
        if self._log.halted:
            raise RequestRefused(self._log.exchanges[-1])
        with self._limiter.turn(host):
            self._connections.freshen()
            self._connections.deadline.start()
            try:
                response = super().send(
                    request, stream=True, timeout=(self._limits.connect, self._limits.silence),
                    verify=verify, cert=cert, proxies=proxies,
                )  # fmt: skip
                body = self._read(
                    response, self._limits.size if path == CAPTIONS else min(self._limits.size, _MAX_PAGE)
                )
            except requests.RequestException as error:
                self._log.record(HttpExchange(host, path, fault=_fault(error, proxied=bool(proxies))))
                if isinstance(error, GARBLED):  # yt-dlp asks again after connection errors only
                    raise requests.ConnectionError(error) from error
                raise
            self._record(host, path, response, body)
        return self._buffered(request, response, body)

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
        """A pool whose connections keep the deadline, direct or through any proxy."""
        pool: Any = super().get_connection_with_tls_context(*arguments, **options)
        if not hasattr(pool.ConnectionCls, "deadline"):
            bases = (_DeadlineMixin, pool.ConnectionCls)
            pool.ConnectionCls = type("TimedConnection", bases, {"deadline": self._connections.deadline})
        return pool

    def _check_address(self, request: requests.PreparedRequest) -> tuple[str, str]:
        """Host and path of a request to YouTube; records and refuses any other."""
        parts = urlsplit(request.url or "")
        host = parts.hostname or ""
        if parts.scheme == "https" and host in HOSTS and parts.port in {None, 443} and parts.username is None:
            return host, parts.path
        sorry = parts.path.startswith("/sorry")  # Google's page for addresses that ask too often
        fault = AnswerFault.CHALLENGE if sorry else AnswerFault.FOREIGN
        self._log.record(HttpExchange(host, parts.path, fault=fault))
        raise RequestRefused(AnswerFault.FOREIGN)

    @staticmethod
    def _read(response: requests.Response, limit: int) -> bytes:
        with io.BytesIO() as body:  # closed at once: the traceback of a refusal would keep it in memory
            for chunk in response.iter_content(_CHUNK):
                body.write(chunk)
                if body.tell() > limit:
                    response.close()
                    raise RequestRefused(AnswerFault.TOO_LARGE)
            return body.getvalue()

    def _buffered(
        self, request: requests.PreparedRequest, response: requests.Response, body: bytes
    ) -> requests.Response:
        """The answer with its body in memory, in UTF-8: YouTube writes nothing else, and does not always say so."""
        raw = urllib3.HTTPResponse(
            io.BytesIO(body),
            headers={name: value for name, value in response.headers.items() if name.lower() not in _TRANSFER_HEADERS},
            status=response.status_code,
            reason=response.reason,
            preload_content=False,
            original_response=response.raw._original_response,  # noqa: SLF001 - where requests looks for cookies
        )
        buffered = self.build_response(request, raw)
        buffered.encoding = "utf-8"
        return buffered

    def _record(self, host: str, path: str, response: requests.Response, body: bytes) -> None:
        """Log the answer and the wait that it demands; refuses captions that would keep a parser busy."""
        headers = response.headers
        wait = parse_retry_after(headers.get("Retry-After", ""), headers.get("Date", ""))
        if wait and response.status_code in {429, 503}:
            self._log.wait = max(self._log.wait, wait)
            self._limiter.delay(host, min(wait, 60.0))
        fault = AnswerFault.UNSAFE if path == CAPTIONS and not _is_harmless(body) else None
        self._log.record(HttpExchange(host, path, response.status_code, fault), body)
        if fault:
            raise RequestRefused(AnswerFault.UNSAFE)


def _fault(error: requests.RequestException, *, proxied: bool) -> AnswerFault:
    if isinstance(error, RequestRefused):
        return AnswerFault.TOO_LARGE
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return AnswerFault.CERTIFICATE
    if (unconnected := _unconnected(error, proxied=proxied)) is not None:
        return unconnected
    if isinstance(error, requests.Timeout) or (error.args and isinstance(error.args[0], ReadTimeoutError)):
        return AnswerFault.SILENT
    return AnswerFault.GARBLED if isinstance(error, GARBLED) else AnswerFault.NETWORK


def _unconnected(error: requests.RequestException, *, proxied: bool) -> AnswerFault | None:
    """Why there is no connection at all; None if there was one."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, ProxyError):
        reason = reason.original_error
        if not isinstance(reason, (NewConnectionError, ConnectTimeoutError)):  # it answered, or broke off later
            return AnswerFault.PROXY_REFUSED if _TUNNEL_REFUSED in str(reason) else None
    if not isinstance(reason, (NewConnectionError, ConnectTimeoutError)):
        return None
    if proxied:
        return AnswerFault.PROXY
    if isinstance(reason, NameResolutionError):
        return AnswerFault.NAME
    return AnswerFault.UNREACHABLE


def _is_harmless(body: bytes) -> bool:
    """True if no cue of XML holds more references than speech does: a `<` hides only in a reference or in CDATA."""
    if body.lstrip().startswith(b"{"):  # JSON is not read by that library
        return True
    return b"<![CDATA[" not in body and all(piece.count(b"&") <= _MAX_ENTITIES for piece in body.split(b"<"))


# --- a deadline for the whole answer ---


class Deadline:
    """The time left for reading an answer. A time-out for each byte alone would let a slow server hold us for ever."""

    def __init__(self, limits: AnswerLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._end = 0.0

    def start(self) -> None:
        """Count from now."""
        self._end = self._clock() + self._limits.total

    def left(self) -> float:
        """Seconds that the next read may take; raises `TimeoutError` when none are left."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError(AnswerFault.SILENT)
        return min(left, self._limits.silence)


class _DeadlineMixin:
    """Makes a connection, direct or through any kind of proxy, read under a deadline."""

    deadline: Deadline
    sock: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc] # the other base is a connection of urllib3 or yt-dlp
        self.sock = TimedSocket(self.sock, self.deadline)

    def _tunnel(self) -> None:
        """Ask a proxy for a connection under the same deadline: it may drip its answer, too."""
        plain = self.sock
        self.sock = TimedSocket(plain, self.deadline)
        try:
            super()._tunnel()  # type: ignore[misc] # as above
        except (OSError, HTTPException) as error:
            if _TUNNEL_REFUSED in str(error):
                raise
            message = f"no answer from the proxy ({error})"
            raise NewConnectionError(self, message) from error  # type: ignore[arg-type] # as above
        self.sock = plain


class TimedSocket:
    """A connected socket in all but the file that answers are read from, which keeps a deadline."""

    def __init__(self, socket: Any, deadline: Deadline) -> None:  # noqa: ANN401 - plain, TLS, or TLS in TLS
        self._socket = socket
        self._deadline = deadline

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the socket has
        return getattr(self._socket, name)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedFile(self._socket, self._socket.makefile(mode, buffering=0), self._deadline))


class _TimedFile(io.RawIOBase):
    def __init__(self, socket: Any, file: io.RawIOBase, deadline: Deadline) -> None:  # noqa: ANN401 - as above
        self._socket = socket
        self._file = file
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - the signature is that of io
        self._socket.settimeout(self._deadline.left())
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


# --- the adapter inside the two libraries ---


class PoliteSession(requests.Session):
    """A session for youtube-transcript-api: nothing from the environment, no other scheme than https."""

    def __init__(self, settings: SourceSettings, adapter: PoliteAdapter) -> None:
        super().__init__()
        self.trust_env = False
        self.proxies = {"https": settings.proxy} if settings.proxy else {}
        self.verify = settings.ca_bundle or True
        self.max_redirects = 5
        self.mount("http://", adapter)  # where it is refused
        self.mount("https://", adapter)


class PoliteRH(RequestsRH):  # type: ignore[misc] # yt-dlp is untyped
    """yt-dlp's handler for requests, with our adapter and the given certificate authorities or the built-in ones."""

    def __init__(self, adapter: PoliteAdapter, ca_bundle: str, **options: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(**options)
        self._adapter = adapter
        self._ca_bundle = ca_bundle

    def _make_sslcontext(self, **_options: object) -> None:
        """No context: it would load all authorities, at each video, for an adapter that ours replaces."""

    def _create_instance(self, cookiejar: RequestsCookieJar, legacy_ssl_support: object = None) -> requests.Session:
        session: requests.Session = super()._create_instance(cookiejar, legacy_ssl_support)
        session.verify = self._ca_bundle or True
        session.max_redirects = 5
        session.mount("http://", self._adapter)
        session.mount("https://", self._adapter)
        return session


class PoliteYoutubeDL(YoutubeDL):  # type: ignore[misc] # yt-dlp is untyped
    """yt-dlp with our adapter as its only way to the network, and without code from the user's plugin folders."""

    def __init__(self, options: Mapping[str, object], settings: SourceSettings, adapter: PoliteAdapter) -> None:
        self._handler = partial(PoliteRH, adapter, settings.ca_bundle)
        yt_dlp.globals.plugin_dirs.value = []
        super().__init__({**options, "proxy": settings.proxy})

    def build_request_director(self, _handlers: object, preferences: object = None) -> Any:  # noqa: ANN401 - untyped
        return super().build_request_director([self._handler], preferences)
