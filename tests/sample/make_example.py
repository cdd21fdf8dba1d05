"""The committed example, made again: `python -m tests.sample.make_example`."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path

from pipeline.app.wiring import Tadwin
from pipeline.settings import LibrarySettings, Settings

FOLDER = Path(__file__).parents[2] / "outputs" / "example"
TALK = files("pipeline") / "sample" / "talk.ar.json3"


def made() -> dict[str, bytes]:
    """The files of the bundled talk's article, by name."""
    with tempfile.TemporaryDirectory() as folder:
        published = Tadwin(Settings(library=LibrarySettings(folder))).run(str(TALK))
        return {Path(file).name: Path(file).read_bytes() for file in published.files}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in made().items():
        (FOLDER / name).write_bytes(data)
