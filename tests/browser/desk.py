"""`tadwin review` in a process of its own, as a person starts it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

_COMMAND = "from pipeline.cli.main import main; main()"


class DeskProcess:
    """The desk of one library; leaves no process behind."""

    def __init__(self, library: Path, port: int = 0) -> None:
        """Start it and wait for its address."""
        self.library = library
        command = [sys.executable, "-c", _COMMAND, "review", "--no-browser", "--port", str(port)]
        self._process = subprocess.Popen(
            [*command, "--library", str(library)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.entry = self._process.stdout.readline().strip()
        """The start address, with its token."""
        self.origin = self.entry.partition("/?")[0]
        if not self.entry:
            self.__exit__()
            message = "the desk did not start"
            raise RuntimeError(message)

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
