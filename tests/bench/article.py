"""One measured run in a process of its own: captions of a given length to an article on disk."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from pipeline.app.wiring import Tadwin
from pipeline.settings import LibrarySettings, Settings, TextSettings
from tests.bench import talks

WARM_UP = 3
"""Minutes of the talk that is written first, so that every module is loaded."""


def measure(minutes: float, *, restore: bool) -> dict[str, float]:
    """Seconds from captions to the written article, and the process's peak memory in megabytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tadwin = Tadwin(Settings(LibrarySettings(str(folder / "library")), text=TextSettings(restore=restore)))
        _run(tadwin, WARM_UP, folder)
        begun = time.perf_counter()
        words = _run(tadwin, minutes, folder)
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"minutes": minutes, "words": words, "seconds": seconds, "megabytes": peak}


def _run(tadwin: Tadwin, minutes: float, folder: Path) -> int:
    captions = folder / f"{minutes}.json3"
    captions.write_bytes(talks.json3(minutes))
    published = tadwin.run(str(captions))
    article = published.article
    if article is None:
        raise SystemExit(published.reason)
    return sum(len(sentence.text.split()) for sentence in article.script.sentences)


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]), restore=sys.argv[2] == "restored")))
