"""One polite way to YouTube for both libraries: every request of either passes `PoliteAdapter.send`.

Imported only when a video is fetched: requests and yt-dlp are heavy.
"""

from __future__ import annotations

import io
import time
import weakref
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
import urllib3
import yt_dlp.globals
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ReadTimeoutError
from yt_dlp import YoutubeDL
from yt_dlp.networking._requests import RequestsRH

from pipeline.sources.request_log import AnswerFault, HttpExchange, RequestLog, requested_wait

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from requests.cookies import RequestsCookieJar

    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings

HOSTS = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", "consent.youtube.com", "youtubei.googleapis.com"})
"""The only hosts that are ever asked, at their ordinary https port."""

_CONNECT_SECONDS = 5.0
_IDLE_SECONDS = 60.0  # Google keeps idle connections for some minutes, proxies mostly for one
_TOTAL = 1.5  # times the longest silence: 30 seconds for a whole answer as the settings come
_CHUNK = 1 << 16
_CAPTIONS = "/api/timedtext"
_PAGE = 8_000_000  # bytes of any other answer; real pages and player answers stay under three million
_WIRE_ONLY = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_MOST_ENTITIES = 500  # in one cue: the transcript library removes tags in quadratic time

GARBLED = (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)
"""What requests raises for a body that ends too early or does not unpack."""


class RequestRefused(requests.RequestException):
    """A request that we did not send, or an answer that we did not read."""


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """What one answer may cost."""

    connect: float
    """Seconds until the connection stands."""
    silence: float
    """Seconds without a byte."""
    total: float
    """Seconds from the request to the last byte."""
    size: int
    """Bytes of a caption file after decompression; other answers have the same limit or a smaller one."""

    @classmethod
    def of(cls, settings: SourceSettings) -> AnswerLimits:
        """The limits of the settings; the whole answer may take half as long again as one silence."""
        silence = settings.timeout_seconds
        return cls(min(_CONNECT_SECONDS, silence), silence, silence * _TOTAL, int(settings.answer_megabytes * 1e6))


class ConnectionPool:
    """Open connections and what an answer over them may cost; they stay open from one video to the next.

    Cookies are no part of them: each look at a video begins with none.
    """

    def __init__(self, limits: AnswerLimits, clock: Callable[[], float] = time.monotonic) -> None:
        """None is open yet; they are closed when nobody holds this any more."""
        self.limits = limits
        self.deadline = Deadline(limits, clock)
        self._clock = clock
        self._used = clock()
        self._pools = HTTPAdapter()
        self.close = weakref.finalize(self, self._pools.close)
        """Close them all; may be called again."""

    def lend(self, adapter: HTTPAdapter) -> None:
        """Let the adapter send over them."""
        adapter.poolmanager, adapter.proxy_manager = self._pools.poolmanager, self._pools.proxy_manager

    def freshen(self) -> None:
        """Close those that were idle so long that the other end may be closing them just now."""
        if self._clock() - self._used > _IDLE_SECONDS:
            self._pools.close()
        self._used = self._clock()


class PoliteAdapter(HTTPAdapter):
    """Sends requests one at a time, with pauses, to YouTube only; reads answers whole, within limits."""

    def __init__(self, connections: ConnectionPool, pace: RequestTurns, traffic: RequestLog) -> None:
        """Keep what was answered in `traffic`; send nothing more once that is halted."""
        self._connections = connections
        self._limits = connections.limits
        self._pace = pace
        self._traffic = traffic
        super().__init__()
        connections.lend(self)

    def close(self) -> None:
        """Nothing: the connections outlive the look at one video."""

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
        host, path = self._address(request)
        if self._traffic.halted:
            raise RequestRefused(self._traffic.exchanges[-1])
        with self._pace.turn(host):
            self._connections.freshen()
            self._connections.deadline.start()
            try:
                response = super().send(
                    request, stream=True, timeout=(self._limits.connect, self._limits.silence),
                    verify=verify, cert=cert, proxies=proxies,
                )  # fmt: skip
                body = self._read(response, self._limits.size if path == _CAPTIONS else min(self._limits.size, _PAGE))
            except requests.RequestException as error:
                self._traffic.record(HttpExchange(host, path, fault=_fault(error)))
                if isinstance(error, GARBLED):  # yt-dlp asks again after connection errors only
                    raise requests.ConnectionError(error) from error
                raise
            self._keep(host, path, response, body)
        return self._whole(request, response, body)

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
        """A pool whose connections keep the deadline, on whatever way they reach the host."""
        pool: Any = super().get_connection_with_tls_context(*arguments, **options)
        if not hasattr(pool.ConnectionCls, "deadline"):
            kind = (_Timed, pool.ConnectionCls)
            pool.ConnectionCls = type("TimedConnection", kind, {"deadline": self._connections.deadline})
        return pool

    def _address(self, request: requests.PreparedRequest) -> tuple[str, str]:
        parts = urlsplit(request.url or "")
        host = parts.hostname or ""
        if parts.scheme == "https" and host in HOSTS and parts.port in {None, 443} and parts.username is None:
            return host, parts.path
        sorry = parts.path.startswith("/sorry")  # Google's page for addresses that ask too often
        self._traffic.record(
            HttpExchange(host, parts.path, fault=AnswerFault.CHALLENGE if sorry else AnswerFault.FOREIGN)
        )
        raise RequestRefused(AnswerFault.FOREIGN)

    @staticmethod
    def _read(response: requests.Response, most: int) -> bytes:
        with io.BytesIO() as body:  # closed at once: the traceback of a refusal would keep it in memory
            for chunk in response.iter_content(_CHUNK):
                body.write(chunk)
                if body.tell() > most:
                    response.close()
                    raise RequestRefused(AnswerFault.TOO_LARGE)
            return body.getvalue()

    def _whole(self, request: requests.PreparedRequest, response: requests.Response, body: bytes) -> requests.Response:
        """The answer with its body in memory, in UTF-8: YouTube writes nothing else, and does not always say so."""
        raw = urllib3.HTTPResponse(
            io.BytesIO(body),
            headers={name: value for name, value in response.headers.items() if name.lower() not in _WIRE_ONLY},
            status=response.status_code,
            reason=response.reason,
            preload_content=False,
            original_response=response.raw._original_response,  # noqa: SLF001 - where requests looks for cookies
        )
        whole = self.build_response(request, raw)
        whole.encoding = "utf-8"
        return whole

    def _keep(self, host: str, path: str, response: requests.Response, body: bytes) -> None:
        headers = response.headers
        wait = requested_wait(headers.get("Retry-After", ""), headers.get("Date", ""))
        if wait and response.status_code in {429, 503}:
            self._traffic.wait = max(self._traffic.wait, wait)
            self._pace.delay(host, min(wait, 60.0))
        unsafe = path == _CAPTIONS and not _harmless(body)
        self._traffic.record(
            HttpExchange(host, path, response.status_code, AnswerFault.UNSAFE if unsafe else None), body
        )
        if unsafe:
            raise RequestRefused(AnswerFault.UNSAFE)


def _fault(error: requests.RequestException) -> AnswerFault:
    if isinstance(error, RequestRefused):
        return AnswerFault.TOO_LARGE
    if isinstance(error, requests.Timeout) or (error.args and isinstance(error.args[0], ReadTimeoutError)):
        return AnswerFault.SILENT
    return AnswerFault.GARBLED if isinstance(error, GARBLED) else AnswerFault.NETWORK


def _harmless(body: bytes) -> bool:
    """Whether no cue of XML holds more references than speech does: a `<` hides only in a reference or in CDATA."""
    if body.lstrip().startswith(b"{"):  # JSON is not read by that library
        return True
    return b"<![CDATA[" not in body and all(piece.count(b"&") <= _MOST_ENTITIES for piece in body.split(b"<"))


# --- a deadline for the whole answer ---


class Deadline:
    """How long reads may still take. A time-out of its own for each byte would let a slow server hold us for ever."""

    def __init__(self, limits: AnswerLimits, clock: Callable[[], float] = time.monotonic) -> None:
        """Begins with `start`."""
        self._limits = limits
        self._clock = clock
        self._end = 0.0

    def start(self) -> None:
        """Count from now."""
        self._end = self._clock() + self._limits.total

    def left(self) -> float:
        """Seconds that the next read may take; raises TimeoutError when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError(AnswerFault.SILENT)
        return min(left, self._limits.silence)


class _Timed:
    """What makes a connection, direct or by any kind of proxy, read through a deadline."""

    deadline: Deadline
    sock: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc] # the other base is a connection of urllib3 or yt-dlp
        self.sock = TimedSocket(self.sock, self.deadline)


class TimedSocket:
    """A socket in all but the file that answers are read from."""

    def __init__(self, socket: Any, deadline: Deadline) -> None:  # noqa: ANN401 - plain, TLS, or TLS in TLS
        """Wrap the connected socket."""
        self._socket = socket
        self._deadline = deadline

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the socket has
        """Everything else is the socket's own."""
        return getattr(self._socket, name)

    def makefile(self, mode: str) -> io.BufferedReader:
        """The reading end."""
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


# --- the two libraries' ways in ---


class PoliteSession(requests.Session):
    """A session for youtube-transcript-api: nothing from the environment, no other scheme than https."""

    def __init__(self, settings: SourceSettings, adapter: PoliteAdapter) -> None:
        """Proxy and certificate authorities as set."""
        super().__init__()
        self.trust_env = False
        self.proxies = {"https": settings.proxy} if settings.proxy else {}
        self.verify = settings.ca_bundle or True
        self.max_redirects = 5
        self.mount("http://", adapter)  # where it is refused
        self.mount("https://", adapter)


class PoliteRH(RequestsRH):  # type: ignore[misc] # yt-dlp is untyped
    """yt-dlp's way through requests, with our adapter."""

    def __init__(self, adapter: PoliteAdapter, ca_bundle: str, **options: Any) -> None:  # noqa: ANN401 - passed on
        """Trust the given authorities, or the built-in ones."""
        super().__init__(**options)
        self._adapter = adapter
        self._ca_bundle = ca_bundle

    def _make_sslcontext(self, **_options: object) -> None:
        """None: it would read all authorities for an adapter that ours replaces, at each video."""

    def _create_instance(self, cookiejar: RequestsCookieJar, legacy_ssl_support: object = None) -> requests.Session:
        session: requests.Session = super()._create_instance(cookiejar, legacy_ssl_support)
        session.verify = self._ca_bundle or True
        session.max_redirects = 5
        session.mount("http://", self._adapter)
        session.mount("https://", self._adapter)
        return session


class PoliteYoutubeDL(YoutubeDL):  # type: ignore[misc] # yt-dlp is untyped
    """yt-dlp with one way to the network, ours, and without plugins."""

    def __init__(self, options: Mapping[str, object], settings: SourceSettings, adapter: PoliteAdapter) -> None:
        """As configured; code from the user's plugin folders is never loaded."""
        self._handler = partial(PoliteRH, adapter, settings.ca_bundle)
        yt_dlp.globals.plugin_dirs.value = []
        super().__init__({**options, "proxy": settings.proxy})

    def build_request_director(self, _handlers: object, preferences: object = None) -> Any:  # noqa: ANN401 - untyped
        """The director with our handler alone."""
        return super().build_request_director([self._handler], preferences)
