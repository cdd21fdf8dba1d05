"""R14 and R20: many videos in one process, and any order of faults, kills and resumes."""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.writers.extractive import ExtractiveWriter
from pipeline.app.repair import repair
from pipeline.errors import ModelError, NoSpace
from pipeline.settings import WriterSettings
from pipeline.store.database import DATABASE_FILE, LibraryDatabase
from pipeline.types.batch import VideoStatus
from tests import batch_world
from tests.batch_world import LINES, LIST, Time, batch, catalogue, library_session, name, outputs, videos
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell
from tests.test_kills import torn

if TYPE_CHECKING:
    from pipeline.types.article import Draft, Script

ROOT = Path(__file__).parents[1]
CHILD = """
import gc, json, os, sys
from pathlib import Path
from dataclasses import replace
from pipeline.events import BatchProgress, VideoEnded
from pipeline.types.batch import BatchFilter
from pipeline.settings import SourceSettings
from pipeline.app.batch import open_session
from tests.batch_world import settings
folder, proxy, bundle, source, step, match = sys.argv[1:]
figures, seconds = [], {}
def report(event):
    if isinstance(event, VideoEnded):
        seconds[event.id] = event.seconds
    if isinstance(event, BatchProgress) and event.written % int(step) == 0:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        figures.append((event.written, pages * os.sysconf("SC_PAGESIZE") / 1e6, len(os.listdir("/proc/self/fd"))))
own = settings(Path(folder))
own = replace(own, source=SourceSettings(proxy=proxy, ca_bundle=bundle, pause_seconds=0.0))
with open_session(own, report) as session:
    account = session.batch(session.resolve([source]), BatchFilter(match=match))
lines = Path("/proc/self/status").read_text().splitlines()
peak = int(next(line for line in lines if "VmHWM" in line).split()[1]) / 1e3
print(json.dumps({"figures": figures, "peak": peak, "code": account.summary.exit_code, "seconds": seconds}))
"""


def measured(fake: FakeYouTube, folder: Path, source: str, step: int, match: str = "") -> dict[str, object]:
    """What a process of its own measured while it worked through a list."""
    arguments = [str(folder), fake.proxy, fake.ca_bundle, source, str(step), match]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def slope(points: list[tuple[int, float, int]]) -> float:
    """Megabytes for each hundred videos, by least squares over the second half, when caches are warm."""
    half = points[len(points) // 2 :]
    xs, ys = [x for x, _, _ in half], [y for _, y, _ in half]
    middle, height = sum(xs) / len(xs), sum(ys) / len(ys)
    return (
        100 * sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True)) / sum((x - middle) ** 2 for x in xs)
    )


@pytest.mark.slow
def test_r14_memory_stays_flat(tmp_path: Path, tell: Tell) -> None:
    """R14: 2,000 videos in one process: at most a megabyte more for each hundred, and no file left open."""
    with FakeYouTube(catalogue(*videos(2000))) as fake:
        found = measured(fake, tmp_path, LIST, 50)
    points: list[tuple[int, float, int]] = found["figures"]  # type: ignore[assignment] # as printed
    tell(
        f"R14: {points[-1][0]} videos, slope {slope(points):.2f} MB per 100, "
        f"peak {found['peak']:.0f} MB, open files {points[1][2]} and {points[-1][2]}"
    )

    assert found["code"] == 0
    assert slope(points) <= 1.0
    assert abs(points[-1][2] - points[1][2]) <= 2


@pytest.mark.slow
def test_r12_a_long_channel_needs_little_memory(tmp_path: Path, tell: Tell) -> None:
    """R12: a channel of 5,000 videos, read to its end: at most 30 MB more than one of 100, and 350 MB in all."""
    peaks = []
    for count in (100, 5000):
        with FakeYouTube(catalogue(*videos(count))) as fake:
            found = measured(fake, tmp_path / str(count), batch_world.HANDLE, 1, match="حلقة 7")
        peaks.append(float(str(found["peak"])))
    tell(f"R12: peak {peaks[1]:.0f} MB, with 100 videos {peaks[0]:.0f} MB")

    assert peaks[1] <= peaks[0] + 30
    assert peaks[1] <= 350


@pytest.mark.slow
def test_r8_a_bomb_costs_one_video_and_no_memory(tmp_path: Path, tell: Tell) -> None:
    """R8: 300 MB of captions in 292 kB of gzip: the video is refused, the others are done, with 50 MB more at most."""
    bomb = gzip.compress(bytes(300_000_000))
    with FakeYouTube(catalogue(*videos(6))) as fake:
        plain = measured(fake, tmp_path / "plain", LIST, 1)
        struck = f"timedtext?v={name(2)}"
        fake.faults.append(Fault(struck, body=bomb, headers={"Content-Encoding": "gzip"}))
        bombed = measured(fake, tmp_path / "bombed", LIST, 1)
        sent = sum(struck in request.line for request in fake.requests)
    with LibraryDatabase(tmp_path / "bombed", read_only=True) as state:
        counts, work = state.counts(), state.video(name(2))
    more = float(str(bombed["peak"])) - float(str(plain["peak"]))
    seconds: dict[str, float] = bombed["seconds"]  # type: ignore[assignment] # as printed
    tell(
        f"R8: {len(bomb) / 1000:.0f} kB for 300 MB, asked {sent - 1} times: {more:.0f} MB more, "
        f"{seconds[name(2)]:.2f} s, {work.reason if work else ''}"
    )

    assert sent > 1
    assert more <= 50
    assert counts[VideoStatus.DONE] == 5
    assert work is not None
    assert work.status in {VideoStatus.RETRY, VideoStatus.PERSON}


# --- R20 ---


class Killed(BaseException):
    """The end of a process, as far as the code can tell."""


class Fitful:
    """The embedded writer on a bad day: each call does what the script says; at its end, it works."""

    def __init__(self, script: list[BaseException]) -> None:
        """Take the script; it is used up."""
        self._script = script
        self._writer = ExtractiveWriter(WriterSettings())
        self.identity = self._writer.identity

    def write(self, script: Script) -> Draft:
        """The draft, or what the script says."""
        if self._script and (deed := self._script.pop()) is not None:
            raise deed
        return self._writer.write(script)


DEEDS = st.sampled_from([ModelError("bad day"), NoSpace("full"), Killed(), None])


class Library(RuleBasedStateMachine):
    """A folder of caption files is worked through with faults, kills, repairs and new files in any order."""

    @initialize()
    def begin(self) -> None:
        """An empty library, and two files."""
        self.root = Path(tempfile.mkdtemp(prefix="library-"))
        self.talks = self.root / "talks"
        self.talks.mkdir()
        self.time = Time()
        self.count = 0
        self.add()
        self.add()

    @precondition(lambda self: self.count < 5)
    @rule()
    def add(self) -> None:
        """Another talk appears in the folder."""
        self.count += 1
        turned = LINES[self.count :] + LINES[: self.count]
        (self.talks / f"talk {self.count}.txt").write_text("\n".join(turned), encoding="utf-8")

    @rule(deeds=st.lists(DEEDS, max_size=4), hours=st.integers(-2, 30))
    def work(self, deeds: list[BaseException], hours: int) -> None:
        """A run that meets faults, at some time, also on a clock that was set back."""
        self.time.now += 3600 * hours
        with contextlib.suppress(Killed, NoSpace):
            batch(self.root / "out", None, str(self.talks), time=self.time, writer=Fitful(list(deeds)))

    @rule()
    def lose(self) -> None:
        """The record is lost, and rebuilt."""
        if (self.root / "out").exists():
            (self.root / "out" / DATABASE_FILE).unlink(missing_ok=True)
            repair(batch_world.settings(self.root / "out"))

    @invariant()
    def whole(self) -> None:
        """Whatever happened, no visible file is torn and the record can be read."""
        library = getattr(self, "root", Path("nowhere")) / "out"
        if library.exists():
            assert torn(library) == []
            if (library / DATABASE_FILE).exists():
                with LibraryDatabase(library, read_only=True):
                    pass

    def teardown(self) -> None:
        """In the end the library equals that of a run without any fault."""
        if not hasattr(self, "root"):
            return
        self.time.now += 40 * 3600
        batch(self.root / "out", None, str(self.talks), time=self.time)
        self.time.now += 7200
        with library_session(self.root / "out", None, self.time) as session:
            session.retry([VideoStatus.PERSON])  # three failures on two days are nobody's business but a person's
        account = batch(self.root / "out", None, str(self.talks), time=self.time)
        batch(self.root / "plain", None, str(self.talks))
        assert {status for status, _ in account.summary.status_counts} <= {VideoStatus.DONE, VideoStatus.FLAWED}
        assert outputs(self.root / "out") == outputs(self.root / "plain")
        shutil.rmtree(self.root)


class Long(Library):
    """The same, at length."""


Library.TestCase.settings = settings(
    max_examples=6, stateful_step_count=6, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
Long.TestCase.settings = settings(
    max_examples=60, stateful_step_count=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


TestR20 = pytest.mark.slow(Library.TestCase)
"""R20: any sequence of faults, kills and resumes ends in the library of a run without faults."""
TestR20Long = pytest.mark.slow(Long.TestCase)
"""R20 at length."""
