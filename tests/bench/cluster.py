"""What a cluster adds, and what an archive takes. Run as `make bench-cluster`; docs/scale.md quotes it.

Measured: one process and two Ray workers on the same folder of captions, and each part of the work that one machine
does for all. From these rates the time of a large archive is reckoned, part by part: the longest part of a run decides.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.app.batch import open_session
from pipeline.app.wiring import Tadwin
from pipeline.events import VideoEnded
from pipeline.linking import RelatedFinder
from pipeline.settings import BatchSettings, LibrarySettings, Settings
from pipeline.store.database import LibraryDatabase
from pipeline.store.library import CARD, Library
from pipeline.types.article import ArticleCard, SourceKind, VideoReference
from pipeline.types.batch import BatchFilter, StatusChange, VideoRecord, VideoStatus
from tests.bench import talks
from tests.bench.__main__ import child

if TYPE_CHECKING:
    from pipeline.events import Event

ARCHIVE = 100_000
WORKERS = (1, 8, 64)
TALKS, MINUTES = 16, 20
PARCELS, TOO_SHORT = 100, 0.1
"""Talks of a few words, of which no article is made: what is left is carrying them."""
REQUESTS = 3
"""For each video, as README.md says."""
ANSWER = 0.2
"""Seconds of one answer of YouTube, as in the other benchmarks: assumed."""
ROWS = 200
CARDS = (1000, 2000)
WRITES = 50
TERMS, WORDS = 40, 20_000
"""Words of a card, and of the vocabulary they are drawn from, the nth 1/n as often: assumed."""
HOUR, DAY = 3600.0, 86_400.0


@dataclass(frozen=True)
class Rates:
    """Seconds for one video each, unless said otherwise."""

    alone: float
    """Written in one process, from captions on disk to the row."""
    carried: float
    """Of the driver, for a parcel there and back with its rows, when writing takes next to nothing."""
    joining: float
    """Until the first article of a run on a cluster is there, once."""
    state: float
    """Its rows."""
    relating: float
    """Finding its related articles among the larger number of `CARDS`; it grows with the library."""
    library: float
    """Putting its files on this disk, each synced."""


def run(folder: Path, count: int, minutes: float, workers: int) -> dict[str, float]:
    """One batch over a folder of so many talks; its seconds, and those until the first article was there."""
    captions = folder / "talks"
    captions.mkdir(exist_ok=True)
    for number in range(count):
        (captions / f"{number:04}.json3").write_bytes(talks.json3(minutes, number))
    batch = BatchSettings(executor="ray" if workers else "local", ray_writers=workers)
    settings = Settings(library=LibrarySettings(str(folder / f"out{workers}")), batch=batch)
    begun, ends = time.perf_counter(), list[float]()

    def look(event: Event) -> None:
        if isinstance(event, VideoEnded):
            ends.append(time.perf_counter() - begun)

    with open_session(settings, look) as shop:
        account = shop.batch(shop.resolve([str(captions)]), BatchFilter())
    assert minutes < 1 or account.summary.exit_code == 0, account.record
    assert len(ends) == count
    return {"seconds": time.perf_counter() - begun, "first": ends[0], "last": ends[-1]}


def state(folder: Path) -> float:
    """Seconds for the two rows of a video."""
    with LibraryDatabase(folder / "state") as rows:
        works = [VideoRecord(f"v{n}", VideoReference(SourceKind.YOUTUBE, f"v{n}"), "عنوان") for n in range(ROWS)]
        begun = time.perf_counter()
        for work in works:
            rows.save(work)
            rows.record_attempt(work, StatusChange(VideoStatus.DONE, folder=work.id), 1.0)
        return (time.perf_counter() - begun) / ROWS


def relating(count: int) -> float:
    """Seconds to find what is related to one of so many articles."""
    chance = random.Random(count)  # noqa: S311 - measuring, not security
    names = [f"w{n}" for n in range(WORDS)]
    often = [1 / (n + 1) for n in range(WORDS)]
    cards = [
        ArticleCard(f"v{n}", "عنوان", f"v{n}-x", tuple(dict.fromkeys(chance.choices(names, often, k=TERMS))))
        for n in range(count)
    ]
    neighbours = RelatedFinder(cards)
    begun = time.perf_counter()
    for card in cards[:ROWS]:
        neighbours.of(card, 5)
    return (time.perf_counter() - begun) / ROWS


def library(folder: Path) -> float:
    """Seconds to put the files of an article on disk."""
    article = Tadwin(Settings(library=LibrarySettings(str(folder / "made"))))
    captions = folder / "talk.json3"
    captions.write_bytes(talks.json3(MINUTES))
    (place,) = {Path(path).parent for path in article.run(str(captions)).files}
    files = {path.name: path.read_bytes() for path in place.iterdir() if path.name != CARD}
    many = Library(folder / "many")
    begun = time.perf_counter()
    for number in range(WRITES):
        many.publish(ArticleCard(f"v{number}", "عنوان", f"v{number}-x", ()), files)
    return (time.perf_counter() - begun) / WRITES


def pace(settings: Settings) -> float:
    """Seconds for one video from one address: the pauses as set, with their mean jitter, and the answers."""
    between, within = settings.batch.pause_seconds * 1.5, settings.source.pause_seconds * 1.3
    return between + (REQUESTS - 1) * within + REQUESTS * ANSWER


def measure() -> Rates:
    """Every rate; prints what was measured."""
    one = child("tests.bench.cluster", "run", str(TALKS), str(MINUTES), "0")
    two = child("tests.bench.cluster", "run", str(TALKS), str(MINUTES), "2")
    bare = child("tests.bench.cluster", "run", str(PARCELS), str(TOO_SHORT), "2")
    local = child("tests.bench.cluster", "run", str(PARCELS), str(TOO_SHORT), "0")
    alone = one["last"] / TALKS
    steady = (two["last"] - two["first"]) / (TALKS - 1)
    carried = (bare["last"] - bare["first"]) / (PARCELS - 1)
    print(f"{TALKS} talks of {MINUTES} minutes from a folder, as seconds for all of them and to the first article")
    print(f"  one process      {one['seconds']:7.1f} {one['first']:7.1f}   {alone:.3f} s a talk")
    print(f"  two Ray workers  {two['seconds']:7.1f} {two['first']:7.1f}   {steady:.3f} s a talk once they run")
    print(f"  speed-up {one['seconds'] / two['seconds']:.2f} with the start, {alone / steady:.2f} without it")
    print(
        f"  overhead: {two['first'] - one['first']:.1f} s to start; of a talk too short to write {carried:.3f} s",
        end=" ",
    )
    print(f"there and back against {local['last'] / PARCELS:.3f} s in one process")
    with tempfile.TemporaryDirectory() as name:
        rates = Rates(alone, carried, two["first"], state(Path(name)), relating(CARDS[1]), library(Path(name)))
    few = relating(CARDS[0])
    print(f"rows of a video {rates.state * 1000:.1f} ms, its files {rates.library * 1000:.1f} ms;", end=" ")
    print(f"its relations among {CARDS[0]} {few * 1000:.1f} ms, among {CARDS[1]} {rates.relating * 1000:.1f} ms")
    return rates


def reckon(rates: Rates, workers: int, addresses: int = 1) -> dict[str, float]:
    """Seconds of each part for the archive; those of a run go on side by side, and what connects articles follows.

    Each address is a run with a library of its own, and all runs share one disk.
    """
    videos = ARCHIVE / addresses
    return {
        "fetching": videos * pace(Settings()),
        "writing": ARCHIVE * rates.alone / workers,
        "one disk": ARCHIVE * rates.library,
        "driver": videos * max(rates.carried, rates.state),
        "relations": videos * rates.relating * videos / CARDS[1],
        "writing again": ARCHIVE * (rates.alone / 2) / workers,
    }


def told(seconds: float) -> str:
    """A time as hours, or days when it is long."""
    return f"{seconds / DAY:.1f} d" if seconds > 2 * DAY else f"{seconds / HOUR:.1f} h"


def main() -> None:
    """Measure and reckon."""
    rates = measure()
    print(f"\n{ARCHIVE:,} talks of {MINUTES} minutes; one address fetches one in {pace(Settings()):.1f} s")
    names = list(reckon(rates, 1))
    print(f"{'workers':>8}{'addresses':>10}" + "".join(f"{name:>15}" for name in names) + f"{'in all':>10}  longest")
    for workers, addresses in (*((each, 1) for each in WORKERS), (64, 64)):
        parts = reckon(rates, workers, addresses)
        side_by_side = max(parts[name] for name in names[:4])
        whole = side_by_side + parts["relations"] + parts["writing again"]
        cells = "".join(f"{told(seconds):>15}" for seconds in parts.values())
        print(f"{workers:>8}{addresses:>10}{cells}{told(whole):>10}  {max(parts, key=lambda name: parts[name])}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        with tempfile.TemporaryDirectory() as place:
            print(json.dumps(run(Path(place), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))))
    else:
        main()
