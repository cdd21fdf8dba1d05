"""The review desk over a library of ten thousand articles: how long its pages take, over real HTTP on the loopback."""

from __future__ import annotations

import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

from pipeline.app.wiring import Tadwin
from pipeline.codec import digest
from pipeline.linking import make_card
from pipeline.settings import LibrarySettings, Settings
from pipeline.store.library import CARD, RECORD, card_file, folder_name, record_file
from pipeline.types.article import Article
from tests.bench import talks

MINUTES = 20
LONG = 600
KINDS = 25
"""Different talks; the rest of the library are these with other titles, dates and channels."""
LOOKS = 100
"""Requests of each page; the 95th percentile of them is printed."""
QUERIES = ("الحدود", "نفط", "مصالح مشتركة", "المياه والفرات", "دمشق بغداد التجارة", "لا يوجد هذا")


def main(articles: int) -> None:
    """Print the figures of a library of so many articles as JSON."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        videos = fill(folder / "library", articles, folder)
        begun = time.perf_counter()
        with desk(folder / "library") as (client, cookie):
            figures = {"first start": time.perf_counter() - begun}
            figures |= {page: ninety_fifth(client, cookie, addresses) for page, addresses in pages(videos).items()}
            figures["save"] = saves(client, cookie, videos)
        begun = time.perf_counter()
        with desk(folder / "library"):
            figures["later start"] = time.perf_counter() - begun
        long = _article(folder, 0, LONG)
        _publish(folder / "long", long)
        with desk(folder / "long") as (client, cookie):
            address = f"/d/{long.script.video.id}"
            figures[f"draft of {LONG} minutes"] = ninety_fifth(client, cookie, [address] * 10)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"articles": articles, "megabytes": peak, "seconds": figures}))


def fill(library: Path, articles: int, folder: Path) -> list[str]:
    """A library of so many articles; their ids."""
    kinds = [_article(folder, seed) for seed in range(KINDS)]
    generator = random.Random(7)  # noqa: S311 - measuring, not security
    videos = [f"bench{number:06}" for number in range(articles)]
    for number, video in enumerate(videos):
        _publish(library, _varied(kinds[number % KINDS], video, number, generator))
    return videos


def _article(folder: Path, seed: int, minutes: int = MINUTES) -> Article:
    captions = folder / f"{seed}.json3"
    captions.write_bytes(talks.json3(minutes, seed))
    made = Tadwin(Settings(library=LibrarySettings(str(folder / "made")))).run(str(captions))
    if made.article is None:
        raise SystemExit(made.reason)
    return made.article


def _varied(article: Article, video: str, number: int, generator: random.Random) -> Article:
    title = f"{article.draft.title} ({number})"
    published = date(2020, 1, 1) + timedelta(days=number % 2000)
    other = replace(article.script.video, id=video, title=title, channel=f"قناة {number % 40}", published=published)
    script, draft = replace(article.script, video=other), replace(article.draft, title=title)
    coverage = replace(article.report.coverage, windows=generator.random())
    report = replace(article.report, coverage=coverage)
    provenance = replace(article.provenance, script=digest(script), draft=digest(draft))
    return replace(article, script=script, draft=draft, report=report, provenance=provenance)


def _publish(library: Path, article: Article) -> None:
    """As `Library.publish`, without a sync for each file."""
    name = folder_name(article.script.video.id, article.draft.title)
    folder = library / "articles" / name
    folder.mkdir(parents=True)
    files = {RECORD: record_file(article)}
    (folder / RECORD).write_bytes(files[RECORD])
    (folder / CARD).write_bytes(card_file(make_card(article, name), files))


@contextmanager
def desk(library: Path) -> Iterator[tuple[HTTPConnection, str]]:
    """A running desk, and the cookie that opens it."""
    command = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]
    arguments = ["review", "--no-browser", "--library", str(library)]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().decode().strip()
            client = HTTPConnection(address.split("/")[2], timeout=60)
            client.request("GET", "/?" + address.partition("?")[2])
            answer = client.getresponse()
            answer.read()
            yield client, (answer.getheader("Set-Cookie") or "").partition(";")[0]
        finally:
            server.kill()


def pages(videos: list[str]) -> dict[str, list[str]]:
    """The addresses that are asked for, by page."""
    generator = random.Random(11)  # noqa: S311 - measuring, not security
    channels = [f"قناة {number}" for number in range(40)]
    return {
        "queue": [f"/?page={number % 20 + 1}" for number in range(LOOKS // 2)]
        + ["/?" + urlencode({"status": "new", "channel": generator.choice(channels)}) for _ in range(LOOKS // 2)],
        "search": ["/?q=" + quote(QUERIES[number % len(QUERIES)]) for number in range(LOOKS)],
        "draft": [f"/d/{generator.choice(videos)}" for _ in range(LOOKS)],
    }


def ninety_fifth(client: HTTPConnection, cookie: str, addresses: list[str]) -> float:
    """Seconds that nineteen of twenty answers stay below."""
    _look(client, cookie, addresses[0])
    return statistics.quantiles([_look(client, cookie, address)[0] for address in addresses], n=20)[-1]


def saves(client: HTTPConnection, cookie: str, videos: list[str]) -> float:
    """The same for a changed title: read anew, verified, written, synced."""
    seconds = []
    for video in videos[: LOOKS // 2]:
        seen = re.findall(r'data-draft="(\w+)"', _look(client, cookie, f"/d/{video}")[1])[0]
        form = urlencode({"seen": seen, "place": "title", "action": "write", "text": "عنوان آخر"})
        begun = time.perf_counter()
        own = {"Origin": f"http://{client.host}:{client.port}", "Content-Type": "application/x-www-form-urlencoded"}
        client.request("POST", f"/d/{video}/block", form, {"Cookie": cookie, **own})
        answer = client.getresponse()
        answer.read()
        assert answer.status == 303
        seconds.append(time.perf_counter() - begun)
    return statistics.quantiles(seconds, n=20)[-1]


def _look(client: HTTPConnection, cookie: str, address: str) -> tuple[float, str]:
    begun = time.perf_counter()
    client.request("GET", address, headers={"Cookie": cookie})
    answer = client.getresponse()
    body = answer.read().decode()
    assert answer.status == 200, address
    return time.perf_counter() - begun, body


if __name__ == "__main__":
    main(int(sys.argv[1]))
