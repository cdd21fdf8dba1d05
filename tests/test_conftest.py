"""The guard and the fixtures that every test relies on."""

from __future__ import annotations

import socket

import pytest

from tests.fakes.guard import NetworkEscape


@pytest.mark.parametrize("address", ["192.0.2.1", "::ffff:192.0.2.1"])
def test_connection_outside_the_loopback_is_refused_and_recorded(network: list[str], address: str) -> None:
    """No test can reach another machine, and trying fails the test even if the library swallows the error."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as made, pytest.raises(NetworkEscape):
        made.connect((address, 443))
    assert network.pop() == f"socket.connect {address}"
    assert network == []


@pytest.mark.parametrize("name", ["www.youtube.com", "localhost.example"])
def test_name_look_up_is_refused_and_recorded(network: list[str], name: str) -> None:
    """Names outside the loopback are not resolved, by either way that Python has."""
    with pytest.raises(NetworkEscape):
        socket.getaddrinfo(name, 443)
    with pytest.raises(NetworkEscape):
        socket.gethostbyname(name)
    assert network == [f"socket.getaddrinfo {name}", f"socket.gethostbyname {name}"]
    network.clear()


def test_loopback_is_open(network: list[str]) -> None:
    """Servers that a test starts on this machine can be reached, by number and by name."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, server.getsockname()[1])).close()
    assert network == []
