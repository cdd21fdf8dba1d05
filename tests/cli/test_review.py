"""`tadwin review`, as a process."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from pipeline.cli.review import bound, listen
from pipeline.errors import UsageError
from pipeline.store import lock
from tests.fakes import desks

COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()", "review"]
ROOT = Path(__file__).parents[2]
ONE = desks.article()
ID = ONE.script.video.id


class Visitor:
    """A browser of one running desk."""

    def __init__(self, address: str) -> None:
        """Open the desk by the file that it named."""
        self.file = Path(urlsplit(address).path)
        page = self.file.read_text("utf-8")
        self.host = re.findall(r'action="http://([^/"]+)/enter"', page)[0]
        self.token = re.findall(r'name="token" value="([^"]+)"', page)[0]
        self.connection = HTTPConnection(self.host, timeout=30)
        self.cookie = ""
        self.cookie = self.ask("POST", "/enter", {"token": self.token})[1].split(";")[0]

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, cookie and text of an answer."""
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        self.connection.close()  # the server ends a connection that was idle for five seconds
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


def test_a_file_opens_the_desk_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    """One line on stdout names it; it is gone when the desk ends, and no list of processes ever had the token."""
    desks.publish(tmp_path, ONE)
    with running(tmp_path) as (process, visitor):
        status, _, page = visitor.ask("GET", "/")
        modes = stat.S_IMODE(visitor.file.stat().st_mode), stat.S_IMODE(visitor.file.parent.stat().st_mode)
        commands = [_read(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
        environments = [_read(path) for path in Path("/proc").glob("[0-9]*/environ")]
        again = visitor.ask("POST", "/enter", {"token": visitor.token})[0]
        next_token = re.findall(r'value="([^"]+)"', visitor.file.read_text("utf-8"))[0]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert (status, ONE.draft.title.split("|")[0] in page) == (200, True)
    assert modes == (0o600, 0o700)
    assert again == 401
    assert next_token != visitor.token
    assert commands
    for secret in (visitor.token.encode(), next_token.encode()):
        assert not [text for text in (*commands, *environments, out, err) if secret in text]
    assert not visitor.file.exists()
    assert b"Traceback" not in err


def test_the_browser_is_started_without_the_token(tmp_path: Path) -> None:
    """What the program calls to open the browser gets the path of the file, and the file has the token."""
    seen = tmp_path / "seen"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {seen}\n')
    opener.chmod(0o755)
    command = [*COMMAND, "--library", str(tmp_path / "library")]
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        visitor = Visitor(process.stdout.readline().decode().strip())
        visitor.connection.close()
        for _ in range(100):
            if seen.exists() and seen.read_text():
                break
            time.sleep(0.1)
        given = seen.read_text()
        process.kill()

    assert given.strip() == str(visitor.file)
    assert visitor.token not in given


def test_an_upload_that_breaks_off_prints_no_traceback(tmp_path: Path) -> None:
    """The editor closes the tab, or the cable is pulled, in the middle of a form."""
    desks.publish(tmp_path, ONE)
    with running(tmp_path) as (process, visitor):
        host, _, port = visitor.host.partition(":")
        for sent in (b"seen=", b""):
            with socket.create_connection((host, int(port))) as half:
                head = f"POST /d/{ID}/block HTTP/1.1\r\nHost: {visitor.host}\r\nCookie: {visitor.cookie}\r\n"
                head += f"Origin: http://{visitor.host}\r\nContent-Length: 5000\r\n"
                half.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + sent)
                time.sleep(0.3)
        time.sleep(0.3)
        status = visitor.ask("GET", "/")[0]
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)

    assert status == 200
    assert b"Traceback" not in err
    assert b"ClientDisconnect" not in err


def test_five_megabytes_are_refused_before_they_are_sent(tmp_path: Path) -> None:
    """The head of the request is enough: nothing of the body is waited for."""
    desks.publish(tmp_path, ONE)
    with running(tmp_path) as (_, visitor):
        host, _, port = visitor.host.partition(":")
        for size, status in (("Content-Length: 5000000", b"413"), ("Transfer-Encoding: chunked", b"411")):
            with socket.create_connection((host, int(port)), timeout=20) as sending:
                head = f"POST /d/{ID}/block HTTP/1.1\r\nHost: {visitor.host}\r\nCookie: {visitor.cookie}\r\n"
                head += f"Origin: http://{visitor.host}\r\n{size}\r\n\r\n"
                sending.sendall(head.encode())
                assert sending.recv(100).split()[1] == status


def _read(path: Path) -> bytes:
    """What the kernel shows of a process, if it is still there and ours to see."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


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


@pytest.mark.parametrize("damage", [b"", b"no port", b"99999", b"9" * 5000, b"-1"])
def test_the_desk_takes_its_old_port(tmp_path: Path, damage: bytes) -> None:
    """Started again it listens where it did, so that open tabs find it; what is no port is none, and not an error."""
    kept = tmp_path / "port"
    kept.write_bytes(damage)
    with listen(None, kept) as first:
        port = first.getsockname()[1]
    with listen(None, kept) as again:
        assert again.getsockname()[1] == port


def test_an_old_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A free one is taken then, and remembered; a port that was asked for is taken or refused."""
    kept = tmp_path / "port"
    with listen(None, kept) as first:
        taken = first.getsockname()[1]
        with listen(None, kept) as other:
            assert other.getsockname()[1] != taken
        assert f"Port {taken} of last time is taken" in capsys.readouterr().err
        with pytest.raises(UsageError):
            listen(taken, kept)
    with listen(None, kept) as later:
        assert later.getsockname()[1] == other_port(kept)


def other_port(kept: Path) -> int:
    """The port that is remembered."""
    return int(kept.read_text("ascii"))
