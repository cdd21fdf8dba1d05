"""Memory of one run from a caption file to an article, in a process of its own."""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np

from pipeline.app.wiring import Tadwin
from pipeline.settings import LibrarySettings, Settings
from tests.bench import talks


def varied(minutes: float, form: str) -> bytes:
    """Captions of so many minutes with the vocabulary of real talks: every third word is another one."""
    generator = random.Random(3)  # noqa: S311 - measuring, not security
    weights = files("models").joinpath("weights", "restore.npz").read_bytes()
    with np.load(BytesIO(weights), allow_pickle=False) as archive:
        vocabulary = archive["vocabulary"].tobytes().decode().splitlines()
    talk = json.loads(talks.json3(minutes))
    for event in talk["events"]:
        for segment in event["segs"][::3]:
            segment["utf8"] = f"{generator.choice(vocabulary)} "
    return json.dumps(talk, ensure_ascii=False).encode() if form == "json3" else _subrip(talk["events"])


def _subrip(events: list[dict[str, object]]) -> bytes:
    blocks = []
    for number, event in enumerate(events, 1):
        start, segments = event["tStartMs"], event["segs"]
        assert isinstance(start, int)
        assert isinstance(segments, list)
        begin, end = (
            f"{at // 3_600_000:02}:{at // 60_000 % 60:02}:{at // 1000 % 60:02},{at % 1000:03}"
            for at in (start, start + 3000)
        )
        blocks.append(f"{number}\n{begin} --> {end}\n{''.join(segment['utf8'] for segment in segments)}\n")
    return "\n".join(blocks).encode()


def peak(minutes: float, form: str) -> float:
    """Megabytes that the process needed at most."""
    with tempfile.TemporaryDirectory() as name:
        captions = Path(name) / f"talk.{form}"
        captions.write_bytes(varied(minutes, form))
        made = Tadwin(Settings(LibrarySettings(str(Path(name) / "library")))).run(str(captions))
    if made.article is None:
        raise SystemExit(made.reason)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps({"megabytes": peak(float(sys.argv[1]), sys.argv[2])}))
