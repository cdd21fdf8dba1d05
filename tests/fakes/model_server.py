"""An OpenAI-compatible server over real HTTP on the loopback, with faults on demand."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Self

from tests.fakes.faults import Fault, Troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived."""

    line: str
    """`METHOD /path`, which faults match on."""
    headers: Mapping[str, str]
    body: dict[str, Any]


def said(text: str | None, **more: object) -> dict[str, Any]:
    """A chat completion with this text."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop", **more}
    return {"object": "chat.completion", "choices": [choice], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}


@dataclass
class FakeModelServer:
    """Answers chat completions with `respond(body)`; `extras` are other paths with their JSON."""

    respond: Callable[[dict[str, Any]], dict[str, Any] | None] = lambda _body: said("نعم")
    """The completion for a request; a 404 where there is none."""
    models: tuple[str, ...] = ("tiny",)
    extras: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    window: int | None = None
    """Tokens that the list of models names."""
    systems: bool = True
    """Whether system prompts are accepted; otherwise they get a 400, as with the templates of some models."""
    unknown: frozenset[str] = frozenset()
    """Parameters that get a 400."""
    calls: list[Call] = field(default_factory=list)
    most_at_once: int = 0
    """The most completions in progress at one time."""
    slowness: float = 0.0
    """Seconds for each completion."""

    def __post_init__(self) -> None:
        self.troubles, self.lock, self.closing = Troubles(), Lock(), Event()
        self.open = 0
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address to put into the settings."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def faults(self) -> list[Fault]:
        return self.troubles.faults

    @property
    def completions(self) -> list[dict[str, Any]]:
        """The bodies of all requests for completions."""
        return [call.body for call in self.calls if call.line.endswith("/chat/completions")]

    def answer(self, call: Call) -> tuple[int, dict[str, Any]]:
        """Status and JSON for a request without a fault."""
        method, _, path = call.line.partition(" ")
        if path == "/v1/models":
            size = {"max_model_len": self.window} if self.window else {}
            return 200, {"object": "list", "data": [{"id": name, "object": "model", **size} for name in self.models]}
        if path in self.extras:
            return 200, self.extras[path]
        if (method, path) != ("POST", "/v1/chat/completions"):
            return 404, {"error": {"message": "no such address"}}
        if call.body["model"] not in self.models:
            return 404, {"error": {"message": "no such model"}}
        if refused := self._refused(call.body):
            return 400, {"error": {"message": refused}}
        with self.lock:
            self.open += 1
            self.most_at_once = max(self.most_at_once, self.open)
        self.closing.wait(self.slowness)
        with self.lock:
            self.open -= 1
        answer = self.respond(call.body)
        return (404, {"error": {"message": "no answer"}}) if answer is None else (200, answer)

    def _refused(self, body: dict[str, Any]) -> str:
        """Why a completion is refused; empty if it is not."""
        if not self.systems and body["messages"][0]["role"] == "system":
            return "System role not supported"
        return "".join(f"unknown parameter {name}" for name in sorted(self.unknown & body.keys())[:1])


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    server_address: tuple[str, int]

    def __init__(self, owner: FakeModelServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        # http.server would look up this machine's name here, which is a name resolution
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client may go away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._respond({})

    def do_POST(self) -> None:
        self._respond(json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0))))

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def _respond(self, body: dict[str, Any]) -> None:
        owner = self.server.owner
        call = Call(f"{self.command} {self.path}", dict(self.headers), body)
        with owner.lock:
            owner.calls.append(call)
        fault = owner.troubles.strike(call.line)
        if fault is None:
            status, content = owner.answer(call)
            self._send(status, json.dumps(content).encode(), {})
            return
        owner.closing.wait(fault.delay)
        if fault.drop:
            self.close_connection = True
            return
        if fault.status is None and fault.body is None:
            status, data = 200, json.dumps(owner.answer(call)[1]).encode()
        else:
            status, raw = fault.status or 200, fault.body or b""
            data = raw.encode() if isinstance(raw, str) else raw
        self._send(status, data, fault.headers, fault.cut)

    def _send(self, status: int, data: bytes, headers: Mapping[str, str], cut: int | None = None) -> None:
        lines = {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}
        with contextlib.suppress(OSError):  # the client did not wait
            self.send_response(status)
            for name, value in lines.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data if cut is None else data[:cut])
        self.close_connection = self.close_connection or cut is not None
