"""A playlist of many videos against what the network alone allows. Run as `python -m tests.bench.playlist VIDEOS`.

The fake YouTube runs in a process of its own and takes 200 ms for every answer; all pauses are off. The network alone
allows one request after the other, three for each video, each from leaving to the last byte of the answer.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from pipeline.app.batch import open_session
from pipeline.app.wiring import RateLimits, Tadwin
from pipeline.settings import BatchSettings, LibrarySettings, Settings, SourceSettings
from pipeline.sources import formats
from pipeline.sources.rate_limit import RateLimiter
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import BatchFilter
from tests.batch_world import LIST, catalogue, name, videos
from tests.bench import talks
from tests.fakes.catalogue import FakeTrack
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube

ANSWER = 0.2
"""Seconds that the fake takes for each answer."""
MINUTES = 10
ALONE = 40
"""Videos that are fetched without writing, to see what writing adds."""


def serve(count: int) -> None:
    """Be the fake YouTube until standard input ends."""
    track = FakeTrack("ar", formats.parse_json3(talks.json3(MINUTES)), "asr", "Arabic (auto-generated)")
    several = tuple(replace(video, tracks=(track,)) for video in videos(count))
    with FakeYouTube(catalogue(*several)) as fake:
        fake.faults.append(Fault("", delay=ANSWER))
        print(json.dumps([fake.proxy, fake.ca_bundle]), flush=True)
        sys.stdin.read()
        print(len(fake.requests), flush=True)


class Watch:
    """Gives turns, and measures what happens in them."""

    def __init__(self) -> None:
        """Nothing measured."""
        self.turns = 0
        self.seconds = 0.0
        self._pace = RateLimiter(0.0)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """A turn, and how long it took."""
        with self._pace.turn(host):
            begun = time.perf_counter()
            yield
            self.seconds += time.perf_counter() - begun
            self.turns += 1

    def delay(self, host: str, seconds: float) -> None:
        """Passed on."""
        self._pace.delay(host, seconds)


def fetching(settings: Settings, count: int) -> tuple[float, float]:
    """When captions are fetched and nothing is written: seconds for a video, and of them for one request."""
    watch = Watch()
    tadwin = Tadwin(settings, limits=RateLimits(watch, None))
    begun = time.perf_counter()
    for number in range(count):
        tadwin.pipeline.fetch(VideoReference(SourceKind.YOUTUBE, name(number)))
    return (time.perf_counter() - begun) / count, watch.seconds / watch.turns


def measure(count: int) -> dict[str, float]:
    """Work through the playlist; seconds, the least that the network allows, and the share reached."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.playlist", "serve", str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    proxy, bundle = json.loads(server.stdout.readline())
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            library=LibrarySettings(folder),
            source=SourceSettings(proxy=proxy, ca_bundle=bundle, pause_seconds=0.0),
            batch=BatchSettings(pause_seconds=0.0, looks=2),
        )
        alone, request = fetching(replace(settings, library=LibrarySettings(f"{folder}/alone")), min(count, ALONE))
        begun = time.perf_counter()
        with open_session(settings) as shop:
            summary = shop.batch(shop.resolve([LIST]), BatchFilter()).summary
        seconds = time.perf_counter() - begun
    requests = int(server.communicate()[0])
    assert summary.exit_code == 0
    requests -= 3 * min(count, ALONE)
    least = requests * request
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "videos": count,
        "requests": requests,
        "seconds": seconds,
        "least": least,
        "alone": alone * count,
        "share": least / seconds,
        "megabytes": used.ru_maxrss / 1000,
        "cpu": used.ru_utime + used.ru_stime,
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]))
    else:
        print(json.dumps(measure(int(sys.argv[1]))))
