"""Proxy, certificates, faults and the log of requests: the parts of the fake that know nothing of videos."""

from __future__ import annotations

import gzip
import socket
import time
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.fakes.catalogue import Catalogue
from tests.fakes.clients import direct_session, session
from tests.fakes.faults import Fault, Troubles
from tests.fakes.youtube import FakeYouTube

if TYPE_CHECKING:
    from collections.abc import Callable

WATCH = "https://www.youtube.com/watch?v=talk_arabic"


def get(fake: FakeYouTube, address: str = WATCH) -> requests.Response:
    """One request through the proxy."""
    with session(fake) as made:
        return made.get(address, timeout=10)


def test_other_hosts_are_refused_and_recorded() -> None:
    """A host that is not YouTube's gets 403, whether asked by a tunnel or in the clear, and stands in `escapes`."""
    with FakeYouTube(Catalogue()) as fake:
        with pytest.raises(requests.exceptions.ProxyError, match="403"):
            get(fake, "https://www.google.com/sorry/index")
        assert get(fake, "http://192.0.2.7/latest/meta-data").status_code == 403
        assert fake.escapes == ("www.google.com", "192.0.2.7")
        assert fake.requests == ()


def test_only_its_own_authority_is_trusted(youtube: FakeYouTube) -> None:
    """A client without the fake's certificate authority is refused by TLS: nothing is switched off for the tests."""
    with session(youtube) as made:
        made.verify = True
        with pytest.raises(requests.exceptions.SSLError):
            made.get(WATCH, timeout=10)


def test_requests_are_recorded_in_order(youtube: FakeYouTube) -> None:
    """Method, host, path, query, client and time of each request, on a clock that does not go back."""
    with session(youtube) as made:
        made.get(WATCH, timeout=10)
        body = {"context": {"client": {"clientName": "WEB"}}, "videoId": "talk_arabic"}
        made.post("https://youtubei.googleapis.com/youtubei/v1/player?key=1", json=body, timeout=10)
    page, call = youtube.requests
    assert (page.line, page.client) == ("GET www.youtube.com/watch?v=talk_arabic", "")
    assert (call.line, call.client) == ("POST youtubei.googleapis.com/youtubei/v1/player?key=1", "WEB")
    assert call.parameters == {"key": "1"}
    assert page.time <= call.time


def test_one_connection_serves_many_requests(youtube: FakeYouTube) -> None:
    """A tunnel stays open between requests, as with the real host."""
    ports = set()
    with session(youtube) as made:
        for _ in range(3):
            with made.get(WATCH, timeout=10, stream=True) as answer:
                connection: Any = answer.raw.connection
                ports.add(connection.sock.getsockname()[1])
                assert answer.content
    assert len(ports) == 1


@pytest.mark.parametrize("status", [403, 404, 429, 503])
def test_fault_strikes_from_first_to_last_hit(youtube: FakeYouTube, status: int) -> None:
    """A status on the second and third hit leaves the first and the fourth alone."""
    youtube.faults.append(Fault("GET www.youtube.com/watch", first=2, last=3, status=status))
    assert [get(youtube).status_code for _ in range(4)] == [200, status, status, 200]


def test_fault_leaves_other_requests_alone(youtube: FakeYouTube) -> None:
    """What does not contain the words of the fault gets its true answer."""
    youtube.faults.append(Fault("v=another_one", status=500))
    assert get(youtube).status_code == 200


def test_first_of_two_faults_wins_and_both_count() -> None:
    """Two faults for one request: the first in the list that strikes is taken, and each counts its own hits."""
    troubles = Troubles()
    once, second = Fault("GET", last=1, status=429), Fault("GET", last=2, status=503)
    troubles.faults += [once, second]
    assert [troubles.strike("GET a/b") for _ in range(3)] == [once, second, None]
    assert troubles.strike("POST a/b") is None


def test_fault_gives_body_and_headers(youtube: FakeYouTube) -> None:
    """Body and headers come as stated: a redirect, a waiting time, a packed body."""
    youtube.faults += [
        Fault("v=moved", status=302, headers={"Location": "https://www.youtube.com/watch?v=later"}),
        Fault("v=later", status=429, headers={"Retry-After": "7"}),
        Fault("v=packed", body=gzip.compress(b"a" * 9000), headers={"Content-Encoding": "gzip"}),
    ]
    moved = get(youtube, "https://www.youtube.com/watch?v=moved")
    assert (moved.status_code, moved.headers["Retry-After"]) == (429, "7")
    assert get(youtube, "https://www.youtube.com/watch?v=packed").text == "a" * 9000


def test_dropped_connection_is_told_apart_only_without_a_proxy(youtube: FakeYouTube) -> None:
    """No answer looks like a trouble of the proxy behind one, and like a lost connection without."""
    youtube.faults.append(Fault("/watch", drop=True))
    with pytest.raises(requests.exceptions.ProxyError):
        get(youtube)
    with direct_session(youtube) as made, pytest.raises(requests.exceptions.ConnectionError) as caught:
        made.get(WATCH, timeout=10)
    assert not isinstance(caught.value, requests.exceptions.ProxyError)


@pytest.mark.parametrize("connect", [session, direct_session])
def test_cut_body_is_noticed(youtube: FakeYouTube, connect: Callable[[FakeYouTube], requests.Session]) -> None:
    """The head promises the whole length and the body ends early, with and without a proxy."""
    youtube.faults.append(Fault("/watch", cut=10))
    with connect(youtube) as made, pytest.raises(requests.exceptions.ChunkedEncodingError, match="10 bytes read"):
        made.get(WATCH, timeout=10)


def test_silent_server_runs_into_the_time_out(youtube: FakeYouTube) -> None:
    """A late answer makes a client with a time-out give up, and closing the fake does not wait for it."""
    youtube.faults.append(Fault("/watch", delay=3600))
    with session(youtube) as made, pytest.raises(requests.exceptions.ReadTimeout):
        made.get(WATCH, timeout=(10, 0.05))


def test_direct_port_serves_the_same_answers(youtube: FakeYouTube) -> None:
    """Without a proxy the same page comes, under the certificate of the host that was asked for."""
    with direct_session(youtube) as made:
        assert made.get(WATCH, timeout=10).content == get(youtube).content
    assert [r.host for r in youtube.requests] == ["www.youtube.com"] * 2


def test_many_clients_at_once_are_all_answered(youtube: FakeYouTube) -> None:
    """Eight threads with their own connections get their answers, and every request is recorded."""
    answers: list[int] = []
    threads = [Thread(target=lambda: answers.append(get(youtube).status_code)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 8
    assert len(youtube.requests) == 8


def test_closing_frees_the_ports() -> None:
    """After the block nothing listens, even while a client still holds a connection open."""
    with FakeYouTube(Catalogue()) as fake:
        port = fake.direct_port
        idle = socket.create_connection(("127.0.0.1", port))
        time.sleep(0.05)  # let the server take the connection
    idle.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_defect_of_the_fake_reaches_the_test() -> None:
    """An exception inside the fake is raised when it is closed, instead of looking like a fault of the network."""
    fake = FakeYouTube(None).__enter__()  # type: ignore[arg-type] # that is the defect
    with pytest.raises(requests.exceptions.ConnectionError):
        get(fake)
    with pytest.raises(AttributeError):
        fake.__exit__()
