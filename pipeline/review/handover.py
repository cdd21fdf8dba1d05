"""The file that opens the desk: a form with the start token, which only the user can read.

A browser is started with the path of this file, so the token stands in no process list, no address and no history of
a terminal. Jupyter hands its token over the same way (CVE-2022-29238 and after: `jpserver-*-open.html`).
"""

from __future__ import annotations

import os
import stat
import tempfile
from html import escape
from pathlib import Path
from typing import Final

FOLDER: Final = ".desk"
"""In the library, since a browser in a sandbox (snap, flatpak) reads neither /tmp nor hidden folders at home."""
_PAGE: Final = """<!doctype html>
<html lang="ar" dir="rtl">
<meta charset="utf-8">
<title>مكتب المراجعة · Tadwin</title>
<form method="post" action="{action}"><input type="hidden" name="token" value="{token}">
<button>فتح مكتب المراجعة · Open the review desk</button></form>
<script>addEventListener("load", () => document.forms[0].submit());</script>
"""


class Handover:
    """The file for the desk on one port. It always holds a token that was not used yet."""

    def __init__(self, library: Path, port: int) -> None:
        """Make the private folder. Raises `OSError`."""
        self._action = f"http://127.0.0.1:{port}/enter"
        self._folder = _private_folder(library / FOLDER) or Path(tempfile.mkdtemp(prefix="tadwin-desk-"))
        self.path = (self._folder / f"open-{port}.html").resolve()

    def write(self, token: str) -> None:
        """Put another token into the file; at no moment can anybody else read it. Raises `OSError`."""
        page = _PAGE.format(action=escape(self._action), token=escape(token))
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".open.")  # made with the mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(page)
        Path(name).replace(self.path)

    def remove(self) -> None:
        """Delete the file when the desk ends; its token opens nothing any more."""
        self.path.unlink(missing_ok=True)


def _private_folder(folder: Path) -> Path | None:
    """The folder, made for its owner alone; None where the disk cannot keep others out, or somebody else owns it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.name == "nt":  # a profile of Windows is private by its own rights, and modes say nothing
        return folder
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        return None
    folder.chmod(0o700)
    return folder if stat.S_IMODE(folder.lstat().st_mode) == stat.S_IRWXU else None
