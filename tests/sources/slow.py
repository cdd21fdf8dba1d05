"""A YouTube that takes its time: an HTTP or SOCKS 5 proxy on the loopback that a script answers for."""

from __future__ import annotations

import contextlib
import socket
import ssl
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.fakes.server import authority

if TYPE_CHECKING:
    from collections.abc import Callable


class SlowYouTube:
    """Answers every connection with the script, which gets the socket and an event that is set at the end."""

    def __init__(self, script: Callable[[socket.socket, threading.Event], None]) -> None:
        """Nothing listens yet."""
        self._script = script
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority().issue_cert("www.youtube.com").configure_cert(self._context)
        self._folder = tempfile.TemporaryDirectory(prefix="slow-youtube-")
        self.ca_bundle = str(Path(self._folder.name) / "ca.pem")
        authority().cert_pem.write_to_path(self.ca_bundle)

    @property
    def proxy(self) -> str:
        """Address of the proxy."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        """Listen."""
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop all scripts and wait for them."""
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)
        self._folder.cleanup()

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            if connection.recv(4096).startswith(b"\x05"):  # SOCKS 5: no password, then any address
                connection.sendall(b"\x05\x00")
                connection.recv(4096)
                connection.sendall(b"\x05\x00\x00\x01" + bytes(6))
            else:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self._context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(4096)
                self._script(secure, self._over)


def silent(_connection: socket.socket, over: threading.Event) -> None:
    """Accepts the request and says nothing."""
    over.wait()


def dripping(data: bytes, begun: bytes = b"") -> Callable[[socket.socket, threading.Event], None]:
    """Sends the beginning at once, then one byte every fiftieth of a second."""

    def script(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(begun)
        for byte in data:
            if over.wait(0.02):
                return
            connection.sendall(bytes([byte]))

    return script
