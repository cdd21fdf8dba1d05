"""A small model hub over real HTTP on the loopback, for the hub's own library, with faults on demand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Self
from urllib.parse import urlsplit

from tests.fakes.faults import Fault, Troubles

COMMIT = hashlib.sha1(b"the only commit", usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Repository:
    """Files of one model by name; `claimed` are sizes announced for files without content."""

    files: dict[str, bytes]
    claimed: dict[str, int] = field(default_factory=dict)

    def size(self, name: str) -> int:
        """The size that the hub announces."""
        return self.claimed.get(name, len(self.files.get(name, b"")))

    @property
    def names(self) -> tuple[str, ...]:
        """Every file, including those only claimed."""
        return tuple({**self.files, **self.claimed})


class FakeHub:
    """Serves its repositories; everything else is 404. `seen` holds the requests as `METHOD /path`."""

    def __init__(self, **repositories: Repository) -> None:
        """Listens once entered; a name `own__model` stands for `own/model`."""
        self.repositories = {name.replace("__", "/"): repository for name, repository in repositories.items()}
        self.troubles = Troubles()
        self.seen: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """For HF_ENDPOINT."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of a GET."""
        parts = urlsplit(path).path.strip("/").split("/")
        api = parts[:2] == ["api", "models"]
        name, rest = "/".join(parts[2:4] if api else parts[:2]), parts[4:] if api else parts[2:]
        repository = self.repositories.get(name)
        if repository is None:
            return 404, {"X-Error-Code": "RepoNotFound"}, b"{}"
        if len(rest) > 1 and rest[1] not in {"main", COMMIT}:
            return 404, {"X-Error-Code": "RevisionNotFound"}, b"{}"
        return self._tree(repository, name, rest) if api else self._file(repository, rest[2])

    def _tree(self, repository: Repository, name: str, rest: list[str]) -> tuple[int, dict[str, str], bytes]:
        if rest[:1] == ["tree"]:
            listed = [
                {"type": "file", "path": file, "size": repository.size(file), "oid": _oid(repository, file)}
                for file in repository.names
            ]
            return 200, {"Content-Type": "application/json"}, json.dumps(listed).encode()
        siblings = [
            {"rfilename": file, "size": repository.size(file), "blobId": _oid(repository, file)}
            for file in repository.names
        ]
        info = {"id": name, "modelId": name, "sha": COMMIT, "siblings": siblings, "tags": [], "downloads": 0}
        return 200, {"Content-Type": "application/json"}, json.dumps(info).encode()

    def _file(self, repository: Repository, file: str) -> tuple[int, dict[str, str], bytes]:
        if file not in repository.files:
            return 404, {"X-Error-Code": "EntryNotFound"}, b""
        return 200, {"ETag": f'"{_oid(repository, file)}"', "X-Repo-Commit": COMMIT}, repository.files[file]


def _oid(repository: Repository, file: str) -> str:
    return hashlib.sha1(repository.files.get(file, b""), usedforsecurity=False).hexdigest()


def _handler(hub: FakeHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            line = f"{self.command} {self.path}"
            hub.seen.append(line)
            status, headers, body = hub.answer(self.path)
            fault = hub.troubles.strike(line) or Fault("")
            self.close_connection = fault.drop or fault.cut is not None
            if fault.drop:
                return
            sleep(fault.delay)
            if fault.status:
                status, body = fault.status, b'{"error": "made for a test"}'
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body[: fault.cut] if fault.cut is not None else body)

        do_HEAD = do_GET  # noqa: N815 - named by the library

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    return Handler
