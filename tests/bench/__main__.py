"""`make bench`: prints every figure that the README quotes, as one table."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from typing import Any

ARTICLES = 10_000
"""Of the library whose review desk is measured."""
LENGTHS = (10, 60, 600)
PEER_LENGTHS = (10, 60)
"""sumy's graphs grow with the square of the sentences; ten hours would take most of a day."""
STARTS = 7
PLAYLIST = 200
"""Talks of ten minutes."""


def main() -> None:
    """Measure start-up, articles with and without restored spelling, sumy, lists, and the review desk."""
    print(f"tadwin --help: {start_up():.2f} s (median of {STARTS})\n")
    print(f"{'':10}{'minutes':>8}{'words':>8}{'seconds':>9}{'s/hour':>8}{'peak MB':>9}")
    for name, spelling in (("tadwin", "restored"), ("unrestored", "plain")):
        for minutes in LENGTHS:
            row(name, minutes, child("tests.bench.article", str(minutes), spelling))
    for name in ("LexRank", "TextRank"):
        for minutes in PEER_LENGTHS:
            row(name, minutes, child("tests.bench.peers", name, str(minutes)))
    for form in ("json3", "srt"):
        hour, ten = (child("tests.bench.captions", str(minutes), form)["megabytes"] for minutes in LENGTHS[1:])
        print(f"{form} with many words: {ten:.0f} MB for ten hours, {ten - hour:.0f} MB more than for one")
    playlist(child("tests.bench.playlist", str(PLAYLIST)))
    if find_spec("ray"):
        print(flush=True)
        subprocess.run([sys.executable, "-m", "tests.bench.cluster"], check=True)
    print(f"\nreview desk, {ARTICLES} articles of 20 minutes; 95th percentile of 100 requests, in milliseconds")
    for name, seconds in child("tests.bench.desk", str(ARTICLES))["seconds"].items():
        print(f"{name:22}{seconds * 1000:9.0f}")
    if find_spec("playwright") and shutil.which("chromium"):
        page = child("tests.bench.long_draft", str(LENGTHS[-1]))
        size = f"{page['sentences']} sentences, {page['kilobytes']:.0f} kB"
        print(f"\ndraft page of {LENGTHS[-1]} minutes in Chromium, {size}")
        print(f"first paint {page['first paint']:.0f} ms, longest task after a click {page['longest task']:.0f} ms")


def start_up() -> float:
    """Median seconds of `tadwin --help`."""
    command = [sys.executable, "-c", "from pipeline.cli.main import main; main()", "--help"]
    return statistics.median(_seconds(command) for _ in range(STARTS))


def child(*arguments: str) -> dict[str, Any]:
    """What a measuring process prints."""
    command = [sys.executable, "-m", *arguments]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return answer


def row(name: str, minutes: float, figures: dict[str, Any]) -> None:
    """One line of the table."""
    words, seconds = figures.get("words", ""), figures["seconds"]
    print(f"{name:10}{minutes:8}{words:>8}{seconds:9.2f}{seconds * 60 / minutes:8.2f}{figures['megabytes']:9.0f}")


def playlist(figures: dict[str, Any]) -> None:
    """A playlist against the network alone."""
    print(f"\nplaylist of {figures['videos']} talks, 200 ms an answer, no pauses: {figures['seconds']:.0f} s,", end=" ")
    print(f"{figures['share']:.0%} of what {figures['requests']} requests one after the other allow", end=" ")
    print(f"({figures['least']:.0f} s); fetching alone takes {figures['alone']:.0f} s; {figures['megabytes']:.0f} MB")


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
