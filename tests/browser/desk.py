"""`tadwin review` in a process of its own, as a person starts it."""

from __future__ import annotations

import re
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING, Self

import uvicorn

from pipeline.cli.review import bound
from pipeline.review import security, web

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from pipeline.review.desk import Desk

_COMMAND = "from pipeline.cli.main import main; main()"


class DeskProcess:
    """The desk of one library; leaves no process behind."""

    def __init__(self, library: Path) -> None:
        """Start it, at the port that this library's desk had before, and wait for its address."""
        self.library = library
        command = [sys.executable, "-c", _COMMAND, "review", "--no-browser"]
        self._process = subprocess.Popen(
            [*command, "--library", str(library)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.entry = self._process.stdout.readline().strip()
        """The address of the file that opens it."""
        self.origin = f"http://127.0.0.1:{''.join(re.findall('[0-9]+', self.entry.rpartition('/')[2]))}"
        if not self.entry:
            self.__exit__()
            message = "the desk did not start"
            raise RuntimeError(message)

    def enter(self, page: Page, *, script: bool = True) -> None:
        """Open it in a browser, as a person does, by the file; without a script its button is pressed."""
        page.goto(self.entry, wait_until="commit")
        if not script:
            page.locator("button").click()
        page.wait_for_url(f"{self.origin}/")

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.origin.rpartition(":")[2])

    @property
    def code(self) -> int | None:
        """How it ended."""
        return self._process.returncode

    def kill(self) -> None:
        """End it at once, as `kill -9` or a power cut does."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.kill()
        if self._process.stdout:
            self._process.stdout.close()


class DeskThread:
    """A desk of this process, for what only a fake can do: a judge that answers when it is let."""

    def __init__(self, desk: Desk) -> None:
        """Serve it at a free port."""
        secrets = security.new_secrets()
        self._socket = bound(0)
        port = self._socket.getsockname()[1]
        application = web.application(desk, secrets, port=port)
        self._server = uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self.origin = f"http://127.0.0.1:{port}"
        self._token = secrets.token

    def enter(self, page: Page) -> None:
        """Open it in a browser by typing its start token."""
        page.goto(f"{self.origin}/keys")
        page.locator("[name=token]").fill(self._token)
        page.locator("button").click()
        page.wait_for_url(f"{self.origin}/")

    def __enter__(self) -> Self:
        """Itself, listening."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()
