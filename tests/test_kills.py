"""What kills, signals, full disks and second processes do to a library: R1, R2, R9, R10 and R15, with figures."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.batch.breaker import WaitReason
from pipeline.codec import digest
from pipeline.errors import NoSpace, NotWritable
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import VideoStatus
from tests.batch_world import LIST, batch, catalogue, library_session, made, outputs, videos
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell
from tests.forked import Forked

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
SLOW = pytest.param(True, id="full")
QUICK = pytest.param(False, id="quick")


def torn(library: Path) -> list[str]:
    """Visible files that are not whole: artifacts that do not match their digest, articles without their end."""
    found = []
    for path in (library / "artifacts").rglob("*.json"):
        header, _, payload = path.read_bytes().partition(b"\n")
        if json.loads(header)["sha256"] != digest(payload):
            found.append(path.name)
    found += [
        path.name for path in library.glob("articles/*/article.md") if not path.read_bytes().endswith(b"</div>\n")
    ]
    return found


def temporary(library: Path) -> list[Path]:
    """Files that writers left behind."""
    return list(library.rglob(".*.tmp"))


@pytest.mark.parametrize("full", [QUICK, SLOW])
def test_r1_kills_at_random_moments_lose_nothing(full: bool, tmp_path: Path, tell: Tell) -> None:  # noqa: FBT001 - a case
    """R1, R2: killed again and again, then left alone: every video done once, no torn file, nothing left over."""
    count, kills = (60, 200) if full else (12, 12)
    chance = random.Random(count)  # noqa: S311 - a test that can be repeated
    library, broken, killed, rounds, calls, left, done = tmp_path / "out", 0, 0, 0, 0, 0, set[int]()
    with FakeYouTube(catalogue(*videos(count))) as fake, Forked(tmp_path, fake) as program:
        while killed < kills:
            process = program.start("--counted")
            time.sleep(chance.uniform(0.05, 0.9 if full else 0.5))
            os.kill(process, signal.SIGKILL) if alive(process) else None
            finished = program.wait() == 0
            killed += not finished
            broken += len(torn(library))
            if (library / "state.db").exists():
                with LibraryDatabase(library, read_only=True):  # checks its own integrity
                    pass
            if finished or killed == kills:
                left += len(temporary(library))
                assert program.run("--counted") == 0, program.says.read_text()
                done.add(articles(library))
                rounds, calls = rounds + 1, calls + len((tmp_path / "calls.log").read_text().split())
                assert temporary(library) == []
                shutil.rmtree(library)  # all is done: the other kills need something to strike
                (tmp_path / "calls.log").unlink()
    tell(
        f"R1: {killed} kills in {rounds} libraries of {count}: done {sorted(done)}, torn {broken}, "
        f"calls of the writer {calls} for {rounds * count}; R2: temporary files {left}, after the sweep 0"
    )

    assert done == {count}
    assert broken == 0
    assert calls <= rounds * count + kills


def articles(library: Path) -> int:
    """How many articles stand in the library, by its record and by its folders; they agree."""
    with LibraryDatabase(library, read_only=True) as state:
        counts = state.counts()
    assert set(counts) == {VideoStatus.DONE}
    assert len(list(library.glob("articles/*/card.json"))) == counts[VideoStatus.DONE]
    return counts[VideoStatus.DONE]


def alive(process: int) -> bool:
    """Whether a process still runs, or waits to be buried."""
    return Path(f"/proc/{process}").exists()


@pytest.mark.parametrize("full", [QUICK, SLOW])
def test_r15_an_interrupt_at_any_moment_resumes(full: bool, tmp_path: Path, tell: Tell) -> None:  # noqa: FBT001 - a case
    """R15: Ctrl-C ends the run within five seconds with code 130 and a sentence; the same command finishes it."""
    count, turns = (60, 50) if full else (10, 6)
    chance = random.Random(turns)  # noqa: S311 - a test that can be repeated
    slowest, codes = 0.0, set()
    with FakeYouTube(catalogue(*videos(count))) as fake, Forked(tmp_path, fake) as program:
        for _ in range(turns):
            process = program.start("batch", LIST)
            time.sleep(chance.uniform(0.3, 0.9))
            if alive(process):
                os.kill(process, signal.SIGINT)
            begun = time.perf_counter()
            codes.add(program.wait())
            slowest = max(slowest, time.perf_counter() - begun)
            assert torn(tmp_path / "out") == []
        said = program.says.read_text()
        assert program.run("batch", LIST) == 0, program.says.read_text()
    with LibraryDatabase(tmp_path / "out", read_only=True) as state:
        standings = state.counts()
    tell(f"R15: {turns} interrupts, codes {sorted(codes)}, slowest end {slowest:.2f} s, then {standings}")

    assert codes <= {0, 130}
    assert slowest <= 5
    assert "Traceback" not in said
    assert standings == {VideoStatus.DONE: count}


@pytest.mark.parametrize(("signals", "within"), [(1, 5.0), (2, 2.5)])
def test_an_interrupt_drops_a_request_that_hangs(signals: int, within: float, tmp_path: Path) -> None:
    """YouTube says nothing for half a minute: the first Ctrl-C waits a moment for it, the second not at all."""
    with FakeYouTube(catalogue(*videos(3))) as fake, Forked(tmp_path, fake) as program:
        fake.faults.append(Fault("/watch", first=2, delay=40))
        process = program.start("batch", LIST)
        while sum(request.path == "/watch" for request in fake.requests) < 2 or "done" not in program.says.read_text():
            time.sleep(0.02)  # until the first article is written, and the second video hangs
        begun = time.perf_counter()
        for _ in range(signals):
            os.kill(process, signal.SIGINT)
            time.sleep(0.2)
        code = program.wait()
        seconds = time.perf_counter() - begun
        said = program.says.read_text()
        fake.faults.clear()
        resumed = program.run("batch", LIST)

    assert (code, resumed) == (130, 0)
    assert seconds <= within
    assert "kept" in said
    assert "Traceback" not in said


def test_r10_a_second_process_is_refused_at_once(tmp_path: Path, tell: Tell) -> None:
    """R10: code 11 and the number of the process that has the library; free as soon as that one is killed."""
    with FakeYouTube(catalogue(*videos(2))) as fake, Forked(tmp_path, fake) as first, Forked(tmp_path, fake) as second:
        fake.faults.append(Fault("/watch", delay=40))
        process = first.start("batch", LIST)
        while not fake.requests:
            time.sleep(0.02)
        begun = time.perf_counter()
        code = second.run("batch", LIST)
        seconds, said = time.perf_counter() - begun, second.says.read_text()
        looking = second.run("status")
        os.kill(process, signal.SIGKILL)
        first.wait()
        fake.faults.clear()
        free = second.run("batch", LIST)
    tell(f"R10: refused after {seconds:.2f} s with code {code}, free after a kill: {free == 0}")

    assert (code, looking, free) == (11, 0, 0)
    assert f"process {process}" in said
    assert seconds < 5


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A disk of its own in the folder; skips where this user may not mount one."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def remount(folder: Path, option: str) -> None:
    """Change the small disk."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


def test_r9_a_full_disk_loses_nothing(tmp_path: Path, tell: Tell) -> None:
    """R9: the code of a full disk and a sentence, no torn file; with more space the same command finishes."""
    folder = tmp_path / "out"
    with FakeYouTube(catalogue(*videos(20))) as fake, small_disk(folder, 700):
        with pytest.raises(NoSpace) as full:
            batch(folder, fake)
        before = len(list(folder.glob("articles/*/card.json")))
        broken, left = torn(folder), temporary(folder)
        remount(folder, "size=20m")
        account = batch(folder, fake)
        whole = made(account), torn(folder)
    tell(f"R9: {before} articles on a full disk, torn {len(broken)}; with space {whole[0]} of 20")

    assert full.value.exit_code == 13
    assert "space" in str(full.value)
    assert 0 < before < 20
    assert (broken, left) == ([], [])
    assert whole == (20, [])


def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    """No traceback, nothing asked, and nothing changed."""
    folder = tmp_path / "out"
    with FakeYouTube(catalogue(*videos(2))) as fake, small_disk(folder, 2000):
        batch(folder, fake)
        before, asked = outputs(folder), len(fake.requests)
        remount(folder, "ro")
        with pytest.raises(NotWritable) as refused, library_session(folder, fake):
            pass
        unchanged = outputs(folder) == before
        requests = len(fake.requests) - asked

    assert refused.value.hint
    assert unchanged
    assert requests == 0


def test_a_network_that_goes_away_in_the_middle(tmp_path: Path, tell: Tell) -> None:
    """The run ends early with a sentence; what was fetched is written, and the next run does the rest."""
    with FakeYouTube(catalogue(*videos(12))) as fake:
        fake.faults.append(Fault("", first=15, drop=True))
        gone = batch(tmp_path, fake)
        asked = len(fake.requests)
        fake.faults.clear()
        with library_session(tmp_path, fake) as session:
            back = session.retry([VideoStatus.RETRY])
        rest = batch(tmp_path, fake)
    tell(f"network gone: {made(gone)} of 12 made, {asked - 14} requests more, afterwards {made(rest)} of 12")

    assert gone.summary.stop_reason is WaitReason.OFFLINE
    assert gone.summary.exit_code == 3
    assert made(gone) >= 4
    assert made(back) == 5
    assert made(rest) == 12
