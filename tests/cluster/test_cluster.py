"""Batches on a real Ray cluster: a head and two nodes, each a process of its own on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.batch.crashes import NAME as ATTEMPTS
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import VideoStatus
from tests.batch_world import LINES, batch, catalogue, name, outputs, videos
from tests.cluster.driver import CALLS
from tests.cluster.nodes import ROOT, Nodes
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.cluster
NO_CAPTIONS = {"NoCaptions", "NoArabicCaptions", "TokenRequired"}


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    """A cluster for all tests of this module; the last one kills a node."""
    with Nodes(2) as running:
        yield running


class Run:
    """A batch as a process of its own, in a folder."""

    def __init__(self, nodes: Nodes, fake: FakeYouTube, folder: Path, **orders: object) -> None:
        """Start it."""
        base = {"folder": str(folder), "proxy": fake.proxy, "ca_bundle": fake.ca_bundle, "address": nodes.address}
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cluster.driver", json.dumps({**base, **orders})],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ended(self) -> dict[str, Any]:
        """What it came to; standard output holds that and nothing else."""
        out, err = self._process.communicate()
        assert self._process.returncode == 0, err
        report: dict[str, Any] = json.loads(out)
        return report

    def refused(self) -> str:
        """What it said when it ended without a report."""
        _, err = self._process.communicate()
        assert self._process.returncode == 1, err
        return err

    @property
    def calls(self) -> Counter[str]:
        """How often the writer was called for each video so far."""
        path = self.folder / CALLS
        lines = path.read_text().splitlines() if path.exists() else []
        return Counter(line.split()[0] for line in lines)

    @property
    def processes(self) -> set[str]:
        """The processes in which the writer was called."""
        return {line.split()[1] for line in (self.folder / CALLS).read_text().splitlines()}


def test_a_cluster_makes_the_library_that_one_process_makes(nodes: Nodes, tmp_path: Path, tell: Tell) -> None:
    """Articles, artifacts and series pages are byte for byte those of a local run; a second run asks for the list."""
    with FakeYouTube(catalogue(*videos(10))) as fake:
        run = Run(nodes, fake, tmp_path)
        report = run.ended()
        asked = len(fake.requests)
        again = Run(nodes, fake, tmp_path).ended()
        second = len(fake.requests) - asked
        batch(tmp_path / "alone", fake)
    tell(f"cluster: 10 videos by {len(run.processes)} writers, {asked} requests; second run {second}")

    assert (report["videos"], again["videos"]) == ({"done": 10}, {"done": 10})
    assert outputs(tmp_path / "out") == outputs(tmp_path / "alone")
    assert set(run.calls.values()) == {1}
    assert second <= 2
    assert not (tmp_path / "out" / ATTEMPTS).exists()


def test_a_video_that_kills_its_workers_is_left_alone(nodes: Nodes, tmp_path: Path, tell: Tell) -> None:
    """Two workers die of it, no third is given it; all others are done once, and it waits for a person."""
    with FakeYouTube(catalogue(*videos(8))) as fake:
        run = Run(nodes, fake, tmp_path, deadly=[name(3)])
        report = run.ended()
    tell(f"quarantine: {report['videos']}, calls for the deadly one {run.calls[name(3)]}")

    assert report["videos"] == {"done": 7, "person": 1}
    assert [(each["id"], each["cause"]) for each in report["missing"]] == [(name(3), "WorkerLost")]
    assert run.calls == {**{name(n): 1 for n in range(8)}, name(3): 2}


def test_a_block_is_never_taken_for_missing_captions(nodes: Nodes, tmp_path: Path, tell: Tell) -> None:
    """429s from the seventh video on: three signals open the breaker for all fetchers, and no video is blamed."""
    with FakeYouTube(catalogue(*videos(14))) as fake:
        fake.faults.append(Fault("/watch", first=7, status=429))
        report = Run(nodes, fake, tmp_path).ended()
        refused = sum(request.path == "/watch" for request in fake.requests) - 6
    with LibraryDatabase(tmp_path / "out", read_only=True) as state:
        causes, breaker = {work.cause for work in state.videos()}, state.breaker()
    tell(f"block: signals {refused}, {report['videos']}, causes {sorted(causes - {''})}")

    assert refused <= 3
    assert report["videos"] == {"done": 6, "blocked": refused, "waiting": 8 - refused}
    assert causes & NO_CAPTIONS == set()
    assert breaker.open_until > time.time() + 3000
    assert report["exit_code"] == 3


def test_two_runs_do_not_ask_from_one_address_at_once(nodes: Nodes, tmp_path: Path) -> None:
    """The second would double the requests: it is refused in a sentence, and the first goes on undisturbed."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    with FakeYouTube(catalogue(*videos(8))) as fake:
        first = Run(nodes, fake, tmp_path / "a", seconds=1.0)
        while not first.calls:
            time.sleep(0.05)
        said = Run(nodes, fake, tmp_path / "b").refused()
        report = first.ended()

    assert "ConfigError: another run asks YouTube from this cluster through the same address" in said
    assert report["videos"] == {"done": 8}
    assert not list((tmp_path / "b" / "out").glob("articles/*"))


def test_a_lost_node_costs_only_what_it_had_in_hand(nodes: Nodes, tmp_path: Path, tell: Tell) -> None:
    """A node is killed in the middle: all are done, and at most the video that its writer had is written twice."""
    count = 24
    with FakeYouTube(catalogue(*videos(count))) as fake:
        run = Run(nodes, fake, tmp_path, seconds=0.4)
        while len(run.calls) < count // 3:
            time.sleep(0.05)
        nodes.kill(0)
        report = run.ended()
        requests = len(fake.requests)
    with LibraryDatabase(tmp_path / "out", read_only=True) as state:
        counts = state.counts()
    twice = sum(calls - 1 for calls in run.calls.values())
    tell(f"node lost: {report['videos']}, written twice {twice}, requests {requests} for {3 * count + 2}")

    assert report["videos"] == {"done": count}
    assert counts == {VideoStatus.DONE: count}
    assert twice <= 2  # a writer, and what it was just given
    assert requests <= 3 * count + 2 + 6  # a fetcher that was on that node, and the list
    assert len(list((tmp_path / "out").glob("articles/*/card.json"))) == count


def test_an_interrupt_ends_a_run_that_started_its_own_cluster(tmp_path: Path, tell: Tell) -> None:
    """Ctrl-C: code 130, no trace, what is done is kept; the same command does the rest, with one object on stdout."""
    (tmp_path / "talks").mkdir()
    for number in range(12):
        lines = [*LINES[number:], *LINES[:number]] if number < len(LINES) else [*LINES, str(number)]
        (tmp_path / "talks" / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", "from pipeline.cli.main import main; main()", "batch", str(tmp_path / "talks")]
    command += ["--executor", "ray", "--library", str(tmp_path / "out"), "--json"]
    environment = {**os.environ, "TADWIN_TEXT_MINIMUM_WORDS": "5", "PYTHONPATH": str(ROOT)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": tmp_path, "env": environment}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload] # by name
        while not list((tmp_path / "out").glob("articles/*/card.json")):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        _, said = process.communicate()
        seconds = time.monotonic() - begun
    early = len(list((tmp_path / "out").glob("articles/*/card.json")))
    again = subprocess.run(command, check=False, **pipes)  # type: ignore[call-overload] # by name
    tell(f"interrupt: {early} of 12 made, ended after {seconds:.1f} s; then {json.loads(again.stdout)['videos']}")

    assert process.returncode == 130
    assert "kept" in said
    assert "Traceback" not in said
    assert json.loads(again.stdout)["videos"] == {"done": 12}
    assert again.returncode == 0
