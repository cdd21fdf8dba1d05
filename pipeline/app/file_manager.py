"""The file manager of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def folder_opener() -> Callable[[Path], None] | None:
    """What opens a folder on the desktop of this machine, without a shell; None where there is no desktop."""
    if sys.platform == "win32":
        return os.startfile
    if sys.platform != "darwin" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None  # xdg-open would start a browser in this very terminal
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    return None if program is None else lambda folder: _start(program, folder)


def _start(program: str, folder: Path) -> None:
    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603 - no shell, a program found by its name, and a folder that this program made
        [program, str(folder)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
