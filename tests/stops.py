"""The program, stopped by a signal in each situation that takes long; for the test and the bench."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.batch_world import LIST, catalogue, name, videos
from tests.bench import talks
from tests.cli.test_batch import reaching
from tests.cli.test_model import CHAT, serving
from tests.cli.test_run import COMMAND, ROOT, captions
from tests.fakes.engines import honest
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.model_server import FakeModelServer

ARTICLES = 150
"""Of the list whose links are set."""
DAY = 24 * 60
"""Minutes of the longest talk."""
FILE = "talk.json3"
HANGS = Fault(CHAT, delay=300)
WAIT_SECONDS = 120
"""How long a situation may take to come about."""


@dataclass
class World:
    """What the program works in: a folder, YouTube and a model server."""

    folder: Path
    youtube: FakeYouTube
    model: FakeModelServer

    @property
    def library(self) -> Path:
        """Where the articles are."""
        return self.folder / "out"

    def articles(self) -> int:
        """How many are finished."""
        return len(list(self.library.glob("articles/*/card.json")))


@dataclass(frozen=True)
class Situation:
    """A command, and the moment in which it is stopped."""

    name: str
    arguments: tuple[str, ...]
    begun: Callable[[World], bool]
    """Whether the moment has come."""
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    youtube: tuple[Fault, ...] = ()
    model: tuple[Fault, ...] = ()
    minutes: float = 1
    """Of the talk in the caption file."""
    count: int = 3
    """Videos of the list."""


def _asked(world: World) -> bool:
    return bool(world.youtube.requests)


def _watched(world: World) -> bool:
    return any(request.path == "/watch" for request in world.youtube.requests)


def _prompted(world: World) -> bool:
    return bool(world.model.completions)


def _fetched(world: World) -> bool:
    return any(world.library.glob("artifacts/fetch/*.json"))


SERVER = ("--writer", "server")
BUSY = Fault(CHAT, status=429, headers={"Retry-After": "100"})
SILENT = Fault("/watch", delay=300)
SITUATIONS = (
    Situation("batch: a pause between requests", ("batch", LIST), _asked, {"TADWIN_SOURCE_PAUSE_SECONDS": "60"}),
    Situation("batch: a pause between videos", ("batch", LIST), lambda world: world.articles() == 1,
              {"TADWIN_BATCH_PAUSE_SECONDS": "60"}),
    Situation("batch: YouTube does not answer", ("batch", LIST), _watched, youtube=(SILENT,)),
    Situation("batch: a talk of 24 hours", ("batch", FILE), _fetched, minutes=DAY),
    Situation("batch: the model takes 5 minutes", ("batch", *SERVER, LIST), _prompted, model=(HANGS,)),
    Situation("batch: the model is busy (429)", ("batch", *SERVER, LIST), _prompted, model=(BUSY,)),
    Situation("batch: links are set", ("batch", LIST), lambda world: world.articles() == ARTICLES, count=ARTICLES),
    Situation("run: a pause between requests", ("run", name(0)), _asked, {"TADWIN_SOURCE_PAUSE_SECONDS": "60"}),
    Situation("run: YouTube does not answer", ("run", name(0)), _watched, youtube=(SILENT,)),
    Situation("run: a talk of 24 hours", ("run", FILE), _fetched, minutes=DAY),
    Situation("run: the model takes 5 minutes", ("run", *SERVER, name(0)), _prompted, model=(HANGS,)),
    Situation("run: the model is busy (429)", ("run", *SERVER, name(0)), _prompted, model=(BUSY,)),
)  # fmt: skip


@dataclass(frozen=True)
class End:
    """How a stopped program ended."""

    code: int
    seconds: float
    """From the last signal to the end."""
    said: str
    """On stderr."""


@contextmanager
def world_of(situation: Situation, folder: Path) -> Iterator[World]:
    """The world in which the situation comes about; YouTube and the model are well again once their faults are gone."""
    (folder / FILE).write_bytes(talks.json3(situation.minutes))
    captions(folder)
    with FakeYouTube(catalogue(*videos(situation.count))) as youtube, serving(honest) as model:
        youtube.faults.extend(situation.youtube)
        model.faults.extend(situation.model)
        yield World(folder, youtube, model)


def start(situation: Situation, world: World, **more: str) -> subprocess.Popen[str]:
    """The program, begun."""
    own = {"PYTHONPATH": str(ROOT), "TADWIN_LIBRARY_FOLDER": str(world.library), "XDG_CONFIG_HOME": str(world.folder)}
    own |= reaching(world.youtube) | {"TADWIN_MODEL_URL": world.model.url, "TADWIN_MODEL_NAME": "tiny"}
    return subprocess.Popen(
        [*COMMAND, *situation.arguments],
        cwd=world.folder,
        env={**os.environ, **own, **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def stopped(situation: Situation, world: World, *signals: signal.Signals, pause: float = 0.4) -> End:
    """The end of the program that gets these signals, with a pause between two of them, when the moment has come."""
    program = start(situation, world, **situation.settings)
    deadline = time.monotonic() + WAIT_SECONDS
    while program.poll() is None and not situation.begun(world) and time.monotonic() < deadline:
        time.sleep(0.01)
    if situation.minutes == DAY:
        time.sleep(0.5)  # into the writing
    sent = time.perf_counter()
    for number in signals:
        if program.poll() is None:
            sent = time.perf_counter()
            program.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(pause)
    try:
        program.wait(WAIT_SECONDS)
        seconds = time.perf_counter() - sent
        _, said = program.communicate()
    finally:
        program.kill()
    return End(program.returncode, seconds, said)


def mended(situation: Situation, world: World) -> End:
    """The end of the same command when nothing is wrong any more."""
    world.youtube.faults.clear()
    world.model.faults.clear()
    begun = time.perf_counter()
    program = start(situation, world)
    _, said = program.communicate()
    return End(program.returncode, time.perf_counter() - begun, said)
