"""The whole way from a link to an article, as a process, over real HTTP and TLS."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.types.article import Caption
from tests.cli.test_run import LINES, friendly, made, tadwin
from tests.fakes.catalogue import REFUSALS, Catalogue, FakeTrack
from tests.fakes.faults import Fault
from tests.fakes.sample import TALK
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell

CAPTIONS = tuple(Caption(line, 10.0 * at, 10.0 * at + 9) for at, line in enumerate(LINES))
VIDEO = replace(TALK, tracks=(FakeTrack("ar", CAPTIONS, "manual", "Arabic"),))
LINK = f"https://youtu.be/{VIDEO.id}?si=share&t=12"


def run(fake: FakeYouTube, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A call that reaches the fake through the product's own options, without waiting between requests."""
    return tadwin(
        folder,
        *arguments,
        TADWIN_SOURCE_PROXY=fake.proxy,
        TADWIN_SOURCE_CA_BUNDLE=str(fake.ca_bundle),
        TADWIN_SOURCE_PAUSE_SECONDS="0",
    )


def test_a_link_becomes_an_article_in_three_requests(tmp_path: Path, tell: Tell) -> None:
    """A link gives an article that names and links the video; running it again asks YouTube for nothing."""
    with FakeYouTube(Catalogue(videos=(VIDEO,))) as fake:
        first = run(fake, tmp_path, "run", LINK)
        asked = len(fake.requests)
        second = run(fake, tmp_path, "run", VIDEO.id)
        again = len(fake.requests) - asked
        escapes = fake.escapes
    tell(f"requests: {asked}, on a second run: {again}")

    assert first.returncode == second.returncode == 0, first.stderr
    assert f"https://www.youtube.com/watch?v={VIDEO.id}" in first.stdout
    assert VIDEO.channel in first.stdout
    assert "ينبع نهر الفرات من جبال الأناضول" in first.stdout
    assert (asked, again) == (3, 0)
    assert second.stdout == first.stdout
    assert escapes == ()


def test_a_refresh_asks_again(tmp_path: Path) -> None:
    """`--refresh` fetches captions again, and steps whose input did not change are not repeated."""
    with FakeYouTube(Catalogue(videos=(VIDEO,))) as fake:
        run(fake, tmp_path, "run", VIDEO.id)
        again = run(fake, tmp_path, "run", "--refresh", VIDEO.id)
        asked = len(fake.requests)

    assert asked == 6
    assert again.stderr.count("kept") == 3


@pytest.mark.parametrize(
    ("refusal", "code"), [("bot", 4), ("rate-limit", 4), ("private", 1), ("removed", 1), ("region", 1), ("premiere", 1)]
)
def test_a_refused_video_has_a_reason_and_no_article(tmp_path: Path, refusal: str, code: int) -> None:
    """Each refusal ends with one sentence, a next step and its code; no article is written."""
    with FakeYouTube(Catalogue(videos=(VIDEO.refused(REFUSALS[refusal]),))) as fake:
        result = run(fake, tmp_path, "run", LINK)

    assert result.returncode == code, result.stderr
    assert friendly(result)
    assert made(tmp_path) == []


def test_too_many_requests_never_become_no_captions(tmp_path: Path) -> None:
    """A block is reported as a block, with when to come back, and never as missing captions."""
    with FakeYouTube(Catalogue(videos=(VIDEO,))) as fake:
        fake.faults.append(Fault("POST", status=429))
        result = run(fake, tmp_path, "run", LINK)

    assert result.returncode == 4
    assert "Wait an hour" in result.stderr
    assert "no captions" not in result.stderr.lower()


def test_a_video_without_captions_is_reported(tmp_path: Path) -> None:
    """Without captions there is no article, but a reason and a next step."""
    with FakeYouTube(Catalogue(videos=(replace(VIDEO, tracks=()),))) as fake:
        result = run(fake, tmp_path, "run", LINK)

    assert result.returncode == 1
    assert "no captions" in result.stderr
    assert "tadwin run FILE" in result.stderr
    assert made(tmp_path) == []


def test_a_list_in_the_link_is_mentioned(tmp_path: Path) -> None:
    """A watch link inside a playlist means the video, and stderr mentions the playlist."""
    with FakeYouTube(Catalogue(videos=(VIDEO,))) as fake:
        result = run(fake, tmp_path, "run", f"https://www.youtube.com/watch?v={VIDEO.id}&list=PLsmall0000")

    assert result.returncode == 0
    assert "playlist" in result.stderr


def test_the_choice_of_the_track_is_shown_and_recorded(tmp_path: Path) -> None:
    """The captions that were taken, and why, are on stderr and in the article's file."""
    both = (FakeTrack("en", CAPTIONS[:3], "manual", "English"), FakeTrack("ar", CAPTIONS, "asr", "Arabic"))
    with FakeYouTube(Catalogue(videos=(replace(VIDEO, tracks=both),))) as fake:
        result = run(fake, tmp_path, "run", LINK)
    (record,) = (tmp_path / "out" / "articles").glob("*/article.json")

    assert "Automatic captions in ar" in result.stderr
    assert '"origin":"automatic"' in record.read_text(encoding="utf-8").replace(": ", ":")


def test_no_network_is_a_sentence(tmp_path: Path) -> None:
    """A proxy that nobody answers ends with a sentence about the proxy."""
    result = tadwin(tmp_path, "run", LINK, TADWIN_SOURCE_PROXY="http://127.0.0.1:9", TADWIN_SOURCE_PAUSE_SECONDS="0")

    assert result.returncode == 1
    assert "the proxy does not answer" in result.stderr
    assert friendly(result)
