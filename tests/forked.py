"""Starts the program by forking, so that a test can kill it hundreds of times without importing it anew.

`python -m tests.forked` reads a JSON array of arguments a line, answers with the number of the new process, and then
with its exit code, negative for a signal. With `--counted` in front, each call of the writer is noted in `calls.log`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import jinja2  # noqa: F401 - imported once for all forks

import pipeline.app.batch
import pipeline.config
import pipeline.sources.transport
from models.writers.extractive import ExtractiveWriter
from pipeline.cli.main import main
from pipeline.types.batch import BatchFilter
from tests.batch_world import LIST

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.types.article import Draft, Script
    from tests.fakes.youtube import FakeYouTube

ROOT = Path(__file__).parents[1]


class Forked:
    """The process that forks; its children work in a folder and reach a fake."""

    def __init__(self, folder: Path, fake: FakeYouTube, **environment: str) -> None:
        """Start it in the folder; the library is `out` in it."""
        own = {
            "PYTHONPATH": str(ROOT),
            "XDG_CONFIG_HOME": str(folder),
            "TADWIN_LIBRARY_FOLDER": str(folder / "out"),
            "TADWIN_SOURCE_PROXY": fake.proxy,
            "TADWIN_SOURCE_CA_BUNDLE": fake.ca_bundle,
            "TADWIN_SOURCE_PAUSE_SECONDS": "0",
            "TADWIN_BATCH_PAUSE_SECONDS": "0",
            "TADWIN_BATCH_PATIENCE_MINUTES": "0",
            "TADWIN_TEXT_MINIMUM_WORDS": "5",
            "TADWIN_EXPORT_FORMATS": "md",
        }
        self.says = folder / "stderr.txt"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forked"],
            cwd=folder,
            env={**os.environ, **own, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        """Running inside the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._process.communicate()

    def start(self, *arguments: str) -> int:
        """Fork a child; its number."""
        assert self._process.stdin is not None
        print(json.dumps(arguments), file=self._process.stdin, flush=True)
        return int(self._answer())

    def wait(self) -> int:
        """The exit code of the child."""
        return int(self._answer())

    def run(self, *arguments: str) -> int:
        """Fork a child and wait for it; its exit code."""
        self.start(*arguments)
        return self.wait()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


class Counted:
    """The embedded writer, noting each call in a file that survives a kill."""

    def __init__(self, settings: Settings) -> None:
        """Write as set."""
        self._writer = ExtractiveWriter(settings.writer)

    @property
    def identity(self) -> str:
        """That of the embedded writer."""
        return self._writer.identity

    def write(self, script: Script) -> Draft:
        """The draft, noted before it is begun."""
        handle = os.open("calls.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(handle, f"{script.video.id}\n".encode())
        os.close(handle)
        return self._writer.write(script)


def _child(arguments: list[str]) -> int:
    says = os.open("stderr.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(says, 2)
    os.dup2(says, 1)
    try:
        if arguments[0] == "--counted":
            settings = pipeline.config.load().settings
            with pipeline.app.batch.open_session(settings, writer=Counted(settings)) as shop:
                return shop.batch(shop.resolve(arguments[1:] or [LIST]), BatchFilter()).summary.exit_code
        sys.argv = ["tadwin", *arguments]
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _fork() -> None:
    for line in sys.stdin:
        process = os.fork()
        if not process:
            code = 99
            try:
                code = _child(json.loads(line))
            finally:
                os._exit(code)
        print(process, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


if __name__ == "__main__":
    _fork()
