"""`tadwin review`, as a process."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pipeline.cli.review import bound
from pipeline.store import lock
from tests.fakes import desks

COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()", "review"]
ROOT = Path(__file__).parents[2]
ONE = desks.article()
ID = ONE.script.video.id


class Visitor:
    """A browser of one running desk."""

    def __init__(self, address: str) -> None:
        """Open the desk by its start address."""
        self.host = address.split("/")[2]
        self.connection = HTTPConnection(self.host, timeout=30)
        self.cookie = ""
        self.cookie = self.ask("GET", "/?" + address.partition("?")[2])[1].split(";")[0]

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, cookie and text of an answer."""
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        self.connection.request(method, path, urlencode(form or {}), headers | kind)
        answer = self.connection.getresponse()
        return answer.status, answer.getheader("Set-Cookie") or "", answer.read().decode()

    def save(self, text: str) -> int:
        """Write a title; the status."""
        seen = re.findall(r'data-draft="(\w+)"', self.ask("GET", f"/d/{ID}")[2])[0]
        form = {"seen": seen, "place": "title", "action": "write", "text": text}
        return self.ask("POST", f"/d/{ID}/block", form)[0]


@contextmanager
def running(library: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], Visitor]]:
    """A desk in a process of its own."""
    command = [*COMMAND, "--no-browser", "--library", str(library), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            visitor = Visitor(process.stdout.readline().decode().strip())
            with closing(visitor.connection):
                yield process, visitor
        finally:
            process.kill()


def test_drafts_are_reviewed_while_a_batch_works(tmp_path: Path) -> None:
    """The desk needs no lock: it shows and saves while another process holds the library."""
    desks.publish(tmp_path, ONE)
    with lock.library_lock(tmp_path), running(tmp_path) as (_, visitor):
        assert ID in visitor.ask("GET", "/")[2]
        assert visitor.save("عنوان أثناء العمل") < 400
        assert "عنوان أثناء العمل" in visitor.ask("GET", f"/d/{ID}")[2]


def test_what_was_answered_as_saved_survives_a_kill(tmp_path: Path) -> None:
    """Killed right after it answered "saved", again and again: every text survives, and nothing is damaged."""
    desks.publish(tmp_path, ONE)
    kills = 5
    for number in range(kills):
        with running(tmp_path) as (process, visitor):
            assert visitor.save(f"عنوان محفوظ {number}") == 303
            process.send_signal(signal.SIGKILL)
            assert process.wait(10) == -signal.SIGKILL

    review = desks.desk(tmp_path).articles.open(ID)
    assert review.article.draft.title == f"عنوان محفوظ {kills - 1}"
    titles = [review.history.draft(at).title for at in range(len(review.history.events))]
    assert titles == [f"عنوان محفوظ {number}" for number in range(kills)]
    assert review.history.damaged == 0


def test_a_kill_in_the_middle_of_saving_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    """Killed while saving: each answered save is in the history, and the current draft is a whole one."""
    desks.publish(tmp_path, ONE)
    saved: list[str] = []
    with running(tmp_path) as (process, visitor), suppress(OSError, HTTPException, IndexError):
        for number in range(10_000):
            saved += [f"عنوان {number}"] * (visitor.save(f"عنوان {number}") == 303)
            if number == 4:
                threading.Timer(0.3, process.kill).start()

    review = desks.desk(tmp_path).articles.open(ID)
    titles = [review.history.draft(at).title for at in range(len(review.history.events))]
    assert len(saved) > 3
    assert titles[: len(saved)] == saved
    assert review.article.draft.title == titles[-1]


def test_two_processes_on_one_library_refuse_each_others_stale_saves(tmp_path: Path) -> None:
    """A second desk sees the first one's save, and a stale digest is 409 there too."""
    desks.publish(tmp_path, ONE)
    with running(tmp_path) as (_, one), running(tmp_path) as (_, two):
        seen = re.findall(r'data-draft="(\w+)"', two.ask("GET", f"/d/{ID}")[2])[0]
        assert one.save("من الأول") == 303
        form = {"seen": seen, "place": "title", "action": "write", "text": "من الثاني"}

        status, _, page = two.ask("POST", f"/d/{ID}/block", form)

        assert status == 409
        assert "من الثاني" in page
        assert "من الأول" in page


def test_only_this_machine_is_served(tmp_path: Path) -> None:
    """The desk listens on the loopback address, and on no other address of the machine."""
    with running(tmp_path) as (process, visitor):
        port = int(visitor.host.split(":")[1])
        listening = _listening(process.pid)

        assert visitor.host.startswith("127.0.0.1:")
        assert listening == {("0100007F", port)}


def _listening(pid: int) -> set[tuple[str, int]]:
    """Address (hexadecimal, as Linux writes it) and port of every listening socket of a process."""
    table = Path(f"/proc/{pid}/net/tcp")
    if not table.exists():
        pytest.skip("the kernel's table of sockets is not here")
    own = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    places = [row[1].split(":") for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own]
    return {(address, int(port, 16)) for address, port in places}


def test_the_address_is_printed_once_and_opens_the_desk(tmp_path: Path) -> None:
    """One line on stdout with the start token; the server answers as soon as it is printed."""
    desks.publish(tmp_path, ONE)
    with running(tmp_path) as (process, visitor):
        status, _, page = visitor.ask("GET", "/")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert (status, ONE.draft.title.split("|")[0] in page) == (200, True)
    assert out == b""
    assert b"token" not in err
    assert b"Traceback" not in err


def test_pages_leave_at_once() -> None:
    """The socket names its protocol: only then does asyncio send without waiting 40 ms for each page."""
    with bound(0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
        with socket.create_connection(listening.getsockname()):
            listening.accept()[0].close()


def test_a_port_that_is_taken_is_reported(tmp_path: Path) -> None:
    """It ends with code 2 and a sentence, without a traceback."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [*COMMAND, "--no-browser", "--port", port, "--library", str(tmp_path)]

        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"port {port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_library_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """A file in its place ends with what cannot be done and what to do, without a traceback."""
    (tmp_path / "taken").write_text("mine")
    command = [*COMMAND, "--no-browser", "--library", str(tmp_path / "taken")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "--library" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_list_stays_in_the_terminal(tmp_path: Path) -> None:
    """`--list` prints the articles, most findings first, and starts nothing."""
    desks.publish(tmp_path, ONE, desks.flawed(desks.article(desks.video(1))))
    command = [*COMMAND, "--list", "--library", str(tmp_path)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)

    counts = [int(number) for number in re.findall(r"^ *(\d+) findings", done.stdout, re.MULTILINE)]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 2
