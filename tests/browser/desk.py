"""`tadwin review` in a process of its own, as a person starts it."""

from __future__ import annotations

import os
import re
import sys
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Self

import uvicorn

from pipeline import config
from pipeline.cli.main import main
from pipeline.cli.review import bound
from pipeline.review import security, web

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from playwright.sync_api import Page

    from pipeline.review.desk import Desk

web.page_templates()
config.load(environment={})
_FORKING = get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.browser.desk", "pipeline.app.wiring", "pipeline.review.handover"])
"""A desk is forked from a process that has imported, compiled and read all it needs: a second less for each test."""


def _review(library: str, said: Connection) -> None:
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    os.dup2(said.fileno(), 1)
    sys.argv = ["tadwin", "review", "--no-browser", "--library", library]
    main()


class DeskProcess:
    """The desk of one library; leaves no process behind."""

    def __init__(self, library: Path) -> None:
        """Start it, at the port that this library's desk had before, and wait for its address."""
        self.library = library
        heard, said = _FORKING.Pipe(duplex=False)
        self._process = _FORKING.Process(target=_review, args=(str(library), said))
        self._process.start()
        said.close()
        with os.fdopen(os.dup(heard.fileno())) as lines:
            self.entry = lines.readline().strip()
        """The address of the file that opens it."""
        heard.close()
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
        return self._process.exitcode

    def kill(self) -> None:
        """End it at once, as `kill -9` or a power cut does."""
        self._process.kill()
        self._process.join()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.kill()


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
