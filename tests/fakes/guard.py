"""No test reaches the network: every connection and name look-up outside the loopback is refused and recorded."""

from __future__ import annotations

import ipaddress
import sys

EVENTS = frozenset({
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr",
})  # fmt: skip


class NetworkEscape(RuntimeError):
    """Something tried to leave this machine."""


class NetworkGuard:
    """Listens to Python's own audit events, so nothing is patched and no library can go around it in this process.

    Processes that a test starts are not watched: give them the fake's proxy. A name handed straight to
    `socket.connect` is looked up before the event comes; the connection is refused all the same.
    """

    def __init__(self) -> None:
        """Guard from now on until the process ends: an audit hook cannot be removed."""
        self.escapes: list[str] = []
        """What was tried since the list was last cleared, as `event host`."""
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in EVENTS:
            return
        host = _host(event, arguments)
        if host and not _loopback(host):
            self.escapes.append(f"{event} {host}")
            message = f"{event} to {host}: tests do not use the network"
            raise NetworkEscape(message)


def _host(event: str, arguments: tuple[object, ...]) -> str:
    """The host of an event; empty for addresses without one (sockets in the file system, bound peers)."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    else:
        host = arguments[0]
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"
