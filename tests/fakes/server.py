"""A forward proxy on loopback that ends TLS itself; what is answered is a function of the request."""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl

import trustme

from tests.fakes.faults import Fault, Troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived."""

    method: str
    host: str
    path: str
    query: str
    time: float
    """Seconds on a clock that never goes back."""
    client: str
    """`clientName` of a call to YouTube's own interface; empty for a page or a file."""
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def line(self) -> str:
        """What faults match on: `METHOD host/path?query`."""
        return f"{self.method} {self.host}{self.path}" + (f"?{self.query}" if self.query else "")

    @property
    def parameters(self) -> dict[str, str]:
        """The query, decoded; the last of equal names counts."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; the length is added."""

    body: bytes
    type: str = "text/html; charset=utf-8"
    status: int = 200


@functools.cache
def authority() -> trustme.CA:
    """The certificate authority of this run; no other run trusts it."""
    return trustme.CA()


class TlsProxy:
    """Answers CONNECT for the known hosts with `respond`; any other host gets 403 and is kept in `escapes`."""

    def __init__(self, hosts: frozenset[str], respond: Callable[[Request], Answer]) -> None:
        """Nothing listens until `start`."""
        self.hosts, self.respond, self.troubles = hosts, respond, Troubles()
        self.seen: list[Request] = []
        self.escapes: list[str] = []
        self.tunnels = 0
        self.failures: list[BaseException] = []
        self.closing, self.lock = Event(), Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority().issue_cert(*sorted(hosts), "127.0.0.1").configure_cert(self.context)
        self._proxy = _Server(self, tls=False)
        self._direct = _Server(self, tls=True)

    def start(self) -> Self:
        """Listen."""
        self._proxy.start()
        self._direct.start()
        return self

    def stop(self) -> None:
        """Close every connection and wait for their threads; raises what went wrong inside the fake itself."""
        self.closing.set()
        self._proxy.stop()
        self._direct.stop()
        if self.failures:
            raise self.failures[0]

    @property
    def port(self) -> int:
        """Port of the proxy."""
        return self._proxy.server_address[1]

    @property
    def direct_port(self) -> int:
        """Port of the same hosts without a proxy: TLS begins at once."""
        return self._direct.server_address[1]


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    server_address: tuple[str, int]

    def __init__(self, owner: TlsProxy, *, tls: bool) -> None:
        self.owner, self.tls = owner, tls
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self._thread.join()
        with self.owner.lock:
            connections = tuple(self.open)
        for connection in connections:
            with contextlib.suppress(OSError):  # already closed by the client
                socket.socket.shutdown(connection, socket.SHUT_RDWR)  # that of TLS would break a reading thread
        self.server_close()

    def server_bind(self) -> None:
        # http.server would look up this machine's name here, which is a name resolution
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, request: object, client_address: object) -> None:
        """Errors are kept by the handler; nothing is printed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or every answer waits 40 ms
    server: _Server
    host = ""

    def handle(self) -> None:
        try:
            self._keep()
            if self.server.tls:
                self._secure()
            super().handle()
        except OSError:
            pass  # the client went away, or does not trust this authority
        except Exception as error:  # noqa: BLE001 - a defect of the fake must reach the test
            self.server.owner.failures.append(error)

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()
        for side in (self.rfile, self.wfile):  # or what could not be flushed would keep the connection open
            with contextlib.suppress(OSError, ValueError):
                side.close()
        with self.server.owner.lock:
            self.server.open.discard(self.connection)
        self.connection.close()

    def do_CONNECT(self) -> None:
        self.host = self.path.rpartition(":")[0].strip("[]")
        if self.host not in self.server.owner.hosts:
            self.server.owner.escapes.append(self.host)
            self._send(Answer(b"not in the catalogue", "text/plain", 403), {"Connection": "close"})
            return
        self.server.owner.tunnels += 1
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self._secure()
        self.close_connection = False

    def do_GET(self) -> None:
        request = self._request()
        owner = self.server.owner
        if request.host not in owner.hosts:  # asked in the clear, or by another name
            owner.escapes.append(request.host)
            self._send(Answer(b"not in the catalogue", "text/plain", 403), {"Connection": "close"})
            return
        owner.seen.append(request)
        fault = owner.troubles.strike(request.line) or Fault("")
        owner.closing.wait(fault.delay)
        if fault.drop:
            self.close_connection = True
            return
        self._send(_struck(fault, request, owner.respond), fault.headers, fault.cut)

    do_POST = do_HEAD = do_GET  # noqa: N815 - the names are http.server's

    def _request(self) -> Request:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        absolute = self.path.startswith("http://")
        rest = self.path.removeprefix("http://").partition("/")[2] if absolute else self.path.removeprefix("/")
        path, _, query = rest.partition("?")
        host = self.host or self.headers.get("Host", "").split(":")[0]
        return Request(self.command, host, f"/{path}", query, time.monotonic(), _client(body), dict(self.headers), body)

    def _send(self, answer: Answer, headers: Mapping[str, str], cut: int | None = None) -> None:
        lines = {"Content-Type": answer.type, "Content-Length": str(len(answer.body)), **headers}
        head = f"HTTP/1.1 {answer.status} Fake\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
        body = b"" if self.command == "HEAD" else answer.body
        self.wfile.write(head.encode("latin-1") + (body if cut is None else body[:cut]))  # one write, or 40 ms more
        self.close_connection = cut is not None or lines.get("Connection") == "close"

    def _secure(self) -> None:
        self.connection.getpeername()  # a client that went away: wrapping raises too, and leaves its socket open
        with self.server.owner.lock:
            self.server.open.discard(self.connection)
        context = self.server.owner.context
        self.connection = context.wrap_socket(self.connection, server_side=True, do_handshake_on_connect=False)
        self._keep()  # before the handshake, or a silent client could not be closed
        self.connection.do_handshake()
        self.rfile.close()
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def _keep(self) -> None:
        with self.server.owner.lock:
            self.server.open.add(self.connection)
        if self.server.owner.closing.is_set():
            raise ConnectionAbortedError

    def log_message(self, *_: object) -> None:
        """Silence."""


def _struck(fault: Fault, request: Request, respond: Callable[[Request], Answer]) -> Answer:
    if fault.status is None and fault.body is None:
        return respond(request)
    body = fault.body or b""
    return Answer(body.encode() if isinstance(body, str) else body, status=fault.status or 200)


def _client(body: bytes) -> str:
    """`clientName` in the body of an interface call."""
    _, found, rest = body.partition(b'"clientName"')
    return rest.split(b'"')[1].decode() if found else ""
