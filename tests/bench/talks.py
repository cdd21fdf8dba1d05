"""Talks of any length, made of the bundled one."""

from __future__ import annotations

import json
import random
from importlib.resources import files

PACE = 2.2
"""Words a second, as in the bundled talk."""
LINE = 7
"""Words of one caption event."""


def json3(minutes: float, seed: int = 1) -> bytes:
    """Automatic captions of so many minutes with word times: the bundled talk's lines, shuffled."""
    generator = random.Random(seed)  # noqa: S311 - measuring, not security
    lines = _lines()
    wanted = int(minutes * 60 * PACE)
    words: list[str] = []
    while len(words) < wanted:
        for line in generator.sample(lines, k=min(150, len(lines))):
            words += line
    return json.dumps({"events": list(_events(words[:wanted], generator))}, ensure_ascii=False).encode()


def _lines() -> list[list[str]]:
    talk = json.loads((files("pipeline") / "sample" / "talk.ar.json3").read_bytes())
    texts = ("".join(seg["utf8"] for seg in event.get("segs", ())) for event in talk["events"])
    return [text.split() for text in texts if text.strip()]


def _events(words: list[str], generator: random.Random) -> list[dict[str, object]]:
    events, clock = [], 0
    for begin in range(0, len(words), LINE):
        segs, offset = [], 0
        for word in words[begin : begin + LINE]:
            segs.append({"utf8": f"{word} ", "tOffsetMs": offset})
            offset += int(1000 / PACE)
        events.append({"tStartMs": clock, "dDurationMs": offset + 1500, "segs": segs})
        clock += offset + generator.choice((0, 0, 100, 900))
    return events
